//! The server gone at the moment of sending, and an answer lost on the way: nothing is lost, the page says what to do,
//! and however often it is tried again one case comes of it.

#![allow(missing_docs)]

use anyhow::{Context, Result, ensure};
use protocol::receipt::{self, ReceiptCode};
use system_tests::browser::Browser;
use system_tests::officer::Officer;
use system_tests::persona::APPLICANT;
use system_tests::portal::Portal;

const OFFICE: &str = "yongshun-2023";
const SEEN: &str = "有人把公租房转租了，门口贴着广告。";

/// The page's own `fetch`, but what the server answers to the first request that posts to such a path never arrives.
async fn lose_an_answer(browser: &Browser, path: &str) -> Result<()> {
    const LOSE: &str = r"
        const [path] = arguments, real = window.fetch.bind(window);
        let lost = false;
        window.fetch = async (request, options) => {
            const answer = await real(request, options);
            const meant = request.method === 'POST' && new URL(request.url).pathname.endsWith(path);
            if (meant && !lost) { lost = true; throw new TypeError('the answer was lost'); }
            return answer;
        };
    ";
    browser.driver.execute(LOSE, vec![path.into()]).await?;
    Ok(())
}

/// The receipt on the page, and the one case that the office has.
async fn one_case(browser: &Browser, portal: &Portal) -> Result<()> {
    let code = ReceiptCode::parse(&browser.text_of("receipt-code").await?)?;
    let inbox = Officer::of(portal, OFFICE)?.inbox_of(1).await?;
    let lookups: Vec<&str> = inbox.cases.iter().map(|row| row.lookup.as_str()).collect();
    ensure!(lookups == [receipt::derive(&code)?.lookup], "the office has {lookups:?}");
    browser.press("receipt-saved-confirm").await?;
    browser.find("saved-done").await.map(drop)
}

