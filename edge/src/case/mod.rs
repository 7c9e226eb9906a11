//! One case: what can be asked of it, how it changes, how it is kept.

pub mod file;
mod object;
mod store;

pub use object::Case;

use protocol::{
    case::{Acknowledgement, CaseView, NewMessage, Submission, Withdrawal},
    desk::{DeskCase, NewEvent},
};
use serde::{Deserialize, Serialize};

use crate::auth::Staff;

/// What the Worker asks of a `Case` object. Who asks was checked before, except for the receipt's token,
/// whose hash only the object knows.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseCall {
    /// Open it. Form, size, proof and kind were checked.
    Submit {
        /// What was sent.
        submission: Submission,
        /// First stage of the procedure.
        stage: String,
        /// Submissions the office takes per day.
        daily_cap: u64,
    },
    /// Read it with the receipt.
    View {
        /// Hash of the token given.
        token_hash: String,
    },
    /// The owner writes.
    Message {
        /// Hash of the token given.
        token_hash: String,
        /// What was sent.
        message: NewMessage,
        /// Zero bits the proof must have.
        proof_bits: u32,
    },
    /// The owner takes it back.
    Withdraw {
        /// Hash of the token given.
        token_hash: String,
        /// What was sent.
        withdrawal: Withdrawal,
    },
    /// The office reads it.
    Open {
        /// The office that signed.
        office: String,
    },
    /// The office acts on it.
    Act {
        /// The office that signed.
        office: String,
        /// The key that signed.
        staff: Staff,
        /// What was sent.
        event: NewEvent,
    },
}

/// What a `Case` object answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseAnswer {
    /// It is durable.
    Acknowledged {
        /// For the sender.
        acknowledgement: Acknowledgement,
        /// Whether it was there before.
        again: bool,
    },
    /// For the owner.
    View(CaseView),
    /// For the office.
    Desk(DeskCase),
}
