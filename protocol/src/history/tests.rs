#![allow(clippy::unwrap_used, clippy::indexing_slicing)]
use data_encoding::BASE64;

use super::*;
use crate::{
    chain,
    desk::{NewEvent, Role},
    handover::{Handover, PassingOn},
    keyfile::KeyFile,
    signed::{sign_act, sign_owner},
    staff::public_key,
};

const OFFICE: &str = "somewhere-2024";
const LOOKUP: &str = "aa";
/// 2026-03-01 08:00 in China.
const START: u64 = 1_772_323_200;
const OWNER: [u8; 32] = [5; 32];

/// A case with its officer, growing by rightful acts.
struct Case {
    officer: KeyFile,
    events: Vec<Event>,
}

impl Case {
    fn new() -> Self {
        let officer = KeyFile::generate(OFFICE, Role::Town).unwrap();
        let mut case = Self { officer, events: Vec::new() };
        case.add(Actor::Applicant, Action::submitted(&owner_key()), None);
        case
    }

    fn head(&self) -> String {
        self.events.last().map_or("genesis", |last| last.hash.as_str()).to_owned()
    }

    fn now(&self) -> u64 {
        START + 100 * u64::try_from(self.events.len()).unwrap()
    }

    fn add(&mut self, by: Actor, action: Action, signed: Option<Signed>) {
        let (seq, head, now) = (u64::try_from(self.events.len()).unwrap(), self.head(), self.now());
        self.events.push(chain::next((LOOKUP, &head), (seq, now), by, action, signed));
    }

    fn actor(&self) -> Actor {
        Actor::Office { kid: self.officer.kid.clone(), role: self.officer.role }
    }

    /// A move, a message or both, as the office's own page would send them.
    fn act(&mut self, stage: Option<&str>, envelope: Option<&str>) {
        let event = NewEvent {
            id: String::new(),
            expected_head: self.head(),
            stage: stage.map(str::to_owned),
            on: stage.map(|_| NaiveDate::from_ymd_opt(2026, 3, 1).unwrap()),
            envelope: envelope.map(str::to_owned),
            ..NewEvent::default()
        };
        let event = event.signed_by(&self.officer, LOOKUP, self.now());
        let moved = event.stage.clone().zip(event.on).map(|(stage, on)| Action::Moved { stage, on });
        for action in moved.into_iter().chain(event.envelope.as_deref().map(Action::message)) {
            self.add(self.actor(), action, Some(event.signed()));
        }
    }

    /// Sets the case aside, or brings it back.
    fn put_aside(&mut self, how: Aside) {
        let event = NewEvent { expected_head: self.head(), aside: Some(how), ..NewEvent::default() };
        let event = event.signed_by(&self.officer, LOOKUP, self.now());
        self.add(self.actor(), Action::Aside { how }, Some(event.signed()));
    }

    fn owner_says(&mut self, seen: &str, envelope: Option<&str>) {
        let action = envelope.map_or(Action::Withdrawn, Action::message);
        let hash = said(&action).map(str::to_owned);
        let act = OwnersAct {
            office: OFFICE,
            lookup: LOOKUP,
            seen,
            at: self.now(),
            envelope_hash: hash.as_deref(),
        };
        self.add(Actor::Applicant, action, Some(sign_owner(&OWNER, &act)));
    }

    fn card(&self) -> CardOfficer {
        CardOfficer {
            kid: self.officer.kid.clone(),
            role: self.officer.role,
            public_key: self.officer.public_key(),
            last_day: None,
        }
    }

    fn authors(&self) -> Vec<Authorship> {
        authors((OFFICE, LOOKUP), &self.events, &[self.card()], Owner::Derived(&owner_key()))
    }

    /// Makes the chain hold again after rows were changed, as whoever keeps the store could.
    fn rehash(&mut self) {
        for place in 0..self.events.len() {
            let prev = place.checked_sub(1).map_or("genesis".to_owned(), |n| self.events[n].hash.clone());
            let Event { at, by, action, signed, .. } = self.events[place].clone();
            let seq = u64::try_from(place).unwrap();
            self.events[place] = chain::next((LOOKUP, &prev), (seq, at), by, action, signed);
        }
        assert_eq!(chain::verify(LOOKUP, &self.events, &self.head()), Ok(()));
    }
}

fn owner_key() -> String {
    BASE64.encode(&public_key(&OWNER))
}

/// Received, moved with a message, answered by the owner, answered.
fn whole() -> Case {
    let mut case = Case::new();
    case.act(Some("town_review"), Some("QQ=="));
    let seen = case.events[0].hash.clone();
    case.owner_says(&seen, Some("Qg=="));
    case.act(None, Some("Qw=="));
    case
}

