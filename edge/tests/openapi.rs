//! `openapi.json` against the code: the same routes, the same error codes, the same fields.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use std::collections::BTreeSet;

use protocol::{
    CaseKind,
    case::{Acknowledgement, Action, Actor, CaseView, Event, NewMessage, Proof, Submission, Withdrawal},
    chain::{AUDIT_START, next, next_audit},
    desk::{AuditAction, AuditTrail, DeskCase, Inbox, IndexRow, NewEvent, Role},
    error::{ErrorCode, Problem},
    routes::TEMPLATES,
};
use serde_json::{Value, json};

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
fn the_routes_are_the_same() {
    let openapi = openapi();
    let described: BTreeSet<(String, String)> =
        operations(&openapi).into_iter().map(|(method, path, _)| (method, path)).collect();
    let served: BTreeSet<(String, String)> =
        TEMPLATES.iter().map(|(method, path)| (method.name().into(), (*path).into())).collect();
    assert_eq!(described, served);
}

#[test]
fn the_error_codes_are_the_same_and_stand_under_their_status() {
    let openapi = openapi();
    let all: BTreeSet<String> = ErrorCode::ALL.iter().map(|code| code.code().to_owned()).collect();
    let problem = &openapi["components"]["schemas"]["Problem"];
    assert_eq!(codes(&problem["properties"]["code"]["enum"]), all);
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

/// Every value's fields are described, and every required field is there.
fn fits(openapi: &Value, schema: &str, value: &Value) {
    let schemas = &openapi["components"]["schemas"];
    let schema = &schemas[schema];
    let properties = schema["properties"].as_object().unwrap();
    let value = value.as_object().unwrap();
    for (name, field) in value {
        let described = properties.get(name).unwrap_or_else(|| panic!("{name} is not described"));
        let part = described["$ref"].as_str().or(described["items"]["$ref"].as_str());
        let part = part.and_then(|reference| reference.rsplit('/').next());
        if let Some(part) = part.filter(|part| schemas[part]["properties"].is_object()) {
            let one = std::slice::from_ref(field);
            for item in field.as_array().map_or(one, Vec::as_slice) {
                fits(openapi, part, item);
            }
        }
    }
    for name in schema["required"].as_array().unwrap() {
        assert!(value.contains_key(name.as_str().unwrap()), "{name} is missing");
    }
}

#[test]
fn the_fields_are_the_same() {
    let openapi = openapi();
    let proof = Proof { stamp: 1, nonce: 2 };
    let on = chrono::NaiveDate::from_ymd_opt(2026, 3, 1);
    let event: Event = next("aa", "bb", 0, 1, Actor::Applicant, Action::Submitted);
    let view = CaseView {
        office: "o".into(),
        kind: CaseKind::TipOff,
        lookup: "aa".into(),
        stage: "s".into(),
        received_at: 1,
        withdraw_until: 2,
        withdrawn: false,
        reply_to: "age1".into(),
        head: event.hash.clone(),
        events: vec![event],
    };
    let row = IndexRow {
        lookup: "aa".into(),
        kind: CaseKind::TipOff,
        stage: "s".into(),
        received_at: 1,
        updated_at: 1,
        waiting_for_office: true,
        withdrawn: false,
    };
    let audit = next_audit("o", AUDIT_START, 0, 1, ("k", Role::Town), AuditAction::Listed, None);
    let mut problem = Problem::new(ErrorCode::FactsInvalid).at("f").because("d");
    problem.facts =
        serde_json::from_value(json!([{"path": "facts.people", "code": "too_small", "message": "m"}]))
            .unwrap();
    let submission = Submission {
        office: "o".into(),
        kind: CaseKind::TipOff,
        lookup: "aa".into(),
        token_hash: "bb".into(),
        reply_to: "age1".into(),
        envelope: "QQ==".into(),
        proof,
    };
    let acknowledgement =
        Acknowledgement { lookup: "aa".into(), received_at: 1, withdraw_until: 2, head: "h".into() };
    let desk_case = DeskCase { view: view.clone(), envelope: "QQ==".into(), token_hash: "bb".into() };
    let message = NewMessage { id: "i".into(), envelope: "QQ==".into(), proof };
    let new_event = NewEvent { id: "i".into(), stage: Some("s".into()), on, envelope: Some("QQ==".into()) };
    for (schema, value) in [
        ("Submission", json!(submission)),
        ("Acknowledgement", json!(acknowledgement)),
        ("CaseView", json!(view)),
        ("DeskCase", json!(desk_case)),
        ("NewMessage", json!(message)),
        ("Withdrawal", json!(Withdrawal { id: "i".into() })),
        ("NewEvent", json!(new_event)),
        ("Inbox", json!(Inbox { cases: vec![row] })),
        ("AuditTrail", json!(AuditTrail { rows: vec![audit] })),
        ("Problem", json!(problem)),
    ] {
        fits(&openapi, schema, &value);
    }
}
