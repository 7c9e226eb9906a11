//! What a person types for a fact.

use chrono::NaiveDate;

use super::{day::day, household::Value, range::number};
use crate::{
    fault::{FactError, FactFault},
    model::{Asked, FactKind},
    units::{
        decimal::{ascii, decimal},
        money,
    },
};

/// Reads what a person typed for a fact: full-width digits, thousands separators, spaces, signs that show nothing and a
/// unit after the number are understood, 万 and 千 of money too; nothing is rounded or guessed.
///
/// # Errors
/// One fault with a sentence that says how to mend it; its path is the fact's id.
///
/// ```
/// use policies::{model::{Asked, FactKind}, Value, parse_value};
/// let assets = Asked::field("家庭财产", &FactKind::Money);
/// let on = chrono::NaiveDate::default();
/// assert_eq!(parse_value(assets, "１２，３４５．６ 元", on), Ok(Value::Number(1_234_560)));
/// assert_eq!(parse_value(assets, "1.36万", on), Ok(Value::Number(1_360_000)));
/// assert!(parse_value(assets, "1e30", on).is_err());
/// ```
pub fn parse_value<'a>(asked: impl Into<Asked<'a>>, typed: &str, on: NaiveDate) -> Result<Value, FactError> {
    parse(asked.into(), typed, on)
}

fn parse(asked: Asked<'_>, typed: &str, on: NaiveDate) -> Result<Value, FactError> {
    let fail = |(code, message): (FactFault, String)| FactError::new(asked.id, code, message);
    let text = ascii(typed);
    if text.is_empty() {
        return Err(fail((FactFault::Empty, format!("请填写“{}”；说不上来可以点“不知道”。", asked.label))));
    }
    let value = match asked.kind {
        FactKind::Date { .. } => day(typed)
            .map(Value::Date)
            .map_err(|wrong| fail((FactFault::NotADate, format!("“{}”{wrong}", asked.label))))?,
        _ => read(asked, &text).map_err(fail)?,
    };
    number(asked, &value, on).map_err(fail)?;
    Ok(value)
}

fn read(asked: Asked<'_>, text: &str) -> Result<Value, (FactFault, String)> {
    let label = asked.label;
    match asked.kind {
        FactKind::Money => {
            hundredths(money::typed(text), label, "3500 或 3500.50，也可以写 5万").map(Value::Number)
        }
        FactKind::Area => {
            let bare = text.trim_end_matches("平方米").trim_end_matches("平米").trim_end_matches('㎡');
            let bare = bare.trim_end_matches("m2").trim_end_matches("m²");
            hundredths(decimal(bare), label, "65 或 65.50").map(Value::Number)
        }
        FactKind::Count { .. } => whole(text.trim_end_matches(['人', '口', '个', '套', '辆', '岁']), label),
        FactKind::Months if asked.open_ended.is_some_and(|open| ascii(&open.label) == text) => {
            Ok(Value::Number(asked.open_ended.map_or(0, |open| open.value)))
        }
        FactKind::Months => whole(text.trim_end_matches('月').trim_end_matches('个'), label),
        FactKind::YesNo => match text {
            "是" | "有" | "对" | "true" | "yes" => Ok(Value::YesNo(true)),
            "否" | "没有" | "无" | "不" | "不是" | "false" | "no" => Ok(Value::YesNo(false)),
            _ => Err((FactFault::WrongType, format!("“{label}”请选“是”或者“否”。"))),
        },
        FactKind::Choice { choices } => {
            let found = choices.iter().find(|c| c.id == text || ascii(&c.label) == text);
            Ok(Value::Choice(found.map_or_else(|| text.to_owned(), |c| c.id.clone())))
        }
        FactKind::Ratio { .. } | FactKind::Date { .. } => {
            Err((FactFault::Derived, format!("“{label}”由其他项算出，不用填写。")))
        }
    }
}

