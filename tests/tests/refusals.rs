//! What the API refuses, over real HTTP: every impossible value and every request that was cut, altered, repeated or
//! made by the wrong hands has its stable code, and leaves nothing behind.

#![allow(missing_docs)]

use std::io::Write;
use std::net::TcpStream;

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, Days};
use data_encoding::BASE64;
use policies::{Assessment, FactFault};
use protocol::CaseKind;
use protocol::authorization::Authorization;
use protocol::case::{Submission, Written};
use protocol::desk::{AuditAction, AuditTrail, DeskCase, Inbox, NewEvent, Role};
use protocol::error::ErrorCode;
use protocol::keyfile::KeyFile;
use protocol::letter::Letter;
use protocol::limits::{RECIPIENTS, TOKEN_SECS};
use protocol::routes::{self, Route, with_query};
use protocol::seal;
use reqwest::Method;
use serde_json::{Value, json};
use system_tests::api::{Api, message, ok, receipt, refused, sealed, token, token_of};
use system_tests::applicant::{Applicant, proved, proved_at};
use system_tests::clock::{now, today};
use system_tests::disk;
use system_tests::portal::{PROOF_BITS, Portal};

const OFFICE: &str = "yongshun-2023";

fn tip_off(portal: &Portal) -> Result<Applicant> {
    Applicant::with_tip_off(portal, OFFICE, "测试小区", "测试内容")
}

/// The same submission of another envelope, proved anew.
fn with_envelope(sender: &Applicant, envelope: String) -> Submission {
    proved(Submission { envelope, ..sender.submission.clone() })
}

/// No trace of a case: not on request, not on the desk, not on the disk.
async fn nothing_is_stored(api: &Api<'_>, portal: &Portal, sender: &Applicant) -> Result<()> {
    let stored = disk::files_with(&portal.store(), &sender.keys.lookup)?;
    ensure!(stored.is_empty(), "something of a refused submission is in {stored:?}");
    let view = api.get(&Route::View { lookup: &sender.keys.lookup }.to_path());
    refused(view.header("authorization", receipt(sender)), ErrorCode::UnknownCase).await?;
    let inbox: Inbox = ok(api.signed_get(
        portal.key(OFFICE)?,
        &with_query(&Route::Inbox { office: OFFICE }.to_path(), "standing=all"),
    ))
    .await?;
    ensure!(inbox.cases.iter().all(|row| row.lookup != sender.keys.lookup), "it is in the inbox");
    Ok(())
}

