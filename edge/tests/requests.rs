//! Every request that needs no stored state to be judged, through the pure handlers.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod fixture;

use chrono::NaiveDate;
use edge::{
    api::{Incoming, Todo, prepare},
    settings::{Bindings, Settings},
};
use fixture::{Fixture, Kept, NOW, OFFICE, get};
use protocol::{
    CaseKind,
    case::{Aside, Submission},
    desk::{NewEvent, Role},
    error::ErrorCode,
    keyfile::KeyFile,
    limits::{ASSESS_BYTES, BODY_BYTES, ENVELOPE_CHARS, SIGNED_WITHIN_SECS, TICKETS_AT_ONCE},
    routes::Route,
    ticket::{NewTickets, Ticket},
};

#[test]
fn a_bad_submission_gets_its_code() {
    let fixture = Fixture::new();
    let good = fixture.submission();
    assert!(prepare(&fixture.settings, &fixture.submit(&good), NOW).is_ok());
    let cut: String = good.envelope.chars().take(good.envelope.len() - 400).collect();
    let resealed = |envelope: String| fixture.proved(Submission { envelope, ..good.clone() });
    for (submission, code) in [
        (Submission { lookup: "AB".into(), ..good.clone() }, ErrorCode::InvalidField),
        (Submission { token_hash: "00".into(), ..good.clone() }, ErrorCode::InvalidField),
        (Submission { reply_to: "age1short".into(), ..good.clone() }, ErrorCode::InvalidField),
        (Submission { reply_to: misread(&good.reply_to), ..good.clone() }, ErrorCode::InvalidField),
        (Submission { owner_key: "AAAA".into(), ..good.clone() }, ErrorCode::InvalidField),
        (Submission { office: "qujing-2018".into(), ..good.clone() }, ErrorCode::InvalidField),
        (resealed("not base64!".into()), ErrorCode::EnvelopeInvalid),
        (resealed("QUJD".into()), ErrorCode::EnvelopeInvalid),
        (resealed(cut), ErrorCode::EnvelopeInvalid),
        (resealed("A".repeat(ENVELOPE_CHARS + 4)), ErrorCode::TooLarge),
        // As short as a message: its size would tell what it is.
        (resealed(fixture.envelope("短信")), ErrorCode::EnvelopeInvalid),
        (Submission { envelope: fixture.letter("另一封"), ..good.clone() }, ErrorCode::ProofInvalid),
        (Submission { kind: CaseKind::Application, ..good.clone() }, ErrorCode::ProofInvalid),
        (Submission { token_hash: "0".repeat(64), ..good.clone() }, ErrorCode::ProofInvalid),
    ] {
        assert_eq!(fixture.refused(&fixture.submit(&submission)), code);
    }
    let late = prepare(&fixture.settings, &fixture.submit(&good), NOW + 901);
    assert_eq!(late.unwrap_err().code, ErrorCode::ProofExpired);
    let early = prepare(&fixture.settings, &fixture.submit(&good), NOW - 61);
    assert_eq!(early.unwrap_err().code, ErrorCode::ProofExpired);
    let swap = Submission { office: "qujing-2018".into(), kind: CaseKind::Swap, ..good.clone() };
    let swap = fixture.post(Route::Submit { office: "qujing-2018" }, &swap);
    assert_eq!(fixture.refused(&swap), ErrorCode::KindNotOffered);
    let elsewhere = fixture.post(Route::Submit { office: "atlantis-1" }, &good);
    assert_eq!(fixture.refused(&elsewhere), ErrorCode::UnknownOffice);
}

