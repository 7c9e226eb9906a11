//! Following cases from one device: several receipts by the names that people give them, with what is new; and the way from a
//! decision to the form against it.

#![allow(missing_docs)]

use anyhow::{Context, Result, ensure};
use protocol::receipt::ReceiptCode;
use system_tests::applicant::Applicant;
use system_tests::browser::Browser;
use system_tests::persona::{APPLICANT, id_number};
use system_tests::portal::Portal;

const OFFICE: &str = "yongshun-2023";
const KEPT: &str = "anju.receipts";
const MOTHERS: &str = "妈妈的那一件";
const OWN: &str = "我的那一件";

async fn keep(resident: &Browser, portal: &Portal, code: &ReceiptCode, name: &str) -> Result<()> {
    resident.open_the_status(portal, code).await?;
    // A tip-off is kept only after it was said what that shows.
    resident.keep_the_receipt(name).await
}

/// As if nobody had looked for a while: what was looked up lately is not looked up again.
async fn later(resident: &Browser) -> Result<()> {
    let kept = resident.kept_text(KEPT).await?.context("nothing is kept")?;
    let mut kept: serde_json::Value = serde_json::from_str(&kept)?;
    for one in kept.as_array_mut().context("no list")? {
        one["seen"]["asked_at"] = 0.into();
    }
    resident.keep_text(KEPT, &kept.to_string()).await
}

#[tokio::test]
async fn several_receipts_are_kept_by_name_and_say_what_is_new() -> Result<()> {
    let portal = Portal::start()?;
    let [first, second] =
        [1, 2].map(|n| Applicant::with_tip_off(&portal, OFFICE, &format!("测试小区 {n} 栋"), "转租"));
    let (first, second) = (first?, second?);
    first.submit().await?;
    second.submit().await?;
    let resident = Browser::open(360, 740).await?;
    keep(&resident, &portal, &first.code, MOTHERS).await?;
    keep(&resident, &portal, &second.code, OWN).await?;
    resident.go(&portal.url("/status")).await?;
    resident.says("kept-1", MOTHERS).await?;
    resident.says("kept-seen-2", "已送达").await?;
    ensure!(!resident.has("kept-new-1").await?, "something is new before anything has happened");

    let desk = Browser::at_the_case(&portal, portal.office(OFFICE)?, &first.code).await?;
    desk.move_on("正在核实。").await?;
    later(&resident).await?;
    resident.go(&portal.url("/status")).await?;
    resident.says("kept-new-1", "有新变化").await?;
    ensure!(!resident.has("kept-new-2").await?, "the other has nothing new");
    resident.titled("有新变化 · 查询进度 · 安居").await?;
    // Opened by its name, it is seen; that survives a reload.
    resident.press("kept-open-1").await?;
    resident.says("message-1", "正在核实").await?;
    resident.go(&portal.url("/status")).await?;
    resident.says("kept-seen-1", "核实中").await?;
    ensure!(!resident.has("kept-new-1").await?, "what was seen is still new");

    resident.press("kept-rename-2").await?;
    resident.fill("field-kept-name-2", "爸爸的").await?;
    resident.says("kept-2", "爸爸的").await?;
    resident.press("kept-forget-1").await?;
    resident.press("kept-forget-1-confirm").await?;
    resident.says("kept-1", "爸爸的").await?;
    ensure!(!resident.has("kept-2").await?, "what was to be forgotten is still there");

    // On a shared computer there is no list, and nothing is offered to be kept.
    let shared = "sessionStorage.setItem('anju.shared', '1')";
    resident.driver.execute(shared, vec![]).await?;
    resident.open_the_status(&portal, &first.code).await?;
    resident.find("status-refresh").await?;
    ensure!(!resident.has("keep").await?, "a shared computer offers to keep it");
    resident.go(&portal.url("/status")).await?;
    resident.find("status-open").await?;
    ensure!(!resident.has("kept").await?, "a shared computer shows what was kept");
    resident.conclude(&portal.url("")).await?;
    desk.conclude(&portal.url("")).await
}

#[tokio::test]
async fn a_decision_leads_to_the_form_against_it_filled_in() -> Result<()> {
    let portal = Portal::start()?;
    let resident = Browser::open(360, 740).await?;
    resident.go(&portal.url("/yongshun/acts/renewal")).await?;
    resident.fill("field-sender-name", APPLICANT).await?;
    resident.fill("field-sender-id_number", &id_number("19900307", "801")).await?;
    resident.fill("field-lease-flat", "测试小区九栋七〇三").await?;
    resident.fill("field-lease-ends_on", "20281231").await?;
    resident.press("choice-still-changed-no").await?;
    resident.press("act-submit").await?;
    let code = resident.take_the_receipt().await?;
    let desk = Browser::at_the_case(&portal, portal.office(OFFICE)?, &code).await?;
    desk.move_on("已经收到。").await?;
    desk.press("move-stage-ended").await?;
    desk.fill("move-text", "收入超过标准").await?;
    desk.press("move-submit").await?;
    desk.find("move-sure").await?;
    desk.press("move-submit").await?;
    desk.says("messages", "收入超过标准").await?;

    resident.open_the_status(&portal, &code).await?;
    resident.says("stage-remedy", "复核").await?;
    let number = resident.text_of("case-number").await?;
    resident.press("to-review").await?;
    resident.find("act-submit").await?;
    for (field, words) in [
        ("field-result-number", number.as_str()),
        ("field-sender-name", APPLICANT),
        ("field-sender-id_number", &id_number("19900307", "801")),
    ] {
        resident
            .until(&format!("“{words}” in {field}"), async || {
                Ok((resident.value_of(field).await? == words).then_some(()))
            })
            .await?;
    }
    ensure!(
        !resident.value_of("field-result-told_on").await?.is_empty(),
        "the day of the decision is not filled in"
    );
    resident.conclude(&portal.url("")).await?;
    desk.conclude(&portal.url("")).await
}
