//! How much work an office asks for just now, sort by sort.

use serde::{Deserialize, Serialize};

use crate::CaseKind;

/// What is counted apart, so that a flood of the one makes nothing dearer for the other: tip-offs need no name and are
/// easy to make up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Tip-offs.
    TipOff,
    /// Letters of people who say who they are.
    Application,
    /// Messages in a case that is there.
    Message,
}

impl Sort {
    /// The sort of a letter that opens a case.
    pub fn of(kind: CaseKind) -> Self {
        if kind == CaseKind::TipOff { Self::TipOff } else { Self::Application }
    }
}

/// The leading zero bits that the next proof of work must have. While one makes it, more may come in and more be asked:
/// `proof_too_easy` says so, and asking again tells how much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Challenge {
    /// The server's clock, Unix seconds, for the stamp.
    pub now: u64,
    /// For a tip-off.
    pub tip_off: u32,
    /// For any other letter that opens a case.
    pub application: u32,
    /// For a message in a case.
    pub message: u32,
}

impl Challenge {
    /// The bits for a sort.
    pub fn bits(&self, sort: Sort) -> u32 {
        match sort {
            Sort::TipOff => self.tip_off,
            Sort::Application => self.application,
            Sort::Message => self.message,
        }
    }
}