use Authorship::{Forged, Signed as Good, Unsigned};

#[test]
fn a_rightful_history_is_signed_throughout() {
    let mut case = whole();
    assert_eq!(case.authors(), [Good; 5]);
    let head = case.head();
    case.owner_says(&head, None);
    assert_eq!(case.authors(), [Good; 6]);
}

#[test]
fn passing_on_is_signed_with_whom_it_goes_to_and_which_keys() {
    let passed = || {
        let mut case = whole();
        let handover = Handover { card: 1, envelope: "QQ==".into() };
        let passing = PassingOn { to: "receiver".into(), role: Role::Supervisor, handover };
        let event = NewEvent { expected_head: case.head(), passing_on: Some(passing), ..NewEvent::default() };
        let event = event.signed_by(&case.officer, LOOKUP, case.now());
        let keys_hash = event.envelope_hash().unwrap();
        let action = Action::PassedOn { to: "receiver".into(), role: Role::Supervisor, keys_hash };
        case.add(case.actor(), action, Some(event.signed()));
        case
    };
    assert_eq!(passed().authors(), [Good; 6]);
    for change in [
        |to: &mut String, _: &mut Role, _: &mut String| "other".clone_into(to),
        |_: &mut String, role: &mut Role, _: &mut String| *role = Role::Department,
        |_: &mut String, _: &mut Role, keys: &mut String| "00".clone_into(keys),
    ] {
        let mut case = passed();
        let Action::PassedOn { to, role, keys_hash } = &mut case.events[5].action else { unreachable!() };
        change(to, role, keys_hash);
        case.rehash();
        assert_eq!(case.authors()[5], Forged);
    }
    let mut case = passed();
    case.events[5].by = Actor::Applicant;
    case.rehash();
    assert_eq!(case.authors()[5], Forged, "the owner passes nothing on");
}

#[test]
fn setting_aside_is_signed_with_its_reason_and_is_the_offices_alone() {
    let mut case = Case::new();
    case.put_aside(Aside::Unopened);
    case.put_aside(Aside::Back);
    assert_eq!(case.authors(), [Good; 3]);
    case.events[1].action = Action::Aside { how: Aside::Unusable };
    case.rehash();
    assert_eq!(case.authors()[1], Forged, "another reason");
    let mut case = whole();
    let by = case.actor();
    case.add(by, Action::Aside { how: Aside::Unopened }, None);
    let signed = case.events[3].signed.clone();
    case.add(Actor::Applicant, Action::Aside { how: Aside::Back }, signed);
    assert_eq!(case.authors()[5..], [Forged, Forged]);
    // A signed move is no signature for it, nor the other way round.
    let mut case = Case::new();
    case.put_aside(Aside::Unopened);
    let on = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
    case.events[1].action = Action::Moved { stage: "unopened".into(), on };
    case.rehash();
    assert_eq!(case.authors()[1], Forged);
}

#[test]
fn rows_that_the_store_makes_up_are_forged_although_the_chain_holds() {
    let on = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
    let moved = || Action::Moved { stage: "struck_off".into(), on };
    for (by_office, action) in [
        (true, moved()),
        (true, Action::message("RA==")),
        (false, Action::message("RA==")),
        (false, Action::Withdrawn),
    ] {
        let mut case = whole();
        let by = if by_office { case.actor() } else { Actor::Applicant };
        case.add(by.clone(), action.clone(), None);
        assert_eq!(case.authors()[5], Forged, "{action:?} without a signature");
        // A signature from earlier in the case, from another key, and none at all.
        for signed in [
            case.events[4].signed.clone().unwrap(),
            case.events[3].signed.clone().unwrap(),
            sign_act(
                &[9; 32],
                &Act {
                    office: OFFICE,
                    lookup: LOOKUP,
                    seen: &case.events[4].hash,
                    kid: &case.officer.kid,
                    role: case.officer.role,
                    at: case.now(),
                    movement: moved_of(&action),
                    envelope_hash: said(&action),
                    aside: None,
                    passed_on: None,
                },
            ),
            Signed { at: case.now(), seen: case.events[4].hash.clone(), signature: String::new() },
        ] {
            case.events.pop();
            case.add(by.clone(), action.clone(), Some(signed));
            let found = case.authors();
            assert_eq!((found[..4].to_vec(), found[5]), (vec![Good; 4], Forged), "{action:?}");
        }
    }
}

fn moved_of(action: &Action) -> Option<(&str, NaiveDate)> {
    moved(action)
}

