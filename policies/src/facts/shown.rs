//! What a person reads of a fact's value.

use super::household::Value;
use crate::{
    model::{Asked, FactKind, RatioUnit},
    units::{
        area,
        date::{chinese_date, date_of},
        money,
    },
};

/// Shows a value for reading: `3,500.00 元`, `13.00 ㎡`, `2024年3月1日`, `是`, a choice's label, `没有写到期日`.
pub fn format_value<'a>(asked: impl Into<Asked<'a>>, value: &Value) -> String {
    let asked = asked.into();
    match (value, asked.kind) {
        (Value::Number(n), _) if asked.open_ended.is_some_and(|open| open.value == *n) => {
            asked.open_ended.map_or_else(String::new, |open| open.label.clone())
        }
        (Value::YesNo(true), _) => "是".to_owned(),
        (Value::YesNo(false), _) => "否".to_owned(),
        (Value::Number(n), kind) => format_number(kind, *n),
        (Value::Date(d), _) => chinese_date(*d),
        (Value::Choice(id), kind) => kind.choice(id).map_or_else(|| id.clone(), |c| c.label.clone()),
    }
}

/// Shows a number in the unit of its kind; dates and choices as [`format_value`] does.
pub(crate) fn format_number(kind: &FactKind, n: i64) -> String {
    match kind {
        FactKind::Money | FactKind::Ratio { unit: RatioUnit::Money, .. } => {
            format!("{} 元", money::format(n))
        }
        FactKind::Area | FactKind::Ratio { unit: RatioUnit::Area, .. } => format!("{} ㎡", area::format(n)),
        FactKind::Months => format!("{n} 个月"),
        FactKind::YesNo => (if n == 0 { "否" } else { "是" }).to_owned(),
        FactKind::Date { .. } => date_of(n).map_or_else(String::new, chinese_date),
        FactKind::Choice { choices } => {
            usize::try_from(n).ok().and_then(|i| choices.get(i)).map_or_else(String::new, |c| c.label.clone())
        }
        FactKind::Count { .. } | FactKind::Ratio { unit: RatioUnit::Number, .. } => n.to_string(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use chrono::NaiveDate;

    use super::*;

    fn shown(kind: FactKind, value: Value) -> String {
        format_value(Asked::field("某项", &kind), &value)
    }

    #[test]
    fn values_read_well() {
        assert_eq!(shown(FactKind::Money, Value::Number(350_000)), "3,500.00 元");
        assert_eq!(shown(FactKind::Area, Value::Number(1_300)), "13.00 ㎡");
        let date = Value::Date(NaiveDate::from_ymd_opt(2024, 3, 1).unwrap());
        assert_eq!(shown(FactKind::Date { future: false }, date), "2024年3月1日");
    }
}
