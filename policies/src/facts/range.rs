//! A fact's value as the integer it is decided with, and back, within the range of its kind.

use chrono::NaiveDate;

use super::{household::Value, shown::format_number};
use crate::{
    fault::FactFault,
    model::{Asked, Fact, FactKind},
    units::date::{chinese_date, date_of, day_of},
};

/// What is wrong with a value, and how to mend it in plain Chinese.
pub(crate) type Fault = (FactFault, String);

/// A value as the integer it is decided with, within the range of its kind.
pub(crate) fn number(asked: Asked<'_>, value: &Value, on: NaiveDate) -> Result<i64, Fault> {
    let label = asked.label;
    let wrong = |wanted: &str| Err((FactFault::WrongType, format!("“{label}”要填{wanted}。")));
    let number = match (asked.kind, value) {
        (FactKind::YesNo, Value::YesNo(b)) => i64::from(*b),
        (FactKind::YesNo, _) => return wrong("“是”或者“否”"),
        (FactKind::Choice { choices }, Value::Choice(id)) => {
            let at = choices.iter().position(|c| c.id == *id).and_then(|i| i64::try_from(i).ok());
            return at.ok_or_else(|| {
                let all: Vec<_> = choices.iter().map(|c| c.label.as_str()).collect();
                (FactFault::NotAChoice, format!("“{label}”请在这些里选一个：{}。", all.join("、")))
            });
        }
        (FactKind::Choice { .. }, _) => return wrong("其中一个选项"),
        (FactKind::Date { future }, Value::Date(date)) => {
            if !future && *date > on {
                let message = format!("“{label}”不能晚于申请日期 {}，请核对年月日。", chinese_date(on));
                return Err((FactFault::InFuture, message));
            }
            day_of(*date)
        }
        (FactKind::Date { .. }, _) => return wrong("日期，例如 2024-03-01"),
        (FactKind::Ratio { .. }, _) => {
            return Err((FactFault::Derived, format!("“{label}”由其他项算出，不用填写。")));
        }
        (_, Value::Number(n)) => *n,
        (FactKind::Money, _) => return wrong("金额"),
        (FactKind::Area, _) => return wrong("面积"),
        (FactKind::Count { .. } | FactKind::Months, _) => return wrong("整数"),
    };
    in_range(asked, number)
}

fn in_range(asked: Asked<'_>, number: i64) -> Result<i64, Fault> {
    let label = asked.label;
    let Some((least, most)) = asked.kind.range() else {
        return Ok(number);
    };
    let shown = |n: i64| format_number(asked.kind, n);
    if matches!(asked.kind, FactKind::Date { .. }) && !(least..=most).contains(&number) {
        let code = if number < least { FactFault::TooSmall } else { FactFault::TooLarge };
        let message = format!("“{label}”要在{}到{}之间，请核对年份。", shown(least), shown(most));
        Err((code, message))
    } else if number < 0 && least >= 0 {
        Err((FactFault::Negative, format!("“{label}”不能是负数，请核对。")))
    } else if number < least {
        Err((FactFault::TooSmall, format!("“{label}”最少填 {}，请核对。", shown(least))))
    } else if number > most {
        let look_at = match asked.kind {
            FactKind::Money | FactKind::Area => "单位和小数点",
            _ => "数字",
        };
        Err((FactFault::TooLarge, format!("“{label}”填得太大了，最多 {}，请核对{look_at}。", shown(most))))
    } else {
        Ok(number)
    }
}

/// The value that an integer stands for.
pub(crate) fn value(fact: &Fact, number: i64) -> Option<Value> {
    Some(match &fact.kind {
        FactKind::YesNo => Value::YesNo(number != 0),
        FactKind::Choice { choices } => Value::Choice(choices.get(usize::try_from(number).ok()?)?.id.clone()),
        FactKind::Date { .. } => Value::Date(date_of(number)?),
        _ => Value::Number(number),
    })
}
