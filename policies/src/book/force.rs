//! Whether a document says anything on a day: from its first day of force to its last.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::model::{Document, Status};

/// Why a document gives no verdict on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum NoVerdict {
    /// It sets no thresholds.
    NoThresholds,
    /// The date lies before its first day of force.
    NotYetInForce,
    /// The date lies after its last day of force.
    Expired,
}

/// Why a document gives no verdict on a date, if it gives none.
pub fn no_verdict(document: &Document, on: NaiveDate) -> Option<NoVerdict> {
    if document.categories.is_empty() { Some(NoVerdict::NoThresholds) } else { not_in_force(document, on) }
}

/// Why a document does not hold on a date: too early or too late. An undated one always holds.
pub fn not_in_force(document: &Document, on: NaiveDate) -> Option<NoVerdict> {
    if document.valid_from.or(document.issued).is_some_and(|from| on < from) {
        Some(NoVerdict::NotYetInForce)
    } else if document.valid_until.is_some_and(|until| on > until) {
        Some(NoVerdict::Expired)
    } else {
        None
    }
}

/// The year to label what a document says with, where it may be superseded.
pub(crate) fn label_year(document: &Document) -> Option<i32> {
    match document.status {
        Status::InForce => None,
        Status::MayBeSuperseded | Status::CampaignClosed => {
            document.year.or_else(|| document.issued.or(document.valid_from).map(|d| d.year()))
        }
    }
}
