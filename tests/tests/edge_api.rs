//! The API over HTTP, on the real server: the life of a case on both sides of the counter, and what is refused.

#![allow(missing_docs)]

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use protocol::addressee::Addressee;
use protocol::case::{Action, CaseView, Messages, NewMessage, Submission, Withdrawal, Written};
use protocol::chain;
use protocol::desk::{AuditAction, AuditTrail, DeskCase, Inbox, NewEvent, Role};
use protocol::error::ErrorCode;
use protocol::keyfile::KeyFile;
use protocol::letter::Letter;
use protocol::limits::ENVELOPE_CHARS;
use protocol::proof::Subject;
use protocol::query::Onward;
use protocol::routes::{self, Route, with_query};
use protocol::seal;
use reqwest::StatusCode;
use serde_json::{Value, json};
use system_tests::api::{Api, message, ok, receipt, refused, sealed, token};
use system_tests::applicant::{Applicant, counts_by_chance, proved};
use system_tests::attack::{Attack, Target};
use system_tests::clock::now;
use system_tests::disk;
use system_tests::portal::{PROOF_BITS, Portal};

const OFFICE: &str = "yongshun-2023";

fn tip_off(portal: &Portal) -> Result<Applicant> {
    Applicant::with_tip_off(portal, OFFICE, "测试小区", "测试内容")
}

