//! Dark pages: as the system has it, or as was chosen, from the first paint on; by day again on paper.

#![allow(missing_docs)]

use anyhow::{Result, ensure};
use serde_json::json;
use system_tests::browser::Browser;
use system_tests::portal::Portal;
use thirtyfour::By;

/// Keeps the page's colours as they are when something is painted for the first time.
const WATCH: &str = "new PerformanceObserver(() => { \
    window.firstPaint ??= getComputedStyle(document.body).backgroundColor; \
    }).observe({ type: 'paint', buffered: true });";

async fn system(browser: &Browser, scheme: &str) -> Result<()> {
    let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
    browser.driver.cdp().send_raw("Emulation.setEmulatedMedia", features).await?;
    Ok(())
}

/// How dark the page was when it was painted first, and is now: 0 to 255.
async fn brightness(browser: &Browser) -> Result<(f64, f64)> {
    let script = "const bright = colour => Math.max(...colour.match(/[\\d.]+/g).slice(0, 3)); \
        return window.firstPaint && [window.firstPaint, getComputedStyle(document.body).backgroundColor].map(bright)";
    browser
        .until("the first paint", async || Ok(browser.driver.execute(script, vec![]).await?.convert().ok()))
        .await
}

#[tokio::test]
async fn dark_follows_the_system_until_it_is_chosen_and_never_flashes() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    let script = json!({ "source": WATCH });
    browser.driver.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", script).await?;
    let pressed = async || Ok::<_, anyhow::Error>(browser.find("dark").await?.attr("aria-pressed").await?);
    for (scheme, dark) in [("light", false), ("dark", true)] {
        system(&browser, scheme).await?;
        browser.go(&portal.url("/yongshun")).await?;
        let (first, now) = brightness(&browser).await?;
        ensure!((first < 60.0, now < 60.0) == (dark, dark), "{scheme}: {first} and then {now}");
        browser.says("dark", "深色").await?;
        browser
            .until("the switch", async || Ok((pressed().await? == Some(dark.to_string())).then_some(())))
            .await?;
    }
    // Large text chooses neither light nor dark.
    browser.press("large-text").await?;
    system(&browser, "light").await?;
    browser.driver.refresh().await?;
    ensure!(brightness(&browser).await?.0 > 200.0, "dark was kept, and nobody chose it");
    // Chosen, it stays whatever the system has, and on every program's pages.
    browser.press("dark").await?;
    for path in ["/yongshun/guide", "/yongshun/apply", "/status", "/desk/", "/"] {
        browser.go(&portal.url(path)).await?;
        let (first, now) = brightness(&browser).await?;
        ensure!(first < 60.0 && now < 60.0, "{path}: {first} and then {now}");
    }
    browser.press("dark").await?;
    system(&browser, "dark").await?;
    browser.go(&portal.url("/yongshun")).await?;
    ensure!(brightness(&browser).await?.0 > 200.0, "light was chosen and is not kept");
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn a_dark_page_is_printed_in_black_on_white() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    browser.go(&portal.url("/yongshun/guide")).await?;
    browser.press("dark").await?;
    let printed = browser.pdf().await?;
    let (_, _, grey) = printed.picture()?;
    let dark = grey.iter().filter(|dot| **dot < 128).count();
    ensure!(grey.first() == Some(&255) && dark * 5 < grey.len(), "{dark} of {} dots are dark", grey.len());
    // The ink is as by day: something of it is all but black.
    ensure!(grey.iter().any(|dot| *dot < 60), "what is printed is pale");
    browser.media("print").await?;
    let ink = browser.driver.find(By::Tag("h1")).await?.css_value("color").await?;
    browser.media("").await?;
    ensure!(ink.contains("22, 38, 42"), "the ink on paper is {ink}");
    browser.conclude(&portal.url("")).await
}
