//! Who wrote a history: every event held against the office's card and the owner's key.
//!
//! [`crate::chain`] says that nothing was taken out or changed since a head was kept; this says who each event is of.
//! What neither can see is what was kept back at the end: that shows when the other side asks about it.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate};

use crate::{
    card::CardOfficer,
    case::{Action, Actor, Aside, Event},
    limits::SIGNED_WITHIN_SECS,
    signed::{Act, Authorship, OwnersAct, Signed, fits, key_bytes},
};

/// What is known of the owner's key (Ed25519, standard base64).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner<'a> {
    /// It follows from the receipt; cases of before there were signatures name none.
    Derived(&'a str),
    /// The letter names it; a letter of before there were signatures names none, and that is an empty text.
    Letter(&'a str),
    /// The letter is not there to ask.
    Unknown,
}

impl Owner<'_> {
    /// Whether the key that the first event names may be the owner's.
    fn may_be(self, named: &str) -> bool {
        match self {
            Self::Derived(key) => named.is_empty() || named == key,
            Self::Letter(key) => named == key,
            Self::Unknown => true,
        }
    }
}

/// What is known of each event's author, in their order. The events are those of one case from the first on, in a chain
/// that holds; envelopes need not be there.
pub fn authors(
    (office, lookup): (&str, &str),
    events: &[Event],
    staff: &[CardOfficer],
    owner: Owner<'_>,
) -> Vec<Authorship> {
    let named = match events.first().map(|first| &first.action) {
        Some(Action::Submitted { owner_key, .. }) => owner_key.as_str(),
        _ => "",
    };
    let mut judge =
        Judge { office, lookup, staff, owner_key: key_bytes(named), signing: false, used: BTreeSet::new() };
    judge.signing = judge.owner_key.is_some();
    let mut found = Vec::with_capacity(events.len());
    while let Some(rest) = events.get(found.len()..).filter(|rest| !rest.is_empty()) {
        let (author, count) = match rest {
            [first @ Event { action: Action::Submitted { .. }, .. }, ..] => {
                (opening(first, named, owner, found.is_empty()), 1)
            }
            [first, ..] => {
                let count = act_length(rest);
                let act = rest.get(..count).unwrap_or_default();
                let before = events.get(..found.len()).unwrap_or_default();
                (judge.author(act, before, first.signed.as_ref()), count)
            }
            [] => break,
        };
        found.extend(std::iter::repeat_n(author, count));
    }
    found
}

/// The first event: it carries no signature, and the key that it names is the owner's or not.
fn opening(event: &Event, named: &str, owner: Owner<'_>, first: bool) -> Authorship {
    if !first || event.by != Actor::Applicant || !owner.may_be(named) {
        Authorship::Forged
    } else if named.is_empty() {
        Authorship::Unsigned
    } else {
        Authorship::Signed
    }
}

/// How many events from here on are one act: a move and the message that came with it carry one signature. The same
/// signature on anything more is somebody's copy, and must not make the act itself look false.
fn act_length(rest: &[Event]) -> usize {
    match rest {
        [
            first @ Event { by: Actor::Office { .. }, action: Action::Moved { .. }, signed: Some(_), .. },
            second @ Event { action: Action::Message { .. }, .. },
            ..,
        ] if first.by == second.by && first.signed == second.signed => 2,
        _ => 1,
    }
}

struct Judge<'a> {
    office: &'a str,
    lookup: &'a str,
    staff: &'a [CardOfficer],
    owner_key: Option<[u8; 32]>,
    /// Whether the office's events are signed from here on.
    signing: bool,
    /// Signatures that were seen: each is for one act.
    used: BTreeSet<&'a str>,
}

