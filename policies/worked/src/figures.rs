//! A calculator with its inputs worked out by hand.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use policies::{Compiled, NoVerdict, Value, calculate};
use serde::Deserialize;

/// One file of `examples/calculators/<document>/`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalculatorExample {
    /// Where it stands, below its folder.
    #[serde(skip)]
    pub file: String,
    /// The document that decides.
    #[serde(skip)]
    pub document: String,
    /// What it shows.
    pub title: String,
    /// Its id.
    pub calculator: String,
    /// The day reckoned on.
    pub on: NaiveDate,
    /// What is typed, in the smallest units.
    #[serde(default)]
    pub inputs: BTreeMap<String, Value>,
    /// What must come out.
    pub expect: Figures,
}

/// What a calculator must give: by step id a value, `[least, most]` or `"unknown"`.
#[derive(Clone, Debug, Deserialize)]
pub struct Figures {
    /// Paths of inputs that are refused.
    #[serde(default)]
    pub refused: Vec<String>,
    /// Inputs that it misses.
    #[serde(default)]
    pub missing: Vec<String>,
    /// Steps that were rounded down; all others are exact.
    #[serde(default)]
    pub inexact: Vec<String>,
    /// Steps whose date lies past the document's last day of force; no others do.
    #[serde(default)]
    pub beyond: Vec<String>,
    /// Why nothing is worked out.
    pub not_in_force: Option<NoVerdict>,
    /// The figures.
    #[serde(flatten)]
    pub steps: BTreeMap<String, toml::Value>,
}

/// Runs a calculator example; every mismatch as one line naming file and step.
pub fn figure_mismatches(example: &CalculatorExample, doc: &Compiled) -> Vec<String> {
    let (file, expect) = (&example.file, &example.expect);
    let found = match calculate(doc, &example.calculator, &example.inputs, example.on) {
        Ok(found) => found,
        Err(errors) => {
            let paths: Vec<_> = errors.iter().map(|e| e.path.clone()).collect();
            return if paths == expect.refused {
                Vec::new()
            } else {
                vec![format!("{file}: refused: {errors:?}")]
            };
        }
    };
    let mut wrong = Vec::new();
    let mut differ = |what: &str, expected: String, got: String| {
        if expected != got {
            wrong.push(format!("{file}: {what}: expected {expected}, got {got}"));
        }
    };
    differ("refused", format!("{:?}", expect.refused), "[]".to_owned());
    differ("missing", format!("{:?}", expect.missing), format!("{:?}", found.missing));
    differ("not_in_force", format!("{:?}", expect.not_in_force), format!("{:?}", found.not_in_force));
    let beyond: Vec<_> = found.steps.iter().filter(|s| s.beyond).map(|s| s.id.clone()).collect();
    differ("beyond", format!("{:?}", expect.beyond), format!("{beyond:?}"));
    for (id, expected) in &expect.steps {
        let one = |v: &toml::Value| v.clone().try_into::<Value>().unwrap();
        let expected = match expected {
            toml::Value::String(s) if s == "unknown" => (None, None),
            toml::Value::Array(ends) => (ends.first().map(one), ends.last().map(one)),
            value => (Some(one(value)), Some(one(value))),
        };
        let step = found.steps.iter().find(|s| s.id == *id);
        let got = step.map(|s| (s.least.clone(), s.most.clone()));
        differ(id, format!("{:?}", Some(expected)), format!("{got:?}"));
        let exact = step.is_some_and(|s| s.exact);
        differ(&format!("{id} exact"), (!expect.inexact.contains(id)).to_string(), exact.to_string());
    }
    wrong
}
