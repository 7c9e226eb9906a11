//! Until when the present stage must be done, as the document's clock says.

use chrono::NaiveDate;
use policies::model::{Document, Stage};
use protocol::case::{Action, CaseView};

use crate::desk::dates::china_date;

/// The day the case entered its present stage: the date of the last move, or of receipt.
pub fn entered(view: &CaseView) -> NaiveDate {
    let moved = view.events.iter().rev().find_map(|event| match &event.action {
        Action::Moved { on, .. } => Some(*on),
        Action::Submitted | Action::Message { .. } | Action::Withdrawn => None,
    });
    moved.unwrap_or_else(|| china_date(view.received_at))
}

/// A stage's time limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The clock, in the document's words.
    says: String,
}

impl Due {
    /// The limit in words.
    pub fn words(&self) -> String {
        self.says.clone()
    }
}

/// The limit of a stage entered on a day.
pub fn due(document: &Document, stage: &Stage, _since: NaiveDate, _today: NaiveDate) -> Option<Due> {
    let id = stage.clock.as_ref()?;
    let clock = document.clocks.iter().find(|clock| clock.id == *id)?;
    Some(Due { says: clock.says.clone() })
}
