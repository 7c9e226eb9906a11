//! The result answers on one screen of the smallest phone, and the rest is a press away.

#![allow(missing_docs)]

use anyhow::{Result, ensure};
use system_tests::browser::Browser;
use system_tests::example;
use system_tests::portal::Portal;
use system_tests::view::PHONE;

/// Ends where the screen ends: what a person reads first must not need a scroll.
async fn fits(browser: &Browser, tests: &[&str]) -> Result<()> {
    for test in tests {
        browser.find(test).await?;
        let script = "window.scrollTo(0, 0); \
            return document.querySelector(`[data-test=${arguments[0]}]`).getBoundingClientRect().bottom";
        let bottom: f64 = browser.driver.execute(script, vec![(*test).into()]).await?.convert()?;
        ensure!(bottom <= f64::from(PHONE.height), "`{test}` ends at {bottom}, below the screen");
    }
    Ok(())
}

async fn result(portal: &Portal, place: &str, document: &str, name: &str) -> Result<Browser> {
    let browser = Browser::open(PHONE.width, PHONE.height).await?;
    browser.screen(PHONE).await?;
    let household = example::one(portal.project(), document, name)?.household;
    browser.self_check(portal, place, &household).await?;
    Ok(browser)
}

#[tokio::test]
async fn a_plain_yes() -> Result<()> {
    let portal = Portal::start()?;
    let browser = result(&portal, "yongshun", "yongshun-2023", "dibao-eligible").await?;
    fits(&browser, &["verdict", "money", "paper-count", "see-contacts", "sure", "start-apply"]).await?;
    ensure!(browser.text_of("paper-count").await?.contains('样'), "no count of papers");
    ensure!(browser.sheets().await? == 1, "a plain yes prints on more than one sheet");
    // The rest is folded, and opened from its row.
    for (row, fold) in [("see-papers", "papers"), ("see-money", "money"), ("see-contacts", "contacts")] {
        browser.press(row).await?;
        let open = format!("return document.getElementById('{fold}').open");
        let open: bool = browser.driver.execute(open, vec![]).await?.convert()?;
        ensure!(open, "{row} opens nothing");
    }
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn a_plain_no() -> Result<()> {
    let portal = Portal::start()?;
    let browser = result(&portal, "qujing", "qujing-2018", "assets-exactly-100000").await?;
    fits(&browser, &["verdict", "verdict-why", "paper-count", "see-contacts", "sure", "guide"]).await?;
    ensure!(browser.sheets().await? == 1, "a plain no prints on more than one sheet");
    browser.conclude(&portal.url("")).await
}
