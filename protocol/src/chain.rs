//! Hash chains: each event carries the hash of the one before, the first that of the submission.
//!
//! `hash = SHA-256("anju event v1\n" lookup "\n" prev "\n" JSON)` where JSON is
//! `{"seq":…,"at":…,"by":…,"action":…,"signed":…}` as `serde_json` writes the fields of [`Event`] in this order, without
//! `signed` where there is no signature. A message stands in it by the hash of its envelope, so that a history holds together where the envelopes are not there (any more).
//! Whoever kept an acknowledgement's `head` can tell whether the history was rewritten since.

use std::borrow::Cow;

use serde::Serialize;
use thiserror::Error;

use crate::{
    CaseKind,
    addressee::Addressee,
    case::{Action, Actor, CaseView, Event, Submission},
    desk::{AuditAction, AuditRow, Role},
    hash::sha256_hex,
    signed::Signed,
};

/// Why a history does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ChainError {
    /// There is no first event.
    #[error("the history is empty")]
    Empty,
    /// The event at this place is out of order, cut off or altered.
    #[error("event {0} does not follow from the one before")]
    Broken(u64),
    /// The envelope of the message at this place is not the one that was sent.
    #[error("the envelope of event {0} is another one")]
    Envelope(u64),
    /// The last hash is not the head that was claimed.
    #[error("the last event is not the head")]
    Head,
}

#[derive(Serialize)]
struct EventBody<'a> {
    seq: u64,
    at: u64,
    by: &'a Actor,
    action: &'a Action,
    #[serde(skip_serializing_if = "Option::is_none")]
    signed: Option<&'a Signed>,
}

#[derive(Serialize)]
struct AuditBody<'a> {
    seq: u64,
    at: u64,
    kid: &'a str,
    role: Role,
    action: &'a AuditAction,
    lookup: &'a Option<String>,
}

/// Hash that the first event points back to: it binds office, kind, look-up id, token hash, reply recipient,
/// the hash of the envelope and, from version 2 on, the owner's signing key, one per line; the third is for supervisors.
pub fn genesis(submission: &Submission) -> String {
    genesis_of(
        &submission.office,
        submission.kind,
        &submission.lookup,
        &submission.token_hash,
        &submission.reply_to,
        &submission.envelope,
        (&submission.owner_key, submission.addressee),
    )
}

/// [`genesis`] from its parts.
pub fn genesis_of(
    office: &str,
    kind: CaseKind,
    lookup: &str,
    token_hash: &str,
    reply_to: &str,
    envelope: &str,
    (owner_key, addressee): (&str, Addressee),
) -> String {
    let kind = serde_json::to_string(&kind).unwrap_or_default();
    let envelope = sha256_hex(envelope.as_bytes());
    let said = format!("{office}\n{kind}\n{lookup}\n{token_hash}\n{reply_to}\n{envelope}");
    // Before there was a key, there was no line for it; nor is there one for the office, for whom everything was.
    let text = match addressee {
        Addressee::Supervisor => format!("anju case v3\n{said}\n{owner_key}\nsupervisor"),
        Addressee::Office if owner_key.is_empty() => format!("anju case v1\n{said}"),
        Addressee::Office => format!("anju case v2\n{said}\n{owner_key}"),
    };
    sha256_hex(text.as_bytes())
}

/// The next event of a case.
pub fn next(
    (lookup, prev): (&str, &str),
    (seq, at): (u64, u64),
    by: Actor,
    action: Action,
    signed: Option<Signed>,
) -> Event {
    let mut event = Event { seq, at, by, action, signed, prev: prev.to_owned(), hash: String::new() };
    event.hash = hash_event(lookup, &event);
    event
}

fn hash_event(lookup: &str, event: &Event) -> String {
    let Event { seq, at, by, action, signed, prev, .. } = event;
    let bound = bound(action);
    let body = EventBody { seq: *seq, at: *at, by, action: &bound, signed: signed.as_ref() };
    chained("anju event v1", lookup, prev, &serde_json::to_string(&body).unwrap_or_default())
}

/// What the chain binds of an action: of a message the hash, or the envelope where that is all there is.
fn bound(action: &Action) -> Cow<'_, Action> {
    match action {
        Action::Message { envelope_hash, envelope: Some(_) } if !envelope_hash.is_empty() => {
            Cow::Owned(Action::Message { envelope_hash: envelope_hash.clone(), envelope: None })
        }
        _ => Cow::Borrowed(action),
    }
}

/// Whether a message's envelope, if it is there, is the one that the event names.
fn envelope_fits(action: &Action) -> bool {
    match action {
        Action::Message { envelope_hash, envelope: Some(envelope) } => {
            envelope_hash.is_empty() || *envelope_hash == sha256_hex(envelope.as_bytes())
        }
        _ => true,
    }
}

