//! A household on the wire that is JSON, and yet nothing a household can be: which fact is at fault.

use policies::{FactError, FactFault};
use protocol::error::{ErrorCode, Problem};
use serde_json::{Map, Value};

/// The refusal of facts, which names them.
pub(crate) fn problem(faults: Vec<FactError>) -> Problem {
    Problem {
        field: faults.first().map(|fault| format!("household.{}", fault.path)),
        facts: faults,
        ..ErrorCode::FactsInvalid.into()
    }
}

/// What is wrong with an assessment request that could not be read: `None` where it is not a matter of facts.
pub(crate) fn refused(body: &[u8]) -> Option<Problem> {
    let request: Value = serde_json::from_slice(body).ok()?;
    let household = request.get("household")?;
    let mut faults = Vec::new();
    if let Some(facts) = household.get("facts").and_then(Value::as_object) {
        collect(facts, "facts", &mut faults);
    }
    let people = household.get("people").and_then(Value::as_array);
    for (index, person) in people.into_iter().flatten().enumerate() {
        if let Some(facts) = person.as_object() {
            collect(facts, &format!("people.{index}"), &mut faults);
        }
    }
    (!faults.is_empty()).then(|| problem(faults))
}

fn collect(facts: &Map<String, Value>, at: &str, faults: &mut Vec<FactError>) {
    for (fact, value) in facts {
        if let Some((code, message)) = fault(value) {
            faults.push(FactError { path: format!("{at}.{fact}"), code, message: message.to_owned() });
        }
    }
}

/// Why a value can be no fact's.
fn fault(value: &Value) -> Option<(FactFault, &'static str)> {
    match value {
        Value::Bool(_) | Value::String(_) => None,
        Value::Number(number) if number.is_i64() => None,
        // Whole numbers beyond 64 bits come as floating point, too.
        Value::Number(number) if number.as_f64().is_some_and(|n| n.abs() < 9e15) => {
            Some((FactFault::TooPrecise, "请填整数：金额以分、面积以 0.01 平方米为单位，不能再带小数。"))
        }
        Value::Number(_) => Some((FactFault::TooLarge, "这个数太大了，请核对单位。")),
        Value::Null | Value::Array(_) | Value::Object(_) => {
            Some((FactFault::WrongType, "请填整数、是否、日期或者选项；不知道的事项不要写。"))
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn codes(household: &str) -> Vec<(String, FactFault)> {
        let body = format!(r#"{{"document":"d","on":"2026-11-20","household":{household}}}"#);
        refused(body.as_bytes())
            .map(|problem| problem.facts.into_iter().map(|fault| (fault.path, fault.code)).collect())
            .unwrap_or_default()
    }

    #[test]
    fn what_no_fact_can_be_is_named() {
        let household = r#"{"facts":{"a":1300.5,"b":1e30,"c":null,"d":3,"e":"x","f":18446744073709551615},"people":[{},{"g":[1]}]}"#;
        let wanted = [
            ("facts.a", FactFault::TooPrecise),
            ("facts.b", FactFault::TooLarge),
            ("facts.c", FactFault::WrongType),
            ("facts.f", FactFault::TooLarge),
            ("people.1.g", FactFault::WrongType),
        ];
        assert_eq!(codes(household), wanted.map(|(path, code)| (path.to_owned(), code)));
    }

    #[test]
    fn what_is_not_a_matter_of_facts_stays_what_it_is() {
        assert!(codes(r#"{"facts":{"a":1}}"#).is_empty());
        assert!(codes("[]").is_empty());
        assert!(refused(b"{").is_none());
    }
}
