//! A tip-off passed on at the desk to those who look after the office: they open letter, photo and messages, answer, and
//! read what comes later; its sender sees that it was passed on, and the history and both trails tell it.

#![allow(missing_docs)]

use anyhow::{Result, ensure};
use protocol::desk::{AuditAction, AuditTrail, DeskCase, Role};
use protocol::error::ErrorCode;
use protocol::paper::Media;
use protocol::routes::Route;
use system_tests::api::{Api, ok, refused};
use system_tests::applicant::{Applicant, Server};
use system_tests::browser::Browser;
use system_tests::papers::{Sheets, picture};
use system_tests::portal::Portal;

const OFFICE: &str = "yongshun-2023";
const SEEN: &str = "很久没有人住，物业说是干部亲戚的。";
const ANSWER: &str = "纪检这边已经收到，正在核实。";
const LATER: &str = "补充：车牌不方便写。";

async fn desk_of(portal: &Portal, role: Role) -> Result<Browser> {
    let desk = Browser::open(1280, 900).await?;
    desk.go(&portal.url("/desk/")).await?;
    desk.choose_file("key-file", &portal.staff(OFFICE, role)?.file).await?;
    Ok(desk)
}

async fn trail(portal: &Portal, role: Role) -> Result<AuditTrail> {
    let route = Route::Audit { office: OFFICE }.to_path();
    ok(Api::of(portal).signed_get(&portal.staff(OFFICE, role)?.key, &route)).await
}

#[tokio::test]
async fn who_it_was_passed_on_to_opens_it_with_its_photo_and_answers() -> Result<()> {
    let portal = Portal::start()?;
    let sheets = Sheets::seal(&[("门口的照片", Media::Png, picture((320, 200))?)])?;
    let server = Server::of(&portal, &portal.key(OFFICE)?.recipient);
    let (enclosures, announced) = (Some(sheets.enclosures()), sheets.announced());
    let sender = Applicant::enclosing(&server, OFFICE, ("测试小区", SEEN), enclosures, announced)?;
    sender.submit().await?;
    let api = Api::of(&portal);
    sheets.all[0].send(&api, &sender).await?;
    let (lookup, supervisor) = (sender.keys.lookup.clone(), portal.staff(OFFICE, Role::Supervisor)?);
    let path = Route::Open { office: OFFICE, lookup: &lookup }.to_path();
    refused(api.signed_get(&supervisor.key, &path), ErrorCode::RoleForbidden).await?;

    let office = desk_of(&portal, Role::Office).await?;
    office.press(&format!("case-open-{lookup}")).await?;
    office.press("pass-on-fold").await?;
    office.press("pass-to-supervisor").await?;
    office.press("pass-on").await?;
    office.press("pass-on-confirm").await?;
    office.says("history", "移交给监督人员").await?;
    office.says("chain", "校验通过").await?;

    let theirs = desk_of(&portal, Role::Supervisor).await?;
    theirs.press(&format!("case-open-{lookup}")).await?;
    theirs.says("tip-text", SEEN).await?;
    theirs.press("paper-open").await?;
    theirs.find("paper-image").await?;
    theirs.says("chain", "校验通过").await?;
    theirs.fill("desk-reply-text", ANSWER).await?;
    theirs.press("desk-reply-send").await?;
    theirs.says("messages", ANSWER).await?;

    let resident = Browser::open(360, 740).await?;
    resident.open_the_status(&portal, &sender.code).await?;
    resident.says("passed-on", "移交给了监督人员").await?;
    resident.find("signatures-good").await?;
    resident.says("message-1", ANSWER).await?;
    resident.fill("reply-text", LATER).await?;
    resident.press("reply-send").await?;
    resident.reads(LATER).await?;
    // What comes later is sealed to both.
    for desk in [&theirs, &office] {
        desk.press("case-refresh").await?;
        desk.says("messages", LATER).await?;
        desk.says("messages", ANSWER).await?;
    }

    let passed = |row: &AuditAction| *row == AuditAction::PassedOn { to: supervisor.key.kid.clone() };
    let (ours, other) = (trail(&portal, Role::Office).await?, trail(&portal, Role::Supervisor).await?);
    ensure!(ours.rows.iter().filter(|row| passed(&row.action)).count() == 1, "{ours:?}");
    ensure!(!other.rows.iter().any(|row| passed(&row.action)), "{other:?}");
    let opened = |trail: &AuditTrail| trail.rows.iter().any(|row| row.lookup.as_deref() == Some(&lookup));
    ensure!(opened(&ours) && opened(&other), "who opened it stands in no trail of theirs");
    let case: DeskCase = ok(api.signed_get(&supervisor.key, &path)).await?;
    ensure!(case.view.mail().supervised && case.handover.is_some(), "{case:?}");
    for browser in [office, theirs, resident] {
        browser.conclude(&portal.url("")).await?;
    }
    Ok(())
}