fn chained(domain: &str, subject: &str, prev: &str, json: &str) -> String {
    sha256_hex(format!("{domain}\n{subject}\n{prev}\n{json}").as_bytes())
}

/// Checks that every event follows from the one before and that the last is `head`.
///
/// # Errors
/// [`ChainError`] with the first place where it breaks.
pub fn verify(lookup: &str, events: &[Event], head: &str) -> Result<(), ChainError> {
    let mut prev = events.first().ok_or(ChainError::Empty)?.prev.as_str();
    for (seq, event) in (0u64..).zip(events) {
        let hash = hash_event(lookup, event);
        if event.seq != seq || event.prev != prev || event.hash != hash {
            return Err(ChainError::Broken(seq));
        }
        if !envelope_fits(&event.action) {
            return Err(ChainError::Envelope(seq));
        }
        prev = &event.hash;
    }
    if prev == head { Ok(()) } else { Err(ChainError::Head) }
}

/// Hexadecimal digits of a head that are kept with a receipt code: 96 bits, short enough to be copied by hand.
pub const PIN: usize = 24;

/// What is kept of a head with the receipt code: on paper, in the saved file, in the picture.
pub fn pin(head: &str) -> &str {
    head.get(..PIN).unwrap_or(head)
}

/// The pin in whatever a person pastes, if there is one: no other run of hexadecimal digits has its length.
pub fn find_pin(pasted: &str) -> Option<&str> {
    pasted.split(|c: char| !c.is_ascii_hexdigit()).find(|run| run.len() == PIN)
}

/// [`verify`] for a whole view, and that a head kept from earlier (if any; its [`pin`] is enough) is still part of it.
///
/// # Errors
/// [`ChainError`].
pub fn verify_view(view: &CaseView, kept_head: Option<&str>) -> Result<(), ChainError> {
    verify(&view.lookup, &view.events, &view.head)?;
    match kept_head {
        Some(kept) if kept.len() < PIN || !view.events.iter().any(|e| e.hash.starts_with(kept)) => {
            Err(ChainError::Head)
        }
        _ => Ok(()),
    }
}

/// Hash before the first line of an audit trail.
pub const AUDIT_START: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The next line of an office's audit trail.
pub fn next_audit(
    office: &str,
    prev: &str,
    seq: u64,
    at: u64,
    (kid, role): (&str, Role),
    action: AuditAction,
    lookup: Option<String>,
) -> AuditRow {
    let mut row = AuditRow {
        seq,
        at,
        kid: kid.to_owned(),
        role,
        action,
        lookup,
        prev: prev.to_owned(),
        hash: String::new(),
    };
    row.hash = hash_audit(office, &row);
    row
}

fn hash_audit(office: &str, row: &AuditRow) -> String {
    let body = AuditBody {
        seq: row.seq,
        at: row.at,
        kid: &row.kid,
        role: row.role,
        action: &row.action,
        lookup: &row.lookup,
    };
    let json = serde_json::to_string(&body).unwrap_or_default();
    chained("anju audit v1", office, &row.prev, &json)
}