#[tokio::test]
async fn an_application_outlives_a_server_that_is_down() -> Result<()> {
    let mut portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    browser.write_an_application(&portal).await?;
    // Whatever the page loads ahead of sending is loaded.
    browser.until("the sealer", async || {
        let loaded = "return performance.getEntriesByType('resource').some(e => e.name.includes('/assets/sealer'))";
        Ok(browser.driver.execute(loaded, vec![]).await?.convert::<bool>()?.then_some(()))
    })
    .await?;

    portal.crash();
    browser.press("submit").await?;
    browser.says("send-failed", "网络不通，还没有提交成功").await?;
    browser.says("send-failed", "内容保存在这台设备上").await?;
    browser.press("send-again").await?;
    browser.says("send-failed", "还没有提交成功").await?;
    browser.expect_no_server().await?;

    // Back to the form: every word is where it was.
    portal.start_again()?;
    browser.press("send-edit").await?;
    browser
        .until("the name", async || Ok((browser.value_of("field-name").await? == APPLICANT).then_some(())))
        .await?;
    browser.go(&portal.url("/yongshun/apply?page=review")).await?;
    for kept in [APPLICANT, "测试路九号", "没有在本县单位上班"] {
        browser.reads(kept).await?;
    }
    browser.press("submit").await?;
    one_case(&browser, &portal).await?;
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn a_tip_off_waits_for_the_server_through_a_reload() -> Result<()> {
    let mut portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    browser.write_a_tip_off(&portal, SEEN).await?;
    // Asked to, the browser keeps what waits.
    browser.press("tip-keep").await?;
    portal.crash();
    browser.press("tip-submit").await?;
    browser.says("send-failed", "您也可以自己点下面的按钮").await?;
    browser.expect_no_server().await?;

    // Elsewhere on the portal a line says what waits; on its own page it is sent at once.
    portal.start_again()?;
    browser.go(&portal.url("/yongshun")).await?;
    browser.reads("有一份内容还没有提交成功").await?;
    browser.press("waiting").await?;
    one_case(&browser, &portal).await?;
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn a_lost_answer_makes_no_second_case() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    browser.write_a_tip_off(&portal, SEEN).await?;
    lose_an_answer(&browser, "/cases").await?;
    browser.press("tip-submit").await?;
    browser.press("write-down-done").await?;
    browser.says("send-failed", "重复提交不会变成两份").await?;
    let arrived = Officer::of(&portal, OFFICE)?.inbox_of(1).await?;
    let lookup = &arrived.cases.first().context("nothing arrived")?.lookup;
    ensure!(!browser.has("send-edit").await?, "what has arrived is offered to be changed");
    browser.press("send-again").await?;
    let code = ReceiptCode::parse(&browser.text_of("receipt-code").await?)?;
    ensure!(receipt::derive(&code)?.lookup == *lookup, "the receipt is of another case");
    one_case(&browser, &portal).await?;
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn a_reply_outlives_a_server_that_is_down() -> Result<()> {
    const REPLY: &str = "合同复印件已经送到窗口了。";
    let mut portal = Portal::start()?;
    let sender = system_tests::applicant::Applicant::with_tip_off(&portal, OFFICE, "测试小区", SEEN)?;
    sender.submit().await?;
    let browser = Browser::open(360, 740).await?;
    browser.go(&portal.url("/status")).await?;
    browser.fill("status-code", &sender.code.grouped()).await?;
    browser.press("status-open").await?;
    browser.fill("reply-text", REPLY).await?;
    portal.crash();
    browser.press("reply-send").await?;
    browser.says("reply-failed", "写的内容还在上面，可以再点一次").await?;
    ensure!(browser.value_of("reply-text").await? == REPLY, "the reply went away");
    browser.expect_no_server().await?;
    portal.start_again()?;
    browser.press("reply-send").await?;
    browser.says("thread", REPLY).await?;
    ensure!(sender.view().await?.events.len() == 2, "the reply did not arrive once");
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn a_reply_whose_answer_was_lost_is_the_same_after_a_reload() -> Result<()> {
    const REPLY: &str = "合同复印件已经送到窗口了。";
    let portal = Portal::start()?;
    let sender = system_tests::applicant::Applicant::with_tip_off(&portal, OFFICE, "测试小区", SEEN)?;
    sender.submit().await?;
    let browser = Browser::open(360, 740).await?;
    browser.go(&portal.url("/status")).await?;
    browser.fill("status-code", &sender.code.grouped()).await?;
    browser.press("status-open").await?;
    // What is written to a tip-off is kept where its receipt is, and nowhere else.
    browser.keep_the_receipt("测试").await?;
    browser.driver.refresh().await?;
    browser.fill("status-code", &sender.code.grouped()).await?;
    browser.press("status-open").await?;
    browser.fill("reply-text", REPLY).await?;
    lose_an_answer(&browser, "/messages").await?;
    browser.press("reply-send").await?;
    browser.says("reply-failed", "不会变成两条").await?;
    ensure!(sender.view().await?.events.len() == 2, "the reply did not arrive");

    browser.driver.refresh().await?;
    browser.fill("status-code", &sender.code.grouped()).await?;
    browser.press("status-open").await?;
    browser
        .until("the reply", async || Ok((browser.value_of("reply-text").await? == REPLY).then_some(())))
        .await?;
    browser.press("reply-send").await?;
    browser.find("reply-sent").await?;
    ensure!(sender.view().await?.events.len() == 2, "the reply arrived twice");
    ensure!(browser.value_of("reply-text").await?.is_empty(), "the reply is still to be sent");
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn a_reply_whose_answer_was_lost_goes_once_where_the_browser_keeps_nothing() -> Result<()> {
    let portal = Portal::start()?;
    let sender = system_tests::applicant::Applicant::with_tip_off(&portal, OFFICE, "测试小区", SEEN)?;
    sender.submit().await?;
    let browser = Browser::open(360, 740).await?;
    browser.keeps_nothing().await?;
    browser.open_the_status(&portal, &sender.code).await?;
    browser.fill("reply-text", "已经送到窗口了。").await?;
    lose_an_answer(&browser, "/messages").await?;
    browser.press("reply-send").await?;
    browser.says("reply-failed", "不会变成两条").await?;
    browser.press("reply-send").await?;
    browser.find("reply-sent").await?;
    ensure!(sender.view().await?.events.len() == 2, "the reply arrived twice");
    browser.conclude(&portal.url("")).await
}
