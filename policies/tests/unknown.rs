//! What is said while facts are missing: never less than can be, and no more than a case leads to.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;

use chrono::NaiveDate;
use policies::{
    Assessment, Compiled, Household, Outcome, Value, assess,
    model::{Fact, FactKind},
    program::Slot,
};
use proptest::prelude::*;
use worked::{Near, Shelf, one_of, samples};

/// A day on which every document with thresholds is in force.
fn on() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).unwrap()
}

fn shelves() -> [&'static Shelf; 2] {
    [worked::with_sixth(), worked::formats()]
}

fn documents() -> impl Iterator<Item = Near<'static>> {
    shelves().into_iter().flat_map(Shelf::deciding)
}

/// A household of any document, with every fact, and which of them are told.
fn told_in_part() -> impl Strategy<Value = (&'static Compiled, Household, Household)> {
    one_of(documents().map(|near| {
        let doc = near.doc;
        let known = prop::collection::vec(any::<bool>(), doc.facts().len());
        let family = (near.whole_household(on()), known);
        family
            .prop_map(move |(whole, known)| {
                let mut told = whole.clone();
                let mut known = known.into_iter();
                told.facts.retain(|_, _| known.next().unwrap());
                (doc, whole, told)
            })
            .boxed()
    }))
}

fn look<'d>(doc: &'d Compiled, household: &Household) -> Assessment<'d> {
    assess(doc, household, on()).unwrap_or_else(|e| panic!("{e:?} in {household:?}"))
}

fn sums(found: &Assessment) -> Vec<(String, i64, i64)> {
    found.money.iter().map(|sum| (sum.benefit.to_string(), sum.least, sum.most)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    /// Whoever answers only what is asked gets the outcome and the money of whoever answers everything.
    #[test]
    fn what_is_asked_is_enough((doc, whole, _) in told_in_part()) {
        let mut told = Household::default();
        while let Some(next) = look(doc, &told).questions.first() {
            told.facts.insert(next.to_string(), whole.facts[&**next].clone());
        }
        let (end, all) = (look(doc, &told), look(doc, &whole));
        prop_assert_eq!((end.outcome, sums(&end)), (all.outcome, sums(&all)), "asked: {:?}", told);
    }

    /// No sum lies outside the range that was said before, and where none was said it is said what was missing.
    #[test]
    fn nothing_is_paid_outside_the_range((doc, whole, told) in told_in_part()) {
        let (before, after) = (look(doc, &told), look(doc, &whole));
        for unsaid in &before.without_sum {
            prop_assert!(!unsaid.missing.is_empty());
            prop_assert!(unsaid.missing.iter().all(|fact| !told.facts.contains_key(&**fact)), "{unsaid:?}");
            let mut more = told.clone();
            for fact in &unsaid.missing {
                more.facts.insert(fact.to_string(), whole.facts[&**fact].clone());
            }
            let said = look(doc, &more);
            prop_assert!(said.without_sum.iter().all(|w| w.benefit != unsaid.benefit), "{unsaid:?} is not enough");
        }
        for sum in &after.money {
            let range = before.money.iter().find(|range| range.benefit == sum.benefit);
            let unsaid = before.without_sum.iter().any(|unsaid| unsaid.benefit == sum.benefit);
            prop_assert!(
                unsaid || range.is_some_and(|range| range.least <= sum.least && sum.most <= range.most),
                "{sum:?} outside of {range:?}"
            );
            if let Some(range) = range {
                prop_assert!(range.steps.iter().all(|s| (range.least..=range.most).contains(&s.amount)), "{range:?}");
            }
        }
    }
}

/// Every answer to a fact that has few.
fn answers(fact: &Fact) -> Vec<Value> {
    match &fact.kind {
        FactKind::YesNo => [false, true].map(Value::YesNo).to_vec(),
        FactKind::Choice { choices } => choices.iter().map(|c| Value::Choice(c.id.clone())).collect(),
        FactKind::Count { least, most } => (*least..=*most).map(Value::Number).collect(),
        _ => Vec::new(),
    }
}

/// Facts with few answers that a document's amounts hang on.
fn keys(shelf: &Shelf, near: &Near<'_>) -> Vec<Fact> {
    let source = shelf.source.documents.iter().find(|d| d.document.id == near.id()).unwrap();
    let mut slots: Vec<Slot> = Vec::new();
    for row in source.program.benefits.iter().flatten() {
        row.when.facts(&mut slots);
        row.amount.facts(&mut slots);
    }
    let slots: BTreeSet<Slot> = slots.into_iter().collect();
    let facts = slots.into_iter().map(|slot| shelf.source.facts[usize::from(slot)].clone());
    facts.filter(|fact| !answers(fact).is_empty()).collect()
}

/// Where one or two facts with few answers are missing, both ends of each range are what some answers come to.
#[test]
fn both_ends_of_a_range_are_reached() {
    let (mut ranges, mut conditional) = (0, 0);
    for shelf in shelves() {
        for near in shelf.deciding() {
            let keys = keys(shelf, &near);
            let pairs = keys.iter().flat_map(|a| keys.iter().map(move |b| (a, b)));
            let few = |(a, b): &(&Fact, &Fact)| {
                a.id <= b.id && (a.id == b.id || answers(a).len() * answers(b).len() <= 64)
            };
            for (a, b) in pairs.filter(few) {
                for mut family in samples(near.whole_household(on()), 150) {
                    family.facts.retain(|id, _| *id != a.id && *id != b.id);
                    let before = look(near.doc, &family);
                    let mut paid = Vec::new();
                    for (one, other) in answers(a)
                        .iter()
                        .flat_map(|one| answers(b).into_iter().map(move |o| (one.clone(), o)))
                    {
                        let mut whole = family.clone();
                        whole.facts.extend([(a.id.clone(), one), (b.id.clone(), other)]);
                        let after = look(near.doc, &whole);
                        if after.outcome != Some(Outcome::NotEligible) {
                            paid.push(after);
                        } else {
                            conditional += 1;
                        }
                    }
                    for range in &before.money {
                        let sum = |found: &Assessment| {
                            let sum = found.money.iter().find(|sum| sum.benefit == range.benefit);
                            sum.map_or((0, 0), |sum| (sum.least, sum.most))
                        };
                        let ends = (
                            paid.iter().map(|found| sum(found).0).min().unwrap(),
                            paid.iter().map(|found| sum(found).1).max().unwrap(),
                        );
                        assert_eq!(
                            (range.least, range.most),
                            ends,
                            "{}: {} of {family:?}",
                            near.id(),
                            range.benefit
                        );
                        ranges += usize::from(range.least < range.most);
                    }
                }
            }
        }
    }
    println!("{ranges} ranges; {conditional} cases were ruled out by the verdict");
    assert!(ranges > 300 && conditional > 100, "{ranges} ranges, {conditional} cases");
}
