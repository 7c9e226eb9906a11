//! A worked household: what is known of it, and what the engine must say.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use policies::{Answer, Assessment, Compiled, Household, NoVerdict, Outcome, assess, priorities};
use serde::Deserialize;

/// One file of `examples/<document>/`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// Where it stands, below its folder.
    #[serde(skip)]
    pub file: String,
    /// The document that decides.
    #[serde(skip)]
    pub document: String,
    /// What it shows.
    pub title: String,
    /// The application date.
    pub on: NaiveDate,
    /// What is known.
    #[serde(default)]
    pub household: Household,
    /// What must be said of it.
    pub expect: Expect,
    /// Articles that it shows.
    #[serde(default)]
    pub cites: Vec<String>,
}

/// What an assessment must say; what is not given is not compared.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    /// Overall; none where there is no verdict.
    pub outcome: Option<Outcome>,
    /// Why there is no verdict.
    pub no_verdict: Option<NoVerdict>,
    /// The year that the verdict is labelled with.
    pub label_year: Option<i32>,
    /// By category id.
    #[serde(default)]
    pub categories: BTreeMap<String, Outcome>,
    /// By `category.requirement`.
    #[serde(default)]
    pub requirements: BTreeMap<String, Answer>,
    /// Entries of the assessment that must be there, key by key.
    pub money: Option<Vec<toml::Table>>,
    /// All changes, if any are listed.
    pub changes: Option<Vec<toml::Table>>,
    /// All first days, if any are listed.
    pub first_days: Option<Vec<toml::Table>>,
    /// The questions, best first.
    pub questions: Option<Vec<String>>,
    /// All groups that come first and that the household is certainly one of (true) or may be (false), by id, if any are
    /// listed.
    pub priorities: Option<BTreeMap<String, bool>>,
}

/// Runs an example; every mismatch as one line naming file and field.
pub fn mismatches(example: &Example, doc: &Compiled) -> Vec<String> {
    let file = &example.file;
    let found = match assess(doc, &example.household, example.on) {
        Ok(found) => found,
        Err(errors) => return errors.iter().map(|e| format!("{file}: household: {e}")).collect(),
    };
    let mut wrong = Vec::new();
    let mut differ = |field: String, expected: String, got: String| {
        if expected != got {
            wrong.push(format!("{file}: {field}: expected {expected}, got {got}"));
        }
    };
    let expect = &example.expect;
    differ("expect.outcome".into(), format!("{:?}", expect.outcome), format!("{:?}", found.outcome));
    if expect.no_verdict.is_some() || expect.outcome.is_none() {
        differ(
            "expect.no_verdict".into(),
            format!("{:?}", expect.no_verdict),
            format!("{:?}", found.no_verdict),
        );
    }
    if let Some(year) = expect.label_year {
        differ("expect.label_year".into(), format!("{:?}", Some(year)), format!("{:?}", found.label_year));
    }
    for (id, outcome) in &expect.categories {
        let got = found.category(id).map(|c| c.outcome);
        differ(format!("expect.categories.{id}"), format!("{:?}", Some(outcome)), format!("{got:?}"));
    }
    for (path, answer) in &expect.requirements {
        differ(
            format!("expect.requirements.{path}"),
            format!("{:?}", Some(*answer)),
            format!("{:?}", answer_at(&found, path)),
        );
    }
    if let Some(questions) = &expect.questions {
        differ("expect.questions".into(), format!("{questions:?}"), format!("{:?}", found.questions));
    }
    if let Some(expected) = &expect.priorities {
        let groups = priorities(doc, &example.household, example.on).unwrap();
        let got: BTreeMap<_, _> = groups.into_iter().map(|g| (g.priority.id.clone(), g.certain)).collect();
        differ("expect.priorities".into(), format!("{expected:?}"), format!("{got:?}"));
    }
    let json = serde_json::to_value(&found).unwrap();
    for (field, expected) in
        [("money", &expect.money), ("changes", &expect.changes), ("first_days", &expect.first_days)]
    {
        let Some(expected) = expected else { continue };
        let got = json.get(field).and_then(|v| v.as_array()).unwrap();
        if expected.len() != got.len() {
            wrong.push(format!(
                "{file}: expect.{field}: expected {} entries, got {}: {got:?}",
                expected.len(),
                got.len()
            ));
        }
        for entry in expected {
            let entry = serde_json::to_value(entry).unwrap();
            if !got.iter().any(|g| fits(&entry, g)) {
                wrong.push(format!("{file}: expect.{field}: no entry like {entry} in {got:?}"));
            }
        }
    }
    wrong
}

/// Whether every key that is expected is there with that value.
fn fits(expected: &serde_json::Value, got: &serde_json::Value) -> bool {
    match (expected, got) {
        (serde_json::Value::Object(e), serde_json::Value::Object(g)) => {
            e.iter().all(|(k, v)| g.get(k).is_some_and(|found| fits(v, found)))
        }
        (serde_json::Value::Array(e), serde_json::Value::Array(g)) => {
            e.len() == g.len() && e.iter().zip(g).all(|(e, g)| fits(e, g))
        }
        (e, g) => e == g,
    }
}

/// The answer at `category.requirement`.
fn answer_at(found: &Assessment, path: &str) -> Option<Answer> {
    let (category, requirement) = path.split_once('.')?;
    found.category(category)?.requirement(requirement).map(|r| r.answer)
}
