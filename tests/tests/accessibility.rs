//! WCAG 2.2 AA by axe-core, no sideways scroll and targets for a finger on every kind of page in every display mode on a
//! phone; and the self-check and the application with nothing but a keyboard.

#![allow(missing_docs)]

use anyhow::{Context, Result, bail, ensure};
use system_tests::browser::Browser;
use system_tests::judge::Judge;
use system_tests::portal::Portal;
use system_tests::view::{MODES, PHONE, WIDE};
use system_tests::walk;
use thirtyfour::prelude::*;

/// More stops than any page has.
const MOST_STOPS: usize = 60;

#[tokio::test]
async fn every_page_is_accessible_in_every_mode() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(WIDE.width, WIDE.height).await?;
    browser.screen(PHONE).await?;
    let judge = Judge::new(portal.project())?;
    let mut wrong = Vec::new();
    let mut look = async |page: &str| {
        // The normal mode last: the walk goes on in it.
        for mode in MODES.iter().rev() {
            browser.mode(*mode).await?;
            let faults = judge.faults(&browser).await?;
            wrong.extend(faults.into_iter().map(|fault| format!("{page}, {}: {fault}", mode.name)));
        }
        Ok(())
    };
    walk::everywhere(&portal, &browser, &mut look).await?;
    ensure!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
    browser.driver.clone().quit().await?;
    Ok(())
}

#[tokio::test]
async fn the_self_check_and_the_application_need_no_mouse() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(WIDE.width, WIDE.height).await?;
    browser.go(&portal.url("/yongshun/check")).await?;
    browser.find("check-next").await?;
    let asked = browser.text_of("progress").await?;
    tab_to(&browser, "more-spouse").await?;
    key(&browser, Key::Space).await?;
    browser.says("people", "一共 2 人").await?;
    tab_to(&browser, "check-next").await?;
    key(&browser, Key::Enter).await?;
    let next = async || Ok((browser.text_of("progress").await? != asked).then_some(()));
    browser.until("the second question", next).await?;
    tab_to(&browser, "dont-know").await?;

    browser.go(&portal.url("/yongshun/apply")).await?;
    browser.find("apply-next").await?;
    tab_to(&browser, "field-name").await?;
    browser.driver.active_element().await?.send_keys("测试甲").await?;
    tab_to(&browser, "apply-next").await?;
    key(&browser, Key::Enter).await?;
    browser.find("error-summary").await?;
    let there = async || Ok((focused(&browser).await? == "error-summary").then_some(()));
    browser.until("the focus on the summary", there).await?;
    key(&browser, Key::Tab).await?;
    key(&browser, Key::Enter).await?;
    let mended = async || Ok((focused(&browser).await? == "field-id-number").then_some(()));
    browser.until("the focus on the field to mend", mended).await?;
    browser.driver.active_element().await?.send_keys("999999199003078073").await?;
    tab_to(&browser, "apply-next").await?;
    key(&browser, Key::Enter).await?;
    browser.find("member-add").await?;
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn a_tip_off_needs_no_mouse_with_large_text_either() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(WIDE.width, WIDE.height).await?;
    browser.go(&portal.url("/yongshun/contact")).await?;
    browser.find("tip-place").await?;
    let large = MODES.iter().find(|mode| mode.name == "large").context("no large text")?;
    browser.mode(*large).await?;
    // The way out comes first.
    tab_to(&browser, "tip-quit").await?;
    tab_to(&browser, "choice-tip-what").await?;
    key(&browser, Key::Space).await?;
    tab_to(&browser, "tip-place").await?;
    browser.driver.active_element().await?.send_keys("测试小区").await?;
    tab_to(&browser, "tip-text").await?;
    browser.driver.active_element().await?.send_keys("门口贴着出租").await?;
    tab_to(&browser, "choose-other").await?;
    tab_to(&browser, "tip-submit").await?;
    key(&browser, Key::Enter).await?;
    browser.find("write-down-done").await?;
    tab_to(&browser, "write-down-done").await?;
    key(&browser, Key::Enter).await?;
    browser.find("receipt-saved-confirm").await?;
    tab_to(&browser, "receipt-saved-confirm").await?;
    key(&browser, Key::Enter).await?;
    browser.find("saved-done").await?;
    browser.conclude(&portal.url("")).await
}

async fn key(browser: &Browser, key: Key) -> Result<()> {
    // Pressed on the page: a field for files takes what is sent to itself for the name of one.
    Ok(browser.driver.action_chain().key_down(key.clone()).key_up(key).perform().await?)
}

/// The name for tests of what has the focus; empty where it has none.
async fn focused(browser: &Browser) -> Result<String> {
    Ok(browser.driver.active_element().await?.attr("data-test").await?.unwrap_or_default())
}

/// Presses Tab until the focus is on a control whose name begins so.
async fn tab_to(browser: &Browser, test: &str) -> Result<()> {
    for _ in 0..MOST_STOPS {
        if focused(browser).await?.starts_with(test) {
            return Ok(());
        }
        key(browser, Key::Tab).await?;
    }
    bail!("Tab does not lead to {test}")
}
