//! What this browser keeps of something begun: nothing typed is lost by one press, an older page never undoes a newer,
//! what was cleared stays away, and a browser that keeps nothing says so before anything is sent.

#![allow(missing_docs)]

use std::fs;

use anyhow::{Result, ensure};
use protocol::letter::Letter;
use protocol::receipt::ReceiptCode;
use protocol::{receipt, seal};
use system_tests::browser::Browser;
use system_tests::clock::today;
use system_tests::officer::Officer;
use system_tests::persona::APPLICANT;
use system_tests::portal::Portal;

const NAME: &str = "field-name";
const KEPT: &str = "details.keep__more";

async fn holds(browser: &Browser, field: &str, text: &str) -> Result<()> {
    browser
        .until(&format!("“{text}” in {field}"), async || {
            Ok((browser.value_of(field).await? == text).then_some(()))
        })
        .await
}

#[tokio::test]
async fn an_older_page_joins_the_newer_and_what_is_cleared_stays_away() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    let form = portal.url("/yongshun/apply");
    browser.go(&form).await?;
    browser.fill(NAME, "测试甲").await?;
    let first = browser.beside(&form).await?;
    holds(&browser, NAME, "测试甲").await?;
    browser.fill(NAME, "测试乙").await?;
    let second = browser.to(&first).await?;
    browser.find("draft-joined").await?;
    holds(&browser, NAME, "测试乙").await?;
    browser.fill("field-work", "没有工作").await?;
    browser.to(&second).await?;
    holds(&browser, "field-work", "没有工作").await?;

    // Cleared in the second, it is cleared in the first, and does not come back when something is typed there.
    browser.unfold(KEPT).await?;
    browser.press("draft-clear").await?;
    browser.press("draft-clear-keep").await?;
    holds(&browser, NAME, "测试乙").await?;
    browser.press("draft-clear").await?;
    browser.press("draft-clear-confirm").await?;
    holds(&browser, NAME, "").await?;
    browser.to(&first).await?;
    browser.find("draft-gone").await?;
    holds(&browser, NAME, "").await?;
    browser.driver.refresh().await?;
    holds(&browser, NAME, "").await?;

    // What one page takes onto a shared computer's terms stays in no other.
    browser.fill(NAME, "测试丙").await?;
    browser.to(&second).await?;
    holds(&browser, NAME, "测试丙").await?;
    browser.unfold(KEPT).await?;
    browser.press("shared-computer").await?;
    browser.to(&first).await?;
    holds(&browser, NAME, "").await?;
    browser.driver.refresh().await?;
    holds(&browser, NAME, "").await?;
    ensure!(browser.kept_text("anju.draft.yongshun").await?.is_none(), "the draft is still there");
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn an_older_self_check_joins_the_newer_and_follows_the_day() -> Result<()> {
    const ANSWERS: &str = "anju.check.qujing-2018";
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    browser.opened_yesterday().await?;
    let check = portal.url("/qujing/check");
    browser.go(&check).await?;
    browser.press("check-next").await?;
    browser.find("check-back").await?;
    mark(&browser).await?;
    let first = browser.beside(&check).await?;
    browser.press("dont-know").await?;
    let newer = browser.kept_text(ANSWERS).await?;
    ensure!(newer.as_ref().is_some_and(|text| text.contains('?')), "the newer answer is not kept");
    let second = browser.to(&first).await?;
    opened_anew(&browser).await?;
    ensure!(browser.kept_text(ANSWERS).await? == newer, "the older page wrote over the newer");

    // Over midnight the page begins a new day when somebody looks at it again; what was answered stays.
    mark(&browser).await?;
    browser.catches_up().await?;
    browser.to(&second).await?;
    browser.to(&first).await?;
    browser.driver.execute("window.dispatchEvent(new Event('focus'))", vec![]).await?;
    opened_anew(&browser).await?;
    ensure!(browser.kept_text(ANSWERS).await? == newer, "the new day lost the answers");
    browser.conclude(&portal.url("")).await
}

/// Marks the page, so that it is seen when it is opened anew.
async fn mark(browser: &Browser) -> Result<()> {
    browser.driver.execute("window.marked = true", vec![]).await.map(drop)?;
    Ok(())
}

async fn opened_anew(browser: &Browser) -> Result<()> {
    browser
        .until("a page opened anew", async || {
            let marked: bool =
                browser.driver.execute("return window.marked === true", vec![]).await?.convert()?;
            Ok((!marked).then_some(()))
        })
        .await?;
    browser.settled().await
}

