//! What a person types: a value as its control holds it, and a date where no fact of the dictionary asks for one.

use chrono::NaiveDate;
use policies::{
    Value, format_value,
    model::{Asked, FactKind},
    parse_value,
};

/// How to write a date with nothing but digits: the keypad of a phone may have no other sign.
pub const DATE_HINT: &str = "填 8 位数字，例如 20240301 就是 2024年3月1日。";

/// A date as people write it: `2026-03-05`, `2026 3 5`, `2026年3月5日`, `20260305`, with full-width digits too.
/// `future`: whether it may lie after `on`.
///
/// # Errors
/// A sentence that names the date by its label and says how to write it.
pub fn date(label: &str, future: bool, typed: &str, on: NaiveDate) -> Result<NaiveDate, String> {
    match parse_value(Asked::field(label, &FactKind::Date { future }), typed, on) {
        Ok(Value::Date(date)) => Ok(date),
        Ok(_) => Err(format!("请填写日期。{DATE_HINT}")),
        Err(error) => Err(error.message),
    }
}

/// How money or a date that was typed is understood, to be shown beside it: `就是 50,000.00 元`. `None` while it cannot be
/// read, and for what is understood in one way only.
pub fn echo<'a>(asked: impl Into<Asked<'a>>, typed: &str, on: NaiveDate) -> Option<String> {
    let asked = asked.into();
    if !matches!(asked.kind, FactKind::Money | FactKind::Date { .. }) {
        return None;
    }
    let value = parse_value(asked, typed, on).ok()?;
    Some(["就是 ", &format_value(asked, &value)].concat())
}

/// The same for a date that no fact asks for.
pub fn date_echo(typed: &str, on: NaiveDate) -> Option<String> {
    echo(Asked::field("", &FactKind::Date { future: true }), typed, on)
}

/// A value as it would be typed or chosen, to be edited.
pub fn text<'a>(asked: impl Into<Asked<'a>>, value: &Value) -> String {
    let asked = asked.into();
    match (asked.kind, value) {
        (_, Value::YesNo(yes)) => if *yes { "yes" } else { "no" }.to_owned(),
        (_, Value::Choice(id)) => id.clone(),
        (_, Value::Date(date)) => date.to_string(),
        (FactKind::Money | FactKind::Area, Value::Number(hundredths)) => match hundredths % 100 {
            0 => (hundredths / 100).to_string(),
            rest => format!("{}.{rest:02}", hundredths / 100),
        },
        (_, Value::Number(number)) => match asked.open_ended {
            Some(open) if open.value == *number => open.label.clone(),
            _ => number.to_string(),
        },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        let on = "2026-11-20".parse().unwrap();
        let expected = NaiveDate::from_ymd_opt(2026, 3, 5).unwrap();
        for typed in
            ["2026-03-05", "2026/3/5", "2026.3.5", " 2026年3月5日 ", "20260305", "２０２６－０３－０５"]
        {
            assert_eq!(date("日期", true, typed, on), Ok(expected), "{typed}");
        }
        for typed in ["", "2026-02-30", "26-3-5", "明天", "2026-3", "202603051"] {
            assert!(date("日期", true, typed, on).is_err(), "{typed}");
        }
        assert!(date("日期", false, "2026-11-21", on).is_err());
        assert!(date("日期", true, "2026-11-21", on).is_ok());
    }

    #[test]
    fn a_reply_is_offered_again_as_it_would_be_typed() {
        let text = |kind: FactKind, value| text(Asked::field("", &kind), &value);
        assert_eq!(text(FactKind::Money, Value::Number(350_000)), "3500");
        assert_eq!(text(FactKind::Area, Value::Number(1_305)), "13.05");
        assert_eq!(text(FactKind::YesNo, Value::YesNo(false)), "no");
    }

    #[test]
    fn a_fact_left_open_is_offered_again_by_its_name() {
        let facts = policies::rulebook().facts();
        let (fact, open) = facts.iter().find_map(|fact| Some((fact, fact.open_ended.as_ref()?))).unwrap();
        let typed = text(fact, &Value::Number(open.value));
        assert_eq!(typed, open.label);
        assert_eq!(parse_value(fact, &typed, NaiveDate::default()), Ok(Value::Number(open.value)));
        assert_eq!(text(fact, &Value::Number(24)), "24");
    }

    #[test]
    fn money_and_dates_are_echoed_as_they_are_understood() {
        let on = "2026-11-20".parse().unwrap();
        let echo = |kind: FactKind, typed: &str| echo(Asked::field("", &kind), typed, on);
        assert_eq!(echo(FactKind::Money, "5万").as_deref(), Some("就是 50,000.00 元"));
        assert_eq!(echo(FactKind::Money, "1.36 万元").as_deref(), Some("就是 13,600.00 元"));
        assert_eq!(echo(FactKind::Money, "很多"), None);
        assert_eq!(echo(FactKind::Date { future: false }, "1955 3 5").as_deref(), Some("就是 1955年3月5日"));
        assert_eq!(echo(FactKind::Months, "24"), None);
        assert_eq!(date_echo("20270305", on).as_deref(), Some("就是 2027年3月5日"));
    }
}
