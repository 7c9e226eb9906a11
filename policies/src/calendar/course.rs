//! The expected course of a case: its stages, each with the day it begins and the day it must be over.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Due, Visits, clock_due, running};
use crate::model::{Document, Procedure, Stage};

/// One stage of the expected course of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expected {
    /// Stage id.
    pub stage: String,
    /// Day it begins if every stage before it takes all the time that its clock gives.
    pub from: NaiveDate,
    /// When it must be over; `None` where the document sets no clock for it.
    pub due: Option<Due>,
    /// Whether clocks alone lead here: false once a stage lies before it for which the document sets
    /// no time and which is counted as taking none (the first stage, the sending itself, does not count).
    pub firm: bool,
}

/// The expected course of a case from the day it is received: always the first next stage, each
/// beginning on the last day of the one before.
pub fn timeline(document: &Document, procedure: &Procedure, received: NaiveDate) -> Vec<Expected> {
    let Some(first) = procedure.stages.first() else { return Vec::new() };
    let due = document.clock_of(first).map(|clock| clock_due(clock, received));
    // The sending itself takes no time.
    course(document, procedure, first, (received, due), true)
}

/// The same from where a case stands, without that stage itself. Nothing after a stage without a clock is firm, nor what
/// follows while its owner has to answer.
pub fn ahead(document: &Document, procedure: &Procedure, visits: Visits<'_>) -> Vec<Expected> {
    let Some((stage, since)) = visits.last().and_then(|(id, on)| Some((procedure.stage(id)?, *on))) else {
        return Vec::new();
    };
    let due = running(document, procedure, visits);
    let mut course = course(document, procedure, stage, (since, due), false);
    course.drain(..1);
    course
}

/// A stage with the day on which it began and when it must be over, and what follows it; `firm`: also where it has no clock.
fn course(
    document: &Document,
    procedure: &Procedure,
    first: &Stage,
    (began, due): (NaiveDate, Option<Due>),
    firm: bool,
) -> Vec<Expected> {
    let mut course = vec![Expected { stage: first.id.clone(), from: began, due, firm: true }];
    let mut from = due.map_or(began, |due| due.last_day);
    let mut firm = firm || due.is_some();
    let mut provisional = due.is_some_and(|due| due.provisional);
    let mut last = first;
    while let Some(here) = last.next.first().and_then(|id| procedure.stage(id)) {
        if course.iter().any(|e| e.stage == here.id) {
            break;
        }
        let due = document.clock_of(here).map(|clock| {
            let due = clock_due(clock, from);
            // What is counted from a provisional day is provisional.
            provisional |= due.provisional;
            Due { provisional, ..due }
        });
        course.push(Expected { stage: here.id.clone(), from, due, firm });
        match due {
            Some(due) => from = due.last_day,
            None => firm = false,
        }
        last = here;
    }
    course
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{book::rulebook, model::CaseKind};

    fn days(stage: &str) -> Vec<(String, String, bool)> {
        let document = rulebook().document("yongshun-2023").unwrap().document();
        let procedure = document.procedure(CaseKind::Application).unwrap();
        let course = ahead(document, procedure, &[(stage, "2026-11-02".parse().unwrap())]);
        course.into_iter().map(|one| (one.stage, one.from.to_string(), one.firm)).collect()
    }

    #[test]
    fn what_is_ahead_is_counted_from_where_the_case_stands_as_far_as_clocks_lead() {
        let ahead = days("town_review");
        let one = |stage: &str, from: &str, firm| (stage.to_owned(), from.to_owned(), firm);
        // Twenty working days, then fifteen, then seven days.
        assert_eq!(ahead.first(), Some(&one("centre_review", "2026-11-30", true)));
        assert_eq!(ahead.get(1), Some(&one("publicity", "2026-12-21", true)));
        assert_eq!(ahead.get(2), Some(&one("waiting", "2026-12-28", true)));
        assert!(days("accepted").iter().all(|(.., firm)| !firm), "no clock leads on from there");
        assert!(days("supplement").iter().all(|(.., firm)| !firm), "it waits for its owner");
        assert!(days("housed").is_empty());
    }
}
