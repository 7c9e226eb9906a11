//! The two pages open in a real browser, with nothing to complain about, and say what the headers promise.

#![allow(missing_docs)]

use anyhow::{Context, Result, ensure};
use protocol::headers;
use system_tests::browser::Browser;
use system_tests::portal::Portal;

#[tokio::test]
async fn the_portal_opens_everywhere() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    for compiled in policies::rulebook().documents() {
        let place = &compiled.document().place;
        browser.go(&portal.url(&format!("/{}", place.id))).await?;
        browser.settled().await?;
        browser.reads(&place.name).await?;
    }
    for path in ["/", "/status", "/about", "/yongshun/guide", "/yongshun/check", "/nowhere/at/all"] {
        if path.starts_with("/nowhere") {
            // Up to here nothing was refused; this page is, with the page that says so.
            browser.expect_answers(&[]).await?;
        }
        browser.go(&portal.url(path)).await?;
        browser.settled().await?;
        let wider: bool = browser
            .driver
            .execute("return document.documentElement.scrollWidth > innerWidth", vec![])
            .await?
            .convert()?;
        ensure!(!wider, "{path} scrolls sideways at 360 px");
    }
    browser.expect_answers(&[404]).await?;
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn the_desk_opens() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(1280, 800).await?;
    browser.go(&portal.url("/desk/")).await?;
    browser.settled().await?;
    browser.reads("密钥").await?;
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn the_pages_allow_nothing_inline_and_nobody_else() -> Result<()> {
    let portal = Portal::start()?;
    for path in ["/", "/desk/", "/yongshun/guide"] {
        let answer = reqwest::get(portal.url(path)).await?;
        ensure!(answer.status().is_success(), "{path}: {}", answer.status());
        let policy = answer
            .headers()
            .get("content-security-policy")
            .context("no Content-Security-Policy")?
            .to_str()?
            .to_owned();
        ensure!(policy.contains("default-src 'none'"), "{path}: {policy}");
        for loose in ["unsafe-inline", "'unsafe-eval'", "*", "http:", "https:"] {
            ensure!(!policy.contains(loose), "{path} allows {loose}");
        }
        ensure!(!answer.headers().contains_key("set-cookie"), "{path} sets a cookie");
        // Where no header comes with it, the page says the same of itself, but for who may frame it.
        let own = headers::policy_of_a_page("");
        ensure!(policy.starts_with(&own), "{path}: {policy}");
        let meta = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{own}\">");
        let page = answer.text().await?;
        let first =
            page.find("<link").into_iter().chain(page.find("<script")).min().context("nothing is loaded")?;
        ensure!(page.find(&meta).is_some_and(|at| at < first), "{path} does not say what it may load");
    }
    Ok(())
}