#[tokio::test]
async fn impossible_facts_are_refused_by_name_and_code() -> Result<()> {
    let portal = Portal::start()?;
    let api = Api::of(&portal);
    let tomorrow = today()?.checked_add_days(Days::new(1)).context("date")?.to_string();
    let facts = [
        ("county_home_area", json!(-1), FactFault::Negative),
        ("county_home_area", json!(1300.5), FactFault::TooPrecise),
        ("county_home_area", json!(1_000_000_001), FactFault::TooLarge),
        ("county_home_area", json!("13.005"), FactFault::WrongType),
        ("county_home_area", json!("很大"), FactFault::WrongType),
        ("income_12_months", json!(-350_000), FactFault::Negative),
        ("income_12_months", json!(1e30), FactFault::TooLarge),
        ("income_12_months", json!(u64::MAX), FactFault::TooLarge),
        ("income_12_months", json!(i64::MAX), FactFault::TooLarge),
        ("income_12_months", json!("三千五"), FactFault::WrongType),
        ("people", json!(0), FactFault::TooSmall),
        ("people", json!(-1), FactFault::Negative),
        ("people", json!(31), FactFault::TooLarge),
        ("people", json!(2.5), FactFault::TooPrecise),
        ("people", json!(true), FactFault::WrongType),
        ("people", json!(null), FactFault::WrongType),
        ("contract_months", json!(1201), FactFault::TooLarge),
        ("applicant_birth_date", json!(tomorrow), FactFault::InFuture),
        ("applicant_birth_date", json!("2023-02-29"), FactFault::WrongType),
        ("county_home", json!("castle"), FactFault::NotAChoice),
        ("owns_home", json!("maybe"), FactFault::WrongType),
        ("income_per_person_month", json!(1), FactFault::Derived),
        ("no_such_fact", json!(1), FactFault::UnknownFact),
    ];
    let ask = |household: Value| {
        let body = json!({ "document": OFFICE, "on": today().ok(), "household": household });
        api.post(&Route::Assess {}.to_path(), &body)
    };
    for (fact, value, fault) in facts {
        // Beside a fact that is right, in the household and in a second person.
        let household = json!({ "facts": { "disposed_home": false, fact: value } });
        let problem = refused(ask(household), ErrorCode::FactsInvalid).await?;
        let path = format!("facts.{fact}");
        ensure!(problem.field.as_deref() == Some(format!("household.{path}").as_str()), "{problem:?}");
        let told: Vec<_> = problem.facts.iter().map(|fact| (fact.path.as_str(), fact.code)).collect();
        ensure!(told == [(path.as_str(), fault)], "{fact} = {value}: {told:?}");
        ensure!(problem.facts.iter().all(|fact| fact.message.ends_with('。')), "{problem:?}");
    }
    let crowd = json!({ "people": vec![json!({}); 31] });
    let problem = refused(ask(crowd), ErrorCode::FactsInvalid).await?;
    ensure!(problem.facts.iter().any(|fact| fact.code == FactFault::TooManyPeople), "{problem:?}");
    let several = json!({ "facts": { "people": 0, "income_12_months": -1 } });
    let problem = refused(ask(several), ErrorCode::FactsInvalid).await?;
    ensure!(problem.facts.len() == 2, "only one of two faults is told: {problem:?}");

    let assess = |body: Value| api.post(&Route::Assess {}.to_path(), &body);
    let atlantis = json!({ "document": "atlantis-1", "on": "2026-11-20", "household": {} });
    let problem = refused(assess(atlantis), ErrorCode::UnknownDocument).await?;
    ensure!(problem.field.as_deref() == Some("document"), "{problem:?}");
    for body in [
        json!({ "document": OFFICE, "on": "2026-13-01", "household": {} }),
        json!({ "document": OFFICE, "on": "2026-11-20", "household": { "cat": 1 } }),
        json!({ "document": OFFICE, "on": "2026-11-20", "household": {}, "name": "x" }),
        json!({ "document": OFFICE, "household": {} }),
        json!([]),
    ] {
        refused(assess(body), ErrorCode::InvalidJson).await?;
    }
    // A household that can be is still decided.
    let answer: Assessment = ok(ask(json!({ "facts": { "people": 1 } }))).await?;
    ensure!(answer.outcome.is_some(), "no verdict at all");
    Ok(())
}

