//! Every worked example gives what it says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use policies::{Outcome, assess};
use worked::Shelf;

fn shelf() -> &'static Shelf {
    worked::with_sixth()
}

#[test]
fn every_example_gives_what_it_says() {
    let (mut all, mut wrong) = (0, Vec::new());
    for proof in shelf().proofs() {
        all += proof.examples.len();
        wrong.extend(proof.unread.clone());
        wrong.extend(proof.households(shelf().book.document(&proof.document).unwrap()));
    }
    println!("{all} examples");
    assert!(all > 200 && wrong.is_empty(), "{all}: {wrong:#?}");
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
                        example.file.name,
                        category.id
                    );
                    claimed += 1;
                }
            }
            if open.is_empty() {
                break;
            }
        }
        assert!(found.first_days.iter().all(|f| !open.contains(&f.category)), "{}", example.file.name);
        none += open.len();
    }
    println!("{claimed} first days, {none} categories without one");
    assert!(claimed > 15 && none > 15);
}

/// The examples probe every line: shifting any number in the conditions, amounts or steps of a document by one unit makes
/// at least one of its examples fail.
#[test]
fn shifting_any_number_by_one_unit_breaks_an_example() {
    let unnoticed: Vec<_> =
        shelf().proofs().flat_map(|proof| proof.numbers(&shelf().alone(&proof.document))).collect();
    let unnoticed: Vec<_> = unnoticed.iter().map(ToString::to_string).collect();
    assert!(unnoticed.is_empty(), "{}", unnoticed.join("\n"));
}
