//! A tip-off by the document's own list, without a name and with one: what the desk is told, and that nothing else is.

#![allow(missing_docs)]

use anyhow::{Context, Result, ensure};
use system_tests::browser::Browser;
use system_tests::disk;
use system_tests::portal::Portal;

const OFFICE: &str = "yongshun-2023";

/// Begins a tip-off about a flat, of the kind with this id.
async fn begun(portal: &Portal, breach: &str) -> Result<Browser> {
    let browser = Browser::open(360, 740).await?;
    browser.go(&portal.url("/yongshun/tip")).await?;
    browser.press(&format!("choice-tip-what-{breach}")).await?;
    browser.fill("tip-place", "测试小区 1 栋 101").await?;
    browser.fill("tip-text", "测试内容").await?;
    Ok(browser)
}

#[tokio::test]
async fn every_breach_of_the_document_can_be_reported_and_the_desk_names_its_article() -> Result<()> {
    let portal = Portal::start()?;
    let document = policies::rulebook().document(OFFICE).context("no document")?.document();
    let broker = document.breach("broker").context("the document names brokers")?;
    let browser = begun(&portal, &broker.id).await?;
    for breach in &document.breaches {
        browser.reads(&breach.says).await?;
    }
    browser.press("tip-no-questions").await?;
    browser.press("tip-submit").await?;
    let code = browser.take_the_receipt().await?;
    let desk = Browser::at_the_case(&portal, portal.office(OFFICE)?, &code).await?;
    desk.says("tip-what", &format!("{}（{}）", broker.label, broker.cite.article)).await?;
    desk.says("tip-no-questions", "不希望再被问").await?;
    desk.says("tip-off", "匿名举报").await?;
    ensure!(!desk.text().await?.contains("实名"), "nobody gave a name");
    browser.conclude(&portal.url("")).await?;
    desk.conclude(&portal.url("")).await
}

#[tokio::test]
async fn a_name_is_given_by_who_wants_to_and_only_the_desk_reads_it() -> Result<()> {
    let portal = Portal::start()?;
    let browser = begun(&portal, "idle").await?;
    browser.press("choice-tip-by-named").await?;
    browser.press("tip-submit").await?;
    browser.at_fault("tip-name", "请填写姓名").await?;
    browser.fill("tip-name", "测试举报人").await?;
    browser.fill("tip-phone", "139 0000 0017").await?;
    browser.press("tip-submit").await?;
    let code = browser.take_the_receipt().await?;
    for secret in ["测试举报人", "13900000017"] {
        let found = disk::files_with(portal.data(), secret)?;
        ensure!(found.is_empty(), "“{secret}” stands in {found:?}");
    }
    let desk = Browser::at_the_case(&portal, portal.office(OFFICE)?, &code).await?;
    desk.says("tip-informant", "测试举报人，13900000017").await?;
    ensure!(!desk.text().await?.contains("匿名举报"), "it says that nobody gave a name");
    browser.conclude(&portal.url("")).await?;
    desk.conclude(&portal.url("")).await
}

#[tokio::test]
async fn the_picture_of_a_code_says_what_scanning_it_leaves_behind() -> Result<()> {
    let portal = Portal::start()?;
    let browser = begun(&portal, "idle").await?;
    browser.press("tip-submit").await?;
    browser.sends().await?;
    browser.reads("会在浏览记录里留下查询码").await?;
    browser.conclude(&portal.url("")).await
}
