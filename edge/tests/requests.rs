//! Every request that needs no stored state to be judged, and the life of a case, through the pure handlers.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use chrono::NaiveDate;
use edge::{
    api::{Incoming, Todo, prepare},
    auth::Staff,
    case::{
        CaseAnswer, CaseCall,
        file::{CaseFile, Change, decide},
    },
    settings::Settings,
};
use protocol::{
    CaseKind,
    authorization::Authorization,
    case::{NewMessage, Proof, Submission, Withdrawal},
    chain,
    desk::{NewEvent, Role},
    error::{Code, ErrorCode},
    hash::sha256_hex,
    keyfile::KeyFile,
    letter::Letter,
    limits::{BODY_BYTES, ENVELOPE_CHARS, EVENTS, OWNER_CHARS, OWNER_EVENTS, THREAD_CHARS},
    proof::{Subject, search},
    receipt::{ReceiptCode, ReceiptKeys, derive, token_hash},
    routes::Route,
    seal,
    staff::{Claims, sign},
};

const OFFICE: &str = "yongshun-2023";
const NOW: u64 = 1_790_000_000;
const BITS: u32 = 10;

struct Fixture {
    settings: Settings,
    key: KeyFile,
    auditor: KeyFile,
    receipt: ReceiptKeys,
}

impl Fixture {
    fn new() -> Self {
        let key = KeyFile::generate(OFFICE, Role::Office).unwrap();
        let auditor = KeyFile::generate(OFFICE, Role::Auditor).unwrap();
        let staff: Vec<_> = [&key, &auditor]
            .iter()
            .map(|key| {
                serde_json::json!({"kid": key.kid, "role": key.role.id(), "public_key": key.public_key()})
            })
            .collect();
        let offices = serde_json::json!({OFFICE: {"staff": staff}, "qujing-2018": {}}).to_string();
        let settings = Settings::parse(&offices, &BITS.to_string(), "", "").unwrap();
        let receipt = derive(&ReceiptCode::from_entropy([5; 16])).unwrap();
        Self { settings, key, auditor, receipt }
    }

    fn envelope(&self, text: &str) -> String {
        let padded = Letter::message(text).to_padded();
        seal::seal_envelope(&[&self.key.recipient, &self.receipt.recipient], &padded).unwrap()
    }

    fn submission(&self) -> Submission {
        let envelope = self.envelope("测试");
        let proof = self.proof(&envelope);
        Submission {
            office: OFFICE.into(),
            kind: CaseKind::TipOff,
            lookup: self.receipt.lookup.clone(),
            token_hash: token_hash(&self.receipt.token).unwrap(),
            reply_to: self.receipt.recipient.clone(),
            envelope,
            proof,
        }
    }

    fn proof(&self, envelope: &str) -> Proof {
        let envelope_hash = &sha256_hex(envelope.as_bytes());
        search(Subject { office: OFFICE, lookup: &self.receipt.lookup, envelope_hash }, NOW, BITS)
    }

    fn post<T: serde::Serialize>(&self, route: Route<'_>, body: &T) -> Incoming {
        Incoming {
            method: "POST".into(),
            path: route.to_path(),
            content_type: Some("application/json; charset=utf-8".into()),
            body: serde_json::to_vec(body).unwrap(),
            authorization: None,
        }
    }

    fn submit(&self, submission: &Submission) -> Incoming {
        self.post(Route::Submit { office: OFFICE }, submission)
    }

    fn signed(&self, key: &KeyFile, mut request: Incoming, now: u64) -> Incoming {
        let who = (key.kid.as_str(), key.office.as_str(), key.role);
        let claims = Claims::new(who, now, &request.method, &request.path, &request.body);
        request.authorization = Some(Authorization::Staff(sign(&key.signing, &claims)).header());
        request
    }

    fn refused(&self, request: &Incoming) -> Code {
        match prepare(&self.settings, request, NOW) {
            Err(problem) => problem.code,
            Ok(_) => panic!("{} was let through", request.path),
        }
    }
}

fn get(route: Route<'_>) -> Incoming {
    Incoming { method: "GET".into(), path: route.to_path(), ..Incoming::default() }
}

