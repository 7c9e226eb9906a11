//! Day by day: on every date a place has at most one version of its document in force, and the days of force are those
//! worked out by hand in `examples/dates/<document>.toml`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use policies::{Compiled, Rulebook, not_in_force};
use worked::{SIXTH, with_sixth};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn every_day_has_at_most_one_version_and_the_days_of_force_are_known() {
    let forces: BTreeMap<_, _> =
        with_sixth().proofs().map(|proof| (proof.document, proof.dates.force)).collect();
    // From before the first day that any file tells to after the last.
    let told = || forces.values().flat_map(|force| [force.first, force.last]).flatten();
    let from = told().min().unwrap() - chrono::Days::new(400);
    let until = told().max().unwrap() + chrono::Days::new(400);
    for on in from.iter_days().take_while(|day| *day <= until) {
        let mut count: BTreeMap<&str, u32> = BTreeMap::new();
        for compiled in with_sixth().book.documents() {
            let document = compiled.document();
            let in_force = not_in_force(document, on).is_none();
            assert_eq!(in_force, forces[document.id.as_str()].holds(on), "{} on {on}", document.id);
            *count.entry(&document.place.id).or_default() += u32::from(in_force);
        }
        for (place, versions) in count {
            assert!(versions <= 1, "{place} has {versions} versions on {on}");
        }
    }
}

#[test]
fn an_undated_document_has_no_days_of_force_to_leave() {
    let is_undated = |d: &&Compiled| {
        let document = d.document();
        [document.valid_from.or(document.issued), document.valid_until] == [None, None]
    };
    let undated: Vec<_> = with_sixth().book.documents().iter().filter(is_undated).collect();
    assert!(!undated.is_empty());
    for compiled in undated {
        for on in ["1949-10-01", "2100-01-01"] {
            assert_eq!(not_in_force(compiled.document(), day(on)), None, "{}", compiled.document().id);
        }
    }
}

/// A place whose document is replaced, with a gap between the two versions.
#[test]
fn the_version_is_that_of_the_day() {
    let mut book = with_sixth().source.clone();
    let mut later = book.documents.iter().find(|d| d.document.place.id == SIXTH).unwrap().clone();
    let sooner = later.document.id.clone();
    later.document.id = "later".into();
    later.document.valid_from = Some(day("2031-05-01"));
    later.document.valid_until = None;
    book.documents.push(later);
    let book = Rulebook::new(book);
    for (on, id, in_force) in [
        ("2025-12-31", &*sooner, false),
        ("2026-01-01", &*sooner, true),
        ("2029-12-31", &*sooner, true),
        ("2030-01-01", &*sooner, false),
        ("2031-04-30", &*sooner, false),
        ("2031-05-01", "later", true),
        ("2100-01-01", "later", true),
    ] {
        let found = book.document_of_place(SIXTH, day(on)).unwrap().document();
        assert_eq!((found.id.as_str(), not_in_force(found, day(on)).is_none()), (id, in_force), "{on}");
    }
    assert!(book.document_of_place("nowhere", day("2026-11-21")).is_none());
    let place = |d: &Compiled| d.document().place.id.clone();
    let known: BTreeSet<String> = with_sixth().book.documents().iter().map(place).collect();
    for on in ["2026-11-21", "2031-05-01"] {
        let offered: Vec<String> = book.of_each_place(day(on)).map(place).collect();
        assert_eq!(offered.len(), known.len(), "{offered:?}");
        assert_eq!(offered.into_iter().collect::<BTreeSet<_>>(), known);
    }
}
