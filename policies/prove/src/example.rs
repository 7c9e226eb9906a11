//! A worked household: what is known of it, and what the engine must say.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use policies::{Answer, Assessment, Compiled, FactError, Household, NoVerdict, Outcome, assess, priorities};
use policies_compile::{Problem, Step};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::Text;

/// One file of `examples/<document>/`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The file.
    #[serde(skip)]
    pub file: Text,
    /// The document that decides.
    #[serde(skip)]
    pub document: String,
    /// What it shows.
    pub title: String,
    /// The application date.
    #[serde(deserialize_with = "policies::iso::deserialize")]
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

/// Something that is said otherwise than expected.
struct Difference<'e> {
    /// Below `expect`.
    path: Vec<&'e str>,
    expected: String,
    got: String,
}

impl Example {
    /// Everything that the engine says otherwise, each at its line.
    pub fn faults(&self, doc: &Compiled) -> Vec<Problem> {
        let differences = match self.differences(doc) {
            Ok(differences) => differences,
            Err(errors) => return errors.iter().map(|e| self.refused(e)).collect(),
        };
        let told = differences.into_iter().map(|Difference { path, expected, got }| {
            let message = format!("expect.{}: expected {expected}, got {got}", path.join("."));
            let path: Vec<_> = std::iter::once("expect").chain(path.iter().copied()).map(Step::Key).collect();
            self.file.problem(&path, message)
        });
        told.collect()
    }

    /// Whether the engine says all that is expected.
    pub fn holds(&self, doc: &Compiled) -> bool {
        self.differences(doc).is_ok_and(|differences| differences.is_empty())
    }

    fn refused(&self, error: &FactError) -> Problem {
        let path: Vec<_> = std::iter::once("household").chain(error.path.split('.')).map(Step::Key).collect();
        self.file.problem(&path, format!("household.{error}"))
    }

    fn differences<'e>(&'e self, doc: &Compiled) -> Result<Vec<Difference<'e>>, Vec<FactError>> {
        let found = assess(doc, &self.household, self.on)?;
        let mut compared = Compared(Vec::new());
        let expect = &self.expect;
        compared.with(&["outcome"], &expect.outcome, &found.outcome);
        if expect.no_verdict.is_some() || expect.outcome.is_none() {
            compared.with(&["no_verdict"], &expect.no_verdict, &found.no_verdict);
        }
        if let Some(year) = expect.label_year {
            compared.with(&["label_year"], &Some(year), &found.label_year);
        }
        for (id, outcome) in &expect.categories {
            compared.with(&["categories", id], &Some(*outcome), &found.category(id).map(|c| c.outcome));
        }
        for (path, answer) in &expect.requirements {
            compared.with(&["requirements", path], &Some(*answer), &answer_at(&found, path));
        }
        if let Some(questions) = &expect.questions
            && !questions.iter().eq(found.questions.iter())
        {
            compared.told(&["questions"], shown(questions), shown(&found.questions));
        }
        if let Some(expected) = &expect.priorities {
            let groups = priorities(doc, &self.household, self.on)?;
            let got: BTreeMap<_, _> =
                groups.into_iter().map(|g| (g.priority.id.clone(), g.certain)).collect();
            compared.with(&["priorities"], expected, &got);
        }
        compared.entries("money", &expect.money, &found.money);
        compared.entries("changes", &expect.changes, &found.changes);
        compared.entries("first_days", &expect.first_days, &found.first_days);
        Ok(compared.0)
    }
}

struct Compared<'e>(Vec<Difference<'e>>);

impl<'e> Compared<'e> {
    fn with<T: PartialEq + Serialize>(&mut self, path: &[&'e str], expected: &T, got: &T) {
        if expected != got {
            self.told(path, shown(expected), shown(got));
        }
    }

    fn told(&mut self, path: &[&'e str], expected: String, got: String) {
        self.0.push(Difference { path: path.to_vec(), expected, got });
    }

    /// A list of which every entry that is expected must be there with the keys that are given, and no other entry.
    fn entries<T: Serialize>(&mut self, field: &'e str, expected: &Option<Vec<toml::Table>>, got: &[T]) {
        let Some(expected) = expected else { return };
        let got: Vec<Json> = got.iter().filter_map(|entry| serde_json::to_value(entry).ok()).collect();
        if expected.len() != got.len() {
            self.told(
                &[field],
                format!("{} entries", expected.len()),
                format!("{}: {}", got.len(), shown(&got)),
            );
            return;
        }
        for entry in expected.iter().filter_map(|entry| serde_json::to_value(entry).ok()) {
            if !got.iter().any(|g| fits(&entry, g)) {
                let alike: Vec<_> = got.iter().map(|g| of_the_same_keys(&entry, g)).collect();
                self.told(&[field], shown(&entry), shown(&alike));
            }
        }
    }
}

/// As an example writes it.
fn shown(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Json::String(text)) => text,
        Ok(Json::Null) | Err(_) => "nothing".to_owned(),
        Ok(other) => other.to_string(),
    }
}

/// What an entry says under the keys that another one has.
fn of_the_same_keys(keys: &Json, entry: &Json) -> Json {
    match (keys, entry) {
        (Json::Object(keys), Json::Object(entry)) => {
            let same = entry.iter().filter(|(key, _)| keys.contains_key(*key));
            same.map(|(key, value)| (key.clone(), value.clone())).collect()
        }
        _ => entry.clone(),
    }
}

/// Whether every key that is expected is there with that value.
fn fits(expected: &Json, got: &Json) -> bool {
    match (expected, got) {
        (Json::Object(e), Json::Object(g)) => {
            e.iter().all(|(k, v)| g.get(k).is_some_and(|found| fits(v, found)))
        }
        (Json::Array(e), Json::Array(g)) => e.len() == g.len() && e.iter().zip(g).all(|(e, g)| fits(e, g)),
        (e, g) => e == g,
    }
}

/// The answer at `category.requirement`.
fn answer_at(found: &Assessment<'_>, path: &str) -> Option<Answer> {
    let (category, requirement) = path.split_once('.')?;
    found.category(category)?.requirement(requirement).map(|r| r.answer)
}