fn opened(fixture: &Fixture) -> (Option<CaseFile>, Submission) {
    let submission = fixture.submission();
    let Ok(Todo::Case { call, .. }) = prepare(&fixture.settings, &fixture.submit(&submission), NOW) else {
        panic!("a good submission was refused");
    };
    let mut file = None;
    let (change, _) = decide(&mut file, call, NOW).unwrap();
    assert_eq!((change.head, change.events, change.outbox.len()), (true, 1, 1));
    (file, submission)
}

#[test]
fn a_bad_submission_gets_its_code() {
    let fixture = Fixture::new();
    let good = fixture.submission();
    assert!(prepare(&fixture.settings, &fixture.submit(&good), NOW).is_ok());
    let cut: String = good.envelope.chars().take(good.envelope.len() - 400).collect();
    let resealed =
        |envelope: String| Submission { proof: fixture.proof(&envelope), envelope, ..good.clone() };
    for (submission, code) in [
        (Submission { lookup: "AB".into(), ..good.clone() }, ErrorCode::InvalidField),
        (Submission { token_hash: "00".into(), ..good.clone() }, ErrorCode::InvalidField),
        (Submission { reply_to: "age1short".into(), ..good.clone() }, ErrorCode::InvalidField),
        (Submission { office: "qujing-2018".into(), ..good.clone() }, ErrorCode::InvalidField),
        (resealed("not base64!".into()), ErrorCode::EnvelopeInvalid),
        (resealed("QUJD".into()), ErrorCode::EnvelopeInvalid),
        (resealed(cut), ErrorCode::EnvelopeInvalid),
        (resealed("A".repeat(ENVELOPE_CHARS + 4)), ErrorCode::TooLarge),
        (Submission { envelope: fixture.envelope("另一封"), ..good.clone() }, ErrorCode::ProofInvalid),
    ] {
        assert_eq!(fixture.refused(&fixture.submit(&submission)), code);
    }
    let late = prepare(&fixture.settings, &fixture.submit(&good), NOW + 901);
    assert_eq!(late.unwrap_err().code, ErrorCode::ProofExpired);
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
        stage: Some("verifying".into()),
        on: NaiveDate::from_ymd_opt(2026, 9, 21),
        envelope: None,
    };
    let write = fixture.signed(&fixture.auditor, fixture.post(act, &event), NOW);
    assert_eq!(fixture.refused(&write), ErrorCode::RoleForbidden);
    let mut tampered = fixture.signed(&fixture.key, fixture.post(act, &event), NOW);
    tampered.body.push(b' ');
    assert_eq!(fixture.refused(&tampered), ErrorCode::SignatureInvalid);
}

#[test]
fn the_same_submission_is_one_case_and_another_is_refused() {
    let fixture = Fixture::new();
    let (mut file, submission) = opened(&fixture);
    let call =
        |submission: Submission| CaseCall::Submit { submission, stage: "submitted".into(), daily_cap: 1 };
    let before = file.clone();
    let again = Submission { proof: Proof { stamp: 1, nonce: 1 }, ..submission.clone() };
    let (change, answer) = decide(&mut file, call(again), NOW + 99).unwrap();
    assert_eq!(change, Change::default());
    let CaseAnswer::Acknowledged { acknowledgement, again: true } = answer else {
        panic!("not acknowledged again");
    };
    assert_eq!(acknowledgement.received_at, NOW);
    let other = Submission { envelope: fixture.envelope("另一封"), ..submission };
    let refused = decide(&mut file, call(other), NOW).unwrap_err();
    assert_eq!(refused.code, ErrorCode::CaseExists);
    assert_eq!(file, before);
}

