//! How many questions the self-check takes until the outcome is certain.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use chrono::NaiveDate;
use common::{Dice, asked, examples, household, median};
use policies::{Outcome, rulebook};

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
