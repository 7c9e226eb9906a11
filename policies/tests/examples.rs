//! Every worked example gives what it says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use policies::{Outcome, Rulebook, assess, program::Place};
use worked::{Shelf, figure_mismatches, mismatches};

fn shelf() -> &'static Shelf {
    worked::with_sixth()
}

#[test]
fn every_example_gives_what_it_says() {
    let all = shelf().examples();
    let wrong: Vec<String> = all
        .iter()
        .flat_map(|example| mismatches(example, shelf().book.document(&example.document).unwrap()))
        .collect();
    println!("{} examples", all.len());
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The days from which on time alone turns a "no", against every day up to the end of force.
#[test]
fn first_days_are_the_first_of_all_days() {
    let (mut claimed, mut none) = (0, 0);
    for example in shelf().examples().iter().filter(|e| e.expect.outcome == Some(Outcome::NotEligible)) {
        let doc = shelf().book.document(&example.document).unwrap();
        let found = assess(doc, &example.household, example.on).unwrap();
        // Where the document names no last day, three years stand for all.
        let last = doc.document().valid_until.unwrap_or(example.on + chrono::Months::new(36));
        let mut open: Vec<_> = found.categories.iter().map(|c| c.id.clone()).collect();
        for day in example.on.iter_days().skip(1).take_while(|day| *day <= last) {
            for category in assess(doc, &example.household, day).unwrap().categories {
                if category.outcome != Outcome::NotEligible && open.contains(&category.id) {
                    open.retain(|id| *id != category.id);
                    let first = found.first_days.iter().find(|f| f.category == category.id);
                    assert_eq!(
                        first.map(|f| (f.day, f.outcome)),
                        Some((day, category.outcome)),
                        "{}: {}",
                        example.file,
                        category.id
                    );
                    claimed += 1;
                }
            }
            if open.is_empty() {
                break;
            }
        }
        assert!(found.first_days.iter().all(|f| !open.contains(&f.category)), "{}", example.file);
        none += open.len();
    }
    println!("{claimed} first days, {none} categories without one");
    assert!(claimed > 15 && none > 15);
}

#[test]
fn every_article_cited_is_one_of_the_document() {
    for example in shelf().examples() {
        let document = shelf().book.document(&example.document).unwrap().document();
        let json = serde_json::to_string(document).unwrap();
        for article in &example.cites {
            assert!(
                json.contains(&format!("\"article\":\"{article}")),
                "{}: no item cites {article}",
                example.file
            );
        }
    }
}

/// The examples probe every line: shifting any number in the conditions or amounts of a document by
/// one unit makes at least one of its examples fail.
#[test]
fn shifting_any_number_by_one_unit_breaks_an_example() {
    let (all, calculations) = (shelf().examples(), shelf().calculator_examples());
    let mut survivors = Vec::new();
    let mut shifted = 0;
    for at in 0..shelf().source.documents.len() {
        let count = shelf().source.documents[at].program.clone().literals().len();
        for literal in 0..count {
            for by in [-1, 1] {
                let mut book = shelf().source.clone();
                let document = book.documents[at].document.clone();
                let mut literals = book.documents[at].program.literals();
                let (place, number) = &mut literals[literal];
                let before = **number;
                **number += by;
                let place = match *place {
                    Place::Requirement(i) => format!("requirement {}", document.requirements[i].id),
                    Place::Benefit(i) => format!("benefit {}", document.benefits[i].id),
                    Place::Calculator(i) => format!("calculator {}", document.calculators[i].id),
                };
                let book = Rulebook::new(book);
                let doc = book.document(&document.id).unwrap();
                shifted += 1;
                let mut assessed = all.iter().filter(|e| e.document == document.id);
                let mut calculated = calculations.iter().filter(|e| e.document == document.id);
                if assessed.all(|e| mismatches(e, doc).is_empty())
                    && calculated.all(|e| figure_mismatches(e, doc).is_empty())
                {
                    survivors.push(format!("{}: {place}: {before} shifted by {by}", document.id));
                }
            }
        }
    }
    println!("{shifted} shifts");
    assert!(survivors.is_empty(), "no example notices:\n{}", survivors.join("\n"));
}
