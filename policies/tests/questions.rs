//! How many questions the self-check takes until the outcome is certain.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use chrono::NaiveDate;
use policies::{Household, Outcome, assess};
use serde::Deserialize;
use worked::{Shelf, asked, median, samples};

/// Median questions that a document may take at most, over its examples and over random households: no change makes
/// the way longer unnoticed. `examples/questions/<document>.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bars {
    worked: usize,
    random: usize,
}

fn shelf() -> &'static Shelf {
    worked::with_sixth()
}

fn on() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).unwrap()
}

#[test]
fn the_path_to_a_certain_answer_is_short() {
    let count = 10_000;
    let examples = shelf().examples();
    for near in shelf().deciding() {
        let (doc, id) = (near.doc, near.id());
        let families = samples(near.whole_household(on()), count);
        let mut random: Vec<usize> = families.map(|family| asked(doc, &family, on())).collect();
        let mut worked: Vec<usize> = examples
            .iter()
            .filter(|e| e.document == *id && e.expect.outcome.is_some_and(|o| o != Outcome::Unknown))
            .map(|e| asked(doc, &e.household, e.on))
            .collect();
        let facts = doc.facts().len();
        let (random, worked) = (median(&mut random), median(&mut worked));
        println!(
            "{id}: {facts} facts; median questions: {worked} over the examples, {random} over {count} random households"
        );
        let bars: Option<Bars> = shelf().of_document("questions", id);
        let bars = bars.unwrap_or_else(|| {
            panic!("questions/{id}.toml is missing; today it is `worked = {worked}` and `random = {random}`")
        });
        assert!(
            worked <= bars.worked && random <= bars.random,
            "{id}: {worked} and {random} questions, {} and {} at most",
            bars.worked,
            bars.random
        );
    }
}

/// Questions that no answer could make a difference to, to the verdict or to the money, as far as trying a thousand ways
/// to answer the rest shows: rare on the way that people are led. What is left of them hangs on a quotient that is
/// already certain (no income at all, whatever the number of people) or on an answer that could only be asked about.
#[test]
fn few_questions_are_idle() {
    let (mut asked, mut idle) = (0, Vec::new());
    for near in shelf().deciding() {
        let doc = near.doc;
        let mut families = samples(near.whole_household(on()), usize::MAX);
        let mut family = move || families.next().unwrap();
        for _ in 0..40 {
            let answers = family();
            let mut told = Household::default();
            while let Some(question) = assess(doc, &told, on()).unwrap().questions.first() {
                let question = question.to_string();
                asked += 1;
                let parts = (0..1_000).any(|_| {
                    let mut whole = family();
                    whole.facts.extend(told.facts.clone());
                    let mut outcomes = (0..4).map(|_| {
                        whole.facts.insert(question.clone(), family().facts[&question].clone());
                        let found = assess(doc, &whole, on()).unwrap();
                        (found.outcome, format!("{:?}", found.money))
                    });
                    let first = outcomes.next();
                    outcomes.any(|outcome| Some(outcome) != first)
                });
                if !parts {
                    idle.push(format!("{}: {question} of {:?}", near.id(), told.facts));
                }
                told.facts.insert(question.clone(), answers.facts[&question].clone());
            }
        }
    }
    println!("{} of {asked} questions are idle", idle.len());
    assert!(idle.len() * 30 <= asked, "{} of {asked}:\n{}", idle.len(), idle.join("\n"));
}