#[test]
fn a_bad_body_gets_its_code() {
    let fixture = Fixture::new();
    let mut request = fixture.submit(&fixture.submission());
    request.content_type = Some("text/plain".into());
    assert_eq!(fixture.refused(&request), ErrorCode::UnsupportedMediaType);
    request.content_type = Some("application/json".into());
    request.body.truncate(request.body.len() / 2);
    assert_eq!(fixture.refused(&request), ErrorCode::InvalidJson);
    request.body = vec![b' '; BODY_BYTES + 1];
    assert_eq!(fixture.refused(&request), ErrorCode::TooLarge);
    request.body = br#"{"name":"unexpected"}"#.to_vec();
    assert_eq!(fixture.refused(&request), ErrorCode::InvalidJson);
    for body in [&b"\xff\xfe"[..], b"[[[[[[", b"null", b"1e999", b"\"\\ud800\""] {
        request.body = body.to_vec();
        assert_eq!(fixture.refused(&request), ErrorCode::InvalidJson);
    }
}

/// A recipient with one other letter, as nobody can open what is sealed to it.
fn misread(recipient: &str) -> String {
    let other = if recipient.ends_with('q') { 'p' } else { 'q' };
    recipient.chars().take(recipient.len() - 1).chain([other]).collect()
}

#[test]
fn an_assessment_costs_little_however_it_is_asked_for() {
    let fixture = Fixture::new();
    let body = serde_json::json!({"document": OFFICE, "on": "2026-03-01", "household": {}});
    let mut request = fixture.post(Route::Assess {}, &body);
    request.body.resize(ASSESS_BYTES, b' ');
    assert!(
        matches!(prepare(&fixture.settings, &request, NOW), Ok(Todo::Answer(reply)) if reply.status == 200)
    );
    request.body.push(b' ');
    assert_eq!(fixture.refused(&request), ErrorCode::TooLarge);
}

#[test]
fn assessments_are_checked_and_stateless() {
    let fixture = Fixture::new();
    let ask = |household: serde_json::Value| {
        let body = serde_json::json!({"document": OFFICE, "on": "2026-03-01", "household": household});
        prepare(&fixture.settings, &fixture.post(Route::Assess {}, &body), NOW)
    };
    assert!(matches!(ask(serde_json::json!({})), Ok(Todo::Answer(reply)) if reply.status == 200));
    let problem = ask(serde_json::json!({"facts": {"people": -1}})).unwrap_err();
    assert_eq!(problem.code, ErrorCode::FactsInvalid);
    assert!(problem.field.unwrap().contains("people") && !problem.facts.is_empty());
    let atlantis = serde_json::json!({"document": "atlantis-1", "on": "2026-03-01", "household": {}});
    let request = fixture.post(Route::Assess {}, &atlantis);
    assert_eq!(fixture.refused(&request), ErrorCode::UnknownDocument);
}

#[test]
fn a_desk_request_needs_a_fitting_signature() {
    let fixture = Fixture::new();
    let inbox = get(Route::Inbox { office: OFFICE });
    assert_eq!(fixture.refused(&inbox), ErrorCode::SignatureMissing);
    let ok = fixture.signed(&fixture.key, inbox.clone(), NOW);
    assert!(prepare(&fixture.settings, &ok, NOW).is_ok());
    let old = fixture.signed(&fixture.key, inbox.clone(), NOW - 301);
    assert_eq!(fixture.refused(&old), ErrorCode::SignatureExpired);
    let stranger = KeyFile::generate(OFFICE, Role::Office).unwrap();
    let unknown = fixture.signed(&stranger, inbox.clone(), NOW);
    assert_eq!(fixture.refused(&unknown), ErrorCode::SignatureInvalid);
    let promoted = KeyFile { role: Role::Office, ..fixture.auditor.clone() };
    let promoted = fixture.signed(&promoted, inbox.clone(), NOW);
    assert_eq!(fixture.refused(&promoted), ErrorCode::SignatureInvalid);
    let forged = KeyFile { signing: stranger.signing, ..fixture.key.clone() };
    let forged = fixture.signed(&forged, inbox.clone(), NOW);
    assert_eq!(fixture.refused(&forged), ErrorCode::SignatureInvalid);
    let mut moved = ok.clone();
    moved.path = Route::Audit { office: OFFICE }.to_path();
    assert_eq!(fixture.refused(&moved), ErrorCode::SignatureInvalid);
    let mut other_office = ok;
    other_office.path = Route::Inbox { office: "qujing-2018" }.to_path();
    assert_eq!(fixture.refused(&other_office), ErrorCode::SignatureInvalid);
    let bearer = Incoming { authorization: Some("Bearer x".into()), ..inbox };
    assert_eq!(fixture.refused(&bearer), ErrorCode::SignatureMissing);
}

