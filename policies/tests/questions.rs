//! How many questions the self-check takes until the outcome is certain.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use chrono::NaiveDate;
use policies::{Household, assess};
use serde::Deserialize;
use worked::{Shelf, asked, median, samples};

/// Median questions that a document may take at most over random households: no change makes the way longer unnoticed.
/// `examples/questions/<document>.toml`; what it says of the examples `policies_prove` holds.
#[derive(Deserialize)]
struct Bars {
    /// Where it is said.
    random: Option<usize>,
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
    let mut held = 0;
    for proof in shelf().proofs() {
        let wrong = proof.questions(shelf().book.document(&proof.document).unwrap());
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
    for near in shelf().deciding() {
        let (doc, id) = (near.doc, near.id());
        let families = samples(near.whole_household(on()), count);
        let mut random: Vec<usize> = families.map(|family| asked(doc, &family, on())).collect();
        let (facts, random) = (doc.facts().len(), median(&mut random));
        println!("{id}: {facts} facts; median questions: {random} over {count} random households");
        let bar = shelf().of_document("questions", id).and_then(|bars: Bars| bars.random);
        assert!(bar.is_none_or(|bar| random <= bar), "{id}: {random} questions, {bar:?} at most");
        held += u32::from(bar.is_some());
    }
    assert!(held > 3);
}

/// How many questions are looked at: `ANJU_SAMPLES`, or as many as a short run allows.
fn count() -> usize {
    std::env::var("ANJU_SAMPLES").map_or(1_500, |count| count.parse().expect("ANJU_SAMPLES is no number"))
}

/// No question is asked whose answer cannot matter: to each that leads on the way, two answers are found that differ in
/// the verdict, in the categories that it names or in the money, with some answers to all the others: those of a random
/// household or, beside what was told, of a worked one.
#[test]
fn no_question_is_idle() {
    let (mut asked, mut idle) = (0, Vec::new());
    let (wanted, documents) = (count(), shelf().deciding().count());
    for (n, near) in (1..).zip(shelf().deciding()) {
        let doc = near.doc;
        let worked = shelf().examples().into_iter().filter(|example| example.document == *near.id());
        let worked = worked.map(|example| example.household);
        let worked: Vec<Household> = worked.filter(|family| assess(doc, family, on()).is_ok()).collect();
        let mut families = samples(near.whole_household(on()), usize::MAX);
        let mut family = move || families.next().unwrap();
        while asked < wanted * n / documents {
            let answers = family();
            let mut told = Household::default();
            while let Some(question) = assess(doc, &told, on()).unwrap().questions.first() {
                let question = question.to_string();
                asked += 1;
                let parts = (0..3_000).any(|n: usize| {
                    let mut whole = family();
                    if n % 2 == 1 {
                        whole.facts.extend(worked[n / 2 % worked.len()].facts.clone());
                    }
                    whole.facts.extend(told.facts.clone());
                    let mut outcomes = (0..6).map(|_| {
                        whole.facts.insert(question.clone(), family().facts[&question].clone());
                        let found = assess(doc, &whole, on()).unwrap();
                        let money: Vec<_> = found.money.iter().map(|sum| (sum.least, sum.most)).collect();
                        let named = found.categories.iter().filter(|c| Some(c.outcome) == found.outcome);
                        (found.outcome, named.map(|c| c.id.to_string()).collect::<Vec<_>>(), money)
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
    assert!(idle.is_empty(), "{} of {asked}:\n{}", idle.len(), idle.join("\n"));
}
