//! Numbers in a sentence against those that decide: `3500元`, `10万元`, `13平方米`, `两年`, `十八周岁`, `二十个工作日`.

use policies::model::{Clock, Unit as ClockUnit};

use crate::printed::{Unit, numbers};

/// What follows a number in a sentence, the longer first: its unit, and how many of the smallest.
const UNITS: [(&str, Unit, i64); 9] = [
    ("万元", Unit::Money, 1_000_000),
    ("元", Unit::Money, 100),
    ("平方米", Unit::Area, 100),
    ("平米", Unit::Area, 100),
    ("㎡", Unit::Area, 100),
    ("个月", Unit::Months, 1),
    ("周岁", Unit::Months, 12),
    ("岁", Unit::Months, 12),
    ("年", Unit::Months, 12),
];

/// A number in a sentence that none of the conditions has, where they have others of its unit; and those.
pub(super) fn differs<'s>(says: &'s str, conditions: &[&str]) -> Option<(&'s str, String)> {
    let written: Vec<_> = conditions.iter().flat_map(|condition| numbers(condition)).collect();
    said(says).into_iter().find_map(|(words, value, unit)| {
        let mut alike = written.iter().filter(|(_, _, of)| *of == unit).peekable();
        alike.peek()?;
        // A year's figure may be told by the month, and the other way round.
        let same =
            |line: i64| line == value || line.saturating_mul(12) == value || value.saturating_mul(12) == line;
        let alike: Vec<_> = alike.collect();
        let decides = alike.iter().map(|(text, ..)| format!("`{text}`")).collect::<Vec<_>>().join(", ");
        (!alike.iter().any(|(_, line, _)| same(*line))).then_some((words, decides))
    })
}

/// What a clock's sentence says of its length, where that is another.
pub(super) fn length<'s>(says: &'s str, clock: &Clock) -> Option<&'s str> {
    let units: &[&str] = match clock.unit {
        ClockUnit::WorkingDays => &["个工作日", "工作日"],
        ClockUnit::Days => &["日", "天"],
        ClockUnit::Months => &["个月"],
        ClockUnit::Years => &["年"],
    };
    let all: Vec<_> = figures(says)
        .into_iter()
        .filter_map(|(at, length, value)| {
            let after = says.get(at.checked_add(length)?..)?;
            let unit = units.iter().find(|unit| after.starts_with(**unit))?;
            Some((says.get(at..at.checked_add(length)?.checked_add(unit.len())?)?, value))
        })
        .collect();
    let length = i64::from(clock.length).saturating_mul(100);
    let other = all.first().filter(|_| all.iter().all(|(_, value)| *value != length));
    other.map(|(words, _)| *words)
}

/// Numbers with a unit, in the smallest of it.
fn said(says: &str) -> Vec<(&str, i64, Unit)> {
    let with_unit = |(at, length, hundredths): (usize, usize, i64)| {
        let after = says.get(at.checked_add(length)?..)?;
        let (unit, of, times) = UNITS.iter().find(|(unit, ..)| after.starts_with(unit))?;
        let value = hundredths.checked_mul(*times)?.checked_div(100)?;
        // A year of the calendar is no length, and 第三年 counts.
        let counts = says.get(..at)?.ends_with(['第', '每']);
        let calendar = *unit == "年" && hundredths >= 190_000;
        let words = says.get(at..at.checked_add(length)?.checked_add(unit.len())?)?;
        (!counts && !calendar).then_some((words, value, *of))
    };
    figures(says).into_iter().filter_map(with_unit).collect()
}

/// Numbers in digits or Chinese numerals: where each begins, how long it is, and its hundredths.
fn figures(text: &str) -> Vec<(usize, usize, i64)> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let digits: String =
            rest.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
        let numerals: String = rest.chars().take_while(|c| numeral(*c).is_some()).collect();
        let found = if digits.starts_with(|c: char| c.is_ascii_digit()) {
            let plain = digits.trim_end_matches(['.', ',']).replace(',', "");
            Some((digits.len(), policies::model::decimal::hundredths(&plain).ok()))
        } else if numerals.is_empty() {
            None
        } else {
            Some((numerals.len(), Some(chinese(&numerals).saturating_mul(100))))
        };
        let step = match found {
            Some((length, value)) => {
                all.extend(value.map(|value| (at, length, value)));
                length
            }
            None => rest.chars().next().map_or(1, char::len_utf8),
        };
        at = at.saturating_add(step);
    }
    all
}

/// A digit, or a power of ten.
fn numeral(c: char) -> Option<(i64, bool)> {
    let digits = "零一二三四五六七八九";
    let at = digits.chars().position(|digit| digit == c).and_then(|at| i64::try_from(at).ok());
    at.map(|digit| (digit, false)).or(match c {
        '两' => Some((2, false)),
        '十' => Some((10, true)),
        '百' => Some((100, true)),
        '千' => Some((1_000, true)),
        _ => None,
    })
}

/// `二十` is 20, `十八` 18, `一百二十` 120.
fn chinese(numerals: &str) -> i64 {
    let (sum, last) =
        numerals.chars().filter_map(numeral).fold((0_i64, 0_i64), |(sum, last), (value, power)| {
            if power { (sum.saturating_add(last.max(1).saturating_mul(value)), 0) } else { (sum, value) }
        });
    sum.saturating_add(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_heard_as_people_say_them() {
        let heard = |text| said(text).into_iter().map(|(words, value, _)| (words, value)).collect::<Vec<_>>();
        assert_eq!(heard("不超过3,500.50元，或者10万元"), [("3,500.50元", 350_050), ("10万元", 10_000_000)]);
        assert_eq!(heard("近两年；满十八周岁；24个月"), [("两年", 24), ("十八周岁", 216), ("24个月", 24)]);
        assert_eq!(heard("2023年8月22日，第三年，每一年，一级"), []);
        assert_eq!(chinese("一百二十"), 120);
    }

    #[test]
    fn a_figure_that_does_not_decide_is_told() {
        assert_eq!(
            differs("不超过3000元", &["x <= yuan(3500)"]),
            Some(("3000元", "`yuan(3500)`".to_owned()))
        );
        assert_eq!(differs("不超过3500元，全年42000元", &["x <= yuan(3500)"]), None);
        assert_eq!(differs("不超过13平方米", &["x <= yuan(3500)"]), None, "nothing of that unit decides");
    }
}