#[test]
fn an_auditor_reads_and_never_writes() {
    let fixture = Fixture::new();
    let audit = fixture.signed(&fixture.auditor, get(Route::Audit { office: OFFICE }), NOW);
    assert!(prepare(&fixture.settings, &audit, NOW).is_ok());
    let lookup = "0".repeat(32);
    let act = Route::Act { office: OFFICE, lookup: &lookup };
    let event = NewEvent {
        id: "0123456789abcdef".into(),
        expected_head: "0".repeat(64),
        stage: Some("verifying".into()),
        on: NaiveDate::from_ymd_opt(2026, 9, 21),
        ..NewEvent::default()
    };
    let write = fixture.signed(&fixture.auditor, fixture.post(act, &event), NOW);
    assert_eq!(fixture.refused(&write), ErrorCode::RoleForbidden);
    let mut tampered = fixture.signed(&fixture.key, fixture.post(act, &event), NOW);
    tampered.body.push(b' ');
    assert_eq!(fixture.refused(&tampered), ErrorCode::SignatureInvalid);
}

#[test]
fn an_act_stays_signed_by_the_key_that_asked_for_it_and_for_this_act_alone() {
    let fixture = Fixture::new();
    let lookup = "0".repeat(32);
    let route = Route::Act { office: OFFICE, lookup: &lookup };
    let act = NewEvent {
        id: "0123456789abcdef".into(),
        expected_head: "0".repeat(64),
        stage: Some("verifying".into()),
        on: NaiveDate::from_ymd_opt(2026, 9, 21),
        envelope: Some(fixture.envelope("已受理")),
        ..NewEvent::default()
    }
    .signed_by(&fixture.key, &lookup, NOW);
    let ask = |event: &NewEvent| fixture.signed(&fixture.key, fixture.post(route, event), NOW);
    assert!(prepare(&fixture.settings, &ask(&act), NOW).is_ok());
    let elsewhere = "1".repeat(32);
    let stranger = KeyFile::generate(OFFICE, Role::Office).unwrap();
    for other in [
        NewEvent { signature: String::new(), ..act.clone() },
        NewEvent { stage: Some("closed".into()), ..act.clone() },
        NewEvent { on: NaiveDate::from_ymd_opt(2026, 9, 20), ..act.clone() },
        NewEvent { envelope: Some(fixture.envelope("另一封")), ..act.clone() },
        NewEvent { envelope: None, ..act.clone() },
        NewEvent { expected_head: "1".repeat(64), ..act.clone() },
        NewEvent { aside: Some(Aside::Unusable), ..act.clone() },
        NewEvent { signed_at: NOW - 1, ..act.clone() },
        act.clone().signed_by(&fixture.key, &elsewhere, NOW),
        act.clone().signed_by(&fixture.key, &lookup, NOW - SIGNED_WITHIN_SECS - 1),
        act.clone().signed_by(&fixture.key, &lookup, NOW + SIGNED_WITHIN_SECS + 1),
        act.clone().signed_by(&fixture.auditor, &lookup, NOW),
        act.clone().signed_by(&stranger, &lookup, NOW),
    ] {
        assert_eq!(fixture.refused(&ask(&other)), ErrorCode::ActUnsigned, "{other:?}");
    }
    let aside =
        NewEvent { stage: None, on: None, envelope: None, aside: Some(Aside::Unopened), ..act.clone() };
    let aside = aside.signed_by(&fixture.key, &lookup, NOW);
    assert!(prepare(&fixture.settings, &ask(&aside), NOW).is_ok());
    let other = NewEvent { aside: Some(Aside::Unusable), ..aside };
    assert_eq!(fixture.refused(&ask(&other)), ErrorCode::ActUnsigned, "for another reason than was signed");
    let early = act.signed_by(&fixture.key, &lookup, NOW - SIGNED_WITHIN_SECS);
    assert!(prepare(&fixture.settings, &ask(&early), NOW).is_ok());
}

