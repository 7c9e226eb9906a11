//! Every clock, filing window and bar of every document against dates worked out by hand, in
//! `examples/dates/<document>.toml`; a length or a day shifted by one must not agree with them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use chrono::NaiveDate;
use policies::{
    calendar::{WindowState, bar_free, clock_due, timeline, window_in_force, window_on},
    model::{CaseKind, Document, Window},
    rulebook,
};
use serde::Deserialize;
use worked::with_sixth;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Dates {
    /// The days of force: `force.rs` tries them.
    #[serde(default, rename = "force")]
    _force: toml::Table,
    #[serde(default)]
    clock: Vec<ClockDates>,
    #[serde(default)]
    window: Vec<WindowDates>,
    #[serde(default)]
    bar: Vec<BarDates>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClockDates {
    id: String,
    from: NaiveDate,
    last_day: NaiveDate,
    /// Whether it counts a year whose official calendar is not known yet.
    #[serde(default)]
    provisional: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WindowDates {
    id: String,
    first: NaiveDate,
    last: NaiveDate,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BarDates {
    id: String,
    from: NaiveDate,
    free: NaiveDate,
}

fn documents() -> impl Iterator<Item = (&'static Document, Dates)> {
    with_sixth().book.documents().iter().map(|compiled| {
        let document = compiled.document();
        (document, with_sixth().of_document("dates", &document.id).unwrap_or_default())
    })
}

#[test]
fn clocks_run_out_on_the_day_worked_out_by_hand() {
    for (document, dates) in documents() {
        for clock in &document.clocks {
            let lines: Vec<_> = dates.clock.iter().filter(|line| line.id == clock.id).collect();
            assert!(!lines.is_empty(), "{}: no dates for clock {}", document.id, clock.id);
            for line in &lines {
                let due = clock_due(clock, line.from);
                assert_eq!(
                    (due.last_day, due.provisional),
                    (line.last_day, line.provisional),
                    "{}: {} from {}",
                    document.id,
                    clock.id,
                    line.from
                );
            }
            for length in [clock.length - 1, clock.length + 1] {
                let shifted = policies::model::Clock { length, ..clock.clone() };
                assert!(
                    lines.iter().any(|line| clock_due(&shifted, line.from).last_day != line.last_day),
                    "{}: {} could as well be {length}",
                    document.id,
                    clock.id
                );
            }
        }
        assert!(dates.clock.iter().all(|line| document.clock(&line.id).is_some()), "{}", document.id);
    }
}

#[test]
fn windows_open_and_close_on_their_days() {
    for (document, dates) in documents() {
        let of = |window: &Window| dates.window.iter().find(|line| line.id == window.id);
        for window in &document.windows {
            let line =
                of(window).unwrap_or_else(|| panic!("{}: no dates for window {}", document.id, window.id));
            let open = |day: Option<NaiveDate>| {
                matches!(window_on(window, day.unwrap()), Some(WindowState::Open { .. }))
            };
            let states = [
                open(line.first.pred_opt()),
                open(Some(line.first)),
                open(Some(line.last)),
                open(line.last.succ_opt()),
            ];
            assert_eq!(states, [false, true, true, false], "{}: {}", document.id, window.id);
        }
        assert_eq!(dates.window.len(), document.windows.len(), "{}", document.id);
    }
}

#[test]
fn bars_end_the_day_after_their_last_anniversary() {
    for (document, dates) in documents() {
        for bar in &document.bars {
            let line = dates.bar.iter().find(|line| line.id == bar.id);
            let line = line.unwrap_or_else(|| panic!("{}: no dates for bar {}", document.id, bar.id));
            assert_eq!(bar_free(bar, line.from), line.free, "{}: {}", document.id, bar.id);
        }
        assert_eq!(dates.bar.len(), document.bars.len(), "{}", document.id);
    }
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