#[tokio::test]
async fn what_is_cut_altered_borrowed_or_sealed_amiss_leaves_nothing_behind() -> Result<()> {
    let portal = Portal::start()?;
    let (api, sender, other) = (Api::of(&portal), tip_off(&portal)?, tip_off(&portal)?);
    let path = Route::Submit { office: OFFICE }.to_path();
    let good = &sender.submission;
    let office = portal.key(OFFICE)?.recipient.as_str();
    let plain = Letter::message("测试").to_padded();
    let sealed_bare =
        |to: &[&str], plain: &[u8]| -> Result<String> { Ok(BASE64.encode(&seal::seal(to, plain)?)) };
    let flipped = {
        let mut bytes = BASE64.decode(good.envelope.as_bytes())?;
        *bytes.first_mut().context("empty")? ^= 1;
        BASE64.encode(&bytes)
    };
    let crowded = {
        // One recipient more than allowed: the sealer would not make it, so its first stanza is put in twice.
        let bytes = seal::seal(&[office; RECIPIENTS], &plain)?;
        let lines: Vec<&[u8]> = bytes.splitn(4, |byte| *byte == b'\n').collect();
        let [version, stanza, body, rest] = lines.as_slice() else { anyhow::bail!("no age file") };
        BASE64.encode(&[*version, *stanza, *body, *stanza, *body, *rest].join(&b'\n'))
    };
    let to = |field: &str, value: &str| -> Result<Submission> {
        let mut changed = serde_json::to_value(good)?;
        changed[field] = json!(value);
        Ok(serde_json::from_value(changed)?)
    };
    let cases = [
        // Not age at all, age with another header, cut off, not padded, for too many.
        (with_envelope(&sender, BASE64.encode(&plain)), ErrorCode::EnvelopeInvalid),
        (with_envelope(&sender, flipped), ErrorCode::EnvelopeInvalid),
        (with_envelope(&sender, "AGE-ENCRYPTED".into()), ErrorCode::EnvelopeInvalid),
        (with_envelope(&sender, sealed_bare(&[office], b"{}")?), ErrorCode::EnvelopeInvalid),
        (with_envelope(&sender, crowded), ErrorCode::EnvelopeInvalid),
        (with_envelope(&sender, "A".repeat(262_148)), ErrorCode::TooLarge),
        // A proof of work for another case, another envelope, another time.
        (Submission { proof: other.submission.proof, ..good.clone() }, ErrorCode::ProofInvalid),
        (Submission { lookup: "0".repeat(32), ..good.clone() }, ErrorCode::ProofInvalid),
        (Submission { envelope: other.submission.envelope.clone(), ..good.clone() }, ErrorCode::ProofInvalid),
        (Submission { kind: CaseKind::Application, ..good.clone() }, ErrorCode::ProofInvalid),
        (Submission { token_hash: "0".repeat(64), ..good.clone() }, ErrorCode::ProofInvalid),
        (Submission { reply_to: other.submission.reply_to.clone(), ..good.clone() }, ErrorCode::ProofInvalid),
        (proved_at(now() - 901, PROOF_BITS, good.clone()), ErrorCode::ProofExpired),
        (proved_at(now() + 120, PROOF_BITS, good.clone()), ErrorCode::ProofExpired),
        // Fields that cannot be.
        (to("lookup", "ABC")?, ErrorCode::InvalidField),
        (to("token_hash", "00")?, ErrorCode::InvalidField),
        (to("reply_to", "age1short")?, ErrorCode::InvalidField),
        (to("office", "qujing-2018")?, ErrorCode::InvalidField),
    ];
    for (number, (submission, code)) in cases.iter().enumerate() {
        refused(api.post(&path, submission), *code).await.with_context(|| format!("case {number}"))?;
        nothing_is_stored(&api, &portal, &sender).await.with_context(|| format!("case {number}"))?;
    }
    let unserved = api.post(&Route::Submit { office: "atlantis-1" }.to_path(), good);
    refused(unserved, ErrorCode::UnknownOffice).await?;
    // The document of 曲靖 knows no swap.
    let swap = Applicant::with_tip_off(&portal, "qujing-2018", "测试小区", "测试内容")?;
    let submission = Submission { kind: CaseKind::Swap, ..swap.submission.clone() };
    refused(
        api.post(&Route::Submit { office: "qujing-2018" }.to_path(), &submission),
        ErrorCode::KindNotOffered,
    )
    .await?;
    nothing_is_stored(&api, &portal, &swap).await?;

    // A body that ends before it was said to: the connection breaks.
    let body = serde_json::to_string(good)?;
    for share in [0, body.len() / 2, body.len() - 1] {
        let mut stream = TcpStream::connect(portal.url("").trim_start_matches("http://"))?;
        write!(stream, "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n")?;
        write!(stream, "Content-Length: {}\r\n\r\n{}", body.len(), body.get(..share).unwrap_or_default())?;
        drop(stream);
        nothing_is_stored(&api, &portal, &sender).await.with_context(|| format!("{share} bytes"))?;
    }
    // The very same submission, whole, is taken: only what was wrong with the others was in the way.
    ensure!(sender.submit().await?.0.as_u16() == 201, "the good one was not new");
    nothing_is_stored(&api, &portal, &other).await?;
    ensure!(!portal.log_text().contains("panic"), "{}", portal.log_text());
    Ok(())
}