#[test]
fn a_copied_signature_is_forged_and_its_own_act_is_not() {
    let mut case = Case::new();
    case.act(Some("town_review"), Some("QQ=="));
    let copied = case.events[1].signed.clone();
    let on = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
    case.add(case.actor(), Action::Moved { stage: "struck_off".into(), on }, copied.clone());
    case.add(case.actor(), Action::message("QQ=="), copied);
    assert_eq!(case.authors(), [Good, Good, Good, Forged, Forged]);
}

#[test]
fn whatever_is_changed_in_a_signed_act_shows() {
    let change = |place: usize, change: &dyn Fn(&mut Event)| {
        let mut case = whole();
        change(&mut case.events[place]);
        case.rehash();
        case.authors()[place]
    };
    assert_eq!(change(1, &|_| ()), Good);
    assert_eq!(change(2, &|event| event.action = Action::message("RA==")), Forged);
    assert_eq!(change(3, &|event| event.action = Action::message("RA==")), Forged);
    assert_eq!(change(1, &|event| event.at += SIGNED_WITHIN_SECS + 1), Forged);
    assert_eq!(change(4, &|event| event.signed.as_mut().unwrap().at += 1), Forged);
    let other = Actor::Office { kid: "00".into(), role: Role::Town };
    assert_eq!(change(4, &|event| event.by = other.clone()), Forged);
    let promoted = |event: &mut Event| {
        if let Actor::Office { role, .. } = &mut event.by {
            *role = Role::Office;
        }
    };
    assert_eq!(change(4, &promoted), Forged);
}

#[test]
fn half_of_an_act_kept_back_or_an_act_put_elsewhere_shows() {
    for gone in [1, 2] {
        let mut case = whole();
        case.events.remove(gone);
        case.rehash();
        assert_eq!(case.authors()[1], Forged, "event {gone} was kept back");
    }
    let mut case = whole();
    case.events.swap(3, 4);
    case.rehash();
    let found = case.authors();
    assert_eq!(found[3], Forged, "the office's answer came before what it answers");
}

#[test]
fn an_officer_signs_up_to_the_last_day_and_only_while_on_the_card() {
    let case = whole();
    let judge = |staff: &[CardOfficer]| {
        authors((OFFICE, LOOKUP), &case.events, staff, Owner::Derived(&owner_key()))[1]
    };
    let until = |d| CardOfficer { last_day: NaiveDate::from_ymd_opt(2026, 3, d), ..case.card() };
    assert_eq!(judge(&[until(1)]), Good);
    let before = CardOfficer { last_day: NaiveDate::from_ymd_opt(2026, 2, 28), ..case.card() };
    assert_eq!(judge(&[before]), Forged);
    assert_eq!(judge(&[]), Forged);
    assert_eq!(judge(&[CardOfficer { role: Role::Office, ..case.card() }]), Forged);
}

#[test]
fn the_first_event_names_the_owners_key() {
    let (case, key, other) = (whole(), owner_key(), BASE64.encode(&public_key(&[6; 32])));
    let first =
        |case: &Case, owner: Owner<'_>| authors((OFFICE, LOOKUP), &case.events, &[case.card()], owner)[0];
    assert_eq!(first(&case, Owner::Letter(&key)), Good);
    assert_eq!(first(&case, Owner::Unknown), Good);
    for owner in [Owner::Derived(&other), Owner::Letter(&other), Owner::Letter("")] {
        assert_eq!(first(&case, owner), Forged, "{owner:?}");
    }
    let mut old = whole();
    old.events.truncate(1);
    old.events[0].action = Action::submitted("");
    old.rehash();
    assert_eq!(first(&old, Owner::Derived(&key)), Unsigned);
    assert_eq!(first(&old, Owner::Letter("")), Unsigned);
    assert_eq!(first(&old, Owner::Letter(&key)), Forged, "the letter names a key that was taken out");
}

#[test]
fn what_is_older_than_signatures_is_said_to_be_and_nothing_after_the_first_one_is() {
    let mut case = Case::new();
    case.events[0].action = Action::submitted("");
    case.rehash();
    case.add(case.actor(), Action::message("QQ=="), None);
    case.add(Actor::Applicant, Action::message("Qg=="), None);
    assert_eq!(case.authors(), [Unsigned; 3]);
    case.act(Some("town_review"), None);
    case.add(case.actor(), Action::message("QQ=="), None);
    // Its owner's key is known to nobody but the receipt.
    case.add(Actor::Applicant, Action::message("Qg=="), None);
    assert_eq!(case.authors(), [Unsigned, Unsigned, Unsigned, Good, Forged, Unsigned]);
}
