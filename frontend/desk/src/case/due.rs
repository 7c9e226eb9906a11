//! Until when the present stage must be done, as the document's clock says.

use chrono::NaiveDate;
use policies::calendar::{self, clock_due};
use policies::model::{Clock, Document, Stage};
use protocol::case::{Action, CaseView};
use ui::words::{date_words, day};

/// The day the case entered its present stage: the date of the last move, or of receipt.
pub(crate) fn entered(view: &CaseView) -> NaiveDate {
    let moved = view.events.iter().rev().find_map(|event| match &event.action {
        Action::Moved { on, .. } => Some(*on),
        _ => None,
    });
    moved.unwrap_or_else(|| day(view.received_at))
}

/// A stage's time limit, counted from the day the case entered it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Due<'a> {
    /// The clock, in the document's words.
    pub(crate) clock: &'a Clock,
    /// Its last day.
    pub(crate) on: calendar::Due,
    /// Calendar days from today to the last day; negative when it is over.
    pub(crate) left: i64,
}

/// The limit of a stage entered on a day; `None` where the document sets no clock for it.
pub(crate) fn due<'a>(
    document: &'a Document,
    stage: &Stage,
    since: NaiveDate,
    today: NaiveDate,
) -> Option<Due<'a>> {
    let id = stage.clock.as_ref()?;
    let clock = document.clock(id)?;
    let on = clock_due(clock, since);
    Some(Due { clock, on, left: (on.last_day - today).num_days() })
}

impl Due<'_> {
    /// Whether the limit is over; a stage that must last a while is never late, nor is one whose limit holds as a rule only.
    pub(crate) fn late(&self) -> bool {
        self.left < 0 && !self.clock.at_least && !self.clock.as_a_rule
    }

    /// What the date is called.
    pub(crate) fn label(&self) -> &'static str {
        match (self.clock.at_least, self.clock.as_a_rule) {
            (true, _) => "至少要到",
            (false, true) => "一般办到",
            (false, false) => "办结期限",
        }
    }

    /// `2026年12月8日（还有 17 天）`.
    pub(crate) fn words(&self) -> String {
        let left = match (self.left, self.clock.at_least) {
            (0, false) => "今天到期".to_owned(),
            (0, true) => "今天是最后一天".to_owned(),
            (left, false) if left > 0 => format!("还有 {left} 天"),
            (left, true) if left > 0 => format!("还要 {left} 天，没满不能往下走"),
            (left, false) => format!("已超过 {} 天", left.unsigned_abs()),
            (_, true) => "已满，可以往下走".to_owned(),
        };
        format!("{}（{left}）", date_words(self.on.last_day))
    }

    /// What the date rests on.
    pub(crate) fn basis(&self) -> String {
        let provisional = if self.on.provisional {
            "其中有年份的放假安排尚未公布，日期是暂算的。"
        } else {
            ""
        };
        format!(
            "{}依据{}，从“{}”起算；这里按进入本环节的日期计算。{provisional}",
            self.clock.says, self.clock.cite.article, self.clock.starts,
        )
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use policies::model::CaseKind;

    use super::*;
    use crate::words::find_stage;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn working_days_are_counted_from_the_day_after_the_stage_began() {
        let document = policies::rulebook().document("yongshun-2023").unwrap().document();
        let stage = find_stage(document, CaseKind::Application, "town_review").unwrap();
        // Twenty working days after Monday 2 November 2026, with no holiday between.
        let limit = due(document, stage, date("2026-11-02"), date("2026-11-20")).unwrap();
        assert_eq!(limit.words(), "2026年11月30日（还有 10 天）");
        let late = due(document, stage, date("2026-11-02"), date("2026-12-01")).unwrap();
        assert_eq!(late.words(), "2026年11月30日（已超过 1 天）");
        assert!(limit.basis().contains("第十七条"));
    }

    #[test]
    fn publicity_must_last_and_is_never_late() {
        let document = policies::rulebook().document("yongchuan-2019").unwrap().document();
        let stage = find_stage(document, CaseKind::Renewal, "first_publicity").unwrap();
        // Posted on Monday 2 November 2026: seven days, the last one Monday 9 November.
        let running = due(document, stage, date("2026-11-02"), date("2026-11-07")).unwrap();
        assert_eq!(running.words(), "2026年11月9日（还要 2 天，没满不能往下走）");
        let over = due(document, stage, date("2026-11-02"), date("2026-11-10")).unwrap();
        assert_eq!(over.words(), "2026年11月9日（已满，可以往下走）");
        assert!(!over.late());
    }

    #[test]
    fn a_stage_without_a_clock_has_no_limit() {
        let document = policies::rulebook().document("yongshun-2023").unwrap().document();
        let stage = find_stage(document, CaseKind::Application, "accepted").unwrap();
        assert_eq!(due(document, stage, date("2026-11-02"), date("2026-11-20")), None);
    }
}
