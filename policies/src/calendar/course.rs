//! The expected course of a case: its stages, each with the day it begins and the day it must be over.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Due, clock_due};
use crate::model::{Document, Procedure};

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
    let mut course: Vec<Expected> = Vec::new();
    let mut stage = procedure.stages.first();
    let (mut from, mut firm, mut provisional) = (received, true, false);
    while let Some(here) = stage {
        if course.iter().any(|e| e.stage == here.id) {
            break;
        }
        let clock = document.clock_of(here);
        let due = clock.map(|clock| {
            let due = clock_due(clock, from);
            // What is counted from a provisional day is provisional.
            provisional |= due.provisional;
            Due { provisional, ..due }
        });
        course.push(Expected { stage: here.id.clone(), from, due, firm });
        match due {
            Some(due) => from = due.last_day,
            None => firm &= course.len() == 1,
        }
        stage = here.next.first().and_then(|id| procedure.stage(id));
    }
    course
}