/// Checks an audit trail, whole or its latest part: every line must follow from the one before.
///
/// # Errors
/// [`ChainError::Broken`] with the first line that does not follow.
pub fn verify_audit(office: &str, rows: &[AuditRow]) -> Result<(), ChainError> {
    let (start, mut prev) = match rows.first() {
        Some(row) if row.seq > 0 => (row.seq, row.prev.as_str()),
        _ => (0, AUDIT_START),
    };
    for (seq, row) in (start..).zip(rows) {
        if row.seq != seq || row.prev != prev || row.hash != hash_audit(office, row) {
            return Err(ChainError::Broken(seq));
        }
        prev = &row.hash;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    fn history() -> Vec<Event> {
        let office = Actor::Office { kid: "00112233".into(), role: Role::Town };
        let first = next(("aa", "genesis"), (0, 100), Actor::Applicant, Action::submitted(""), None);
        let on = chrono::NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        let moved = Action::Moved { stage: "town_review".into(), on };
        let signed = Signed { at: 200, seen: first.hash.clone(), signature: "AA==".into() };
        let second = next(("aa", &first.hash), (1, 200), office.clone(), moved, Some(signed));
        let message = Action::message("QQ==");
        let third = next(("aa", &second.hash), (2, 300), office, message, None);
        vec![first, second, third]
    }

    #[test]
    fn a_history_holds_and_survives_json() {
        let events = history();
        let json = serde_json::to_string(&events).unwrap();
        let back: Vec<Event> = serde_json::from_str(&json).unwrap();
        assert_eq!(back, events);
        assert_eq!(verify("aa", &back, &events[2].hash), Ok(()));
    }

    #[test]
    fn every_change_is_seen() {
        let events = history();
        let head = events[2].hash.clone();
        assert_eq!(verify("ab", &events, &head), Err(ChainError::Broken(0)));
        assert_eq!(verify("aa", &events[..2], &head), Err(ChainError::Head));
        assert_eq!(verify("aa", &[], &head), Err(ChainError::Empty));
        let mut late = events.clone();
        late[1].at += 1;
        assert_eq!(verify("aa", &late, &head), Err(ChainError::Broken(1)));
        let mut unsigned = events.clone();
        unsigned[1].signed = None;
        assert_eq!(verify("aa", &unsigned, &head), Err(ChainError::Broken(1)));
        let mut other = events.clone();
        other[2].action = Action::message("Qg==");
        assert_eq!(verify("aa", &other, &head), Err(ChainError::Broken(2)));
        let mut turned = events.clone();
        turned[0].action = Action::Submitted { owner_key: String::new(), addressee: Addressee::Supervisor };
        assert_eq!(verify("aa", &turned, &head), Err(ChainError::Broken(0)), "for whom it is, is bound");
        let without = [events[0].clone(), events[2].clone()];
        assert_eq!(verify("aa", &without, &head), Err(ChainError::Broken(1)));
    }

    fn with_envelope(hash: &str, text: &str) -> Action {
        Action::Message { envelope_hash: hash.into(), envelope: Some(text.into()) }
    }

    #[test]
    fn an_envelope_that_comes_later_must_be_the_one_that_was_sent() {
        let mut events = history();
        let head = events[2].hash.clone();
        let hash = sha256_hex(b"QQ==");
        events[2].action = with_envelope(&hash, "QQ==");
        assert_eq!(verify("aa", &events, &head), Ok(()));
        events[2].action = with_envelope(&hash, "Qg==");
        assert_eq!(verify("aa", &events, &head), Err(ChainError::Envelope(2)));
    }

    #[test]
    fn a_case_of_before_there_were_owners_keys_begins_as_it_did() {
        let to =
            |key, addressee| genesis_of("o", CaseKind::TipOff, "aa", "t", "age1", "QQ==", (key, addressee));
        let of = |key| to(key, Addressee::Office);
        let old = format!("anju case v1\no\n\"tip_off\"\naa\nt\nage1\n{}", sha256_hex(b"QQ=="));
        assert_eq!(of(""), sha256_hex(old.as_bytes()));
        assert!(of("a") != of("") && of("a") != of("b"));
        assert!(["", "a"].iter().all(|key| to(key, Addressee::Supervisor) != of(key)));
        let first = next(("aa", &of("")), (0, 1), Actor::Applicant, Action::submitted(""), None);
        let body = r#"{"seq":0,"at":1,"by":{"who":"applicant"},"action":{"what":"submitted"}}"#;
        let old = format!("anju event v1\naa\n{}\n{body}", of(""));
        assert_eq!(first.hash, sha256_hex(old.as_bytes()));
    }

    #[test]
    fn a_message_of_before_its_hash_was_kept_is_still_bound() {
        let message = with_envelope("", "QQ==");
        let mut event = next(("aa", "genesis"), (0, 100), Actor::Applicant, message, None);
        let old = r#"anju event v1
aa
genesis
{"seq":0,"at":100,"by":{"who":"applicant"},"action":{"what":"message","envelope":"QQ=="}}"#;
        assert_eq!(event.hash, sha256_hex(old.as_bytes()));
        let head = event.hash.clone();
        assert_eq!(verify("aa", std::slice::from_ref(&event), &head), Ok(()));
        event.action = with_envelope("", "Qg==");
        assert_eq!(verify("aa", &[event], &head), Err(ChainError::Broken(0)));
    }

    #[test]
    fn an_audit_line_cannot_go_missing() {
        let who = ("k", Role::Office);
        let a = next_audit("o", AUDIT_START, 0, 1, who, AuditAction::Listed, None);
        let b = next_audit("o", &a.hash, 1, 2, who, AuditAction::Opened, Some("aa".into()));
        assert_eq!(verify_audit("o", &[a.clone(), b.clone()]), Ok(()));
        let c = next_audit("o", &b.hash, 2, 3, who, AuditAction::Audited, None);
        assert_eq!(verify_audit("o", &[b.clone(), c.clone()]), Ok(()));
        assert_eq!(verify_audit("o", &[a.clone(), c]), Err(ChainError::Broken(1)));
        let first = AuditRow { seq: 0, ..b };
        assert_eq!(verify_audit("o", &[first]), Err(ChainError::Broken(0)));
        assert_eq!(verify_audit("p", &[a]), Err(ChainError::Broken(0)));
    }
}
