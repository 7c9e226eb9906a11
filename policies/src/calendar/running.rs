//! How long a stage may take where a case waited for its owner in between: a request for corrections stops the clock of the
//! stage that it came from, and the return to that stage starts it again.

use chrono::NaiveDate;

use super::{Due, clock_due, clock_due_beyond, working_day};
use crate::model::{Clock, Document, Procedure, Stage, Unit};

/// The stages that a case went through, by their ids, each with the day on which it began; the present one last.
pub type Visits<'a> = &'a [(&'a str, NaiveDate)];

/// Since when a case waits for corrections by its owner; `None` while it does not. No clock runs meanwhile.
///
/// ```
/// use policies::{calendar::waits_since, model::CaseKind, rulebook};
/// let document = rulebook().document("yongshun-2023").unwrap().document();
/// let procedure = document.procedure(CaseKind::Application).unwrap();
/// let day = |text: &str| text.parse().unwrap();
/// let visits = [("town_review", day("2026-11-02")), ("supplement", day("2026-11-09"))];
/// assert_eq!(waits_since(procedure, &visits), Some(day("2026-11-09")));
/// assert_eq!(waits_since(procedure, &visits[..1]), None);
/// ```
pub fn waits_since(procedure: &Procedure, visits: Visits<'_>) -> Option<NaiveDate> {
    let (stage, since) = visits.last()?;
    procedure.stage(stage)?.is_correction().then_some(*since)
}

/// When the present stage must be over, counted from the day on which it began; `None` where the document sets no clock for
/// it. Of a stage that was interrupted for corrections, the days after the request up to that of the return are not counted.
/// A least time is not interrupted: publicity goes on.
pub fn running(document: &Document, procedure: &Procedure, visits: Visits<'_>) -> Option<Due> {
    let (stage, since) = *visits.last()?;
    let clock = document.clock_of(procedure.stage(stage)?)?;
    let (mut began, mut waits) = (since, Vec::new());
    let mut before = visits.iter().rev().skip(1);
    while let (Some((between, asked)), Some((earlier, start))) = (before.next(), before.next()) {
        if *earlier != stage || !procedure.stage(between).is_some_and(Stage::is_correction) {
            break;
        }
        waits.push((*asked, began));
        began = *start;
    }
    waits.reverse();
    Some(due(clock, began, &waits))
}

/// When a clock runs out that stood still a few times, each from a day on which it still ran to the day from which it ran again.
fn due(clock: &Clock, began: NaiveDate, waits: &[(NaiveDate, NaiveDate)]) -> Due {
    let (mut clock, mut beyond) = (clock.clone(), 0_u32);
    let mut due = clock_due(&clock, began);
    for (asked, back) in
        waits.iter().filter(|_| !clock.at_least && !clock.backwards).copied().collect::<Vec<_>>()
    {
        // What was late already when it was asked for stays so.
        if asked > due.last_day {
            continue;
        }
        let days = asked.iter_days().skip(1).take_while(|day| *day <= back);
        match clock.unit {
            Unit::WorkingDays => {
                clock.length = clock.length.saturating_add(count(days.filter(|day| working_day(*day).0)))
            }
            Unit::Days => clock.length = clock.length.saturating_add(count(days)),
            Unit::Months | Unit::Years => beyond = beyond.saturating_add(count(days)),
        }
        due = clock_due_beyond(&clock, began, beyond);
    }
    due
}

fn count(days: impl Iterator<Item = NaiveDate>) -> u32 {
    u32::try_from(days.count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{book::rulebook, model::CaseKind};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn last_day(visits: &[(&str, &str)]) -> Option<NaiveDate> {
        let document = rulebook().document("yongshun-2023").unwrap().document();
        let procedure = document.procedure(CaseKind::Application).unwrap();
        let visits: Vec<(&str, NaiveDate)> = visits.iter().map(|(stage, on)| (*stage, day(on))).collect();
        running(document, procedure, &visits).map(|due| due.last_day)
    }

    /// Twenty working days after Monday 2 November 2026 end on Monday the 30th.
    const REVIEW: (&str, &str) = ("town_review", "2026-11-02");

    #[test]
    fn the_clock_stands_still_while_the_owner_has_to_answer() {
        assert_eq!(last_day(&[REVIEW]), Some(day("2026-11-30")));
        assert_eq!(last_day(&[REVIEW, ("supplement", "2026-11-09")]), None, "no clock runs");
        // Asked on Monday, back on the Monday after: five working days are left out.
        let back = |on| last_day(&[REVIEW, ("supplement", "2026-11-09"), ("town_review", on)]);
        assert_eq!(back("2026-11-16"), Some(day("2026-12-07")));
        assert_eq!(back("2026-11-09"), Some(day("2026-11-30")), "back on the same day, nothing is left out");
        assert_eq!(back("2026-11-15"), Some(day("2026-12-04")), "a Sunday is no working day");
    }

    #[test]
    fn every_wait_is_left_out_and_none_gives_back_what_was_late() {
        let twice = [
            REVIEW,
            ("supplement", "2026-11-09"),
            ("town_review", "2026-11-16"),
            ("supplement", "2026-11-17"),
            ("town_review", "2026-11-18"),
        ];
        assert_eq!(last_day(&twice), Some(day("2026-12-08")));
        // On the last day it is still in time, on the day after it is not.
        let asked = |on| last_day(&[REVIEW, ("supplement", on), ("town_review", "2026-12-07")]);
        assert_eq!(asked("2026-11-30"), Some(day("2026-12-07")));
        assert_eq!(asked("2026-12-01"), Some(day("2026-11-30")));
    }

    #[test]
    fn another_stage_counts_from_its_own_day() {
        let visits =
            [REVIEW, ("supplement", "2026-11-09"), ("accepted", "2026-11-16"), ("town_review", "2026-11-17")];
        assert_eq!(last_day(&visits), last_day(&[("town_review", "2026-11-17")]));
        let visits = [
            ("submitted", "2026-11-01"),
            REVIEW,
            ("centre_review", "2026-11-09"),
            ("town_review", "2026-11-16"),
        ];
        assert_eq!(last_day(&visits), last_day(&[("town_review", "2026-11-16")]));
    }

    #[test]
    fn days_months_and_least_times() {
        let document = rulebook().document("yongshun-2023").unwrap().document();
        let clock = |id: &str| document.clock(id).unwrap();
        let waits = [(day("2026-11-04"), day("2026-11-14"))];
        let due = |clock: &Clock| due(clock, day("2026-11-02"), &waits).last_day;
        assert_eq!(due(clock("vacate")), day("2026-12-14"), "30 days and ten end on a Saturday");
        assert_eq!(due(clock("move_in")), day("2027-05-12"), "six months and ten days");
        assert_eq!(due(clock("publicity")), clock_due(clock("publicity"), day("2026-11-02")).last_day);
    }

    /// Who is asked for corrections comes back to where the clock ran.
    #[test]
    fn a_clock_that_corrections_stop_can_go_on() {
        for compiled in rulebook().documents() {
            for procedure in &compiled.document().procedures {
                for stage in procedure.stages.iter().filter(|stage| stage.clock.is_some()) {
                    let asks = stage
                        .next
                        .iter()
                        .filter_map(|id| procedure.stage(id))
                        .filter(|next| next.is_correction());
                    for correction in asks {
                        assert!(
                            correction.next.contains(&stage.id),
                            "{} {}",
                            compiled.document().id,
                            correction.id
                        );
                    }
                }
            }
        }
    }
}