#[tokio::test]
async fn an_auditor_reads_everything_and_moves_nothing() -> Result<()> {
    let staff = [(OFFICE, Role::Auditor), (OFFICE, Role::Community)];
    let portal = Portal::start_with(&staff, |home| home)?;
    let (api, sender) = (Api::of(&portal), tip_off(&portal)?);
    sender.submit().await?;
    let auditor = &portal.staff(OFFICE, Role::Auditor)?.key;
    let (inbox, audit) =
        (Route::Inbox { office: OFFICE }.to_path(), Route::Audit { office: OFFICE }.to_path());
    let case = Route::Open { office: OFFICE, lookup: &sender.keys.lookup }.to_path();
    let events = Route::Act { office: OFFICE, lookup: &sender.keys.lookup }.to_path();
    ok::<Inbox>(api.signed_get(auditor, &inbox)).await?;
    let opened: DeskCase = ok(api.signed_get(auditor, &case)).await?;
    ok::<AuditTrail>(api.signed_get(auditor, &audit)).await?;

    let today = DateTime::from_timestamp(i64::try_from(now() + 8 * 3600)?, 0).context("time")?.date_naive();
    let id = "0123456789abcdef".to_owned();
    let expected_head = sender.view().await?.head;
    let stage = Some("verifying".into());
    let event = NewEvent { id, expected_head, stage, on: Some(today), ..NewEvent::default() };
    let answer = Some(sealed(&portal, OFFICE, &sender, "审计员不能答复")?);
    let reply = NewEvent { stage: None, on: None, envelope: answer, ..event.clone() };
    for attempt in [&event, &reply] {
        let attempt = attempt.clone().signed_by(auditor, &sender.keys.lookup, now());
        let act = api.signed_post(auditor, &events, &attempt)?;
        refused(act, ErrorCode::RoleForbidden).await?;
    }
    let community = &portal.staff(OFFICE, Role::Community)?.key;
    refused(api.signed_get(community, &audit), ErrorCode::RoleForbidden).await?;
    let after: DeskCase = ok(api.signed_get(auditor, &case)).await?;
    ensure!(after.view == opened.view, "a refused act changed the case");
    // What the auditor may not do, the office may.
    let office = portal.key(OFFICE)?;
    let event = event.signed_by(office, &sender.keys.lookup, now());
    ok::<Written>(api.signed_post(office, &events, &event)?).await?;
    ensure!(sender.view().await?.stage == "verifying", "the office could not move it either");
    Ok(())
}

#[tokio::test]
async fn a_repeated_or_borrowed_signature_does_nothing_new() -> Result<()> {
    let portal = Portal::start()?;
    let (api, key, sender) = (Api::of(&portal), portal.key(OFFICE)?, tip_off(&portal)?);
    let head = sender.submit().await?.1.head;
    let inbox = Route::Inbox { office: OFFICE }.to_path();
    let events = Route::Act { office: OFFICE, lookup: &sender.keys.lookup }.to_path();
    let event = |text: &str| -> Result<Vec<u8>> {
        let envelope = Some(sealed(&portal, OFFICE, &sender, text)?);
        let id = "0123456789abcdef".to_owned();
        let event = NewEvent { id, expected_head: head.clone(), envelope, ..NewEvent::default() };
        Ok(serde_json::to_vec(&event.signed_by(key, &sender.keys.lookup, now()))?)
    };
    let (body, another) = (event("第一封")?, event("另一封")?);
    let post = |path: &str, authorization: &str, body: &[u8]| {
        let request = api.client.post(portal.url(path)).header("authorization", authorization);
        request.header("content-type", "application/json").body(body.to_vec())
    };
    let signature = token(key, "POST", &events, &body);
    let once: Written = ok(post(&events, &signature, &body)).await?;
    // The very same request again: the answer is the same, and so is the case.
    let again: Written = ok(post(&events, &signature, &body)).await?;
    ensure!(once == again && once.total == 2, "a repeated request did something");
    // The same signature for anything else.
    refused(post(&events, &signature, &another), ErrorCode::SignatureInvalid).await?;
    let elsewhere = tip_off(&portal)?;
    elsewhere.submit().await?;
    let other_case = Route::Act { office: OFFICE, lookup: &elsewhere.keys.lookup }.to_path();
    refused(post(&other_case, &signature, &body), ErrorCode::SignatureInvalid).await?;
    refused(api.get(&inbox).header("authorization", &signature), ErrorCode::SignatureInvalid).await?;
    // The same request id for other content, signed properly.
    let anew = token(key, "POST", &events, &another);
    refused(post(&events, &anew, &another), ErrorCode::RequestReused).await?;
    // Yesterday's signature, tomorrow's, and one that was altered.
    for at in [now() - TOKEN_SECS - 1, now() + 3600] {
        let stale = token_of(at, key, "GET", &inbox, b"");
        refused(api.get(&inbox).header("authorization", stale), ErrorCode::SignatureExpired).await?;
    }
    let altered = token(key, "GET", &inbox, b"").replacen('.', ".A", 1);
    refused(api.get(&inbox).header("authorization", altered), ErrorCode::SignatureInvalid).await?;
    ensure!(sender.view().await?.events.len() == 2, "a refused act left something behind");
    ensure!(elsewhere.view().await?.events.len() == 1, "a refused act left something behind");
    Ok(())
}

