//! What is said about the office itself: who may send it, who opens it, in whose list it stands.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod fixture;

use edge::api::{Todo, prepare};
use edge::case::CaseCall;
use fixture::{Fixture, Kept, NOW, OFFICE, event, get};
use protocol::{
    CaseKind,
    addressee::Addressee,
    case::{Action, Aside, Submission},
    desk::{NewEvent, Role},
    error::ErrorCode,
    keyfile::KeyFile,
    receipt::token_hash,
    routes::Route,
};

const OTHERS: [Role; 5] = [Role::Community, Role::Town, Role::Office, Role::Department, Role::Auditor];

fn about_the_office(fixture: &Fixture) -> Submission {
    fixture.proved(Submission { addressee: Addressee::Supervisor, ..fixture.submission() })
}

fn opened(fixture: &Fixture) -> Kept {
    let submission = fixture.submit(&about_the_office(fixture));
    let Ok(Todo::Case { call, .. }) = prepare(&fixture.settings, &submission, NOW) else {
        panic!("it was refused")
    };
    let mut kept = Kept::default();
    kept.call(call, NOW).unwrap();
    kept
}

#[test]
fn it_is_taken_only_as_a_tip_off_and_where_somebody_opens_it() {
    let fixture = Fixture::new();
    let good = about_the_office(&fixture);
    assert!(prepare(&fixture.settings, &fixture.submit(&good), NOW).is_ok());
    let application = fixture.proved(Submission { kind: CaseKind::Application, ..good.clone() });
    let refused = |request| prepare(&fixture.settings, &request, NOW).unwrap_err();
    let problem = refused(fixture.submit(&application));
    assert_eq!((problem.code, problem.field.as_deref()), (ErrorCode::InvalidField.into(), Some("addressee")));
    let nobody = fixture.proved(Submission { office: "qujing-2018".into(), ..good.clone() });
    let problem = refused(fixture.post(Route::Submit { office: "qujing-2018" }, &nobody));
    assert_eq!(problem.field.as_deref(), Some("addressee"));
    // The proof is for this addressee and no other.
    let turned = Submission { addressee: Addressee::Office, ..good };
    assert_eq!(fixture.refused(&fixture.submit(&turned)), ErrorCode::ProofInvalid);
}

#[test]
fn a_supervisor_alone_opens_and_moves_it() {
    let fixture = Fixture::new();
    let mut kept = opened(&fixture);
    for role in OTHERS {
        let office = || OFFICE.to_owned();
        for call in [
            CaseCall::Open { office: office(), role, from: 0 },
            CaseCall::OpenThread { office: office(), role, from: 0 },
        ] {
            assert_eq!(kept.refused(call, NOW), ErrorCode::RoleForbidden, "{role:?}");
        }
        for act in [
            NewEvent { envelope: Some("A".into()), ..event("a") },
            NewEvent { aside: Some(Aside::Unopened), ..event("c") },
        ] {
            let refused = kept.act_as(&fixture, role, act, NOW).unwrap_err();
            assert_eq!(refused.code, ErrorCode::RoleForbidden, "{role:?}");
        }
    }
    for (id, how) in [("d", Aside::Unopened), ("e", Aside::Back)] {
        let aside = NewEvent { aside: Some(how), ..event(id) };
        kept.act_as(&fixture, Role::Supervisor, aside, NOW).unwrap();
    }
    kept.call(CaseCall::Open { office: OFFICE.into(), role: Role::Supervisor, from: 0 }, NOW).unwrap();
    let on = Some(edge::clock::day_in_china(NOW));
    let moved = NewEvent { stage: Some("verifying".into()), on, ..event("b") };
    kept.act_as(&fixture, Role::Supervisor, moved, NOW).unwrap();
    let view = kept.view(&token_hash(&fixture.receipt.token).unwrap());
    assert_eq!((view.stage.as_str(), view.mail().addressee), ("verifying", Addressee::Supervisor));
    assert!(matches!(view.events[0].action, Action::Submitted { addressee: Addressee::Supervisor, .. }));
    // And nothing of what is the office's.
    let (mut tip_off, _) = fixture::opened(&fixture);
    let open = CaseCall::Open { office: OFFICE.into(), role: Role::Supervisor, from: 0 };
    assert_eq!(tip_off.refused(open, NOW), ErrorCode::RoleForbidden);
}

#[test]
fn it_stands_in_a_list_and_a_trail_of_its_own() {
    let fixture = Fixture::new();
    let list = |key: &KeyFile, route: Route<'_>| {
        let asked = fixture.signed(key, get(route), NOW);
        match prepare(&fixture.settings, &asked, NOW) {
            Ok(Todo::Office { list, .. } | Todo::NotedCase { list, .. }) => list,
            other => panic!("{other:?}"),
        }
    };
    let lookup = "0".repeat(32);
    for route in [
        Route::Inbox { office: OFFICE },
        Route::Audit { office: OFFICE },
        Route::Open { office: OFFICE, lookup: &lookup },
        Route::OpenThread { office: OFFICE, lookup: &lookup },
    ] {
        assert_eq!(list(&fixture.key, route), OFFICE);
        assert_eq!(list(&fixture.supervisor, route), "yongshun-2023:supervisor");
    }
    assert_eq!(opened(&fixture).file().list(), "yongshun-2023:supervisor");
    assert_eq!(fixture::opened(&fixture).0.file().list(), OFFICE);
}
