//! Worked examples as test data, and households made at random near the lines.
#![allow(dead_code, missing_docs, unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{collections::BTreeMap, fs, path::Path};

use chrono::NaiveDate;
use policies::{
    Answer, Assessment, Compiled, Household, NoVerdict, Outcome, Value, assess, calculate,
    model::{Fact, FactKind},
};
use serde::Deserialize;

/// One file of `examples/<document>/`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    #[serde(skip)]
    pub file: String,
    #[serde(skip)]
    pub document: String,
    pub title: String,
    pub on: NaiveDate,
    #[serde(default)]
    pub household: Household,
    pub expect: Expect,
    #[serde(default)]
    pub cites: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    pub outcome: Option<Outcome>,
    pub no_verdict: Option<NoVerdict>,
    pub label_year: Option<i32>,
    #[serde(default)]
    pub categories: BTreeMap<String, Outcome>,
    #[serde(default)]
    pub requirements: BTreeMap<String, Answer>,
    pub money: Option<Vec<toml::Table>>,
    pub changes: Option<Vec<toml::Table>>,
    pub first_days: Option<Vec<toml::Table>>,
    pub questions: Option<Vec<String>>,
}

/// Every example, by file name.
pub fn examples() -> Vec<Example> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut all = Vec::new();
    for folder in entries(&root) {
        let document = folder.file_name().unwrap().to_string_lossy().into_owned();
        if policies::rulebook().document(&document).is_none() {
            continue;
        }
        for path in entries(&folder).into_iter().filter(|p| p.extension().is_some_and(|e| e == "toml")) {
            let file = format!("examples/{document}/{}", path.file_name().unwrap().to_string_lossy());
            let text = fs::read_to_string(&path).unwrap();
            let mut example: Example = toml::from_str(&text).unwrap_or_else(|e| panic!("{file}: {e}"));
            example.file = file;
            example.document.clone_from(&document);
            all.push(example);
        }
    }
    all
}

fn entries(folder: &Path) -> Vec<std::path::PathBuf> {
    let Ok(read) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = read.map(|e| e.unwrap().path()).collect();
    paths.sort();
    paths
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
pub fn answer_at(found: &Assessment, path: &str) -> Option<Answer> {
    let (category, requirement) = path.split_once('.')?;
    found.category(category)?.requirement(requirement).map(|r| r.answer)
}

/// A small generator (SplitMix64): what is made follows from the seed alone.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.roll() % (n.max(1) as u64)).unwrap()
    }

    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        least + i64::try_from(self.roll() % u64::try_from(most - least + 1).unwrap()).unwrap()
    }
}

/// A value of a fact, often at or beside a line.
pub fn value(fact: &Fact, dice: &mut Dice, on: NaiveDate) -> Value {
    match &fact.kind {
        FactKind::YesNo => Value::YesNo(dice.roll().is_multiple_of(2)),
        FactKind::Choice { choices } => Value::Choice(choices[dice.below(choices.len())].id.clone()),
        FactKind::Date { future } => {
            let years = [0, 1, 2, 3, 5, 18, 40][dice.below(7)];
            let day = on - chrono::Months::new(years * 12);
            let day = day + chrono::Duration::days(dice.between(-1, 1));
            Value::Date(if *future { day } else { day.min(on) })
        }
        FactKind::Count { least, most } => Value::Number(dice.between(*least, (*least + 6).min(*most))),
        FactKind::Months => Value::Number(dice.between(0, 40)),
        FactKind::Money => {
            let round = [0, 84_000, 350_000, 1_008_000, 4_200_000, 10_000_000, 12_600_000][dice.below(7)];
            Value::Number((round * dice.between(1, 4) + dice.between(-1, 1)).max(0))
        }
        FactKind::Area => {
            let round = [0, 1_300, 2_500, 6_000][dice.below(4)];
            Value::Number((round * dice.between(1, 4) + dice.between(-1, 1)).max(0))
        }
        FactKind::Ratio { .. } => panic!("ratios are not told"),
    }
}

/// A household that knows each of a document's facts with a chance of `known` in eight.
pub fn household(doc: &Compiled, dice: &mut Dice, on: NaiveDate, known: usize) -> Household {
    let mut facts = BTreeMap::new();
    for fact in doc.facts() {
        if dice.below(8) < known {
            facts.insert(fact.id.clone(), value(fact, dice, on));
        }
    }
    Household { facts, people: Vec::new() }
}

/// One file of `examples/calculators/<document>/`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalculatorExample {
    #[serde(skip)]
    pub file: String,
    #[serde(skip)]
    pub document: String,
    pub title: String,
    pub calculator: String,
    pub on: NaiveDate,
    #[serde(default)]
    pub inputs: BTreeMap<String, Value>,
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
    pub not_in_force: Option<NoVerdict>,
    #[serde(flatten)]
    pub steps: BTreeMap<String, toml::Value>,
}

/// Every calculator example, by document and file name.
pub fn calculator_examples() -> Vec<CalculatorExample> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/calculators");
    let mut all = Vec::new();
    for folder in entries(&root) {
        let document = folder.file_name().unwrap().to_string_lossy().into_owned();
        for path in entries(&folder) {
            let file =
                format!("examples/calculators/{document}/{}", path.file_name().unwrap().to_string_lossy());
            let text = fs::read_to_string(&path).unwrap();
            let mut example: CalculatorExample =
                toml::from_str(&text).unwrap_or_else(|e| panic!("{file}: {e}"));
            example.file = file;
            example.document.clone_from(&document);
            all.push(example);
        }
    }
    all
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

/// Questions asked until the outcome is certain, or until none is left. A fact that the household
/// does not tell is answered "don't know" and passed over.
pub fn asked(doc: &Compiled, told: &Household, on: NaiveDate) -> usize {
    let mut known = Household { people: told.people.clone(), ..Household::default() };
    let mut passed: Vec<String> = Vec::new();
    let mut count = 0;
    loop {
        let now = assess(doc, &known, on).unwrap();
        if now.outcome != Some(Outcome::Unknown) {
            return count;
        }
        let mut open = now.questions.into_iter().map(|q| q.into_owned());
        let Some(next) = open.find(|q| !passed.contains(q)) else {
            return count;
        };
        count += 1;
        match told.facts.get(&next) {
            Some(value) => {
                known.facts.insert(next, value.clone());
            }
            None => passed.push(next),
        }
    }
}

/// The middle one.
pub fn median(counts: &mut [usize]) -> usize {
    counts.sort_unstable();
    counts.get(counts.len() / 2).copied().unwrap_or(0)
}
