//! Until when the present stage must be done, as the document's clock says.

use chrono::NaiveDate;
use policies::calendar::{self, Visits, running};
use policies::model::{Clock, Document, Procedure};
use protocol::case::{Action, CaseView};
use ui::words::{date_words, day};

/// The stages the case went through with their days, the present one last.
pub(crate) fn visits<'a>(procedure: &'a Procedure, view: &'a CaseView) -> Vec<(&'a str, NaiveDate)> {
    let first = procedure.stages.first().map(|stage| (stage.id.as_str(), day(view.received_at)));
    let moves = view.events.iter().filter_map(|event| match &event.action {
        Action::Moved { stage, on } => Some((stage.as_str(), *on)),
        _ => None,
    });
    first.into_iter().chain(moves).collect()
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

/// The limit of the present stage; `None` where the document sets no clock for it.
pub(crate) fn due<'a>(
    document: &'a Document,
    procedure: &Procedure,
    visits: Visits<'_>,
    today: NaiveDate,
) -> Option<Due<'a>> {
    let clock = document.clock_of(procedure.stage(visits.last()?.0)?)?;
    let on = running(document, procedure, visits)?;
    Some(Due { clock: document.clock(&clock.id)?, on, left: (on.last_day - today).num_days() })
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

    fn limit(
        document: &str,
        kind: CaseKind,
        (stage, since): (&str, &str),
        today: &str,
    ) -> Option<Due<'static>> {
        let document = policies::rulebook().document(document).unwrap().document();
        due(document, document.procedure(kind).unwrap(), &[(stage, date(since))], date(today))
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn working_days_are_counted_from_the_day_after_the_stage_began() {
        let review = |today| {
            limit("yongshun-2023", CaseKind::Application, ("town_review", "2026-11-02"), today).unwrap()
        };
        // Twenty working days after Monday 2 November 2026, with no holiday between.
        let limit = review("2026-11-20");
        assert_eq!(limit.words(), "2026年11月30日（还有 10 天）");
        let late = review("2026-12-01");
        assert_eq!(late.words(), "2026年11月30日（已超过 1 天）");
        assert!(limit.basis().contains("第十七条"));
    }

    #[test]
    fn publicity_must_last_and_is_never_late() {
        let posted = |today| {
            limit("yongchuan-2019", CaseKind::Renewal, ("first_publicity", "2026-11-02"), today).unwrap()
        };
        // Posted on Monday 2 November 2026: seven days, the last one Monday 9 November.
        let running = posted("2026-11-07");
        assert_eq!(running.words(), "2026年11月9日（还要 2 天，没满不能往下走）");
        let over = posted("2026-11-10");
        assert_eq!(over.words(), "2026年11月9日（已满，可以往下走）");
        assert!(!over.late());
    }

    #[test]
    fn a_stage_without_a_clock_has_no_limit() {
        let accepted = ("accepted", "2026-11-02");
        assert_eq!(limit("yongshun-2023", CaseKind::Application, accepted, "2026-11-20"), None);
    }
}
