//! What a person types: a value as its control holds it, and a date where no fact of the dictionary asks for one.

use chrono::NaiveDate;
use policies::{
    Value,
    model::{Asked, FactKind},
    parse_value,
};

/// A date as people write it: `2026-03-05`, `2026/3/5`, `2026年3月5日`, `20260305`, with full-width digits too.
/// `future`: whether it may lie after `on`.
///
/// # Errors
/// A sentence that names the date by its label and says how to write it.
pub fn date(label: &str, future: bool, typed: &str, on: NaiveDate) -> Result<NaiveDate, String> {
    match parse_value(Asked { id: "", label, kind: &FactKind::Date { future } }, typed, on) {
        Ok(Value::Date(date)) => Ok(date),
        Ok(_) => Err("请填写日期，例如 2024-03-01。".to_owned()),
        Err(error) => Err(error.message),
    }
}

/// A value as it would be typed or chosen, to be edited.
pub fn text(kind: &FactKind, value: &Value) -> String {
    match (kind, value) {
        (_, Value::YesNo(yes)) => if *yes { "yes" } else { "no" }.to_owned(),
        (_, Value::Choice(id)) => id.clone(),
        (_, Value::Date(date)) => date.to_string(),
        (FactKind::Money | FactKind::Area, Value::Number(hundredths)) => match hundredths % 100 {
            0 => (hundredths / 100).to_string(),
            rest => format!("{}.{rest:02}", hundredths / 100),
        },
        (_, Value::Number(number)) => number.to_string(),
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
        assert_eq!(text(&FactKind::Money, &Value::Number(350_000)), "3500");
        assert_eq!(text(&FactKind::Area, &Value::Number(1_305)), "13.05");
        assert_eq!(text(&FactKind::YesNo, &Value::YesNo(false)), "no");
    }
}