fn hundredths(read: Result<i64, FactFault>, label: &str, example: &str) -> Result<i64, (FactFault, String)> {
    read.map_err(|fault| {
        let message = match fault {
            FactFault::Negative => format!("“{label}”不能是负数，请核对。"),
            FactFault::TooPrecise => format!("“{label}”最多两位小数，请按材料上的数字填写，例如 {example}。"),
            FactFault::TooLarge => format!("“{label}”填得太大了，请核对单位和小数点。"),
            _ => format!("“{label}”请只填数字，例如 {example}。"),
        };
        (fault, message)
    })
}

fn whole(text: &str, label: &str) -> Result<Value, (FactFault, String)> {
    let fail = |code, what: &str| Err((code, format!("“{label}”{what}")));
    match decimal(text) {
        Ok(_) if text.contains('.') => fail(FactFault::TooPrecise, "要填整数，不带小数。"),
        Ok(n) => Ok(Value::Number(n / 100)),
        Err(FactFault::TooPrecise) => fail(FactFault::TooPrecise, "要填整数，不带小数。"),
        Err(FactFault::Negative) => fail(FactFault::Negative, "不能是负数，请核对。"),
        Err(FactFault::TooLarge) => fail(FactFault::TooLarge, "填得太大了，请核对。"),
        Err(code) => fail(code, "请只填数字，例如 3。"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::model::OpenEnded;

    fn parsed(kind: FactKind, typed: &str) -> Result<Value, FactError> {
        parse_value(Asked::field("某项", &kind), typed, on())
    }

    fn on() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, 1).unwrap()
    }

    fn fault(kind: FactKind, typed: &str) -> FactFault {
        parsed(kind, typed).unwrap_err().code
    }

    #[test]
    fn numbers_as_people_type_them() {
        let read = |kind, typed: &str| parsed(kind, typed);
        assert_eq!(read(FactKind::Money, "3500"), Ok(Value::Number(350_000)));
        assert_eq!(read(FactKind::Money, " 3,500.5元"), Ok(Value::Number(350_050)));
        assert_eq!(read(FactKind::Area, "１３．５平方米"), Ok(Value::Number(1_350)));
        assert_eq!(read(FactKind::Count { least: 1, most: 30 }, "3口"), Ok(Value::Number(3)));
        assert_eq!(read(FactKind::Months, "24个月"), Ok(Value::Number(24)));
    }

    #[test]
    fn money_is_read_in_ten_thousands_as_people_say_it() {
        for (typed, fen) in [
            ("5万", 5_000_000),
            ("5 万元", 5_000_000),
            ("３万", 3_000_000),
            ("1.36万", 1_360_000),
            ("0.5万块", 500_000),
            ("12,000万", 12_000_000_000),
            ("1.234567万元", 1_234_567),
            ("3千", 300_000),
            ("3.5千元", 350_000),
            ("3500块钱", 350_000),
            ("￥3500", 350_000),
            ("¥3,500.50 元", 350_050),
        ] {
            assert_eq!(parsed(FactKind::Money, typed), Ok(Value::Number(fen)), "{typed}");
        }
        assert_eq!(fault(FactKind::Money, "0.0000001万"), FactFault::TooPrecise);
        assert_eq!(fault(FactKind::Money, "-5万"), FactFault::Negative);
        assert_eq!(fault(FactKind::Money, "99999999999999999万"), FactFault::TooLarge);
        // 3万5 is said for 35,000 and for 30,005; three in Chinese is not asked for.
        for unclear in ["3万5", "3万5千", "三万", "万", "5万万", "1.2.3万", "1e3万", "5亿"] {
            assert_eq!(fault(FactKind::Money, unclear), FactFault::NotANumber, "{unclear}");
        }
    }

    #[test]
    fn signs_that_show_nothing_count_for_nothing() {
        let pasted = |text: &str| format!("\u{202d}\u{feff}{text}\u{200b}\u{2069}\u{202c}");
        assert_eq!(parsed(FactKind::Money, &pasted("3\u{a0}500")), Ok(Value::Number(350_000)));
        assert_eq!(parsed(FactKind::Months, &pasted("24\u{2060}个月")), Ok(Value::Number(24)));
        assert_eq!(parsed(FactKind::YesNo, &pasted("是")), Ok(Value::YesNo(true)));
        for kind in [FactKind::Money, FactKind::Months, FactKind::Date { future: true }] {
            assert_eq!(fault(kind, &pasted("\u{3164}")), FactFault::Empty);
        }
    }

    #[test]
    fn a_time_without_an_end_is_picked_by_its_name() {
        let open = OpenEnded { label: "没有写到期日".to_owned(), value: 1200 };
        let asked = Asked { open_ended: Some(&open), ..Asked::field("合同期限", &FactKind::Months) };
        let value = Value::Number(1200);
        assert_eq!(parse_value(asked, "没有写 到期日", on()), Ok(value.clone()));
        assert_eq!(crate::format_value(asked, &value), "没有写到期日");
        assert_eq!(crate::format_value(asked, &Value::Number(24)), "24 个月");
        assert!(parsed(FactKind::Months, "没有写到期日").is_err());
    }

    #[test]
    fn impossible_numbers_are_refused() {
        assert_eq!(fault(FactKind::Area, "13.005"), FactFault::TooPrecise);
        assert_eq!(fault(FactKind::Money, "1e30"), FactFault::NotANumber);
        assert_eq!(fault(FactKind::Money, "1000000000000000000000"), FactFault::TooLarge);
        assert_eq!(fault(FactKind::Area, "-5"), FactFault::Negative);
        assert_eq!(fault(FactKind::Area, "－５"), FactFault::Negative);
        assert_eq!(fault(FactKind::Money, "很多"), FactFault::NotANumber);
        assert_eq!(fault(FactKind::Money, "1,2"), FactFault::NotANumber);
        assert_eq!(fault(FactKind::Money, "NaN"), FactFault::NotANumber);
        assert_eq!(fault(FactKind::Money, "."), FactFault::NotANumber);
        assert_eq!(fault(FactKind::Money, "  "), FactFault::Empty);
        let people = || FactKind::Count { least: 1, most: 30 };
        assert_eq!(fault(people(), "0"), FactFault::TooSmall);
        assert_eq!(fault(people(), "31"), FactFault::TooLarge);
        assert_eq!(fault(people(), "2.5"), FactFault::TooPrecise);
    }

    #[test]
    fn dates_are_real_and_not_in_the_future() {
        let past = || FactKind::Date { future: false };
        for typed in ["2024-02-29", "2024 2 29", "20240229", "2024年2月29日", "２０２４.２.２９"] {
            assert_eq!(
                parsed(past(), typed),
                Ok(Value::Date(NaiveDate::from_ymd_opt(2024, 2, 29).unwrap())),
                "{typed}"
            );
        }
        assert_eq!(fault(past(), "2023-02-29"), FactFault::NotADate);
        assert_eq!(fault(past(), "2026-03-02"), FactFault::InFuture);
        assert!(parsed(FactKind::Date { future: true }, "2026-03-02").is_ok());
    }

    #[test]
    fn what_is_out_of_range_is_told_in_words_of_its_kind() {
        let told = |kind, typed: &str| parsed(kind, typed).unwrap_err().message;
        assert_eq!(
            told(FactKind::Count { least: 1, most: 30 }, "31"),
            "“某项”填得太大了，最多 30，请核对数字。"
        );
        assert!(told(FactKind::Money, "999999999999").ends_with("请核对单位和小数点。"));
        let date = told(FactKind::Date { future: true }, "2300-01-01");
        assert_eq!(date, "“某项”要在1900年1月1日到2200年12月31日之间，请核对年份。");
        assert_eq!(fault(FactKind::Date { future: false }, "1850-01-01"), FactFault::TooSmall);
    }
}
