//! The book that every resident downloads decides as the whole one does.
#![allow(clippy::unwrap_used)]

use policies::{Household, Rulebook, assess, priorities, program::Book};

fn book(bytes: &[u8]) -> Rulebook {
    Rulebook::new(postcard::from_bytes::<Book>(bytes).unwrap())
}

#[test]
fn every_worked_example_comes_out_alike() {
    let whole = book(include_bytes!(concat!(env!("OUT_DIR"), "/whole.bin")));
    let bytes = include_bytes!(concat!(env!("OUT_DIR"), "/light.bin"));
    let light = book(bytes);
    let mut compared = 0;
    for example in worked::embedded().examples() {
        let found = [&whole, &light].map(|book| {
            let document = book.document(&example.document).unwrap();
            // What only the form asks for the light book does not know, and no verdict hangs on it.
            let mut household = example.household.clone();
            household.facts.retain(|id, _| book.fact(id).is_some() || whole.fact(id).is_none());
            let found = assess(document, &household, example.on);
            found.map(|found| serde_json::to_string(&found).unwrap()).map_err(|faults| format!("{faults:?}"))
        });
        assert_eq!(found[0], found[1], "{}", example.document);
        compared += 1;
    }
    assert!(compared > 50, "only {compared} examples");
}

/// Who comes first is told from the light book where the self-check's answers tell it, as from the whole one.
#[test]
fn who_comes_first_is_told_alike() {
    let whole = book(include_bytes!(concat!(env!("OUT_DIR"), "/whole.bin")));
    let light = book(include_bytes!(concat!(env!("OUT_DIR"), "/light.bin")));
    let mut told = 0;
    for example in worked::embedded().examples() {
        let mut household = Household { facts: example.household.facts, people: Vec::new() };
        household.facts.retain(|id, _| light.fact(id).is_some());
        let [all, kept] = [&whole, &light].map(|book| {
            let document = book.document(&example.document).unwrap();
            let groups = priorities(document, &household, example.on).unwrap_or_default().into_iter();
            let certain = groups.filter(|group| group.certain).map(|group| group.priority);
            certain.map(|p| (p.label.clone(), p.cite.article.clone())).collect::<Vec<_>>()
        });
        assert_eq!(all, kept, "{}", example.document);
        told += kept.len();
    }
    assert!(told > 50, "only {told} groups");
}

#[test]
fn it_carries_no_condition_as_text_and_no_line_of_the_inventory() {
    let light = book(include_bytes!(concat!(env!("OUT_DIR"), "/light.bin")));
    let requirements = || light.documents().iter().flat_map(|document| &document.document().requirements);
    assert!(requirements().count() > 20);
    assert!(
        requirements()
            .all(|requirement| requirement.holds.is_empty() && requirement.cite.inventory.is_empty())
    );
    assert!(requirements().any(|requirement| !requirement.cite.article.is_empty()));
}