async fn inbox_of(api: &Api<'_>, key: &KeyFile, wanted: impl Fn(&Inbox) -> bool) -> Result<Inbox> {
    let path = with_query(&Route::Inbox { office: OFFICE }.to_path(), "standing=all");
    for _ in 0..100 {
        let inbox: Inbox = ok(api.signed_get(key, &path)).await?;
        if wanted(&inbox) {
            return Ok(inbox);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    anyhow::bail!("the office's index never caught up")
}

#[tokio::test]
async fn a_case_goes_to_and_fro_and_leaves_a_trail() -> Result<()> {
    let portal = Portal::start()?;
    let (api, key, sender) = (Api::of(&portal), portal.key(OFFICE)?, tip_off(&portal)?);
    let (_, acknowledgement) = sender.submit().await?;
    let case = Route::Open { office: OFFICE, lookup: &sender.keys.lookup }.to_path();

    let inbox = inbox_of(&api, key, |inbox| inbox.cases.len() == 1).await?;
    ensure!(inbox.cases[0].waiting_for_office && inbox.cases[0].lookup == sender.keys.lookup);
    let desk: DeskCase = ok(api.signed_get(key, &case)).await?;
    let letter = Letter::parse(&seal::open_envelope(&key.identity, &desk.envelope)?)?;
    ensure!(matches!(letter, Letter::TipOff(tip) if tip.text == "测试内容"));
    let view = &desk.view;
    let genesis = chain::genesis_of(
        &view.office,
        view.kind,
        &view.lookup,
        &desk.token_hash,
        &view.reply_to,
        &desk.envelope,
        (&sender.keys.owner_key, Addressee::Office),
    );
    ensure!(view.events[0].prev == genesis, "the first event does not bind the submission");

    let event = NewEvent {
        id: "0123456789abcdef".into(),
        expected_head: view.head.clone(),
        stage: Some("verifying".into()),
        on: Some(edge_day()?),
        envelope: Some(sealed(&portal, OFFICE, &sender, "请补充楼栋号")?),
        ..NewEvent::default()
    }
    .signed_by(key, &sender.keys.lookup, now());
    let events = Route::Act { office: OFFICE, lookup: &sender.keys.lookup }.to_path();
    let moved: Written = ok(api.signed_post(key, &events, &event)?).await?;
    let again: Written = ok(api.signed_post(key, &events, &event)?).await?;
    ensure!(moved == again && moved.total == 3);
    inbox_of(&api, key, |inbox| inbox.cases.iter().all(|row| !row.waiting_for_office)).await?;

    let view = sender.whole().await?;
    ensure!(view.stage == "verifying", "the stage is {}", view.stage);
    ensure!(chain::verify_view(&view, Some(&acknowledgement.head)).is_ok(), "the chain broke");
    let Some(Action::Message { envelope: Some(envelope), .. }) = view.events.last().map(|last| &last.action)
    else {
        anyhow::bail!("no message came")
    };
    let opened = seal::open_envelope(&sender.keys.identity, envelope)?;
    ensure!(Letter::parse(&opened)? == Letter::message("请补充楼栋号"));

    let reply = message(OFFICE, &sender, "fedcba9876543210", sealed(&portal, OFFICE, &sender, "九栋")?);
    let messages = Route::Message { lookup: &sender.keys.lookup }.to_path();
    let send = || api.post(&messages, &reply).header("authorization", receipt(&sender));
    let written: Written = ok(send()).await?;
    ensure!(written == ok::<Written>(send()).await?, "sending twice changed something");
    inbox_of(&api, key, |inbox| inbox.cases.iter().all(|row| row.waiting_for_office)).await?;

    let trail: AuditTrail = ok(api.signed_get(key, &Route::Audit { office: OFFICE }.to_path())).await?;
    ensure!(chain::verify_audit(OFFICE, &trail.rows).is_ok(), "the audit trail broke");
    let count = |wanted: &AuditAction| trail.rows.iter().filter(|row| row.action == *wanted).count();
    ensure!(count(&AuditAction::Opened) == 1 && count(&AuditAction::Replied) == 1);
    ensure!(count(&AuditAction::Moved { stage: "verifying".into() }) == 1);
    ensure!(count(&AuditAction::Audited) == 1 && count(&AuditAction::Listed) >= 1);
    Ok(())
}

/// What was taken back is in no file any more, the write-ahead log included, nor what was written about it since.
#[tokio::test]
async fn withdrawing_erases_the_letter_and_closes_the_case() -> Result<()> {
    let mut portal = Portal::start()?;
    let sender = tip_off(&portal)?;
    sender.submit().await?;
    let asked = sealed(&portal, OFFICE, &sender, "请补充楼栋号")?;
    let answered = message(OFFICE, &sender, "fedcba9876543210", sealed(&portal, OFFICE, &sender, "九栋")?);
    let withdraw = sender.withdrawal("0123456789abcdef");
    let (api, key) = (Api::of(&portal), portal.key(OFFICE)?);
    let events = Route::Act { office: OFFICE, lookup: &sender.keys.lookup }.to_path();
    let expected_head = sender.view().await?.head;
    let id = "0123456789abcdef-1".to_owned();
    let event = NewEvent { id, expected_head, envelope: Some(asked.clone()), ..NewEvent::default() };
    let event = event.signed_by(key, &sender.keys.lookup, now());
    ok::<Written>(api.signed_post(key, &events, &event)?).await?;
    let messages = Route::Message { lookup: &sender.keys.lookup }.to_path();
    ok::<Written>(api.post(&messages, &answered).header("authorization", receipt(&sender))).await?;
    let written = [sender.submission.envelope.clone(), asked, answered.envelope.clone()];
    for envelope in &written {
        ensure!(!disk::pieces(&portal.store(), envelope)?.is_empty(), "the search finds nothing at all");
    }

    let path = Route::Withdraw { lookup: &sender.keys.lookup }.to_path();
    let send = || api.post(&path, &withdraw).header("authorization", receipt(&sender));
    ok::<Written>(send()).await?;
    for envelope in &written {
        let left = disk::pieces(&portal.store(), envelope)?;
        ensure!(left.is_empty(), "still in {left:?}");
    }
    // What is left says that there was something, and holds together; it survives a crash.
    let tombstone = async |sender: &Applicant| -> Result<()> {
        let view = sender.view().await?;
        ensure!(view.withdrawn && view.total == 4 && chain::verify_view(&view, None).is_ok(), "{view:?}");
        Ok(())
    };
    tombstone(&sender).await?;
    ok::<Written>(send()).await?;
    inbox_of(&api, key, |inbox| inbox.cases.iter().any(|row| row.withdrawn)).await?;
    let case = Route::Open { office: OFFICE, lookup: &sender.keys.lookup }.to_path();
    let desk: DeskCase = ok(api.signed_get(key, &case)).await?;
    ensure!(desk.envelope.is_empty(), "the letter is still there");
    let late = message(OFFICE, &sender, "fedcba9876543211", sealed(&portal, OFFICE, &sender, "还有")?);
    let send = api.post(&messages, &late).header("authorization", receipt(&sender));
    refused(send, ErrorCode::CaseClosed).await?;
    refused(api.submit(&sender.submission), ErrorCode::CaseClosed).await?;
    portal.crash_and_restart()?;
    tombstone(&sender).await?;
    for envelope in &written {
        ensure!(disk::pieces(&portal.store(), envelope)?.is_empty(), "it came back");
    }
    Ok(())
}

#[tokio::test]
async fn bad_submissions_are_refused_and_nothing_is_stored() -> Result<()> {
    let portal = Portal::start()?;
    let api = Api::of(&portal);
    let path = Route::Submit { office: OFFICE }.to_path();
    let (sender, altered) = loop {
        let sender = tip_off(&portal)?;
        let mut altered = sender.submission.clone();
        let middle = altered.envelope.len() / 2;
        let other = if altered.envelope.get(middle..=middle) == Some("A") { "B" } else { "A" };
        altered.envelope.replace_range(middle..=middle, other);
        if !counts_by_chance(&Subject::submission(&altered), altered.proof, PROOF_BITS) {
            break (sender, altered);
        }
    };
    let good = &sender.submission;
    let again = |envelope: String| -> Submission { proved(Submission { envelope, ..good.clone() }) };
    let cut: String = good.envelope.chars().take(good.envelope.len() - 400).collect();
    let mut idle = good.clone();
    idle.proof.stamp -= 901;
    for (submission, code) in [
        (again(cut), ErrorCode::EnvelopeInvalid),
        (again("不是加密".into()), ErrorCode::EnvelopeInvalid),
        (again("A".repeat(262_148)), ErrorCode::TooLarge),
        (altered, ErrorCode::ProofInvalid),
        (idle, ErrorCode::ProofExpired),
        (Submission { token_hash: "x".into(), ..good.clone() }, ErrorCode::InvalidField),
    ] {
        refused(api.post(&path, &submission), code).await?;
    }
    refused(api.post(&Route::Submit { office: "atlantis-1" }.to_path(), good), ErrorCode::UnknownOffice)
        .await?;
    let whole = serde_json::to_string(good)?;
    let raw = |body: String| {
        let request = api.client.post(portal.url(&path));
        request.header("content-type", "application/json").body(body)
    };
    refused(raw(whole.chars().take(whole.len() / 2).collect()), ErrorCode::InvalidJson).await?;
    refused(raw(String::new()), ErrorCode::InvalidJson).await?;
    refused(raw(" ".repeat(2_000_000)), ErrorCode::TooLarge).await?;
    let plain = api.client.post(portal.url(&path)).body(whole);
    refused(plain, ErrorCode::UnsupportedMediaType).await?;
    let view =
        api.get(&Route::View { lookup: &good.lookup }.to_path()).header("authorization", receipt(&sender));
    let stored = disk::files_with(&portal.store(), &good.lookup)?;
    ensure!(stored.is_empty(), "something of a refused submission was stored: {stored:?}");
    refused(view, ErrorCode::UnknownCase).await.map(drop)
}

#[tokio::test]
async fn receipts_and_signatures_are_needed_and_bound() -> Result<()> {
    let portal = Portal::start()?;
    Attack::Strangers.on(&Target::of(&portal, OFFICE)?).await.holds()?;
    let (api, key, sender) = (Api::of(&portal), portal.key(OFFICE)?, tip_off(&portal)?);
    sender.submit().await?;
    let stranger = KeyFile::generate(OFFICE, Role::Office)?;
    let events = Route::Act { office: OFFICE, lookup: &sender.keys.lookup }.to_path();
    let head = sender.view().await?.head;
    let today = edge_day()?;
    let act = NewEvent { id: "0123456789abcdef".into(), expected_head: head, ..NewEvent::default() };
    let leap = |stage: &str, on| NewEvent { stage: Some(stage.into()), on: Some(on), ..act.clone() };
    for (event, code) in [
        (leap("closed", today), ErrorCode::StageUnreachable),
        (leap("verifying", "2020-01-01".parse()?), ErrorCode::DateInvalid),
        (leap("verifying", "2199-01-01".parse()?), ErrorCode::DateInvalid),
        (NewEvent { id: "short".into(), ..act.clone() }, ErrorCode::InvalidField),
        (NewEvent { expected_head: "12".into(), ..act.clone() }, ErrorCode::InvalidField),
        (act.clone(), ErrorCode::InvalidField),
        (NewEvent { envelope: Some("QUJD".into()), ..act.clone() }, ErrorCode::EnvelopeInvalid),
    ] {
        let event = event.signed_by(key, &sender.keys.lookup, now());
        refused(api.signed_post(key, &events, &event)?, code).await?;
    }
    // An act that its signer did not sign, or that somebody else did.
    for event in [
        NewEvent { signed_at: now(), ..leap("verifying", today) },
        leap("verifying", today).signed_by(&stranger, &sender.keys.lookup, now()),
        leap("verifying", today).signed_by(key, &"0".repeat(32), now()),
    ] {
        refused(api.signed_post(key, &events, &event)?, ErrorCode::ActUnsigned).await?;
    }
    let unsigned =
        json!({"id": act.id, "expected_head": act.expected_head, "stage": "verifying", "on": today});
    for body in [unsigned, json!({"stage": 1})] {
        refused(api.signed_post(key, &events, &body)?, ErrorCode::InvalidJson).await?;
    }
    let messages = Route::Message { lookup: &sender.keys.lookup }.to_path();
    let said = message(OFFICE, &sender, "message-0000000001", sealed(&portal, OFFICE, &sender, "测试")?);
    let withdraw = Route::Withdraw { lookup: &sender.keys.lookup }.to_path();
    let back = sender.withdrawal("withdrawal-00000001");
    let by_owner = |request: reqwest::RequestBuilder| request.header("authorization", receipt(&sender));
    for signed in [None, back.signed.clone()] {
        let unsigned = NewMessage { signed, ..said.clone() };
        refused(by_owner(api.post(&messages, &unsigned)), ErrorCode::ActUnsigned).await?;
    }
    for signed in [None, said.signed.clone()] {
        let unsigned = Withdrawal { signed, ..back.clone() };
        refused(by_owner(api.post(&withdraw, &unsigned)), ErrorCode::ActUnsigned).await?;
    }
    ensure!(sender.view().await?.events.len() == 1, "a refused act left something behind");
    Ok(())
}

#[tokio::test]
async fn the_described_routes_are_served_and_no_others() -> Result<()> {
    let portal = Portal::start()?;
    let api = Api::of(&portal);
    let openapi: Value = serde_json::from_str(include_str!("../../edge/openapi.json"))?;
    let paths = openapi["paths"].as_object().context("paths")?;
    for (path, item) in paths {
        let zeros = |digits: usize| "0".repeat(digits);
        let path = path.replace("{office}", OFFICE).replace("{lookup}", &zeros(32));
        let path = path.replace("{paper}", &zeros(64)).replace("{part}", "0");
        for method in ["GET", "POST"] {
            let described = item.get(method.to_lowercase()).is_some();
            let request = api.client.request(method.parse()?, portal.url(&path));
            if described {
                let status = request.send().await?.status();
                let codes = &item[method.to_lowercase()]["responses"];
                ensure!(codes.get(status.as_str()).is_some(), "{method} {path} gave {status}");
            } else {
                refused(request, ErrorCode::MethodNotAllowed).await?;
            }
        }
    }
    refused(api.get(routes::ROOT), ErrorCode::NotFound).await?;
    refused(api.get(&format!("{}/cases", routes::ROOT)), ErrorCode::NotFound).await?;
    refused(api.get(&Route::View { lookup: "ABC" }.to_path()), ErrorCode::UnknownCase).await.map(drop)
}

#[tokio::test]
async fn pages_have_types_policies_and_compact_forms_and_folders_stay_shut() -> Result<()> {
    let portal = Portal::start()?;
    let api = Api::of(&portal);
    let pages = ["/", "/yongshun/guide", "/desk", "/desk/"].map(|path| (path, StatusCode::OK));
    let folders = ["/assets", "/assets/"].map(|path| (path, StatusCode::NOT_FOUND));
    for (path, status) in pages.into_iter().chain(folders) {
        let answer = api.get(path).header("accept-encoding", "br, gzip").send().await?;
        ensure!(answer.status() == status, "{path}: {}", answer.status());
        let header = |name: &str| answer.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or("");
        ensure!(header("content-type") == "text/html; charset=utf-8", "{path}");
        ensure!(header("content-encoding") == "br", "{path} is not compressed");
        ensure!(header("content-security-policy").starts_with("default-src 'none'"), "{path}");
        ensure!(header("x-content-type-options") == "nosniff" && header("referrer-policy") == "no-referrer");
    }
    let plain = api.get("/").header("accept-encoding", "identity").send().await?;
    ensure!(plain.headers().get("content-encoding").is_none());
    ensure!(plain.text().await?.contains("<html"), "the page is not readable without decompression");
    refused(api.get("/assets/nothing-00000000.js"), ErrorCode::NotFound).await?;
    refused(api.get("/..%2fkeys/yongshun-2023.key"), ErrorCode::NotFound).await?;
    refused(api.post("/", &json!({})), ErrorCode::MethodNotAllowed).await?;
    let foreign =
        api.get(&Route::Health {}.to_path()).header("origin", "https://elsewhere.example").send().await?;
    ensure!(foreign.headers().get("access-control-allow-origin").is_none(), "another origin may read");
    Ok(())
}

/// Today in China, as the edge counts it.
fn edge_day() -> Result<chrono::NaiveDate> {
    let at = i64::try_from(now() + 8 * 3600)?;
    Ok(chrono::DateTime::from_timestamp(at, 0).context("a time")?.date_naive())
}

/// Guessing look-up ids must not fill the office's disk.
#[tokio::test]
async fn asking_for_cases_that_are_not_there_leaves_nothing_on_disk() -> Result<()> {
    let portal = Portal::start()?;
    let (api, key, sender) = (Api::of(&portal), portal.key(OFFICE)?, tip_off(&portal)?);
    let path = Route::View { lookup: &sender.keys.lookup }.to_path();
    let desk_path = Route::Open { office: OFFICE, lookup: &sender.keys.lookup }.to_path();
    let cases = portal.store().join("anju-case");
    let before = disk::files(&cases)?.len();
    let asked = || api.get(&path).header("authorization", receipt(&sender));
    refused(asked(), ErrorCode::UnknownCase).await?;
    let withdrawal = sender.withdrawal("withdrawal-00000001");
    let withdraw = api.post(&Route::Withdraw { lookup: &sender.keys.lookup }.to_path(), &withdrawal);
    refused(withdraw.header("authorization", receipt(&sender)), ErrorCode::UnknownCase).await?;
    let asks = message(OFFICE, &sender, "message-0000000001", sealed(&portal, OFFICE, &sender, "测试")?);
    let writing = api.post(&Route::Message { lookup: &sender.keys.lookup }.to_path(), &asks);
    refused(writing.header("authorization", receipt(&sender)), ErrorCode::UnknownCase).await?;
    refused(api.signed_get(key, &desk_path), ErrorCode::UnknownCase).await?;
    ensure!(disk::files(&cases)?.len() == before, "a question made a file");
    sender.submit().await?;
    let view: CaseView = ok(asked()).await?;
    ensure!(view.lookup == sender.keys.lookup, "another case");
    ensure!(disk::files(&cases)?.len() > before, "the case made no file");
    Ok(())
}

/// A long thread comes in parts, each of them small, and whole in the end; the look-up itself carries no message.
#[tokio::test]
async fn a_long_thread_comes_in_parts_and_holds_together() -> Result<()> {
    const LETTERS: usize = 60;
    let portal = Portal::start()?;
    let (api, key, sender) = (Api::of(&portal), portal.key(OFFICE)?, tip_off(&portal)?);
    let mut head = sender.submit().await?.1.head;
    let envelope = sealed(&portal, OFFICE, &sender, "同一封信")?;
    let events = Route::Act { office: OFFICE, lookup: &sender.keys.lookup }.to_path();
    for number in 0..LETTERS {
        let id = format!("0123456789abcdef-{number}");
        let event =
            NewEvent { id, expected_head: head, envelope: Some(envelope.clone()), ..NewEvent::default() };
        let event = event.signed_by(key, &sender.keys.lookup, now());
        head = ok::<Written>(api.signed_post(key, &events, &event)?).await?.head;
    }
    let view = sender.whole().await?;
    ensure!(
        view.events.len() == LETTERS + 1 && chain::verify_view(&view, None).is_ok(),
        "something is missing"
    );
    let look_up = |from: u64| {
        let path = Route::View { lookup: &sender.keys.lookup }.to_path();
        api.get(&with_query(&path, &Onward { from }.to_text())).header("authorization", receipt(&sender))
    };
    let text = look_up(0).send().await?.text().await?;
    ensure!(!text.contains(&envelope) && text.len() < 32 * 1024, "{} bytes for a look-up", text.len());
    let last: CaseView = ok(look_up(u64::try_from(LETTERS)?)).await?;
    ensure!(last.events.len() == 1 && last.head == view.head, "{} events", last.events.len());
    let thread = Route::OpenThread { office: OFFICE, lookup: &sender.keys.lookup }.to_path();
    let page: Messages = ok(api.signed_get(key, &thread)).await?;
    let chars: usize = page.messages.iter().map(|message| message.envelope.len()).sum();
    ensure!(!page.messages.is_empty() && chars <= ENVELOPE_CHARS, "{chars} characters in one answer");
    // What is signed is the whole address: the same signature for another part is no signature.
    let signature = token(key, "GET", &thread, b"");
    let other = api.get(&with_query(&thread, "from=9")).header("authorization", signature);
    refused(other, ErrorCode::SignatureInvalid).await?;
    refused(api.get(&with_query(&thread, "till=9")), ErrorCode::SignatureMissing).await?;
    refused(api.signed_get(key, &with_query(&thread, "till=9")), ErrorCode::InvalidField).await.map(drop)
}

/// Two desks act on what they both saw: one is first, and the other is told so with where the case stands by now.
#[tokio::test]
async fn of_two_desks_that_press_at_once_one_is_told_to_look_again() -> Result<()> {
    let portal = Portal::start()?;
    Attack::Races.on(&Target::of(&portal, OFFICE)?).await.holds()
}
