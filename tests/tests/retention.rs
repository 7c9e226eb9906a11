//! What the office keeps no longer is gone from the disk; both pages say so, the trail has a line for it, and what happened
//! stays. Where nobody has set a time, everything stays.

#![allow(missing_docs)]

use anyhow::{Context, Result, ensure};
use protocol::case::{Delivered, Written};
use protocol::chain;
use protocol::desk::{AuditAction, AuditTrail, DeskCase, NewEvent};
use protocol::routes::Route;
use serde_json::{Value, json};
use system_tests::api::{Api, ok, receipt, sealed};
use system_tests::applicant::Applicant;
use system_tests::browser::Browser;
use system_tests::clock::{now, today};
use system_tests::disk;
use system_tests::portal::Portal;
use system_tests::store::{ALARMS, CASES, file_of, sqlite};

const OFFICE: &str = "yongshun-2023";
const DAY_SECS: u64 = 86_400;

/// A tip-off that the office has answered and closed.
async fn closed(portal: &Portal) -> Result<(Applicant, String)> {
    let sender = Applicant::with_tip_off(portal, OFFICE, "测试小区", "测试内容")?;
    sender.submit().await?;
    let (api, key, lookup) = (Api::of(portal), portal.key(OFFICE)?, sender.keys.lookup.as_str());
    let answer = sealed(portal, OFFICE, &sender, "已经查过，属实。")?;
    for (id, stage, envelope) in [("1", "verifying", None), ("2", "closed", Some(answer.clone()))] {
        let event = NewEvent {
            id: format!("0123456789abcdef-{id}"),
            expected_head: sender.view().await?.head,
            stage: Some(stage.to_owned()),
            on: Some(today()?),
            envelope,
            ..NewEvent::default()
        };
        let route = Route::Act { office: OFFICE, lookup }.to_path();
        ok::<Written>(api.signed_post(key, &route, &event.signed_by(key, lookup, now()))?).await?;
    }
    Ok((sender, answer))
}

/// Lets so many days pass for a case that nobody wrote to, while the server is not there.
fn let_days_pass(portal: &Portal, lookup: &str, days: u64) -> Result<()> {
    let file = file_of(portal, lookup)?;
    let mut head: Value = serde_json::from_str(sqlite(&file, "SELECT json FROM head;")?.trim())?;
    let last = head["updated_at"].as_u64().context("no time")?;
    head["updated_at"] = json!(last - days * DAY_SECS);
    sqlite(&file, &format!("UPDATE head SET json = '{head}';")).map(drop)
}

async fn come_round(portal: &Portal, lookup: &str) -> Result<()> {
    let asked = Api::of(portal).client.post(portal.url(&Route::Deliver { lookup }.to_path()));
    ok::<Delivered>(asked).await.map(drop)
}

