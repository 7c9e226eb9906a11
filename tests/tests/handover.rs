//! Somebody who came later opens what was sealed before them, once somebody who can open it has handed it on; the letter and
//! its history stay as they were, and what is erased is erased with it.

#![allow(missing_docs)]

use anyhow::{Context, Result, ensure};
use protocol::case::Written;
use protocol::desk::{AuditAction, AuditTrail, DeskCase, Role};
use protocol::error::ErrorCode;
use protocol::handover::Handover;
use protocol::paper::Media;
use protocol::routes::Route;
use system_tests::api::{Api, message, ok, receipt, refused, sealed};
use system_tests::applicant::{Applicant, Server};
use system_tests::browser::Browser;
use system_tests::disk;
use system_tests::papers::{Sheets, picture};
use system_tests::portal::Portal;

const OFFICE: &str = "yongshun-2023";
const SEEN: &str = "很久没有人住。";
const SAID: &str = "补充：是九栋。";

async fn desk_of(portal: &Portal, role: Role) -> Result<Browser> {
    let desk = Browser::open(1280, 900).await?;
    desk.go(&portal.url("/desk/")).await?;
    desk.choose_file("key-file", &portal.staff(OFFICE, role)?.file).await?;
    Ok(desk)
}

#[tokio::test]
async fn who_came_later_opens_what_was_handed_on_and_the_history_stays() -> Result<()> {
    // Both take tip-offs in this place; the letter is sealed to the first alone, as by a card of before the second came.
    let portal = Portal::start_with(&[(OFFICE, Role::Department)], |home| home)?;
    let sheets = Sheets::seal(&[("门口的照片", Media::Png, picture((320, 200))?)])?;
    let server = Server::of(&portal, &portal.key(OFFICE)?.recipient);
    let (enclosures, announced) = (Some(sheets.enclosures()), sheets.announced());
    let sender = Applicant::enclosing(&server, OFFICE, ("测试小区", SEEN), enclosures, announced)?;
    sender.submit().await?;
    sheets.all[0].send(&Api::of(&portal), &sender).await?;
    let (api, key, lookup) = (Api::of(&portal), portal.key(OFFICE)?, sender.keys.lookup.clone());
    let said = message(OFFICE, &sender, "fedcba9876543210", sealed(&portal, OFFICE, &sender, SAID)?);
    let messages = Route::Message { lookup: &lookup }.to_path();
    ok::<Written>(api.post(&messages, &said).header("authorization", receipt(&sender))).await?;

    let later = desk_of(&portal, Role::Department).await?;
    let open = format!("case-open-{lookup}");
    later.press(&open).await?;
    later.find("letter-unopened").await?;
    let before = desk_of(&portal, Role::Office).await?;
    before.press("hand-on-fold").await?;
    before.press("hand-on").await?;
    before.says("hand-on-done", "看过 1 件，其中 1 件").await?;
    later.press("case-refresh").await?;
    later.says("tip-text", SEEN).await?;
    // The key of the papers is in the letter: nothing more had to be handed on.
    later.press("paper-open").await?;
    later.find("paper-image").await?;
    later.says("messages", SAID).await?;
    later.says("chain", "校验通过").await?;
    // By the same card there is nothing more to hand on.
    before.press("hand-on").await?;
    before.says("hand-on-done", "看过 1 件，其中 0 件").await?;

    let path = Route::Open { office: OFFICE, lookup: &lookup }.to_path();
    let case: DeskCase = ok(api.signed_get(key, &path)).await?;
    let handed = case.handover.context("nothing was handed on")?;
    let hand_on = Route::HandOn { office: OFFICE, lookup: &lookup }.to_path();
    let junk = Handover { card: 1, envelope: "QQ==".to_owned() };
    refused(api.signed_post(key, &hand_on, &junk)?, ErrorCode::EnvelopeInvalid).await?;
    let supervisor = &portal.staff(OFFICE, Role::Supervisor)?.key;
    refused(api.signed_post(supervisor, &hand_on, &handed)?, ErrorCode::RoleForbidden).await?;
    let trail: AuditTrail = ok(api.signed_get(key, &Route::Audit { office: OFFICE }.to_path())).await?;
    let noted = trail.rows.iter().filter(|row| row.action == AuditAction::HandedOn).count();
    ensure!(noted == 1, "the trail tells of {noted}");

    ensure!(!disk::pieces(&portal.store(), &handed.envelope)?.is_empty(), "the search finds nothing at all");
    let withdraw = Route::Withdraw { lookup: &lookup }.to_path();
    let withdrawal = sender.withdrawal("0123456789abcdef");
    ok::<Written>(api.post(&withdraw, &withdrawal).header("authorization", receipt(&sender))).await?;
    let left = disk::pieces(&portal.store(), &handed.envelope)?;
    ensure!(left.is_empty(), "still in {left:?}");
    refused(api.signed_post(key, &hand_on, &handed)?, ErrorCode::CaseClosed).await?;
    before.conclude(&portal.url("")).await?;
    later.conclude(&portal.url("")).await
}