#[test]
fn messages_and_withdrawal_are_bound_to_receipt_request_and_time() {
    let fixture = Fixture::new();
    let (mut file, _) = opened(&fixture);
    let token = token_hash(&fixture.receipt.token).unwrap();
    let envelope = fixture.envelope("请问进度");
    let message = NewMessage { id: "message-000000001".into(), proof: fixture.proof(&envelope), envelope };
    let call = |token_hash: &str, message: NewMessage| CaseCall::Message {
        token_hash: token_hash.into(),
        message,
        proof_bits: BITS,
    };
    let code = |result: Result<_, protocol::error::Problem>| match result {
        Err(problem) => problem.code,
        Ok::<(Change, CaseAnswer), _>(_) => panic!("was let through"),
    };
    let stranger = decide(&mut file, call("00", message.clone()), NOW);
    assert_eq!(code(stranger), ErrorCode::UnknownCase);
    let idle = NewMessage { proof: Proof { stamp: NOW + 1, nonce: 0 }, ..message.clone() };
    assert_eq!(code(decide(&mut file, call(&token, idle), NOW)), ErrorCode::ProofInvalid);
    let (change, _) = decide(&mut file, call(&token, message.clone()), NOW).unwrap();
    assert_eq!(change.events, 1);
    let (again, _) = decide(&mut file, call(&token, message.clone()), NOW + 5000).unwrap();
    assert_eq!(again, Change::default());
    let reused = NewMessage { envelope: fixture.envelope("换内容"), ..message };
    assert_eq!(code(decide(&mut file, call(&token, reused), NOW)), ErrorCode::RequestReused);
    let withdraw = || CaseCall::Withdraw {
        token_hash: token.clone(),
        withdrawal: Withdrawal { id: "withdraw-00000001".into() },
    };
    let late = decide(&mut file, withdraw(), NOW + 601);
    assert_eq!(code(late), ErrorCode::WithdrawTooLate);
    let (_, CaseAnswer::View(view)) = decide(&mut file, withdraw(), NOW + 600).unwrap() else {
        panic!("no view");
    };
    assert!(view.withdrawn);
    assert_eq!(chain::verify_view(&view, None), Ok(()));
    assert_eq!(file.as_ref().unwrap().envelope, "");
    let (again, _) = decide(&mut file, withdraw(), NOW + 9000).unwrap();
    assert_eq!(again, Change::default());
    let staff = Staff { kid: fixture.key.kid.clone(), role: Role::Office };
    let event = NewEvent {
        id: "0123456789abcdef".into(),
        stage: None,
        on: None,
        envelope: Some(fixture.envelope("太晚")),
    };
    let act = CaseCall::Act { office: OFFICE.into(), staff, event };
    assert_eq!(code(decide(&mut file, act, NOW)), ErrorCode::CaseClosed);
}

#[test]
fn the_office_moves_a_case_only_along_its_procedure_and_only_to_days_that_were() {
    let fixture = Fixture::new();
    let (mut file, _) = opened(&fixture);
    let staff = Staff { kid: fixture.key.kid.clone(), role: Role::Office };
    let today = edge::clock::day_in_china(NOW);
    let act = |id: &str, stage: &str, on: Option<NaiveDate>| CaseCall::Act {
        office: OFFICE.into(),
        staff: staff.clone(),
        event: NewEvent {
            id: format!("event-00000000-{id}"),
            stage: Some(stage.into()),
            on,
            envelope: Some(fixture.envelope("已受理")),
        },
    };
    for (call, code) in [
        (act("a", "closed", Some(today)), ErrorCode::StageUnreachable),
        (act("b", "verifying", today.pred_opt()), ErrorCode::DateInvalid),
        (act("c", "verifying", today.succ_opt()), ErrorCode::DateInvalid),
        (act("d", "verifying", None), ErrorCode::DateInvalid),
    ] {
        let before = file.clone();
        assert_eq!(decide(&mut file, call, NOW).unwrap_err().code, code);
        assert_eq!(file, before, "a refusal must change nothing");
    }
    let (change, _) = decide(&mut file, act("e", "verifying", Some(today)), NOW).unwrap();
    assert_eq!((change.events, change.outbox.len()), (2, 2));
    let (again, CaseAnswer::Desk(case)) = decide(&mut file, act("f", "closed", Some(today)), NOW).unwrap()
    else {
        panic!("no desk case");
    };
    assert_eq!((again.events, case.view.stage.as_str()), (2, "closed"));
    assert_eq!(chain::verify_view(&case.view, None), Ok(()));
    let elsewhere = CaseCall::Open { office: "qujing-2018".into() };
    let refused = decide(&mut file, elsewhere, NOW).unwrap_err();
    assert_eq!(refused.code, ErrorCode::UnknownCase);
}

