//! How many questions the self-check takes until the outcome is certain.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use chrono::NaiveDate;
use common::{Dice, asked, examples, household, median, value};
use policies::{Household, Outcome, assess, rulebook};

/// Median questions that a document may take at most, over its examples and over random households: no change makes
/// the way longer unnoticed.
const BARS: [(&str, usize, usize); 3] =
    [("qujing-2018", 5, 3), ("yongchuan-2019", 5, 3), ("yongshun-2023", 12, 6)];

#[test]
fn the_path_to_a_certain_answer_is_short() {
    let on = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
    let count = 10_000;
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
        let (_, most_worked, most_random) =
            BARS.iter().find(|(of, ..)| of == id).expect("a bar for every document");
        assert!(worked <= *most_worked && random <= *most_random, "{id}: {worked} and {random} questions");
    }
}

/// Questions that no answer could make a difference to, to the verdict or to the money, as far as trying a thousand ways
/// to answer the rest shows: rare on the way that people are led. What is left of them hangs on a quotient that is
/// already certain (no income at all, whatever the number of people) or on an answer that could only be asked about.
#[test]
fn few_questions_are_idle() {
    let on = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
    let mut dice = Dice(23);
    let (mut asked, mut idle) = (0, Vec::new());
    for doc in rulebook().documents().iter().filter(|d| !d.document().categories.is_empty()) {
        for _ in 0..40 {
            let family = household(doc, &mut dice, on, 8);
            let mut told = Household::default();
            while let Some(question) = assess(doc, &told, on).unwrap().questions.first() {
                let fact = rulebook().fact(question).unwrap();
                asked += 1;
                let parts = (0..1_000).any(|_| {
                    let mut whole = household(doc, &mut dice, on, 8);
                    whole.facts.extend(told.facts.clone());
                    let mut answers = (0..4).map(|_| {
                        whole.facts.insert(fact.id.clone(), value(fact, &mut dice, on));
                        let found = assess(doc, &whole, on).unwrap();
                        (found.outcome, format!("{:?}", found.money))
                    });
                    let first = answers.next();
                    answers.any(|answer| Some(answer) != first)
                });
                if !parts {
                    idle.push(format!("{}: {question} of {:?}", doc.document().id, told.facts));
                }
                told.facts.insert(fact.id.clone(), family.facts[&fact.id].clone());
            }
        }
    }
    println!("{} of {asked} questions are idle", idle.len());
    assert!(idle.len() * 30 <= asked, "{} of {asked}:\n{}", idle.len(), idle.join("\n"));
}
