//! How many questions the self-check takes until the outcome is certain.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use chrono::NaiveDate;
use common::{Dice, examples, household};
use policies::{Compiled, Household, Outcome, assess, rulebook};

/// Questions asked until the outcome is certain, or until none is left. A fact that the household
/// does not tell is answered "don't know" and passed over.
fn asked(doc: &Compiled, told: &Household, on: NaiveDate) -> usize {
    let mut known = Household { people: told.people.clone(), ..Household::default() };
    let mut passed: Vec<String> = Vec::new();
    let mut count = 0;
    loop {
        let now = assess(doc, &known, on).unwrap();
        if now.outcome != Some(Outcome::Unknown) {
            return count;
        }
        let Some(next) = now.questions.iter().find(|q| !passed.contains(q)) else {
            return count;
        };
        count += 1;
        match told.facts.get(next) {
            Some(value) => {
                known.facts.insert(next.clone(), value.clone());
            }
            None => passed.push(next.clone()),
        }
    }
}

fn median(counts: &mut [usize]) -> usize {
    counts.sort_unstable();
    counts.get(counts.len() / 2).copied().unwrap_or(0)
}

#[test]
fn the_path_to_a_certain_answer_is_short() {
    let on = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
    let count = if cfg!(debug_assertions) { 300 } else { 10_000 };
    for doc in rulebook().documents().iter().filter(|d| !d.document().categories.is_empty()) {
        let id = &doc.document().id;
        let mut dice = Dice(42);
        let mut random: Vec<usize> =
            (0..count).map(|_| asked(doc, &household(doc, &mut dice, on, 8), on)).collect();
        let mut worked: Vec<usize> = examples()
            .iter()
            .filter(|e| e.document == *id && e.expect.outcome.is_some_and(|o| o != Outcome::Unknown))
            .map(|e| asked(doc, &e.household, e.on))
            .collect();
        let facts = doc.facts().len();
        let (random, worked) = (median(&mut random), median(&mut worked));
        println!(
            "{id}: {facts} facts; median questions: {worked} over the examples, {random} over {count} random households"
        );
        assert!(random <= facts, "{id}: {random} of {facts}");
    }
}