#[test]
fn a_key_signs_up_to_its_last_day_in_china() {
    let fixture = Fixture::new();
    let inbox = get(Route::Inbox { office: OFFICE });
    let today = edge::clock::day_in_china(NOW);
    let on = |last_day: Option<NaiveDate>| {
        let officer = serde_json::json!({
            "kid": fixture.key.kid, "role": "office", "public_key": fixture.key.public_key(), "last_day": last_day,
        });
        let offices = serde_json::json!({ OFFICE: { "staff": [officer] } }).to_string();
        let settings = Settings::parse(&Bindings { offices: &offices, ..Bindings::default() }).unwrap();
        let request = fixture.signed(&fixture.key, inbox.clone(), NOW);
        prepare(&settings, &request, NOW).map(drop).map_err(|refused| refused.code)
    };
    assert_eq!((on(None), on(Some(today))), (Ok(()), Ok(())));
    assert_eq!(on(today.pred_opt()), Err(ErrorCode::SignatureInvalid.into()));
}

#[test]
fn a_ticket_is_read_as_it_was_written_and_proved_with_the_letter_that_brings_it() {
    let fixture = Fixture::new();
    let ticket = Ticket::from_entropy([7; 8]);
    let with = |text: &str| Submission { ticket: Some(text.to_owned()), ..fixture.submission() };
    for text in ["", "123", "0000000001", &ticket.grouped(), "１２３４５６７８９０"] {
        let sent = fixture.proved(with(text));
        assert_eq!(fixture.refused(&fixture.submit(&sent)), ErrorCode::InvalidField, "{text}");
    }
    // The proof of the letter alone is none for a try of a ticket.
    assert_eq!(fixture.refused(&fixture.submit(&with(&ticket.plain()))), ErrorCode::ProofInvalid);
    let sent = fixture.proved(with(&ticket.plain()));
    let Ok(Todo::Case { call, .. }) = prepare(&fixture.settings, &fixture.submit(&sent), NOW) else {
        panic!("a good ticket was refused");
    };
    let (change, _) = Kept::default().call(call.clone(), NOW).unwrap();
    let brought = change.admission.unwrap().ticket.unwrap();
    assert_eq!((brought.hash, brought.lookup), (ticket.hash(OFFICE), sent.lookup));
    // The same letter again is the same, and no ticket is asked for any more.
    let mut kept = Kept::default();
    kept.call(call.clone(), NOW).unwrap();
    assert_eq!(kept.call(call, NOW).unwrap().0.admission, None);
}

#[test]
fn tickets_are_made_by_who_may_write_so_many_at_once_and_the_server_learns_their_hashes_alone() {
    let fixture = Fixture::new();
    let ask = |key: &KeyFile, count: usize, hash: &str| {
        let request = NewTickets { id: "0123456789abcdef".into(), hashes: vec![hash.to_owned(); count] };
        fixture.signed(key, fixture.post(Route::Tickets { office: OFFICE }, &request), NOW)
    };
    let hash = "0".repeat(64);
    for count in [1, TICKETS_AT_ONCE] {
        assert!(prepare(&fixture.settings, &ask(&fixture.key, count, &hash), NOW).is_ok());
    }
    for (count, hash) in [(0, hash.as_str()), (TICKETS_AT_ONCE + 1, &hash), (1, "0123456789")] {
        assert_eq!(fixture.refused(&ask(&fixture.key, count, hash)), ErrorCode::InvalidField);
    }
    for key in [&fixture.auditor, &fixture.supervisor] {
        assert_eq!(fixture.refused(&ask(key, 1, &hash)), ErrorCode::RoleForbidden, "{:?}", key.role);
    }
}