#[tokio::test]
async fn a_residents_message_is_taken_once_and_only_with_its_own_proof() -> Result<()> {
    let portal = Portal::start()?;
    let (api, sender, other) = (Api::of(&portal), tip_off(&portal)?, tip_off(&portal)?);
    sender.submit().await?;
    other.submit().await?;
    let path = |sender: &Applicant| Route::Message { lookup: &sender.keys.lookup }.to_path();
    let first = message(OFFICE, &sender, "0123456789abcdef", sealed(&portal, OFFICE, &sender, "一")?);
    let send = |to: &Applicant, by: &Applicant, message: &protocol::case::NewMessage| {
        api.post(&path(to), message).header("authorization", receipt(by))
    };
    refused(api.post(&path(&sender), &first), ErrorCode::ReceiptMissing).await?;
    refused(send(&sender, &other, &first), ErrorCode::UnknownCase).await?;
    refused(send(&other, &other, &first), ErrorCode::ProofInvalid).await?;
    let once: Written = ok(send(&sender, &sender, &first)).await?;
    let again: Written = ok(send(&sender, &sender, &first)).await?;
    ensure!(once == again && once.total == 2, "a repeated message counted twice");
    let mut reused = message(OFFICE, &sender, "0123456789abcdef", sealed(&portal, OFFICE, &sender, "二")?);
    refused(send(&sender, &sender, &reused), ErrorCode::RequestReused).await?;
    reused.id = "fedcba9876543210".into();
    reused.proof = first.proof;
    let twice = protocol::case::NewMessage { id: "fedcba9876543210".into(), ..first.clone() };
    refused(send(&sender, &sender, &twice), ErrorCode::ProofInvalid)
        .await
        .context("one proof for two messages")?;
    refused(send(&sender, &sender, &reused), ErrorCode::ProofInvalid).await?;
    ensure!(sender.view().await?.head == once.head, "a refused message left something behind");
    ensure!(other.view().await?.events.len() == 1, "a refused message left something behind");
    Ok(())
}

#[tokio::test]
async fn other_origins_are_answered_only_where_they_are_named() -> Result<()> {
    const NAMED: &str = "https://portal.example.gov.cn";
    let portal = Portal::start_with(&[], |home| home.with_origin(NAMED))?;
    let api = Api::of(&portal);
    let stranger = "https://elsewhere.example";
    for (origin, named) in [
        (NAMED, true),
        (stranger, false),
        ("null", false),
        ("https://portal.example.gov.cn.evil.example", false),
    ] {
        let preflight = api
            .client
            .request(Method::OPTIONS, portal.url(&Route::Submit { office: OFFICE }.to_path()))
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "content-type");
        for request in [preflight, api.get(&Route::Health {}.to_path()).header("origin", origin)] {
            let answer = request.send().await?;
            ensure!(answer.status().is_success(), "{origin}: {}", answer.status());
            let header = |name: &str| {
                answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
            };
            let allowed = header("access-control-allow-origin");
            ensure!(allowed == if named { origin } else { "" }, "{origin} is answered with “{allowed}”");
            ensure!(header("access-control-allow-credentials").is_empty(), "credentials travel");
            if named {
                ensure!(header("access-control-allow-methods").contains("POST"), "no POST for {origin}");
                ensure!(header("access-control-allow-headers").contains("authorization"));
                ensure!(header("vary").contains("origin"), "a cache may mix origins up");
            }
        }
    }
    // Its refusals can be read there, too.
    let refusal = api.get(&Route::View { lookup: "ABC" }.to_path()).header("origin", NAMED).send().await?;
    let allowed = refusal.headers().get("access-control-allow-origin").context("no header")?;
    ensure!(allowed == NAMED, "a refusal cannot be read by the pages that are named");
    Ok(())
}

