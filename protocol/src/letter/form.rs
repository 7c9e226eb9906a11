//! What is sent by a form of the document.

use chrono::NaiveDate;
use policies::Outcome;
use serde::{Deserialize, Serialize};

#[cfg(doc)]
use super::Application;
use crate::{CaseKind, paper::Enclosures};

/// What is sent by a form of the document: its answers, which only the form itself gives names to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormLetter {
    /// Kind of case, as in the open column.
    pub kind: CaseKind,
    /// Document id.
    pub document: String,
    /// Hash of the document's data that the sender was shown.
    pub document_hash: String,
    /// Day it was written.
    #[serde(with = "policies::iso")]
    pub on: NaiveDate,
    /// The form's parts in its order, each as often as it was filled in.
    pub entries: Vec<FilledPart>,
    /// The people that it is sent for, where the form has a list of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roster: Option<FilledRoster>,
    /// age recipient of the receipt: see [`Application::reply_to`].
    pub reply_to: String,
    /// See [`Application::owner_key`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner_key: String,
    /// See [`Application::own_copy`].
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub own_copy: bool,
    /// The papers that go with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enclosures: Option<Enclosures>,
}

/// A part of a form, filled in once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilledPart {
    /// Id of the part.
    pub part: String,
    /// What was asked and answered.
    pub answers: Vec<FieldAnswer>,
}

/// An answer to one field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldAnswer {
    /// Id of the field.
    pub field: String,
    /// As it would be typed or picked: a text, an amount in yuan, a date `2026-03-05`, the id of a choice, `yes`.
    pub value: String,
}

/// A list of people, row by row: five hundred of them fit in one letter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilledRoster {
    /// The columns by id, in the order of the cells.
    pub columns: Vec<String>,
    /// The cells of each person, as [`FieldAnswer::value`] is written; empty: not told.
    pub members: Vec<Vec<String>>,
    /// What the sender was shown of each, in the same order; none where the document gives no verdict.
    #[serde(default)]
    pub shown: Vec<Option<Outcome>>,
}

impl FilledRoster {
    /// What a row says in a column; empty: nothing.
    pub fn cell<'a>(&self, row: &'a [String], column: &str) -> &'a str {
        let place = self.columns.iter().position(|id| id == column);
        place.and_then(|place| row.get(place)).map_or("", String::as_str)
    }
}
