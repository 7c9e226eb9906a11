//! What the API refuses, over real HTTP: every impossible value and every request that was cut, altered, repeated or
//! made by the wrong hands has its stable code, and leaves nothing behind.

#![allow(missing_docs)]

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, Days};
use policies::{Assessment, FactFault};
use protocol::CaseKind;
use protocol::case::{Submission, Written};
use protocol::desk::{AuditAction, AuditTrail, DeskCase, Inbox, NewEvent, Role};
use protocol::error::ErrorCode;
use protocol::keyfile::KeyFile;
use protocol::routes::Route;
use reqwest::Method;
use serde_json::{Value, json};
use system_tests::api::{Api, ok, refused, sealed};
use system_tests::applicant::{Applicant, proved};
use system_tests::attack::{Attack, Target};
use system_tests::clock::{now, today};
use system_tests::portal::Portal;

const OFFICE: &str = "yongshun-2023";

fn tip_off(portal: &Portal) -> Result<Applicant> {
    Applicant::with_tip_off(portal, OFFICE, "测试小区", "测试内容")
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
    Attack::Letters.on(&Target::of(&portal, OFFICE)?).await.holds()?;
    let (api, sender) = (Api::of(&portal), tip_off(&portal)?);
    let unserved = api.post(&Route::Submit { office: "atlantis-1" }.to_path(), &sender.submission);
    refused(unserved, ErrorCode::UnknownOffice).await?;
    // The document of 曲靖 knows no swap.
    let swap = Applicant::with_tip_off(&portal, "qujing-2018", "测试小区", "测试内容")?;
    let submission = Submission { kind: CaseKind::Swap, ..swap.submission.clone() };
    let offered = api.post(&Route::Submit { office: "qujing-2018" }.to_path(), &submission);
    refused(offered, ErrorCode::KindNotOffered).await?;
    Target::of(&portal, "qujing-2018")?.kept_nothing(&swap).await?;
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
    Attack::Signatures.on(&Target::of(&portal, OFFICE)?).await.holds()
}

#[tokio::test]
async fn a_residents_message_is_taken_once_and_only_with_its_own_proof() -> Result<()> {
    let portal = Portal::start()?;
    Attack::Messages.on(&Target::of(&portal, OFFICE)?).await.holds()
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
    Attack::Guesses.on(&Target::of(&portal, OFFICE)?).await.holds()
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
