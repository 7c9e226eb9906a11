//! `openapi.json` is what the types make of it, and what travels is as it says.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use std::collections::BTreeSet;

use jsonschema::Validator;
use protocol::{
    CaseKind,
    addressee::Addressee,
    case::{
        Acknowledgement, Action, Actor, Aside, CaseView, Event, Messages, NewMessage, Proof, SealedMessage,
        Submission, Withdrawal, Written,
    },
    chain::{AUDIT_START, next, next_audit},
    challenge::Challenge,
    desk::{AuditAction, AuditTrail, Counts, DeskCase, Inbox, IndexRow, NewEvent, Role},
    error::{ErrorCode, Problem},
    handover::{Handover, PassingOn},
    health::Health,
    paper::{Announced, CasePapers, PaperStanding, PartKept},
    routes::Route,
    signed::Signed,
    ticket::{NewTickets, TicketsMade},
};
use serde_json::{Value, json};

const LOOKUP: &str = "0123456789abcdef0123456789abcdef";
const HASH: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

fn openapi() -> Value {
    serde_json::from_str(include_str!("../openapi.json")).unwrap()
}

fn operations(openapi: &Value) -> Vec<(String, String, &Value)> {
    let mut found = Vec::new();
    for (path, item) in openapi["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if method != "parameters" {
                found.push((method.to_uppercase(), path.clone(), operation));
            }
        }
    }
    found
}

fn codes(list: &Value) -> BTreeSet<String> {
    list.as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_file_is_what_the_types_make() {
    let made = protocol::openapi::document();
    assert!(openapi() == made, "after a change of the wire: cargo run -p edge --example openapi");
}

#[test]
fn the_routes_are_the_same() {
    let openapi = openapi();
    let described: BTreeSet<(String, String)> =
        operations(&openapi).into_iter().map(|(method, path, _)| (method, path)).collect();
    let served: BTreeSet<(String, String)> =
        Route::ALL.iter().map(|route| (route.method().name().into(), route.to_path())).collect();
    assert_eq!(described, served);
}

#[test]
fn the_error_codes_are_the_same_and_stand_under_their_status() {
    let openapi = openapi();
    let all: BTreeSet<String> = ErrorCode::ALL.iter().map(|code| code.code().to_owned()).collect();
    let variants = openapi["components"]["schemas"]["ErrorCode"]["oneOf"].as_array().unwrap();
    let described: BTreeSet<String> =
        variants.iter().map(|variant| variant["const"].as_str().unwrap().to_owned()).collect();
    assert_eq!(described, all);
    let mut used = codes(&openapi["x-errors"]);
    for (_, path, operation) in operations(&openapi) {
        for code in codes(&operation["x-errors"]) {
            let known = ErrorCode::ALL.iter().find(|known| known.code() == code).unwrap();
            let status = known.status().to_string();
            let said = operation["responses"][&status]["description"].as_str().unwrap_or_default();
            assert!(said.split(", ").any(|word| word == code), "{path}: {code} under {status}");
            used.insert(code);
        }
    }
    assert_eq!(used, all, "a code that no operation names, or the other way round");
}

/// A judge of one type of the description.
fn judge(openapi: &Value, schema: &str) -> Validator {
    let reference = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": format!("#/components/schemas/{schema}"),
        "components": openapi["components"],
    });
    jsonschema::options().should_validate_formats(true).build(&reference).unwrap()
}

/// A value fits its type; without any of its fields that must be there, with a field more where none may be, or with a
/// field of another type, it does not.
fn fits(openapi: &Value, schema: &str, value: &Value) {
    let judge = judge(openapi, schema);
    if let Err(fault) = judge.validate(value) {
        panic!("{schema}: {fault} in {value}");
    }
    let described = &openapi["components"]["schemas"][schema];
    let required = described["required"].as_array().unwrap();
    assert!(!required.is_empty(), "{schema} asks for nothing");
    for name in value.as_object().unwrap().keys() {
        assert!(described["properties"].get(name).is_some(), "{schema}: {name} is not described");
        let mut other = value.clone();
        other[name] = json!({ "no": ["such", "type"] });
        assert!(!judge.is_valid(&other), "{schema}: {name} may be anything");
        other.as_object_mut().unwrap().remove(name);
        assert_eq!(judge.is_valid(&other), !required.contains(&json!(name)), "{schema} without {name}");
    }
    let mut more = value.clone();
    more["more"] = json!(1);
    assert_eq!(
        judge.is_valid(&more),
        described["additionalProperties"] != json!(false),
        "{schema} with more"
    );
}

/// After a panic no Rust runs: the JavaScript around it answers with a copy.
#[test]
fn the_answer_to_a_panic_is_the_problem_of_a_fault_of_ours() {
    let shim = include_str!("../shim.mjs");
    let problem = json!(Problem::new(ErrorCode::Internal));
    let fields = problem.as_object().unwrap();
    assert_eq!(fields.len(), 4);
    for (name, value) in fields {
        assert!(shim.contains(&format!("{name}: {value},")), "{name} is not {value} in shim.mjs");
    }
}

