//! Day by day: on every date a place has at most one version of its document in force, and the days
//! without one are those expected.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use policies::{Rulebook, embedded, not_in_force, rulebook};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn every_day_has_at_most_one_version_and_the_gaps_are_known() {
    let (first, last) = (day("2018-01-01"), day("2030-12-31"));
    let mut gaps: BTreeMap<&str, Vec<(NaiveDate, NaiveDate)>> = BTreeMap::new();
    for on in first.iter_days().take_while(|d| *d <= last) {
        let mut count: BTreeMap<&str, u32> = BTreeMap::new();
        for compiled in rulebook().documents() {
            let document = compiled.document();
            *count.entry(&document.place.id).or_default() += u32::from(not_in_force(document, on).is_none());
        }
        for (place, versions) in count {
            assert!(versions <= 1, "{place} has {versions} versions on {on}");
            if versions == 0 {
                let of_place = gaps.entry(place).or_default();
                match of_place.last_mut() {
                    Some((_, end)) if *end + Days::new(1) == on => *end = on,
                    _ => of_place.push((on, on)),
                }
            }
        }
    }
    let expected = BTreeMap::from([
        // Issued 2021-05-29.
        ("shishi", vec![(first, day("2021-05-28"))]),
        // In force from 2023-08-22 for five years, read as ending on 2028-08-21.
        ("yongshun", vec![(first, day("2023-08-21")), (day("2028-08-22"), last)]),
    ]);
    assert_eq!(gaps, expected);
}

#[test]
fn an_undated_document_has_no_days_of_force_to_leave() {
    for compiled in rulebook().documents() {
        let document = compiled.document();
        let undated = document.valid_from.or(document.issued).is_none() && document.valid_until.is_none();
        assert_eq!(
            undated,
            ["qujing-2018", "yongchuan-2019", "tiedong-2024"].contains(&document.id.as_str())
        );
    }
}

/// A place whose document is replaced, with a gap between the two versions.
#[test]
fn the_version_is_that_of_the_day() {
    let mut book = embedded();
    let mut later = book.documents.iter().find(|d| d.document.id == "yongshun-2023").unwrap().clone();
    later.document.id = "yongshun-2029".into();
    later.document.valid_from = Some(day("2029-01-01"));
    later.document.valid_until = None;
    book.documents.push(later);
    let book = Rulebook::new(book);
    for (on, id, in_force) in [
        ("2023-08-21", "yongshun-2023", false),
        ("2023-08-22", "yongshun-2023", true),
        ("2028-08-21", "yongshun-2023", true),
        ("2028-08-22", "yongshun-2023", false),
        ("2028-12-31", "yongshun-2023", false),
        ("2029-01-01", "yongshun-2029", true),
        ("2100-01-01", "yongshun-2029", true),
    ] {
        let found = book.document_of_place("yongshun", day(on)).unwrap().document();
        assert_eq!((found.id.as_str(), not_in_force(found, day(on)).is_none()), (id, in_force), "{on}");
    }
    assert_eq!(book.document_of_place("qujing", day("2026-11-21")).unwrap().document().id, "qujing-2018");
    assert!(book.document_of_place("nowhere", day("2026-11-21")).is_none());
}
