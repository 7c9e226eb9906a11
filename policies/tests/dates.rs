//! The days of force, clocks, filing windows and bars of every document against dates worked out by hand, in
//! `examples/dates/<document>.toml`; a length or a day shifted by one must not agree with them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use chrono::NaiveDate;
use policies::{
    calendar::{WindowState, timeline, window_in_force},
    model::{CaseKind, Window},
    rulebook,
};
use worked::with_sixth;

#[test]
fn the_days_are_those_worked_out_by_hand() {
    let wrong: Vec<_> = with_sixth()
        .proofs()
        .flat_map(|proof| proof.days(with_sixth().book.document(&proof.document).unwrap()))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_counted_from_a_provisional_day_is_provisional() {
    let document = rulebook().document("yongshun-2023").unwrap().document();
    let application = document.procedure(CaseKind::Application).unwrap();
    // The Centre's fifteen working days run into 2027, whose holidays are not announced.
    let course = timeline(document, application, "2026-11-21".parse().unwrap());
    let marked: Vec<(&str, bool)> =
        course.iter().filter_map(|e| e.due.map(|due| (e.stage.as_str(), due.provisional))).collect();
    assert_eq!(
        marked,
        [
            ("town_review", false),
            ("centre_review", true),
            ("publicity", true),
            ("waiting", true),
            ("contract", true),
            ("signed", true)
        ]
    );
}

#[test]
fn no_window_opens_past_the_last_day_of_force() {
    let document = rulebook().document("yongshun-2023").unwrap().document();
    let window = |id: &str| document.window(id).unwrap();
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let ends = document.valid_until.unwrap();
    let last = window("last_subsidy_payment");
    let open = WindowState::Open { until: day("2027-12-15") };
    assert_eq!(window_in_force(document, last, day("2027-12-15")), Some(open));
    let beyond = Some(WindowState::Beyond { ends });
    assert_eq!(window_in_force(document, last, day("2027-12-16")), beyond);
    assert_eq!(window_in_force(document, last, ends), beyond);
    // A window that is open on the last day closes with it.
    let summer = Window { from: "08-01".into(), until: "08-31".into(), ..window("upkeep_budget").clone() };
    let (until, opens) = (ends, day("2028-08-01"));
    assert_eq!(
        window_in_force(document, &summer, day("2028-07-31")),
        Some(WindowState::Closed { opens, until })
    );
    assert_eq!(window_in_force(document, &summer, ends), Some(WindowState::Open { until }));
    assert_eq!(window_in_force(document, &summer, day("2028-08-22")), beyond);
}
