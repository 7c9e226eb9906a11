//! What the office's desk reads and writes.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use policies::model::Role;

use crate::{
    CaseKind,
    case::{Aside, CaseView},
    handover::{Handover, PassingOn},
    hash::sha256_hex,
    signed::{Act, Signed},
};

/// One line of the inbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IndexRow {
    /// Look-up id.
    pub lookup: String,
    /// Kind.
    pub kind: CaseKind,
    /// Stage id.
    pub stage: String,
    /// Unix seconds.
    pub received_at: u64,
    /// Unix seconds of the latest event.
    pub updated_at: u64,
    /// The latest word came from the owner: someone in the office should look.
    pub waiting_for_office: bool,
    /// The owner took it back.
    pub withdrawn: bool,
    /// See [`CaseView::destroyed_at`].
    #[serde(default)]
    pub destroyed_at: Option<u64>,
    /// Nothing follows any more.
    #[serde(default)]
    pub closed: bool,
    /// The office set it aside as junk.
    #[serde(default)]
    pub aside: bool,
    /// Last day on which the present stage is in time; none where the document sets no such day.
    #[serde(default, with = "policies::iso::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<NaiveDate>"))]
    pub due: Option<NaiveDate>,
}

/// Some of an office's cases: open ones first, among them those whose day comes first, then the oldest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Inbox {
    /// Rows.
    pub cases: Vec<IndexRow>,
    /// How many there are of what was asked for, fetched or not.
    pub total: u64,
    /// How many there are of everything.
    pub counts: Counts,
    /// What to ask for after these rows: [`crate::query::InboxQuery::after`]; nothing where they are the last.
    pub next: Option<String>,
}

/// How many cases of an office stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Counts {
    /// All but those set aside.
    pub all: u64,
    /// Not at an end.
    pub open: u64,
    /// Waiting for the office's word.
    pub waiting: u64,
    /// Open, and their day is over.
    pub overdue: u64,
    /// Open, still where they arrived, and waiting for the office's first word.
    #[serde(default)]
    pub fresh: u64,
    /// Set aside as junk.
    #[serde(default)]
    pub aside: u64,
    /// Tip-offs that wait for the office's word.
    #[serde(default)]
    pub tip_offs_waiting: u64,
    /// Open tip-offs whose last day is over, or not further off than [`crate::limits::REMIND_DAYS`].
    #[serde(default)]
    pub tip_offs_due: u64,
}

/// A case as the office sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeskCase {
    /// The owner's view.
    pub view: CaseView,
    /// The sealed letter it began with, standard base64.
    pub envelope: String,
    /// Hash of the token, needed to re-check the first link of the chain ([`crate::chain::genesis`]).
    pub token_hash: String,
    /// The keys of its envelopes, where somebody handed them on to those who came later; with the first events only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handover: Option<Handover>,
}

/// What the office does to a case: a move, a message, or both; or it sets it aside, or passes it on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NewEvent {
    /// Random request id: sending it again changes nothing.
    pub id: String,
    /// The head of the case as the officer saw it: where something happened since, nothing is done.
    pub expected_head: String,
    /// Stage to move to; must follow from the present one in the document's procedure.
    #[serde(default)]
    pub stage: Option<String>,
    /// The day the move took effect; required with `stage`. Not before receipt, not in the future.
    #[serde(default, with = "policies::iso::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<NaiveDate>"))]
    pub on: Option<NaiveDate>,
    /// A sealed message to the owner, standard base64.
    #[serde(default)]
    pub envelope: Option<String>,
    /// Sets it aside as junk, or brings it back: alone, and only while it is where it arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aside: Option<Aside>,
    /// Passes a tip-off on to somebody who could not open it: alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passing_on: Option<PassingOn>,
    /// When the officer signed, Unix seconds.
    pub signed_at: u64,
    /// The officer's signature on all of it: see [`crate::signed::Act`]. It stays with the events, for everybody to check.
    pub signature: String,
}

impl NewEvent {
    /// What is signed by the holder of a key, with the hash of the envelope.
    pub fn act<'a>(
        &'a self,
        (office, lookup): (&'a str, &'a str),
        (kid, role): (&'a str, Role),
        envelope_hash: Option<&'a str>,
    ) -> Act<'a> {
        let (seen, at) = (self.expected_head.as_str(), self.signed_at);
        Act {
            office,
            lookup,
            seen,
            kid,
            role,
            at,
            movement: self.stage.as_deref().zip(self.on),
            envelope_hash,
            aside: self.aside,
            passed_on: self.passing_on.as_ref().map(|passing| (passing.to.as_str(), passing.role)),
        }
    }

    /// The hash of the envelope, if there is one: of the message, or of the keys that are passed on.
    pub fn envelope_hash(&self) -> Option<String> {
        let keys = self.passing_on.as_ref().map(|passing| &passing.handover.envelope);
        self.envelope.as_ref().or(keys).map(|envelope| sha256_hex(envelope.as_bytes()))
    }

    /// The signature as it stands with the events.
    pub fn signed(&self) -> Signed {
        Signed { at: self.signed_at, seen: self.expected_head.clone(), signature: self.signature.clone() }
    }

    /// Signed at a time by the holder of a key file.
    #[cfg(feature = "keys")]
    #[must_use]
    pub fn signed_by(mut self, key: &crate::keyfile::KeyFile, lookup: &str, at: u64) -> Self {
        self.signed_at = at;
        let hash = self.envelope_hash();
        let act = self.act((&key.office, lookup), (&key.kid, key.role), hash.as_deref());
        self.signature = crate::signed::sign_act(&key.signing, &act).signature;
        self
    }
}

/// One line of the audit trail. Lines are chained like events, so that a missing one shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuditRow {
    /// 0, 1, 2 …
    pub seq: u64,
    /// Unix seconds.
    pub at: u64,
    /// Key id; empty where the server did it by the office's rule.
    pub kid: String,
    /// Role of the key then, or in whose name the server did it.
    pub role: Role,
    /// What was done.
    pub action: AuditAction,
    /// The case, where there was one.
    pub lookup: Option<String>,
    /// Hash of the line before; 64 zeros for the first.
    pub prev: String,
    /// Hash of this line.
    pub hash: String,
}

/// What staff did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum AuditAction {
    /// Read the inbox.
    Listed,
    /// Fetched a case with its envelope.
    Opened,
    /// Fetched a sealed paper of a case, or parts of it.
    OpenedPaper {
        /// Its address.
        paper: String,
    },
    /// Moved a case.
    Moved {
        /// To this stage.
        stage: String,
    },
    /// Sent a sealed message.
    Replied,
    /// Set a case aside as junk, or brought it back.
    Aside {
        /// Which of them, and why.
        how: Aside,
    },
    /// Passed a tip-off on to somebody who could not open it.
    PassedOn {
        /// Key id of who received it.
        to: String,
    },
    /// Read the audit trail.
    Audited,
    /// Handed the keys of a case's envelopes on to those who are on the office's card now.
    HandedOn,
    /// The letter and the messages of a closed case were destroyed: the office keeps them no longer.
    Destroyed,
    /// Made tickets.
    Ticketed {
        /// So many.
        count: u64,
    },
}

/// A part of the audit trail, oldest first: it ends where the asked place is, or with the latest line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuditTrail {
    /// Lines.
    pub rows: Vec<AuditRow>,
    /// How many there are in all, told or not.
    pub total: u64,
}
