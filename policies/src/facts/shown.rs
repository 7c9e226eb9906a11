//! What a person reads of a fact's value.

use super::household::Value;
use crate::{
    model::{Fact, FactKind},
    units::{
        area,
        date::{chinese_date, date_of},
        money,
    },
};

/// Shows a value for reading: `3,500.00 元`, `13.00 ㎡`, `2024年3月1日`, `是`, a choice's label.
pub fn format_value(fact: &Fact, value: &Value) -> String {
    match (value, &fact.kind) {
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
        FactKind::Money => format!("{} 元", money::format(n)),
        FactKind::Area => format!("{} ㎡", area::format(n)),
        FactKind::Months => format!("{n} 个月"),
        FactKind::Ratio { unit, .. } if unit == "money" => format!("{} 元", money::format(n)),
        FactKind::Ratio { unit, .. } if unit == "area" => format!("{} ㎡", area::format(n)),
        FactKind::YesNo => (if n == 0 { "否" } else { "是" }).to_owned(),
        FactKind::Date { .. } => date_of(n).map_or_else(String::new, chinese_date),
        FactKind::Choice { choices } => {
            usize::try_from(n).ok().and_then(|i| choices.get(i)).map_or_else(String::new, |c| c.label.clone())
        }
        _ => n.to_string(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use chrono::NaiveDate;

    use super::*;
    use crate::model::Scope;

    fn fact(kind: FactKind) -> Fact {
        Fact {
            id: "x".into(),
            label: "某项".into(),
            question: String::new(),
            help: String::new(),
            scope: Scope::Household,
            kind,
            asked_if: String::new(),
            from_people: None,
            fixed: false,
        }
    }

    #[test]
    fn values_read_well() {
        assert_eq!(format_value(&fact(FactKind::Money), &Value::Number(350_000)), "3,500.00 元");
        assert_eq!(format_value(&fact(FactKind::Area), &Value::Number(1_300)), "13.00 ㎡");
        let date = Value::Date(NaiveDate::from_ymd_opt(2024, 3, 1).unwrap());
        assert_eq!(format_value(&fact(FactKind::Date { future: false }), &date), "2024年3月1日");
    }
}