#[tokio::test]
async fn what_is_kept_no_longer_is_gone_from_the_disk_and_both_pages_say_so() -> Result<()> {
    let mut portal = Portal::start_with(&[], |home| home.with_retention_days(r#"{"tip_off":30}"#))?;
    let (sender, answer) = closed(&portal).await?;
    let lookup = sender.keys.lookup.clone();
    let written = [sender.submission.envelope.clone(), answer];
    // Both pages say for how long, before it goes.
    ensure!(sender.view().await?.kept_days == Some(30));
    let early = Browser::open(360, 740).await?;
    early.open_the_status(&portal, &sender.code).await?;
    early.says("kept-days", "还保留 30 天").await?;
    let desk = Browser::open(1280, 900).await?;
    desk.go(&portal.url("/desk/")).await?;
    desk.choose_file("key-file", &portal.office(OFFICE)?.file).await?;
    desk.press("inbox-all").await?;
    desk.press(&format!("case-open-{lookup}")).await?;
    desk.says("kept-days", "办结后 30 天").await?;
    for browser in [early, desk] {
        browser.conclude(&portal.url("")).await?;
    }
    // On the last day it is there.
    portal.crash();
    let_days_pass(&portal, &lookup, 30)?;
    portal.start_again()?;
    come_round(&portal, &lookup).await?;
    ensure!(sender.view().await?.destroyed_at.is_none(), "it went too early");
    for envelope in &written {
        ensure!(!disk::pieces(&portal.store(), envelope)?.is_empty(), "the search finds nothing at all");
    }

    portal.crash();
    let_days_pass(&portal, &lookup, 1)?;
    portal.start_again()?;
    come_round(&portal, &lookup).await?;
    let view = sender.view().await?;
    ensure!(view.destroyed_at.is_some_and(|at| at.abs_diff(now()) < 60), "{view:?}");
    ensure!(view.total == 4 && chain::verify_view(&view, None).is_ok(), "what happened is gone: {view:?}");
    for envelope in &written {
        let left = disk::pieces(&portal.store(), envelope)?;
        ensure!(left.is_empty(), "still in {left:?}");
    }
    // Twice is once.
    come_round(&portal, &lookup).await?;
    let (api, key) = (Api::of(&portal), portal.key(OFFICE)?);
    let trail: AuditTrail = ok(api.signed_get(key, &Route::Audit { office: OFFICE }.to_path())).await?;
    let told = trail.rows.iter().filter(|row| row.action == AuditAction::Destroyed);
    let told: Vec<_> = told.map(|row| (row.kid.as_str(), row.lookup.as_deref())).collect();
    ensure!(told == [("", Some(lookup.as_str()))], "{told:?}");
    let case: DeskCase =
        ok(api.signed_get(key, &Route::Open { office: OFFICE, lookup: &lookup }.to_path())).await?;
    ensure!(case.envelope.is_empty(), "the letter is still there");

    let resident = Browser::open(360, 740).await?;
    resident.go(&portal.url("/status")).await?;
    resident.fill("status-code", &sender.code.grouped()).await?;
    resident.press("status-open").await?;
    resident.says("case-destroyed", "按自己设定的保存期限").await?;
    resident.find("signatures-good").await?;
    ensure!(!resident.has("reply-text").await?, "one can still write");
    let desk = Browser::open(1280, 900).await?;
    desk.go(&portal.url("/desk/")).await?;
    desk.choose_file("key-file", &portal.office(OFFICE)?.file).await?;
    desk.press("inbox-all").await?;
    desk.press(&format!("case-open-{lookup}")).await?;
    desk.says("case-destroyed", "按本单位设定的保存期限").await?;
    desk.says("chain", "校验通过").await?;
    ensure!(!desk.has("case-finding").await?, "the desk finds fault with it");
    desk.press("desk-back").await?;
    desk.press("desk-audit").await?;
    desk.reads("按本单位设定的保存期限，销毁了信件和消息").await?;
    resident.conclude(&portal.url("")).await?;
    desk.conclude(&portal.url("")).await
}

#[tokio::test]
async fn where_no_time_is_set_everything_stays() -> Result<()> {
    let mut portal = Portal::start()?;
    let (sender, answer) = closed(&portal).await?;
    portal.crash();
    let_days_pass(&portal, &sender.keys.lookup, 20_000)?;
    portal.start_again()?;
    come_round(&portal, &sender.keys.lookup).await?;
    let view = sender.view().await?;
    ensure!(view.destroyed_at.is_none() && view.kept_days.is_none(), "nobody said so");
    ensure!(!disk::pieces(&portal.store(), &answer)?.is_empty(), "it is gone");
    Ok(())
}

/// A list that was lost would not know of it otherwise.
#[tokio::test]
async fn a_case_that_was_taken_back_comes_round_again_like_any_other() -> Result<()> {
    let mut portal = Portal::start()?;
    let sender = Applicant::with_tip_off(&portal, OFFICE, "测试小区", "测试内容")?;
    sender.submit().await?;
    let path = Route::Withdraw { lookup: &sender.keys.lookup }.to_path();
    let withdrawal = sender.withdrawal("0123456789abcdef");
    let sent = Api::of(&portal).post(&path, &withdrawal).header("authorization", receipt(&sender));
    ok::<Written>(sent).await?;
    portal.crash();
    let alarms = portal.store().join(CASES).join(ALARMS);
    let asked = format!("SELECT count(*) FROM _cf_ALARM WHERE actor_name = '{}';", sender.keys.lookup);
    let waits = sqlite(&alarms, &asked)?;
    ensure!(waits.trim() == "1", "nothing wakes it: {waits}");
    Ok(())
}
