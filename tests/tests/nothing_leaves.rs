//! What is answered in a self-check, and an officer's key, stay where they are, and go when they are told to.

#![allow(missing_docs)]

use anyhow::{Result, ensure};
use protocol::routes;
use system_tests::browser::Browser;
use system_tests::example;
use system_tests::portal::Portal;
use thirtyfour::Key;

/// Everything that the browser keeps of the site.
async fn kept(browser: &Browser) -> Result<String> {
    let all =
        "return [localStorage, sessionStorage].map(kept => JSON.stringify(kept)).join('') + document.cookie";
    Ok(browser.driver.execute(all, vec![]).await?.convert()?)
}

#[tokio::test]
async fn a_self_check_sends_nothing_and_can_be_cleared() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    let household = example::one(portal.project(), "qujing-2018", "income-one-fen-over")?.household;
    browser.self_check(&portal, "qujing", &household).await?;
    let requests = browser.traffic().await?.requests;
    ensure!(!requests.is_empty(), "nothing was seen at all");
    let told: Vec<_> =
        requests.iter().filter(|r| r.url.contains(routes::ROOT) || r.url.contains("3500")).collect();
    ensure!(told.is_empty(), "a self-check asked {told:?}");
    ensure!(kept(&browser).await?.contains("income"), "the answers are not kept on this device");

    browser.press("about").await?;
    browser.press("forget-everything").await?;
    browser.press("forget-everything-confirm").await?;
    browser.find("forgotten").await?;
    let left = kept(&browser).await?;
    ensure!(!left.contains("income") && !left.contains("qujing"), "still here: {left}");
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn a_tip_off_can_be_left_at_once() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    browser.go(&portal.url("/yongshun")).await?;
    browser.settled().await?;
    browser.go(&portal.url("/yongshun/tip")).await?;
    browser.fill("tip-text", "看到有人转租").await?;
    ensure!(!kept(&browser).await?.contains("看到有人转租"), "kept though nobody asked");
    browser.press("tip-keep").await?;
    browser
        .until("the draft", async || Ok(kept(&browser).await?.contains("看到有人转租").then_some(())))
        .await?;
    browser.press("tip-quit").await?;
    at_home(&browser).await?;
    // Going back leads past the report, and nothing of it is left.
    browser.driver.back().await?;
    browser.settled().await?;
    let address = browser.driver.current_url().await?;
    ensure!(address.path() == "/yongshun", "back at {address}");
    ensure!(!kept(&browser).await?.contains("看到有人转租"), "the report is still here");
    browser.conclude(&portal.url("")).await
}

/// Waits for the site's first page.
async fn at_home(browser: &Browser) -> Result<()> {
    browser
        .until("the first page", async || {
            Ok((browser.driver.current_url().await?.path() == "/").then_some(()))
        })
        .await
}

#[tokio::test]
async fn a_tip_off_is_left_by_a_key_and_emptied_is_gone() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(1280, 900).await?;
    browser.go(&portal.url("/yongshun")).await?;
    browser.press("tip").await?;
    browser.fill("tip-place", "测试小区").await?;
    // Neither address nor title says what is being written.
    ensure!(browser.driver.current_url().await?.path() == "/yongshun/contact");
    browser.titled("公共租赁住房自助服务 · 安居").await?;
    browser.press("tip-clear").await?;
    browser.press("tip-clear-confirm").await?;
    browser
        .until("an empty field", async || Ok(browser.value_of("tip-place").await?.is_empty().then_some(())))
        .await?;
    browser.fill("tip-text", "看到有人转租").await?;
    let field = browser.find("tip-text").await?;
    field.send_keys(Key::Escape).await?;
    browser.reads("再按一次 Esc 就离开").await?;
    // Once is not meant, after a while.
    browser.reads("也可以连按两次 Esc").await?;
    ensure!(browser.value_of("tip-text").await? == "看到有人转租");
    field.send_keys(Key::Escape + Key::Escape).await?;
    at_home(&browser).await?;
    browser.driver.back().await?;
    browser.settled().await?;
    let address = browser.driver.current_url().await?;
    ensure!(address.path() == "/yongshun", "back at {address}");
    ensure!(!kept(&browser).await?.contains("tip"), "something of it is kept");
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn an_officers_key_stays_in_the_desk_and_goes_with_it() -> Result<()> {
    let portal = Portal::start()?;
    let office = portal.office("qujing-2018")?;
    let desk = Browser::open(1280, 900).await?;
    desk.go(&portal.url("/desk/")).await?;
    desk.choose_file("key-file", &office.file).await?;
    desk.find("desk-audit").await?;
    let requests = desk.traffic().await?.requests;
    let secrets = [office.key.identity.as_str(), "AGE-SECRET-KEY"];
    let leaks = |text: &str| secrets.iter().any(|secret| text.contains(secret));
    ensure!(!requests.iter().any(|request| leaks(&request.url)), "a key in an address");
    ensure!(!leaks(&kept(&desk).await?), "the browser keeps the key");
    ensure!(!leaks(&portal.log_text()), "the server's log has the key");
    desk.driver.refresh().await?;
    desk.find("key-file").await?;
    ensure!(!desk.has("desk-audit").await?, "the desk is open without its key");
    desk.conclude(&portal.url("")).await
}
