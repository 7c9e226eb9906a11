//! A case (件): what is submitted, what happened to it, what its owner sees.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{CaseKind, desk::Role};

/// What a browser sends to open a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Submission {
    /// Office id (= document id).
    pub office: String,
    /// Kind of case.
    pub kind: CaseKind,
    /// Look-up id from the receipt: 32 hexadecimal digits.
    pub lookup: String,
    /// SHA-256 of the receipt's token, hex: see [`crate::receipt::token_hash`].
    pub token_hash: String,
    /// age recipient of the receipt, to which the office seals its replies.
    pub reply_to: String,
    /// The sealed [`crate::letter::Letter`], standard base64.
    pub envelope: String,
    /// Proof of work over the above.
    pub proof: Proof,
}

/// A proof of work: see [`crate::proof`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Proof {
    /// When it was made, Unix seconds.
    pub stamp: u64,
    /// The number found. Below 2^53, so that JavaScript can carry it.
    pub nonce: u64,
}

/// Says that a case is durable. Only then does the receipt count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Acknowledgement {
    /// Look-up id.
    pub lookup: String,
    /// Unix seconds.
    pub received_at: u64,
    /// Last second in which it can be withdrawn.
    pub withdraw_until: u64,
    /// Hash of the latest event: whoever keeps it can later tell whether history was rewritten.
    pub head: String,
}

/// A case as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CaseView {
    /// Office id.
    pub office: String,
    /// Kind.
    pub kind: CaseKind,
    /// Look-up id.
    pub lookup: String,
    /// Stage id within the document's procedure for this kind.
    pub stage: String,
    /// Unix seconds.
    pub received_at: u64,
    /// Last second in which it can be withdrawn.
    pub withdraw_until: u64,
    /// Whether the owner withdrew it: nothing further can happen.
    pub withdrawn: bool,
    /// age recipient of the receipt, as submitted.
    pub reply_to: String,
    /// What happened, oldest first: see [`crate::chain`].
    pub events: Vec<Event>,
    /// Hash of the latest event.
    pub head: String,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Event {
    /// 0, 1, 2 …
    pub seq: u64,
    /// Unix seconds.
    pub at: u64,
    /// Who did it.
    pub by: Actor,
    /// What.
    pub action: Action,
    /// Hash of the event before, or of the submission for the first.
    pub prev: String,
    /// Hash of this one.
    pub hash: String,
}

/// Who acted. Never a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "who")]
pub enum Actor {
    /// Whoever holds the receipt.
    Applicant,
    /// A key of the office.
    Office {
        /// Key id.
        kid: String,
        /// Its role.
        role: Role,
    },
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum Action {
    /// The case was received.
    Submitted,
    /// The office moved it to another stage.
    Moved {
        /// Stage id.
        stage: String,
        /// The day it took effect, as the office gives it.
        on: NaiveDate,
    },
    /// A sealed message, readable by the office and the receipt.
    Message {
        /// Standard base64 of an age file.
        envelope: String,
    },
    /// The owner took it back in time: [`crate::limits::WITHDRAW_SECS`].
    Withdrawn,
}

/// The owner's message to the office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NewMessage {
    /// Random request id: sending it again changes nothing. See [`crate::hash::is_request_id`].
    pub id: String,
    /// A sealed [`crate::letter::Letter::Message`], standard base64.
    pub envelope: String,
    /// Proof of work.
    pub proof: Proof,
}

/// Takes a case back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// Random request id.
    pub id: String,
}
