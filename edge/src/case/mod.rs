//! One case: what can be asked of it, how it changes, how it is kept.

pub mod file;
mod news;
mod object;
pub mod papers;
mod reading;
mod retention;
mod rounds;
mod shelf;
mod store;

pub use object::Case;

use protocol::{
    case::{Acknowledgement, CaseView, NewMessage, SealedMessage, Submission, Withdrawal, Written},
    desk::{DeskCase, NewEvent, Role},
    handover::Handover,
};
use serde::{Deserialize, Serialize};

use self::papers::{PapersAnswer, PapersAsk, PapersCall};
use crate::{auth::Staff, office::admission::Terms};

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
        /// Hash of the document's data.
        document_hash: String,
        /// The work that is usually asked for.
        terms: Terms,
        /// The work in the proof.
        bits: u32,
    },
    /// Read it with the receipt.
    View {
        /// Hash of the token given.
        token_hash: String,
        /// The first event that is wanted.
        from: u64,
    },
    /// Read its messages with the receipt.
    Thread {
        /// Hash of the token given.
        token_hash: String,
        /// The first event whose message is wanted.
        from: u64,
    },
    /// Read the letter it began with, with the receipt.
    OwnLetter {
        /// Hash of the token given.
        token_hash: String,
    },
    /// The owner writes.
    Message {
        /// Hash of the token given.
        token_hash: String,
        /// What was sent.
        message: NewMessage,
        /// The work that is usually asked for.
        terms: Terms,
    },
    /// The owner takes it back.
    Withdraw {
        /// Hash of the token given.
        token_hash: String,
        /// What was sent.
        withdrawal: Withdrawal,
    },
    /// It tells the office's list where it stands, though nothing happened.
    Deliver {},
    /// The office reads it.
    Open {
        /// The office that signed.
        office: String,
        /// The role of the key that signed.
        role: Role,
        /// The first event that is wanted.
        from: u64,
    },
    /// The office reads its messages.
    OpenThread {
        /// The office that signed.
        office: String,
        /// The role of the key that signed.
        role: Role,
        /// The first event whose message is wanted.
        from: u64,
    },
    /// Somebody asks about its papers, or sends a part.
    Papers(PapersCall),
    /// An officer hands the keys of its envelopes on.
    HandOn {
        /// The office that signed.
        office: String,
        /// The role of the key that signed.
        role: Role,
        /// What was sent.
        handover: Handover,
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

impl CaseCall {
    /// The request id that it uses up, if it writes.
    pub fn request(&self) -> Option<&str> {
        match self {
            Self::Message { message, .. } => Some(&message.id),
            Self::Withdraw { withdrawal, .. } => Some(&withdrawal.id),
            Self::Act { event, .. } => Some(&event.id),
            Self::Submit { .. }
            | Self::View { .. }
            | Self::Thread { .. }
            | Self::OwnLetter { .. }
            | Self::Deliver {}
            | Self::Papers(_)
            | Self::HandOn { .. }
            | Self::Open { .. }
            | Self::OpenThread { .. } => None,
        }
    }

    /// Whether it brings parts of papers, which wait while the disk is nearly full.
    pub fn grows(&self) -> bool {
        matches!(self, Self::Papers(PapersCall { ask: PapersAsk::Keep { .. }, .. }))
    }

    /// What the office must be asked before more is taken: its terms.
    pub fn terms(&self) -> Option<Terms> {
        match self {
            Self::Submit { terms, .. } | Self::Message { terms, .. } => Some(*terms),
            _ => None,
        }
    }

    /// The first event that a reading asks for; `None` where the call may write.
    pub fn reads_from(&self) -> Option<u64> {
        match self {
            Self::View { from, .. }
            | Self::Thread { from, .. }
            | Self::Open { from, .. }
            | Self::OpenThread { from, .. } => Some(*from),
            Self::OwnLetter { .. } => Some(0),
            Self::Submit { .. }
            | Self::Message { .. }
            | Self::Withdraw { .. }
            | Self::Deliver {}
            | Self::Papers(_)
            | Self::HandOn { .. }
            | Self::Act { .. } => None,
        }
    }
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
    /// What was sent is durable.
    Written(Written),
    /// The office's list has it.
    Delivered {},
    /// For the owner.
    View(CaseView),
    /// Messages, for either.
    Thread(Vec<SealedMessage>),
    /// The letter, for the owner; empty once it is gone.
    OwnLetter(String),
    /// For the office.
    Desk(DeskCase),
    /// About its papers.
    Papers(PapersAnswer),
}