#[test]
fn what_travels_is_as_described() {
    let openapi = openapi();
    let proof = Proof { stamp: 1, nonce: 2 };
    let on = chrono::NaiveDate::from_ymd_opt(2026, 3, 1);
    let signature = ["A".repeat(86).as_str(), "=="].concat();
    let signed = Some(Signed { at: 1, seen: HASH.into(), signature: signature.clone() });
    let event: Event = next((LOOKUP, HASH), (0, 1), Actor::Applicant, Action::Withdrawn, signed.clone());
    let view = CaseView {
        office: "o".into(),
        kind: CaseKind::TipOff,
        lookup: LOOKUP.into(),
        document_hash: HASH.into(),
        stage: "s".into(),
        received_at: 1,
        withdraw_until: 2,
        withdrawn: false,
        destroyed_at: None,
        kept_days: None,
        not_before: on,
        reply_to: format!("age1{}", "q".repeat(58)),
        total: 1,
        head: event.hash.clone(),
        events: vec![event],
    };
    let row = IndexRow {
        lookup: LOOKUP.into(),
        kind: CaseKind::TipOff,
        stage: "s".into(),
        received_at: 1,
        updated_at: 1,
        waiting_for_office: true,
        withdrawn: false,
        destroyed_at: Some(2),
        closed: false,
        aside: true,
        due: on,
    };
    let counts = Counts {
        all: 1,
        open: 1,
        waiting: 1,
        overdue: 0,
        fresh: 1,
        aside: 0,
        tip_offs_waiting: 1,
        tip_offs_due: 0,
    };
    let inbox = Inbox { cases: vec![row], total: 1, counts, next: Some("0-1-1-0".into()) };
    let audit = next_audit("o", AUDIT_START, 0, 1, ("k", Role::Town), AuditAction::Destroyed, None);
    let mut problem = Problem::new(ErrorCode::FactsInvalid).at("f").because("d").with_head(HASH);
    problem.not_before = on;
    problem.facts =
        serde_json::from_value(json!([{"path": "facts.people", "code": "too_small", "message": "m"}]))
            .unwrap();
    let announced = Announced { id: HASH.into(), bytes: 65_800 };
    let standing = PaperStanding { id: HASH.into(), bytes: 65_800, parts: vec![0], whole: true };
    let submission = Submission {
        office: "o".into(),
        kind: CaseKind::TipOff,
        lookup: LOOKUP.into(),
        token_hash: HASH.into(),
        reply_to: format!("age1{}", "q".repeat(58)),
        envelope: "QQ==".into(),
        owner_key: ["A".repeat(43).as_str(), "="].concat(),
        addressee: Addressee::Supervisor,
        ticket: Some("0000000000".into()),
        papers: vec![announced.clone()],
        proof,
    };
    let acknowledgement =
        Acknowledgement { lookup: LOOKUP.into(), received_at: 1, withdraw_until: 2, head: HASH.into() };
    let desk_case = DeskCase {
        view: view.clone(),
        envelope: "QQ==".into(),
        token_hash: HASH.into(),
        handover: Some(Handover { card: 2, envelope: "QQ==".into() }),
    };
    let id = "0123456789abcdef".to_owned();
    let message = NewMessage {
        id: id.clone(),
        envelope: "QQ==".into(),
        signed: signed.clone(),
        papers: vec![announced.clone()],
        proof,
    };
    let message_of = SealedMessage { seq: 1, envelope: "QQ==".into() };
    let new_event = NewEvent {
        id: id.clone(),
        expected_head: HASH.into(),
        stage: Some("s".into()),
        on,
        envelope: Some("QQ==".into()),
        aside: Some(Aside::Back),
        passing_on: Some(PassingOn {
            to: "0123456789abcdef".into(),
            role: Role::Department,
            handover: Handover { card: 1, envelope: "QQ==".into() },
        }),
        signed_at: 1,
        signature,
    };
    for (schema, value) in [
        ("Submission", json!(submission)),
        ("Acknowledgement", json!(acknowledgement)),
        ("CaseView", json!(view)),
        ("Messages", json!(Messages { messages: vec![message_of.clone()] })),
        ("SealedMessage", json!(message_of)),
        ("Written", json!(Written { lookup: LOOKUP.into(), total: 2, head: HASH.into() })),
        ("DeskCase", json!(desk_case)),
        ("NewMessage", json!(message)),
        ("Withdrawal", json!(Withdrawal { id, signed })),
        ("NewEvent", json!(new_event)),
        ("Inbox", json!(inbox)),
        ("Counts", json!(counts)),
        ("AuditTrail", json!(AuditTrail { rows: vec![audit], total: 1 })),
        ("Problem", json!(problem)),
        ("Announced", json!(announced)),
        ("PaperStanding", json!(standing)),
        ("CasePapers", json!(CasePapers { papers: vec![standing.clone()] })),
        ("PartKept", json!(PartKept { paper: HASH.into(), part: 0, whole: true })),
        ("NewTickets", json!(NewTickets { id: "0123456789abcdef".into(), hashes: vec![HASH.into()] })),
        ("TicketsMade", json!(TicketsMade { until: 1, live: 1 })),
        ("Challenge", json!(Challenge { now: 1, tip_off: 20, application: 18, message: 18 })),
        ("Health", json!(Health { now: 1, ok: true, version: "0.1.0".into() })),
    ] {
        fits(&openapi, schema, &value);
    }
}
