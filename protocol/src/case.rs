//! A case (件): what is submitted, what happened to it, what its owner sees.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    CaseKind,
    addressee::{Addressee, Mail},
    desk::Role,
    hash::sha256_hex,
    paper::Announced,
    signed::Signed,
};

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
    /// Public half of the receipt's signing key (Ed25519, standard base64): what its owner writes later is held against
    /// it. Empty from pages of before this was kept.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner_key: String,
    /// For whom in the office it is; not there: for the office.
    #[serde(default, skip_serializing_if = "Addressee::is_office")]
    pub addressee: Addressee,
    /// A ticket from the office's counter, ten digits: see [`crate::ticket`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<String>,
    /// The papers that will follow.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub papers: Vec<Announced>,
    /// Proof of work over all of the above.
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
    /// Hash of the document's data as it was at receipt; empty where nobody kept it.
    #[serde(default)]
    pub document_hash: String,
    /// Stage id within the document's procedure for this kind.
    pub stage: String,
    /// Unix seconds.
    pub received_at: u64,
    /// Last second in which it can be withdrawn; 0 once there is a decision.
    pub withdraw_until: u64,
    /// Whether the owner withdrew it: nothing further can happen.
    pub withdrawn: bool,
    /// When the letter and every message were destroyed, Unix seconds, because the office keeps them no longer: what
    /// happened stays. None where they are there, or went with a withdrawal.
    #[serde(default)]
    pub destroyed_at: Option<u64>,
    /// For how many days after its closing the letter and the messages are kept; none: the office has set no time.
    #[serde(default)]
    pub kept_days: Option<u32>,
    /// The first day on which it may go on, where the document lets a stage last so long; none where it may any day.
    #[serde(default, with = "policies::iso::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<NaiveDate>"))]
    pub not_before: Option<NaiveDate>,
    /// age recipient of the receipt, as submitted.
    pub reply_to: String,
    /// How many things have happened.
    pub total: u64,
    /// Some of them, oldest first, at most [`crate::limits::EVENTS_AT_ONCE`]: those from the asked number on. See
    /// [`crate::chain`].
    pub events: Vec<Event>,
    /// Hash of the latest event of all.
    pub head: String,
}

impl CaseView {
    /// Whose mail the case is, as its first event says: what is pinned with a receipt holds it.
    pub fn mail(&self) -> Mail {
        let addressee = match self.events.first().map(|first| &first.action) {
            Some(Action::Submitted { addressee, .. }) => *addressee,
            _ => Addressee::Office,
        };
        let passed = |event: &Event| matches!(event.action, Action::PassedOn { role: Role::Supervisor, .. });
        Mail { supervised: self.events.iter().any(passed), ..Mail::new(self.kind, addressee) }
    }

    /// The number of the first event that has not been fetched yet.
    pub fn next(&self) -> Option<u64> {
        let next = self.events.last().map_or(0, |last| last.seq.saturating_add(1));
        (next < self.total).then_some(next)
    }

    /// Adds the events of a later look, which is of now: it stands for what was known before.
    #[must_use]
    pub fn with_more(self, later: Self) -> Self {
        let mut events = self.events;
        events.extend(later.events);
        Self { events, ..later }
    }

    /// Why it is set aside, where it is: the office did so, and nothing has happened since. Known once every event was
    /// fetched.
    pub fn aside(&self) -> Option<Aside> {
        match self.events.last().map(|last| &last.action) {
            Some(Action::Aside { how }) if how.is_aside() && self.next().is_none() => Some(*how),
            _ => None,
        }
    }

    /// The number of the first message whose envelope has not been fetched yet.
    pub fn unread(&self) -> Option<u64> {
        let unread = |event: &&Event| matches!(event.action, Action::Message { envelope: None, .. });
        self.events.iter().find(unread).map(|event| event.seq)
    }

    /// Puts fetched envelopes into their messages; [`crate::chain::verify`] says whether they are the ones.
    pub fn take(&mut self, fetched: Vec<SealedMessage>) {
        for SealedMessage { seq, envelope: text } in fetched {
            let event = self.events.iter_mut().find(|event| event.seq == seq);
            if let Some(Event { action: Action::Message { envelope, .. }, .. }) = event {
                *envelope = Some(text);
            }
        }
    }
}

/// The sealed message of one event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SealedMessage {
    /// Number of the event.
    pub seq: u64,
    /// Standard base64 of an age file.
    pub envelope: String,
}