impl<'a> Judge<'a> {
    fn author(&mut self, act: &'a [Event], before: &[Event], signed: Option<&'a Signed>) -> Authorship {
        let of_owner = act.first().is_some_and(|event| event.by == Actor::Applicant);
        let Some(signed) = signed else {
            let must_be = if of_owner { self.owner_key.is_some() } else { self.signing };
            return if must_be { Authorship::Forged } else { Authorship::Unsigned };
        };
        let fresh = self.used.insert(&signed.signature);
        let fits = match act {
            [event] if of_owner => self.owners(event, before, signed),
            [first, ..] if !of_owner => {
                self.signing = true;
                self.officers(first, act, signed)
            }
            _ => false,
        };
        if fresh && fits { Authorship::Signed } else { Authorship::Forged }
    }

    /// The owner may have seen any head so far: the office may have acted meanwhile.
    fn owners(&self, event: &Event, before: &[Event], signed: &Signed) -> bool {
        let envelope_hash = match &event.action {
            Action::Message { envelope_hash, .. } => Some(envelope_hash.as_str()),
            Action::Withdrawn => None,
            Action::Submitted { .. }
            | Action::Moved { .. }
            | Action::PassedOn { .. }
            | Action::Aside { .. } => return false,
        };
        let (office, lookup, seen, at) = (self.office, self.lookup, signed.seen.as_str(), signed.at);
        let text = OwnersAct { office, lookup, seen, at, envelope_hash }.text();
        before.iter().any(|earlier| earlier.hash == signed.seen)
            && self.owner_key.is_some_and(|key| fits(&key, &text, &signed.signature))
    }

    /// An officer acts on the head that was seen, at once and within the days of the key.
    fn officers(&self, first: &Event, act: &[Event], signed: &Signed) -> bool {
        let Actor::Office { kid, role } = &first.by else { return false };
        let (movement, envelope_hash, aside) = match act {
            [one] => (moved(&one.action), said(&one.action), aside(&one.action)),
            [one, two] => (moved(&one.action), said(&two.action), None),
            _ => return false,
        };
        let passed = match act {
            [Event { action: Action::PassedOn { to, role, keys_hash }, .. }] => {
                Some(((to.as_str(), *role), keys_hash.as_str()))
            }
            _ => None,
        };
        let done = [movement.is_some(), envelope_hash.is_some(), aside.is_some(), passed.is_some()];
        if done.into_iter().filter(|done| *done).count() != act.len() {
            return false;
        }
        let officer = self.staff.iter().find(|one| one.kid == *kid && one.role == *role);
        let Some(officer) = officer.filter(|one| day(signed.at).is_some_and(|day| one.signs_on(day))) else {
            return false;
        };
        let (office, lookup, seen, at) = (self.office, self.lookup, signed.seen.as_str(), signed.at);
        let (passed_on, keys_hash) = passed.unzip();
        let envelope_hash = envelope_hash.or(keys_hash);
        let who =
            Act { office, lookup, seen, kid, role: *role, at, movement, envelope_hash, aside, passed_on };
        let text = who.text();
        first.prev == signed.seen
            && act.iter().all(|event| event.at.abs_diff(signed.at) <= SIGNED_WITHIN_SECS)
            && key_bytes(&officer.public_key).is_some_and(|key| fits(&key, &text, &signed.signature))
    }
}

fn moved(action: &Action) -> Option<(&str, NaiveDate)> {
    match action {
        Action::Moved { stage, on } => Some((stage, *on)),
        _ => None,
    }
}

fn said(action: &Action) -> Option<&str> {
    match action {
        Action::Message { envelope_hash, .. } if !envelope_hash.is_empty() => Some(envelope_hash),
        _ => None,
    }
}

fn aside(action: &Action) -> Option<Aside> {
    match action {
        Action::Aside { how } => Some(*how),
        _ => None,
    }
}

/// The day in China (UTC+8, no summer time) of a time in Unix seconds.
fn day(at: u64) -> Option<NaiveDate> {
    let at = i64::try_from(at).ok()?.checked_add(8 * 3600)?;
    DateTime::from_timestamp(at, 0).map(|time| time.date_naive())
}

#[cfg(all(test, feature = "keys"))]
mod tests;
