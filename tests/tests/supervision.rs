//! A tip-off about the office itself: sealed to its supervisor, who alone sees, opens and moves it; where the office has
//! set up nobody, the page says so and nothing leaves.

#![allow(missing_docs)]

use anyhow::{Context, Result, ensure};
use office::cards::{self, DEMONSTRATION_SEED};
use protocol::card::{Card, Supervision};
use protocol::desk::{AuditTrail, Role};
use protocol::receipt::{self, ReceiptCode};
use protocol::routes::Route;
use protocol::seal;
use system_tests::api::Api;
use system_tests::browser::Browser;
use system_tests::officer::Officer;
use system_tests::portal::Portal;

const OFFICE: &str = "yongshun-2023";
const SEEN: &str = "工作人员收了钱，把房子给了不排队的人。";
const ASKED: &str = "请说明是哪一天的事。";
const ANSWERED: &str = "是上个月的事。";

async fn written(browser: &Browser, portal: &Portal) -> Result<()> {
    browser.go(&portal.url("/yongshun/tip")).await?;
    browser.says("tip-reader", "由受理单位里按文件办理举报的人员打开").await?;
    browser.press("choice-tip-about-staff").await?;
    browser.press("choice-tip-what-other").await?;
    browser.fill("tip-place", "测试小区").await?;
    browser.fill("tip-text", SEEN).await
}

#[tokio::test]
async fn what_is_about_the_office_is_seen_opened_and_moved_by_its_supervisor_alone() -> Result<()> {
    let others = [Role::Community, Role::Town, Role::Department, Role::Auditor];
    let portal = Portal::start_with(&others.map(|role| (OFFICE, role)), |home| home)?;
    let resident = Browser::open(360, 740).await?;
    written(&resident, &portal).await?;
    resident.says("tip-reader", "只由受理单位指定的监督人员打开和办理").await?;
    resident.press("tip-submit").await?;
    resident.sends().await?;
    let code = ReceiptCode::parse(&resident.text_of("receipt-code").await?).context("no code")?;
    let lookup = receipt::derive(&code)?.lookup;
    resident.press("receipt-saved-confirm").await?;
    resident.find("saved-done").await?;

    // It is in the supervisor's list, and in no other list, count or trail.
    let supervisor = portal.staff(OFFICE, Role::Supervisor)?;
    let theirs = Officer::with_key(&supervisor.key, portal.url(""));
    ensure!(theirs.inbox_of(1).await?.cases[0].lookup == lookup);
    let sealed = theirs.case(&lookup).await?.envelope;
    let inbox = Officer::of(&portal, OFFICE)?.inbox().await?;
    ensure!((inbox.total, inbox.counts.all) == (0, 0), "the office sees it: {inbox:?}");
    ensure!(seal::open_envelope(&supervisor.key.identity, &sealed).is_ok());
    ensure!(seal::open_envelope(&portal.key(OFFICE)?.identity, &sealed).is_err(), "the office opens it");
    let api = Api::of(&portal);
    let open = Route::Open { office: OFFICE, lookup: &lookup }.to_path();
    let refused = api.signed_get(portal.key(OFFICE)?, &open).send().await?;
    ensure!(refused.status() == 403, "the office's key is answered {}", refused.status());
    // Nor does anybody else of the office: not in the inbox, not its letter, not its papers, not with their key.
    let papers = Route::OpenPapers { office: OFFICE, lookup: &lookup }.to_path();
    for role in others {
        let key = &portal.staff(OFFICE, role)?.key;
        let inbox = Officer::with_key(key, portal.url("")).inbox().await?;
        ensure!(
            (inbox.total, inbox.counts.all, inbox.counts.tip_offs_waiting) == (0, 0, 0),
            "{role:?}: {inbox:?}"
        );
        for path in [&open, &papers] {
            let refused = api.signed_get(key, path).send().await?.status();
            ensure!(refused == 403, "{role:?} is answered {refused}");
        }
        ensure!(seal::open_envelope(&key.identity, &sealed).is_err(), "{role:?} opens it");
    }

    let desk = Browser::open(1280, 900).await?;
    desk.go(&portal.url("/desk/")).await?;
    desk.choose_file("key-file", &supervisor.file).await?;
    desk.find("inbox-supervisor").await?;
    desk.press(&format!("case-open-{lookup}")).await?;
    desk.says("tip-text", SEEN).await?;
    desk.press("move-stage-verifying").await?;
    desk.fill("move-text", ASKED).await?;
    desk.press("move-submit").await?;
    desk.says("messages", ASKED).await?;

    resident.go(&portal.url("/status")).await?;
    resident.fill("status-code", &code.grouped()).await?;
    resident.press("status-open").await?;
    resident.says("message-1", ASKED).await?;
    resident.find("signatures-good").await?;
    resident.fill("reply-text", ANSWERED).await?;
    resident.press("reply-send").await?;
    resident.reads(ANSWERED).await?;
    desk.press("case-refresh").await?;
    desk.says("messages", ANSWERED).await?;
    desk.press("desk-back").await?;
    desk.press("desk-audit").await?;
    desk.says("audit-chain", "校验通过").await?;

    let office = Browser::open(1280, 900).await?;
    office.go(&portal.url("/desk/")).await?;
    office.choose_file("key-file", &portal.office(OFFICE)?.file).await?;
    office.find("inbox-empty").await?;
    office.press("desk-audit").await?;
    office.says("audit-chain", "校验通过").await?;
    ensure!(!office.text().await?.contains("监督人员"), "the office's trail tells of a supervisor");
    let trail: AuditTrail = api
        .signed_get(portal.key(OFFICE)?, &Route::Audit { office: OFFICE }.to_path())
        .send()
        .await?
        .json()
        .await?;
    ensure!(
        trail.rows.iter().all(|row| row.lookup.as_ref() != Some(&lookup)),
        "the office's trail tells of it"
    );
    for browser in [resident, desk, office] {
        browser.conclude(&portal.url("")).await?;
    }
    Ok(())
}

#[tokio::test]
async fn where_nobody_supervises_the_page_says_so_and_nothing_leaves() -> Result<()> {
    let portal = Portal::start()?;
    let unsupervised: Vec<_> = cards::demonstration_cards(portal.keys())
        .into_iter()
        .map(|card| Card { supervision: Supervision::default(), ..card }.sign(&DEMONSTRATION_SEED))
        .collect();
    portal.serve_cards(&unsupervised)?;
    let resident = Browser::open(360, 740).await?;
    written(&resident, &portal).await?;
    resident.says("tip-nobody", "没有设监督人员").await?;
    resident.find("office-key-nobody").await?;
    resident.press("tip-submit").await?;
    resident.says("error-summary", "没有监督人员接收").await?;
    // Who wants the office itself to read it says so.
    resident.press("choice-tip-about-others").await?;
    resident.says("tip-reader", "由受理单位里按文件办理举报的人员打开").await?;
    resident.press("tip-submit").await?;
    resident.sends().await?;
    Officer::of(&portal, OFFICE)?.inbox_of(1).await?;
    resident.conclude(&portal.url("")).await
}