/// Sealed messages of a case, oldest first: as many as [`crate::limits::ENVELOPE_CHARS`] hold, at least one if there is
/// one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Messages {
    /// The messages from the asked number on.
    pub messages: Vec<SealedMessage>,
}

impl Messages {
    /// The letter that a case began with, as the message of its first event; none once it is gone.
    pub fn letter(envelope: String) -> Self {
        let there = !envelope.is_empty();
        Self { messages: there.then_some(SealedMessage { seq: 0, envelope }).into_iter().collect() }
    }
}

/// Says that what was sent is durable: a message, a withdrawal, an act of the office. The same request again gets the
/// same answer and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Written {
    /// Look-up id.
    pub lookup: String,
    /// How many things have happened.
    pub total: u64,
    /// Hash of the latest event.
    pub head: String,
}

/// Says that the office's list knows where the case stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Delivered {
    /// Always.
    pub done: bool,
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
    /// Who says so, by their own key: none with the first event, nor with those of before this was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<Signed>,
    /// Hash of the event before, or of the submission for the first.
    pub prev: String,
    /// Hash of this one.
    pub hash: String,
}

impl Event {
    /// The same without the message that may hang on it: the hash is enough to tell who it is of.
    #[must_use]
    pub fn without_envelope(&self) -> Self {
        let action = match &self.action {
            Action::Message { envelope_hash, .. } => {
                Action::Message { envelope_hash: envelope_hash.clone(), envelope: None }
            }
            other => other.clone(),
        };
        Self { action, ..self.clone() }
    }
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
    Submitted {
        /// [`Submission::owner_key`].
        #[serde(default, skip_serializing_if = "String::is_empty")]
        owner_key: String,
        /// [`Submission::addressee`].
        #[serde(default, skip_serializing_if = "Addressee::is_office")]
        addressee: Addressee,
    },
    /// The office moved it to another stage.
    Moved {
        /// Stage id.
        stage: String,
        /// The day it took effect, as the office gives it.
        #[serde(with = "policies::iso")]
        #[cfg_attr(feature = "schema", schemars(with = "NaiveDate"))]
        on: NaiveDate,
    },
    /// A sealed message, readable by the office and the receipt.
    Message {
        /// SHA-256 of the envelope as it was sent (base64), hex: what the chain binds. Empty in events of before this was
        /// kept, whose chain binds the envelope itself.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        envelope_hash: String,
        /// Standard base64 of an age file, once it was fetched: it travels apart from the event.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        envelope: Option<String>,
    },
    /// The owner took it back in time: [`crate::limits::WITHDRAW_SECS`].
    Withdrawn,
    /// The office passed it on to somebody who could not open it (移交).
    PassedOn {
        /// Key id of who receives it.
        to: String,
        /// What that key may do.
        role: Role,
        /// SHA-256 of the envelope with the letters' keys ([`crate::handover::PassingOn`]), hex.
        keys_hash: String,
    },
    /// The office set it aside as junk, or brought it back. Nothing is erased, and whatever happens next brings it back.
    Aside {
        /// Which of them, and why.
        how: Aside,
    },
}

/// What becomes of a letter that seems to be junk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Aside {
    /// Set aside: it does not open with the office's keys.
    Unopened,
    /// Set aside: it opens, and nothing can be done with what it says.
    Unusable,
    /// Brought back: it was a mistake.
    Back,
}

impl Aside {
    /// The word that is signed.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Unopened => "unopened",
            Self::Unusable => "unusable",
            Self::Back => "back",
        }
    }

    /// Whether the case is out of the ordinary lists by it.
    pub const fn is_aside(self) -> bool {
        !matches!(self, Self::Back)
    }
}

impl Action {
    /// The first event of a case for the office whose owner signs with this key, or with none.
    pub fn submitted(owner_key: &str) -> Self {
        Self::Submitted { owner_key: owner_key.to_owned(), addressee: Addressee::Office }
    }

    /// A message that is sealed in this envelope.
    pub fn message(envelope: &str) -> Self {
        Self::Message { envelope_hash: sha256_hex(envelope.as_bytes()), envelope: None }
    }
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
    /// The owner's signature; needed where the case names the owner's key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<Signed>,
    /// The papers that will follow.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub papers: Vec<Announced>,
    /// Proof of work over id, envelope and papers.
    pub proof: Proof,
}

/// Takes a case back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// Random request id.
    pub id: String,
    /// The owner's signature; needed where the case names the owner's key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<Signed>,
}
