//! A calculator with its inputs worked out by hand.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use policies::{Compiled, NoVerdict, Value, calculate, model::Measure};
use policies_compile::{Problem, Step};
use serde::Deserialize;

use crate::Text;

/// One file of `examples/calculators/<document>/`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalculatorExample {
    /// The file.
    #[serde(skip)]
    pub file: Text,
    /// The document that decides.
    #[serde(skip)]
    pub document: String,
    /// What it shows.
    pub title: String,
    /// Its id.
    pub calculator: String,
    /// The day reckoned on.
    #[serde(deserialize_with = "policies::iso::deserialize")]
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

/// The least and the most of a step; none while it is unknown.
type Ends = (Option<Value>, Option<Value>);

impl CalculatorExample {
    /// Whether everything comes out that is expected.
    pub fn holds(&self, doc: &Compiled) -> bool {
        self.differences(doc).is_empty()
    }

    /// Everything that comes out otherwise, each at its line.
    pub fn faults(&self, doc: &Compiled) -> Vec<Problem> {
        let told = self.differences(doc).into_iter().map(|(key, message)| {
            self.file.problem(&[Step::Key("expect"), Step::Key(&key)], format!("expect.{key}: {message}"))
        });
        told.collect()
    }

    fn differences(&self, doc: &Compiled) -> Vec<(String, String)> {
        let expect = &self.expect;
        let found = match calculate(doc, &self.calculator, &self.inputs, self.on) {
            Ok(found) => found,
            Err(errors) => {
                let refused = errors.iter().map(|e| &e.path).eq(&expect.refused);
                let told = errors.iter().map(|e| ("refused".to_owned(), e.to_string()));
                return told.filter(|_| !refused).collect();
            }
        };
        let mut wrong = Vec::new();
        let mut differ = |key: &str, expected: String, got: String| {
            wrong.push((key.to_owned(), format!("expected {expected}, got {got}")));
        };
        if !expect.refused.is_empty() {
            differ("refused", list(&expect.refused), "nothing".to_owned());
        }
        if expect.missing != found.missing {
            differ("missing", list(&expect.missing), list(&found.missing));
        }
        if expect.not_in_force != found.not_in_force {
            let shown = |why: Option<NoVerdict>| why.map_or("nothing".to_owned(), |why| format!("{why:?}"));
            differ("not_in_force", shown(expect.not_in_force), shown(found.not_in_force));
        }
        let beyond = found.steps.iter().filter(|s| s.beyond).map(|s| &s.id);
        if !beyond.clone().eq(&expect.beyond) {
            differ("beyond", list(&expect.beyond), list(&beyond.cloned().collect::<Vec<_>>()));
        }
        for (id, expected) in &expect.steps {
            let Some(step) = found.steps.iter().find(|s| s.id == *id) else {
                differ(id, "a step".to_owned(), "none of this id".to_owned());
                continue;
            };
            let got = (step.least.clone(), step.most.clone());
            match ends(expected) {
                Some(expected) if expected == got => {}
                Some(expected) => differ(id, range(&expected), range(&got)),
                None => differ(id, "a value, `[least, most]` or \"unknown\"".to_owned(), range(&got)),
            }
            let exact = !expect.inexact.contains(id);
            if exact != step.exact {
                let word =
                    |exact: bool| if exact { "an exact figure" } else { "one that was rounded (`inexact`)" };
                differ(id, word(exact).to_owned(), word(step.exact).to_owned());
            }
        }
        wrong
    }
}

/// What an example expects of a step.
fn ends(expected: &toml::Value) -> Option<Ends> {
    let one = |v: &toml::Value| v.clone().try_into::<Value>().ok();
    Some(match expected {
        toml::Value::String(s) if s == "unknown" => (None, None),
        toml::Value::Array(both) => (Some(one(both.first()?)?), Some(one(both.last()?)?)),
        value => (Some(one(value)?), Some(one(value)?)),
    })
}

/// As an example writes it.
fn range((least, most): &Ends) -> String {
    let one = |value: &Option<Value>| value.as_ref().and_then(|value| serde_json::to_string(value).ok());
    match (one(least), one(most)) {
        (Some(least), Some(most)) if least == most => least,
        (Some(least), Some(most)) => format!("[{least}, {most}]"),
        _ => "\"unknown\"".to_owned(),
    }
}

fn list(ids: &[String]) -> String {
    if ids.is_empty() { "nothing".to_owned() } else { ids.join(", ") }
}

/// Every step must be given by an example, and a flag must turn both ways: at the calculator's line in the document.
pub(crate) fn unseen(doc: &Compiled, written: &Text, all: &[CalculatorExample]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (c, calculator) in doc.document().calculators.iter().enumerate() {
        for (s, step) in calculator.steps.iter().enumerate() {
            let mine = all.iter().filter(|e| e.calculator == calculator.id);
            let given: Vec<_> = mine.filter_map(|e| e.expect.steps.get(&step.id)).collect();
            let lacking = if given.iter().all(|v| v.as_str() == Some("unknown")) {
                Some("no example gives it".to_owned())
            } else if step.unit == Measure::Flag {
                let side =
                    [true, false].into_iter().find(|side| given.iter().all(|v| v.as_bool() != Some(*side)));
                side.map(|side| format!("no example has it {side}"))
            } else {
                None
            };
            if let Some(lacking) = lacking {
                let path = [Step::Key("calculators"), Step::At(c), Step::Key("steps"), Step::At(s)];
                let here = format!("calculator `{}`, step `{}`: {lacking}", calculator.id, step.id);
                let folder = format!("examples/calculators/{}/", doc.document().id);
                problems.push(written.problem(&path, format!("{here}; add one to {folder}")));
            }
        }
    }
    problems
}
