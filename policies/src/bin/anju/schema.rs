//! `anju schema`: the JSON Schema of a household, from the dictionary of facts.

use policies::{
    model::{Fact, FactKind, Scope},
    rulebook,
};
use serde_json::{Map, Value, json};

pub(crate) fn run() -> Result<(), String> {
    let of = |scope: Scope| -> Map<String, Value> {
        rulebook()
            .facts()
            .iter()
            .filter(|f| f.scope == scope && !matches!(f.kind, FactKind::Ratio { .. }))
            .map(|f| (f.id.clone(), fact(f)))
            .collect()
    };
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Household",
        "description": "Facts of one household; a missing fact is unknown, never a default.",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "facts": { "type": "object", "additionalProperties": false, "properties": of(Scope::Household) },
            "people": {
                "type": "array",
                "maxItems": 30,
                "items": { "type": "object", "additionalProperties": false, "properties": of(Scope::Person) },
            },
        },
    });
    println!("{}", serde_json::to_string_pretty(&schema).map_err(|e| e.to_string())?);
    Ok(())
}

fn fact(fact: &Fact) -> Value {
    let (least, most) = fact.kind.range().unwrap_or_default();
    let number =
        |unit: &str| json!({ "type": "integer", "minimum": least, "maximum": most, "$comment": unit });
    let mut schema = match &fact.kind {
        FactKind::Money => number("fen"),
        FactKind::Area => number("0.01 m²"),
        FactKind::Months => number("months"),
        FactKind::Count { .. } | FactKind::Ratio { .. } => number("count"),
        FactKind::YesNo => json!({ "type": "boolean" }),
        FactKind::Date { .. } => json!({ "type": "string", "format": "date" }),
        FactKind::Choice { choices } => {
            json!({ "enum": choices.iter().map(|c| c.id.as_str()).collect::<Vec<_>>() })
        }
    };
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("title".to_owned(), json!(fact.label));
        schema.insert("description".to_owned(), json!(fact.help));
    }
    schema
}
