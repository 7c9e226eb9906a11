//! The course of a case, clocks and windows, in words.

use policies::model::{Clock, ExclusiveOf, Procedure, Roll, Stage, Unit, Window};

/// What can follow a stage, and how: `公示，或者不符合条件（到此结束）`. Empty at an end. Steps of ours are there only where
/// the case goes through this site.
pub fn next_words(procedure: &Procedure, stage: &Stage, online: bool) -> String {
    let known = stage.next.iter().filter_map(|id| procedure.stage(id)).filter(|next| online || !next.ours);
    let words: Vec<String> = known
        .map(|next| format!("{}{}", next.label, if next.next.is_empty() { "（到此结束）" } else { "" }))
        .collect();
    words.join("，或者")
}

/// For what a case waits that has only arrived: `已经送到，正在等工作人员打开。打开以后由窗口办理。`
pub fn waits_words(procedure: &Procedure) -> String {
    let opener = procedure.stages.first().and_then(|first| procedure.stage(first.next.first()?));
    format!("已经送到，正在等工作人员打开。打开以后由{}办理。", opener.map_or("窗口", |next| &next.by))
}

/// A time limit in one line: `15 个工作日（不含公示期）`.
pub fn clock_words(clock: &Clock) -> String {
    let unit = match clock.unit {
        Unit::WorkingDays => "个工作日",
        Unit::Days => "天",
        Unit::Months => "个月",
        Unit::Years => "年",
    };
    let length = format!("{} {unit}", clock.length);
    let mut text = match (clock.backwards, clock.at_least) {
        (false, false) if clock.as_a_rule => format!("一般 {length}"),
        (false, false) => length,
        (false, true) => format!("至少 {length}"),
        // “At least so long before” and “within the last so long before” are opposites.
        (true, true) => format!("至少提前 {length}"),
        (true, false) => format!("到那天为止的最后 {length}里"),
    };
    if clock.excludes == ExclusiveOf::Publicity {
        text.push_str("（公示的日子不算在内）");
    }
    if clock.roll == Roll::NextWorkingDay {
        text.push_str("（最后一天是休息日的，顺延到下一个工作日）");
    }
    text
}

/// A yearly window: `每年8月1日至8月20日`.
pub fn window_words(window: &Window) -> String {
    let year = window.year.map_or_else(|| "每年".to_owned(), |year| format!("{year}年"));
    let (from, until) = (month_day(&window.from), month_day(&window.until));
    if from == until { format!("{year}{from}") } else { format!("{year}{from}至{until}") }
}

/// `08-01` as `8月1日`; anything else as it is.
fn month_day(text: &str) -> String {
    let parts = text
        .split_once('-')
        .and_then(|(month, day)| Some((month.parse::<u8>().ok()?, day.parse::<u8>().ok()?)));
    parts.map_or_else(|| text.to_owned(), |(month, day)| format!("{month}月{day}日"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use policies::model::CaseKind;

    use super::*;
    use crate::place::Doc;

    #[test]
    fn within_the_last_months_and_at_least_months_ahead_read_differently() {
        let words = |document: &str, id: &str| {
            let doc = Doc::by_id(document).unwrap();
            clock_words(doc.document().clock(id).unwrap())
        };
        assert_eq!(words("yongshun-2023", "renewal_ahead"), "至少提前 3 个月");
        assert_eq!(words("tiedong-2024", "renewal_window"), "到那天为止的最后 3 个月里");
    }

    #[test]
    fn every_branch_of_a_course_is_told() {
        let doc = Doc::by_id("qujing-2018").unwrap();
        let procedure = doc.procedure(CaseKind::Application).unwrap();
        let stage = procedure.stage("joint_review").unwrap();
        assert_eq!(next_words(procedure, stage, true), "公示，或者补充材料，或者不符合条件（到此结束）");
    }
}
