//! Kinds of case, clocks, windows and dates, in words.

use chrono::{Datelike, NaiveDate};
use policies::model::{CaseKind, Clock, ExclusiveOf, Roll, Unit, Window};

/// What a kind of case is called.
pub fn case_word(case: CaseKind) -> &'static str {
    match case {
        CaseKind::Application => "申请",
        CaseKind::Renewal => "续租、续保",
        CaseKind::ChangeReport => "变动申报",
        CaseKind::ChangeOfApplicant => "变更申请人",
        CaseKind::Swap => "互换",
        CaseKind::Objection => "公示异议",
        CaseKind::Review => "复核",
        CaseKind::EmployerGroup => "单位统一申请",
        CaseKind::TipOff => "举报",
    }
}

/// A date for reading: `2024年3月1日`.
pub fn date_words(date: NaiveDate) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// A time limit in one line: `15 个工作日（不含公示期）`.
pub fn clock_words(clock: &Clock) -> String {
    let unit = match clock.unit {
        Unit::WorkingDays => "个工作日",
        Unit::Days => "天",
        Unit::Months => "个月",
        Unit::Years => "年",
    };
    let mut text = format!("{} {unit}", clock.length);
    if clock.backwards {
        text = format!("提前 {text}");
    }
    if clock.at_least {
        text = format!("至少 {text}");
    }
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
