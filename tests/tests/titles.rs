//! A page on which something is wrong says so in its title, which is what a screen reader reads first, until all is mended.

#![allow(missing_docs)]

use anyhow::{Result, ensure};
use system_tests::applicant::Applicant;
use system_tests::browser::Browser;
use system_tests::persona::{APPLICANT, id_number};
use system_tests::portal::Portal;

const OFFICE: &str = "yongshun-2023";

/// Presses the button of a form with something missing, mends it, and finds the title right each time.
async fn told_until_mended(browser: &Browser, button: &str, mend: &[(&str, &str)]) -> Result<()> {
    browser.find(button).await?;
    let page = browser.driver.title().await?;
    ensure!(!page.starts_with("有错误"), "“{page}” before anything was tried");
    browser.press(button).await?;
    browser.titled(&format!("有错误：{page}")).await?;
    // Said once, however often it is tried.
    browser.press(button).await?;
    browser.titled(&format!("有错误：{page}")).await?;
    for (control, text) in mend {
        match text.is_empty() {
            true => browser.press(control).await?,
            false => browser.fill(control, text).await?,
        }
    }
    browser.titled(&page).await
}

#[tokio::test]
async fn a_title_says_that_something_is_wrong_until_it_is_mended() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    let number = id_number("19900307", "801");

    browser.go(&portal.url("/yongshun/apply")).await?;
    told_until_mended(&browser, "apply-next", &[("field-name", APPLICANT), ("field-id-number", &number)])
        .await?;
    // The next page, left with its faults, passes them on to nobody.
    browser.press("apply-next").await?;
    browser.press("member-add").await?;
    browser.press("apply-next").await?;
    browser.find("error-summary").await?;
    browser.driver.back().await?;
    browser.find("field-name").await?;
    let title = async || Ok((!browser.driver.title().await?.starts_with("有错误")).then_some(()));
    browser.until("a title without faults", title).await?;

    browser.go(&portal.url("/yongshun/acts/renewal")).await?;
    let mend = [
        ("field-sender-name", APPLICANT),
        ("field-sender-id_number", &number),
        ("field-lease-flat", "测试小区九栋七〇三"),
        ("field-lease-ends_on", "20281231"),
        ("choice-still-changed-no", ""),
    ];
    told_until_mended(&browser, "act-submit", &mend).await?;

    browser.go(&portal.url("/yongshun/tip")).await?;
    let mend = [("choice-tip-what-lent", ""), ("tip-place", "测试小区"), ("tip-text", "测试内容")];
    told_until_mended(&browser, "tip-submit", &mend).await?;

    let tip_off = Applicant::with_tip_off(&portal, OFFICE, "测试小区", "转租")?;
    tip_off.submit().await?;
    browser.go(&portal.url("/status")).await?;
    told_until_mended(&browser, "status-open", &[("status-code", &tip_off.code.grouped())]).await?;
    browser.press("status-open").await?;
    told_until_mended(&browser, "reply-send", &[("reply-text", "测试留言")]).await?;
    browser.conclude(&portal.url("")).await
}