#[tokio::test]
async fn what_nobody_knows_is_said_to_be_unknown() -> Result<()> {
    let portal = Portal::start()?;
    let api = Api::of(&portal);
    let token = Authorization::Receipt("0".repeat(64)).header();
    for (path, code) in [
        (Route::View { lookup: &"0".repeat(32) }.to_path(), ErrorCode::UnknownCase),
        (Route::View { lookup: &"0".repeat(31) }.to_path(), ErrorCode::UnknownCase),
        (Route::Inbox { office: "atlantis-1" }.to_path(), ErrorCode::UnknownOffice),
        (Route::Audit { office: "atlantis-1" }.to_path(), ErrorCode::UnknownOffice),
        (format!("{}/nothing", routes::ROOT), ErrorCode::NotFound),
    ] {
        refused(api.get(&path).header("authorization", &token), code).await.context(path)?;
    }
    Ok(())
}

/// What a role may do comes from the document: a community opens no tip-off and strikes nobody off.
#[tokio::test]
async fn a_role_limits_what_a_key_opens_and_moves() -> Result<()> {
    let portal = Portal::start_with(&[(OFFICE, Role::Community), (OFFICE, Role::Town)], |home| home)?;
    let (api, tip, application) = (Api::of(&portal), tip_off(&portal)?, tip_off(&portal)?);
    tip.submit().await?;
    let application = proved(Submission { kind: CaseKind::Application, ..application.submission.clone() });
    api.submit(&application).send().await?.error_for_status()?;
    let (community, town) =
        (&portal.staff(OFFICE, Role::Community)?.key, &portal.staff(OFFICE, Role::Town)?.key);
    let open = |lookup: &str| Route::Open { office: OFFICE, lookup }.to_path();
    for key in [community, town] {
        refused(api.signed_get(key, &open(&tip.keys.lookup)), ErrorCode::RoleForbidden).await?;
    }
    let seen: DeskCase = ok(api.signed_get(town, &open(&application.lookup))).await?;
    let events = Route::Act { office: OFFICE, lookup: &application.lookup }.to_path();
    let to = |key: &KeyFile, stage: &str| -> Result<NewEvent> {
        let (id, expected_head) =
            (format!("0123456789abcdef-{}", stage.replace('_', "-")), seen.view.head.clone());
        let stage = Some(stage.to_owned());
        let event = NewEvent { id, expected_head, stage, on: Some(today()?), ..NewEvent::default() };
        Ok(event.signed_by(key, &seen.view.lookup, now()))
    };
    for stage in ["not_accepted", "accepted"] {
        refused(api.signed_post(community, &events, &to(community, stage)?)?, ErrorCode::RoleForbidden)
            .await?;
    }
    ok::<Written>(api.signed_post(town, &events, &to(town, "accepted")?)?).await?;
    // A refused reading is no reading: the trail has the town's alone.
    let trail: AuditTrail =
        ok(api.signed_get(portal.key(OFFICE)?, &Route::Audit { office: OFFICE }.to_path())).await?;
    let opened: Vec<_> = trail.rows.iter().filter(|row| row.action == AuditAction::Opened).collect();
    ensure!(opened.len() == 1 && opened.iter().all(|row| row.kid == town.kid), "{opened:?}");
    Ok(())
}
