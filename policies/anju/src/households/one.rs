//! A household as people write it: numbers, dates and yes/no may be text, and everything wrong is told at once.

use chrono::NaiveDate;
use policies::{FactError, FactFault, Household, Value, assess, model::FactKind, parse_value, rulebook};
use serde_json::Value as Json;

/// What to do about bytes that are no text.
const NOT_UTF8: &str = "not UTF-8 text (GBK from a table program?); save it as UTF-8";

/// Bytes as text, without a byte order mark; or the line that is none.
pub fn decoded(bytes: Vec<u8>) -> Result<String, (usize, &'static str)> {
    let text = String::from_utf8(bytes).map_err(|e| {
        let good = e.as_bytes().iter().take(e.utf8_error().valid_up_to());
        (good.filter(|b| **b == b'\n').count() + 1, NOT_UTF8)
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// A household whose numbers, dates and yes/no may be written as text, as people type them.
///
/// # Errors
/// Everything wrong in it: its shape, each value, and what the dictionary of facts refuses.
pub fn understood(tree: Json, on: NaiveDate) -> Result<Household, Vec<FactError>> {
    let mut errors = Vec::new();
    let mut household = Household::default();
    match tree {
        Json::Object(parts) => {
            for (part, content) in parts {
                match (part.as_str(), content) {
                    ("facts", Json::Object(facts)) => {
                        household.facts = values("facts", facts, on, &mut errors)
                    }
                    ("people", Json::Array(people)) => {
                        for (i, person) in people.into_iter().enumerate() {
                            let path = format!("people.{i}");
                            match person {
                                Json::Object(facts) => {
                                    household.people.push(values(&path, facts, on, &mut errors));
                                }
                                _ => errors.push(wrong(path, "每个人写成一组“项目: 值”。".to_owned())),
                            }
                        }
                    }
                    ("facts", _) => errors.push(wrong(part, "要写成一组“项目: 值”。".to_owned())),
                    ("people", _) => {
                        errors.push(wrong(part, "要写成一列，每个人一组“项目: 值”。".to_owned()))
                    }
                    _ => errors.push(FactError {
                        path: part,
                        code: FactFault::UnknownFact,
                        message: "一户只有 facts（家庭）和 people（每个人）两部分。".to_owned(),
                    }),
                }
            }
        }
        _ => errors.push(wrong("household".to_owned(), "要写成 {\"facts\": {…}}。".to_owned())),
    }
    // What was refused is left out; the rest may be wrong in ways that the caller would find later.
    if !errors.is_empty()
        && let Some(doc) = rulebook().documents().first()
        && let Err(more) = assess(doc, &household, on)
    {
        errors.extend(more);
    }
    if errors.is_empty() { Ok(household) } else { Err(errors) }
}

fn wrong(path: String, message: String) -> FactError {
    FactError { path, code: FactFault::WrongType, message }
}

type Values = std::collections::BTreeMap<String, Value>;

fn values(
    path: &str,
    facts: serde_json::Map<String, Json>,
    on: NaiveDate,
    errors: &mut Vec<FactError>,
) -> Values {
    let mut read = Values::new();
    for (id, json) in facts {
        match value(&id, &json, on) {
            Ok(value) => {
                read.insert(id, value);
            }
            Err(e) => errors.push(FactError { path: format!("{path}.{id}"), ..e }),
        }
    }
    read
}

/// One value; text is read as people type it where its fact is no choice.
fn value(id: &str, json: &Json, on: NaiveDate) -> Result<Value, FactError> {
    let value: Value = serde_json::from_value(json.clone()).map_err(|_| {
        let message = format!(
            "{json} 不能用：要写是/否、最小单位的整数（分、0.01㎡），或者写成文字，例如 \"3500.50\"、\"2024-03-01\"。"
        );
        wrong(id.to_owned(), message)
    })?;
    match (&value, rulebook().fact(id)) {
        (Value::Choice(typed), Some(fact)) if !matches!(fact.kind, FactKind::Choice { .. }) => {
            parse_value(fact, typed, on)
        }
        _ => Ok(value),
    }
}

/// Errors, one a line.
pub fn lines(errors: &[FactError]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
