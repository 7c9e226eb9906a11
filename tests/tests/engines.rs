//! The chief journeys in the engines of the other browsers that people hold in their hands: WebKit, as on every iPhone, and
//! Firefox. Chromium makes them, and all others, in the rest of the tests.

#![allow(missing_docs)]

use std::fs;

use anyhow::{Result, ensure};
use protocol::receipt;
use system_tests::browser::Browser;
use system_tests::driver::Engine;
use system_tests::example;
use system_tests::officer::Officer;
use system_tests::photo::{as_by_a_phone, drawn};
use system_tests::portal::Portal;

const OFFICE: &str = "yongshun-2023";
const SEEN: &str = "有人把公租房转租了，门口贴着广告。";

/// Checks, applies, follows the case, reports: as one person after the other would on one phone.
async fn journeys(engine: Engine) -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open_in(engine, 400, 740).await?;
    let household = example::one(portal.project(), "qujing-2018", "income-one-fen-over")?.household;
    let outcome = browser.self_check(&portal, "qujing", &household).await?;
    ensure!(outcome == "not_eligible", "the self-check says {outcome}");

    browser.write_an_application(&portal).await?;
    // A photo as a phone makes it: cleaned, sent behind the application, and shown to its owner again.
    let folder = tempfile::tempdir()?;
    let photo = folder.path().join("IMG_0001.jpg");
    fs::write(&photo, as_by_a_phone(&drawn(&browser, (320, 240)).await?)?)?;
    browser.choose_file("choose-other", &photo).await?;
    browser.says("cleaned-add-other-1", "拍摄地点").await?;
    browser.press("submit").await?;
    browser.find("receipt-code").await?;
    browser.gone("uploading").await?;
    let code = browser.take_the_receipt().await?;
    browser.open_the_status(&portal, &code).await?;
    let lookup = receipt::derive(&code)?.lookup;
    // What was sent, opened again with the code alone.
    browser.unfold("details[data-test=own]").await?;
    browser.press("own-open").await?;
    browser.says("own-copy", "测试路九号").await?;
    browser.press("enclosed-1-open").await?;
    let upright = "const picture = document.querySelector('[data-test=enclosed-1-picture]'); \
        return picture?.complete && picture.naturalWidth ? [picture.naturalWidth, picture.naturalHeight] : null";
    let size: (u32, u32) = browser
        .until("the photo", async || Ok(browser.driver.execute(upright, vec![]).await?.convert()?))
        .await?;
    ensure!(size == (240, 320), "the photo is shown as {size:?}");

    browser.write_a_tip_off(&portal, SEEN).await?;
    browser.press("tip-submit").await?;
    let report = browser.take_the_receipt().await?;
    let inbox = Officer::of(&portal, OFFICE)?.inbox_of(2).await?;
    let mut arrived: Vec<&str> = inbox.cases.iter().map(|row| row.lookup.as_str()).collect();
    let mut sent = [lookup, receipt::derive(&report)?.lookup];
    arrived.sort_unstable();
    sent.sort_unstable();
    ensure!(arrived == sent, "the office has {arrived:?}");

    // Nothing is cut off on a narrow screen.
    for path in ["/", "/yongshun", "/yongshun/guide", "/about"] {
        browser.go(&portal.url(path)).await?;
        browser.settled().await?;
        let wider = "return document.documentElement.scrollWidth > innerWidth";
        let wider: bool = browser.driver.execute(wider, vec![]).await?.convert()?;
        ensure!(!wider, "{path} scrolls sideways");
    }
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn webkit_checks_applies_follows_and_reports() -> Result<()> {
    journeys(Engine::WebKit).await
}

#[tokio::test]
async fn firefox_checks_applies_follows_and_reports() -> Result<()> {
    journeys(Engine::Firefox).await
}