#[tokio::test]
async fn nothing_typed_is_lost_by_one_press() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    browser.go(&portal.url("/qujing/check")).await?;
    browser.press("more-spouse").await?;
    browser.press("check-next").await?;
    let first = browser.text_of("progress").await?;
    browser.press("dont-know").await?;
    let next = async || Ok((browser.text_of("progress").await? != first).then_some(()));
    browser.until("the next question", next).await?;
    browser.press("restart").await?;
    browser.reads("已经答好的 2 题都会清掉").await?;
    browser.press("restart-keep").await?;
    ensure!(!browser.has("together").await?, "the answers are gone");
    browser.press("restart").await?;
    browser.press("restart-confirm").await?;
    browser.says("people", "一共 1 人").await?;

    browser.go(&portal.url("/yongshun/apply")).await?;
    browser.fill(NAME, "测试甲").await?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("draft.json");
    let draft = serde_json::json!({ "document": "yongshun-2019", "applicant": { "name": APPLICANT } });
    let text = serde_json::json!({ "format": "anju-draft-1", "place": "yongshun", "draft": draft });
    fs::write(&file, text.to_string())?;
    browser.unfold(KEPT).await?;
    browser.choose_file("draft-load", &file).await?;
    browser.press("draft-load-keep").await?;
    browser.gone("draft-load-ask").await?;
    holds(&browser, NAME, "测试甲").await?;
    browser.choose_file("draft-load", &file).await?;
    browser.press("draft-load-confirm").await?;
    holds(&browser, NAME, APPLICANT).await?;
    browser.reads("按以前的文件填的").await?;
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn a_draft_of_an_earlier_document_comes_along_as_far_as_it_fits() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    browser.go(&portal.url("/")).await?;
    let old = serde_json::json!({
        "id": "0".repeat(32), "document": "yongshun-2019", "applicant": { "name": APPLICANT },
        "facts": { "gone": "yes" }, "declares_truth": true,
    });
    browser.keep_text("anju.draft.yongshun", &old.to_string()).await?;
    browser.go(&portal.url("/yongshun/apply")).await?;
    browser.find("draft-carried").await?;
    holds(&browser, NAME, APPLICANT).await?;
    ensure!(
        browser.kept_text("anju.aside.yongshun").await? == Some(old.to_string()),
        "nothing was set aside"
    );
    browser.go(&portal.url("/yongshun/apply?page=declare")).await?;
    let held = browser.find("agree-truth").await?;
    ensure!(!held.is_selected().await?, "agreed to a document that was never shown");
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn a_browser_that_keeps_nothing_says_so_and_shows_the_code_first() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    browser.keeps_nothing().await?;
    browser.go(&portal.url("/tiedong/tip")).await?;
    tip(&browser).await?;
    browser.press("tip-keep").await?;
    browser.find("keeps-nothing").await?;
    browser.press("tip-submit").await?;
    let code = ReceiptCode::parse(&browser.text_of("write-down-code").await?)?;
    ensure!(!browser.text().await?.contains("接着提交"), "a promise that nobody keeps");
    let officer = Officer::of(&portal, "tiedong-2024")?;
    ensure!(officer.inbox().await?.cases.is_empty(), "sent before the code was written down");
    browser.press("write-down-done").await?;
    ensure!(ReceiptCode::parse(&browser.text_of("receipt-code").await?)? == code, "another code");
    let inbox = officer.inbox_of(1).await?;
    ensure!(
        inbox.cases.iter().all(|case| receipt::derive(&code).is_ok_and(|keys| keys.lookup == case.lookup))
    );
    browser.press("receipt-saved-confirm").await?;
    browser.find("saved-done").await?;
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn a_page_left_open_over_midnight_signs_with_the_new_day() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    browser.opened_yesterday().await?;
    browser.go(&portal.url("/tiedong/tip")).await?;
    tip(&browser).await?;
    browser.catches_up().await?;
    browser.press("tip-submit").await?;
    browser.sends().await?;
    let code = ReceiptCode::parse(&browser.text_of("receipt-code").await?)?;
    let officer = Officer::of(&portal, "tiedong-2024")?;
    officer.inbox_of(1).await?;
    let case = officer.case(&receipt::derive(&code)?.lookup).await?;
    let opened = seal::open_envelope(&portal.key("tiedong-2024")?.identity, &case.envelope)?;
    let Letter::TipOff(told) = Letter::parse(&opened)? else { anyhow::bail!("another letter") };
    ensure!(told.on == today()?, "signed on {}", told.on);
    browser.press("receipt-saved-confirm").await?;
    browser.find("saved-done").await?;
    browser.conclude(&portal.url("")).await
}

async fn tip(browser: &Browser) -> Result<()> {
    browser.press("choice-tip-what-flat").await?;
    browser.fill("tip-place", "测试小区 1 栋").await?;
    browser.fill("tip-text", "空着").await
}
