//! A tip-off passed on to somebody who could not open it: who may, to whom, and in whose lists it stands then.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod fixture;

use edge::api::prepare;
use edge::case::CaseCall;
use edge::case::papers::{By, PapersAsk, PapersCall};
use fixture::{Fixture, Kept, NOW, OFFICE, event, message, opened, opened_as};
use protocol::{
    CaseKind,
    addressee::Addressee,
    case::{Action, Submission},
    desk::{AuditAction, NewEvent, Role},
    error::ErrorCode,
    handover::{Handover, PassingOn},
    receipt::token_hash,
    routes::Route,
};

fn passing(fixture: &Fixture, id: &str, to: &str, role: Role) -> NewEvent {
    let handover = Handover { card: 1, envelope: fixture.envelope("钥匙") };
    NewEvent { passing_on: Some(PassingOn { to: to.into(), role, handover }), ..event(id) }
}

fn may_open(kept: &mut Kept, role: Role) -> bool {
    let open = CaseCall::Open { office: OFFICE.into(), role, from: 0 };
    let by = By::Staff { office: OFFICE.into(), role };
    let papers = kept.file().admits(&PapersCall { by, ask: PapersAsk::List }.by).is_ok();
    let letter = kept.call(open, NOW).is_ok();
    assert_eq!(papers, letter, "letter and papers go together");
    letter
}

#[test]
fn who_receives_it_opens_it_and_the_office_goes_on_seeing_it() {
    let fixture = Fixture::new();
    let (mut kept, _) = opened(&fixture);
    assert!(!may_open(&mut kept, Role::Supervisor) && !may_open(&mut kept, Role::Community));
    let event = passing(&fixture, "a", &fixture.supervisor.kid, Role::Supervisor);
    let keys = event.envelope_hash().unwrap();
    let (change, _) = kept.act(&fixture, event).unwrap();
    assert!(change.handover.is_some(), "the keys do not go with it");
    let [(told, None)] = change.events.as_slice() else { panic!("{change:?}") };
    let to = fixture.supervisor.kid.clone();
    let action = Action::PassedOn { to: to.clone(), role: Role::Supervisor, keys_hash: keys };
    assert_eq!((&told.action, told.signed.is_some()), (&action, true));
    let [delivery] = change.outbox.as_slice() else { panic!("{change:?}") };
    assert_eq!(delivery.deed.as_ref().unwrap().action, AuditAction::PassedOn { to });
    assert!(delivery.row.waiting_for_office, "whoever waited waits on");
    // In both lists, and what was done in the trail of those who did it.
    let supervisors = format!("{OFFICE}:supervisor");
    let told = |list: &str| delivery.for_list(OFFICE, list).deed.is_some();
    assert!(told(OFFICE) && !told(&supervisors));
    assert!(may_open(&mut kept, Role::Supervisor) && may_open(&mut kept, Role::Office));
    assert!(!may_open(&mut kept, Role::Community), "it was passed on to nobody else");
    let view = kept.view(&token_hash(&fixture.receipt.token).unwrap());
    assert!(view.mail().supervised && view.mail().addressee == Addressee::Office);
    let moved = NewEvent {
        stage: Some("verifying".into()),
        on: Some(edge::clock::day_in_china(NOW)),
        ..fixture::event("b")
    };
    kept.act_as(&fixture, Role::Supervisor, moved, NOW).unwrap();
    kept.call(message(&fixture, 0, "A".repeat(8)), NOW).unwrap();
}

#[test]
fn only_an_ordinary_tip_off_is_passed_on_by_an_act_of_its_own() {
    let fixture = Fixture::new();
    let to = || fixture.supervisor.kid.clone();
    let (mut kept, _) = opened(&fixture);
    let with_more =
        NewEvent { envelope: Some("QQ==".into()), ..passing(&fixture, "a", &to(), Role::Supervisor) };
    assert_eq!(kept.act_refused(&fixture, with_more), ErrorCode::InvalidField);
    let (mut other, _) = opened_as(&fixture, CaseKind::Application);
    let event = passing(&fixture, "b", &to(), Role::Supervisor);
    assert_eq!(other.act_refused(&fixture, event.clone()), ErrorCode::InvalidField);
    let about = fixture.proved(Submission { addressee: Addressee::Supervisor, ..fixture.submission() });
    let Ok(edge::api::Todo::Case { call, .. }) = prepare(&fixture.settings, &fixture.submit(&about), NOW)
    else {
        panic!("it was refused")
    };
    let mut theirs = Kept::default();
    theirs.call(call, NOW).unwrap();
    let refused = theirs.act_as(&fixture, Role::Supervisor, event, NOW).unwrap_err();
    assert_eq!(refused.code, ErrorCode::InvalidField, "it was promised to its supervisors alone");
}

#[test]
fn it_goes_to_a_registered_key_of_that_role_and_is_signed_with_it() {
    let fixture = Fixture::new();
    let lookup = "0".repeat(32);
    let route = Route::Act { office: OFFICE, lookup: &lookup };
    let signed = |to: &str, role| {
        let event = NewEvent { expected_head: "0".repeat(64), ..passing(&fixture, "a", to, role) };
        event.signed_by(&fixture.key, &lookup, NOW)
    };
    let ask = |event: &NewEvent| fixture.signed(&fixture.key, fixture.post(route, event), NOW);
    let good = signed(&fixture.supervisor.kid, Role::Supervisor);
    assert!(prepare(&fixture.settings, &ask(&good), NOW).is_ok());
    for (to, role) in [
        (fixture.supervisor.kid.as_str(), Role::Office),
        ("0123456789abcdef", Role::Supervisor),
        (&fixture.auditor.kid, Role::Auditor),
    ] {
        assert_eq!(fixture.refused(&ask(&signed(to, role))), ErrorCode::InvalidField, "{to}");
    }
    let mut other = good;
    other.passing_on.as_mut().unwrap().handover.envelope = fixture.envelope("别的钥匙");
    assert_eq!(fixture.refused(&ask(&other)), ErrorCode::ActUnsigned, "other keys than were signed");
}