#[test]
fn a_case_takes_so_many_events_and_no_more() {
    let fixture = Fixture::new();
    let (mut file, _) = opened(&fixture);
    let staff = Staff { kid: fixture.key.kid.clone(), role: Role::Office };
    let envelope = fixture.envelope("第几封");
    let act = |n: usize| CaseCall::Act {
        office: OFFICE.into(),
        staff: staff.clone(),
        event: NewEvent {
            id: format!("event-00000000-{n}"),
            stage: None,
            on: None,
            envelope: Some(envelope.clone()),
        },
    };
    for n in 1..EVENTS {
        decide(&mut file, act(n), NOW).unwrap();
    }
    assert_eq!(decide(&mut file, act(EVENTS), NOW).unwrap_err().code, ErrorCode::CaseFull);
}

#[test]
fn an_owner_cannot_fill_a_case_so_that_the_office_can_no_longer_act() {
    let fixture = Fixture::new();
    let token = token_hash(&fixture.receipt.token).unwrap();
    // Work of no bits: what counts here comes after it.
    let write = |n: usize, envelope: String| CaseCall::Message {
        token_hash: token.clone(),
        message: NewMessage {
            id: format!("message-00000000-{n}"),
            envelope,
            proof: Proof { stamp: NOW, nonce: 0 },
        },
        proof_bits: 0,
    };
    let staff = Staff { kid: fixture.key.kid.clone(), role: Role::Office };
    let act = |file: &mut Option<CaseFile>| {
        let event = NewEvent {
            id: "event-000000000".into(),
            stage: Some("verifying".into()),
            on: Some(edge::clock::day_in_china(NOW)),
            envelope: Some(fixture.envelope("已受理")),
        };
        decide(file, CaseCall::Act { office: OFFICE.into(), staff: staff.clone(), event }, NOW)
    };
    for (envelope, most) in
        [("A".repeat(8), OWNER_EVENTS), ("A".repeat(ENVELOPE_CHARS), OWNER_CHARS / ENVELOPE_CHARS)]
    {
        let (mut file, _) = opened(&fixture);
        for n in 0..most {
            decide(&mut file, write(n, envelope.clone()), NOW).unwrap();
        }
        let refused = decide(&mut file, write(most, envelope.clone()), NOW).unwrap_err();
        assert_eq!(refused.code, ErrorCode::CaseFull);
        // What came before is still the same request, and the office goes on.
        let (again, _) = decide(&mut file, write(0, envelope.clone()), NOW).unwrap();
        assert_eq!(again, Change::default());
        assert_eq!(act(&mut file).unwrap().0.events, 2);
    }
}

#[test]
fn an_office_and_an_owner_write_within_shares_that_add_up() {
    let fixture = Fixture::new();
    let (mut file, _) = opened(&fixture);
    let staff = Staff { kid: fixture.key.kid.clone(), role: Role::Office };
    let act = |file: &mut Option<CaseFile>, n: usize, stage: Option<&str>, envelope: Option<String>| {
        let event = NewEvent {
            id: format!("event-0000000000-{n}"),
            stage: stage.map(str::to_owned),
            on: stage.map(|_| edge::clock::day_in_china(NOW)),
            envelope,
        };
        decide(file, CaseCall::Act { office: OFFICE.into(), staff: staff.clone(), event }, NOW).map(drop)
    };
    let most = (THREAD_CHARS - OWNER_CHARS) / ENVELOPE_CHARS;
    for n in 0..most {
        act(&mut file, n, None, Some("A".repeat(ENVELOPE_CHARS))).unwrap();
    }
    let refused = act(&mut file, most, None, Some("A".into())).unwrap_err();
    assert_eq!(refused.code, ErrorCode::CaseFull);
    act(&mut file, most, Some("verifying"), None).unwrap();
    let message = NewMessage {
        id: "message-00000000-0".into(),
        envelope: "A".repeat(ENVELOPE_CHARS),
        proof: Proof { stamp: NOW, nonce: 0 },
    };
    let token_hash = token_hash(&fixture.receipt.token).unwrap();
    decide(&mut file, CaseCall::Message { token_hash, message, proof_bits: 0 }, NOW).unwrap();
}
