//! A comparison in words: the household's own value, the line, and which side it is on.

use policies::assessment::Margin;
use policies::household::Value;
use policies::model::{Fact, FactKind};
use policies::{format_value, rulebook};

/// `家庭人均月收入：3,500.00 元，要求不超过 3,500.00 元`. A quotient that does not come out even is
/// marked 约 (rounded down); the comparison itself was exact.
pub(crate) fn words(margin: &Margin) -> Option<String> {
    let fact = rulebook().fact(&margin.fact)?;
    Some(in_words(fact, margin))
}

fn in_words(fact: &Fact, margin: &Margin) -> String {
    let own = match margin.denominator {
        1 => format_value(fact, &Value::Number(margin.numerator)),
        parts => {
            let whole = margin.numerator.checked_div_euclid(parts).unwrap_or_default();
            let even = margin.numerator.checked_rem_euclid(parts) == Some(0);
            let about = if even { "" } else { "约 " };
            format!("{about}{}", format_value(fact, &Value::Number(whole)))
        }
    };
    let line = format_value(fact, &Value::Number(margin.line));
    format!("{}：{own}，要求{}{line}", fact.label, relation(&margin.op, &fact.kind))
}

fn relation(op: &str, kind: &FactKind) -> &'static str {
    let is_date = matches!(kind, FactKind::Date { .. });
    match (op, is_date) {
        ("<=", false) => "不超过 ",
        ("<", false) => "低于 ",
        (">=", false) => "不低于 ",
        (">", false) => "高于 ",
        ("<=", true) => "不晚于 ",
        ("<", true) => "早于 ",
        (">=", true) => "不早于 ",
        (">", true) => "晚于 ",
        ("!=", _) => "不是 ",
        _ => "等于 ",
    }
}

#[cfg(test)]
mod tests {
    use policies::model::Scope;

    use super::*;

    fn fact() -> Fact {
        Fact {
            id: "income".into(),
            label: "人均月收入".into(),
            question: String::new(),
            help: String::new(),
            scope: Scope::Household,
            kind: FactKind::Money,
            asked_if: String::new(),
            from_people: None,
            fixed: false,
        }
    }

    fn margin(numerator: i64, denominator: i64) -> Margin<'static> {
        Margin { fact: "income".into(), numerator, denominator, op: "<=".into(), line: 350_000, holds: true }
    }

    #[test]
    fn an_even_quotient_is_told_exactly_and_an_uneven_one_as_about() {
        let even = in_words(&fact(), &margin(1_050_000, 3));
        assert_eq!(even, "人均月收入：3,500.00 元，要求不超过 3,500.00 元");
        let uneven = in_words(&fact(), &margin(1_050_001, 3));
        assert_eq!(uneven, "人均月收入：约 3,500.00 元，要求不超过 3,500.00 元");
    }

    #[test]
    fn dates_are_earlier_or_later() {
        let date = Fact { label: "出生日期".into(), kind: FactKind::Date { future: false }, ..fact() };
        let words = in_words(&date, &Margin { line: 0, ..margin(0, 1) });
        assert_eq!(words, "出生日期：1970年1月1日，要求不晚于 1970年1月1日");
    }

    #[test]
    fn a_senseless_denominator_does_not_panic() {
        assert!(in_words(&fact(), &margin(1, 0)).contains("0.00"));
    }
}
