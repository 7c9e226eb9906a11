//! `anju schema`: the JSON Schema of a household (from the dictionary of facts), of an assessment, and of a
//! document file as it is written, with citations flat in each item.

use policies::{
    Assessment,
    model::{Document, Fact, FactKind, Scope},
    rulebook,
};
use schemars::schema_for;
use serde_json::{Map, Value, json};

use crate::output;

/// What a schema is wanted of.
#[derive(Clone, Copy, clap::ValueEnum)]
pub(crate) enum Of {
    /// The facts of a household.
    Household,
    /// What `assess` prints.
    Assessment,
    /// A file in `data/`.
    Document,
}

pub(crate) fn run(of: Of) -> Result<(), String> {
    let schema = match of {
        Of::Household => household(),
        Of::Assessment => schema_for!(Assessment).to_value(),
        Of::Document => {
            let mut schema = schema_for!(Document).to_value();
            flatten(&mut schema);
            schema
        }
    };
    output::json(&schema)
}

/// A file writes `article`, `inventory` and `readings` in the item, and a kind with its parameters beside it.
fn flatten(node: &mut Value) {
    match node {
        Value::Array(items) => items.iter_mut().for_each(flatten),
        Value::Object(fields) => {
            if let Some(Value::Object(properties)) = fields.get_mut("properties") {
                let cited = properties.remove("cite").is_some();
                if cited {
                    let ids = json!({ "type": "array", "items": { "type": "string" } });
                    properties.insert("article".to_owned(), json!({ "type": "string" }));
                    properties.insert("inventory".to_owned(), ids.clone());
                    properties.entry("readings").or_insert(ids);
                }
                let kinded = properties.contains_key("kind");
                if kinded {
                    let kinds = ["money", "area", "count", "months", "date", "yes_no", "choice"];
                    properties.insert("kind".to_owned(), json!({ "enum": kinds }));
                    properties.insert("least".to_owned(), json!({ "type": "integer" }));
                    properties.insert("most".to_owned(), json!({ "type": "integer" }));
                    properties.insert("future".to_owned(), json!({ "type": "boolean" }));
                    let choices = json!({ "type": "array", "items": { "$ref": "#/$defs/Choice" } });
                    properties.insert("choices".to_owned(), choices);
                }
                if let Some(Value::Array(required)) = fields.get_mut("required") {
                    for name in required.iter_mut().filter(|name| **name == "cite") {
                        *name = json!("article");
                    }
                }
            }
            fields.values_mut().for_each(flatten);
        }
        _ => {}
    }
}

fn household() -> Value {
    let of = |scope: Scope| -> Map<String, Value> {
        rulebook()
            .facts()
            .iter()
            .filter(|f| f.scope == scope && !matches!(f.kind, FactKind::Ratio { .. }))
            .map(|f| (f.id.clone(), fact(f)))
            .collect()
    };
    json!({
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
    })
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
