//! Until when the present stage must be done, as the document's clock says.

use chrono::{Months, NaiveDate};
use policies::model::{Clock, Document, Roll, Stage, Unit};
use protocol::case::{Action, CaseView};

use crate::desk::dates::{china_date, day};

/// The day the case entered its present stage: the date of the last move, or of receipt.
pub fn entered(view: &CaseView) -> NaiveDate {
    let moved = view.events.iter().rev().find_map(|event| match &event.action {
        Action::Moved { on, .. } => Some(*on),
        Action::Submitted | Action::Message { .. } | Action::Withdrawn => None,
    });
    moved.unwrap_or_else(|| china_date(view.received_at))
}
