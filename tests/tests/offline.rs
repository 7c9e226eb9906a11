//! After one visit the pages work without a network; what is written then waits and goes once; a newer release is announced
//! and never forced upon anybody; the desk and the API's answers are in no cache.

#![allow(missing_docs)]

use anyhow::{Context, Result, ensure};
use protocol::receipt::{self, ReceiptCode};
use protocol::routes;
use system_tests::browser::Browser;
use system_tests::example;
use system_tests::officer::Officer;
use system_tests::offline::{NEWER, make_newer};
use system_tests::persona::{APPLICANT, id_number};
use system_tests::portal::Portal;

const OFFICE: &str = "qujing-2018";

/// One visit to a place, until everything is kept that it may need.
async fn visit(portal: &Portal) -> Result<Browser> {
    let browser = Browser::open(360, 740).await?;
    browser.go(&portal.url("/qujing")).await?;
    browser.settled().await?;
    let last = [
        "/",
        "/about",
        "/status",
        "/sent",
        "/qujing/check",
        "/qujing/guide",
        "/qujing/apply",
        "/qujing/contact",
    ];
    browser.keeps(&last).await?;
    Ok(browser)
}

/// The line is gone, and comes back: the browser tells the page.
async fn line_comes_back(browser: &Browser) -> Result<()> {
    for gone in [true, false] {
        let line = serde_json::json!({ "offline": gone, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        browser.driver.cdp().send_raw("Network.emulateNetworkConditions", line).await?;
    }
    Ok(())
}

#[tokio::test]
async fn after_one_visit_check_guide_and_draft_need_no_network() -> Result<()> {
    let mut portal = Portal::start()?;
    let browser = visit(&portal).await?;
    browser.expect_answers(&[]).await?;
    portal.crash();

    let household = example::one(portal.project(), OFFICE, "income-one-fen-over")?.household;
    let outcome = browser.self_check(&portal, "qujing", &household).await?;
    ensure!(outcome == "not_eligible", "it says {outcome}");
    browser.go(&portal.url("/qujing/guide")).await?;
    browser.settled().await?;
    browser.reads("要带的材料").await?;

    browser.go(&portal.url("/qujing/apply")).await?;
    browser.fill("field-name", "测试甲").await?;
    browser.driver.refresh().await?;
    browser
        .until("the draft", async || Ok((browser.value_of("field-name").await? == "测试甲").then_some(())))
        .await?;
    browser.go(&portal.url("/status")).await?;
    browser.find("status-code").await?;

    // A place where nobody was: said in words, with a way on.
    browser.go(&portal.url("/yongchuan/guide")).await?;
    browser.reads("现在没有网络").await?;
    browser.expect_no_server().await?;
    // The desk is not for days without a network, and none of its files lie here.
    ensure!(browser.go(&portal.url("/desk/")).await.is_err(), "the desk opened");
    portal.start_again()?;
    browser.go(&portal.url("/desk/")).await?;
    browser.settled().await?;
    browser.find("key-file").await?;
    let kept = browser.all_kept().await?;
    let strange = |path: &&String| {
        path.contains("desk")
            || path.starts_with(routes::ROOT)
            || path.ends_with(".json")
            || path.contains("yongchuan")
    };
    ensure!(!kept.iter().any(|path| strange(&path)), "kept: {kept:?}");
    Ok(())
}

#[tokio::test]
async fn what_is_sent_without_a_network_waits_and_goes_once() -> Result<()> {
    let mut portal = Portal::start()?;
    let browser = visit(&portal).await?;
    portal.crash();
    browser.go(&portal.url("/qujing/contact")).await?;
    browser.press("choice-tip-what-sublet").await?;
    browser.fill("tip-place", "测试小区").await?;
    browser.fill("tip-text", "门口贴着招租广告。").await?;
    browser.press("tip-keep").await?;
    browser.press("tip-submit").await?;
    browser.says("send-failed", "网络不通").await?;
    // Whoever opens the site again, still without a network, is told what waits.
    browser.go(&portal.url("/")).await?;
    browser.reads("有一份内容还没有提交成功").await?;
    browser.press("waiting").await?;
    browser.says("send-failed", "等网络恢复会自动再提交").await?;

    portal.start_again()?;
    line_comes_back(&browser).await?;
    let code = ReceiptCode::parse(&browser.text_of("receipt-code").await?)?;
    line_comes_back(&browser).await?;
    browser.driver.refresh().await?;
    browser.find("receipt-code").await?;
    let inbox = Officer::of(&portal, OFFICE)?.inbox_of(1).await?;
    let lookups: Vec<&str> = inbox.cases.iter().map(|row| row.lookup.as_str()).collect();
    ensure!(lookups == [receipt::derive(&code)?.lookup], "the office has {lookups:?}");
    Ok(())
}

/// What lies in the browser's database under keys that begin so.
async fn shelved(browser: &Browser, prefix: &str) -> Result<Vec<String>> {
    // Opened only where it is there: a test must not be the one that makes it.
    let keys = "const done = arguments[1]; (async () => { \
        if (!(await indexedDB.databases()).some(one => one.name === 'anju')) return done([]); \
        const opening = indexedDB.open('anju'); \
        opening.onsuccess = () => { const db = opening.result; \
            const asked = db.transaction('files').objectStore('files').getAllKeys(); \
            asked.onsuccess = () => { db.close(); done(asked.result.filter(key => key.startsWith(arguments[0]))); }; }; \
        })();";
    Ok(browser.driver.execute_async(keys, vec![prefix.into()]).await?.convert()?)
}

#[tokio::test]
async fn a_kept_receipt_shows_its_copy_and_where_it_stood_without_a_network() -> Result<()> {
    let mut portal = Portal::start()?;
    let sender = Browser::open(360, 740).await?;
    sender.go(&portal.url("/yongshun/acts/renewal")).await?;
    sender.fill("field-sender-name", APPLICANT).await?;
    sender.fill("field-sender-id_number", &id_number("19900307", "801")).await?;
    sender.fill("field-lease-flat", "测试小区九栋七〇三").await?;
    sender.fill("field-lease-ends_on", "20281231").await?;
    sender.press("choice-still-changed-no").await?;
    sender.press("act-submit").await?;
    let code = sender.take_the_receipt().await?;
    sender.conclude(&portal.url("")).await?;

    // A phone that opens nothing but the case, and there is asked to keep it.
    let browser = Browser::open(360, 740).await?;
    browser.open_the_status(&portal, &code).await?;
    ensure!(shelved(&browser, "seen/").await?.is_empty(), "it is kept before anybody asked for that");
    browser.unfold("[data-test=keep]").await?;
    browser.fill("field-keep-name", "续租").await?;
    browser.press("keep-here").await?;
    browser.says("kept-as", "续租").await?;
    browser
        .until("the case in the database", async || {
            Ok((shelved(&browser, "seen/").await?.len() == 1).then_some(()))
        })
        .await?;
    browser.keeps(&["/status"]).await?;
    // The document of its place, which a light build has in its programs.
    let volume = |path: &String| path.starts_with("/assets/whole-");
    if browser.loaded().await?.iter().any(volume) {
        browser
            .until("the document of the place", async || {
                Ok(browser.all_kept().await?.iter().any(volume).then_some(()))
            })
            .await?;
    }
    browser.expect_answers(&[]).await?;
    portal.crash();

    browser.go(&portal.url("/status")).await?;
    browser.press("kept-open-1").await?;
    browser.says("as-last-seen", "没有网络").await?;
    browser.says("stage", "已提交").await?;
    browser.unfold("[data-test=own]").await?;
    browser.press("own-open").await?;
    browser.says("own-copy", "测试小区九栋七〇三").await?;
    ensure!(!browser.has("reply-text").await?, "it offers to write to nobody");
    // Another receipt is not there, and says so.
    browser.press("status-close").await?;
    browser.fill("status-code", &ReceiptCode::from_entropy([7; 16]).grouped()).await?;
    browser.press("status-open").await?;
    browser.says("status-failed", "网络没有连通").await?;
    browser.expect_no_server().await?;

    portal.start_again()?;
    browser.press("kept-open-1").await?;
    browser.find("reply-text").await?;
    ensure!(!browser.has("as-last-seen").await?, "it is shown as it was, although it can be looked up");
    browser.unfold("[data-test=keep]").await?;
    browser.press("keep-forget").await?;
    let nothing = async || Ok(shelved(&browser, "seen/").await?.is_empty().then_some(()));
    browser.until("nothing in the database", nothing).await?;

    // Nor is anything left after the switch that clears the device.
    browser.press("keep-here").await?;
    let there = async || Ok((shelved(&browser, "seen/").await?.len() == 1).then_some(()));
    browser.until("the case in the database again", there).await?;
    browser.go(&portal.url("/about")).await?;
    browser.press("forget-everything").await?;
    browser.press("forget-everything-confirm").await?;
    browser.find("forgotten").await?;
    browser.until("nothing in the database", nothing).await
}

#[tokio::test]
async fn a_newer_release_is_announced_and_waits_for_whoever_is_writing() -> Result<()> {
    let portal = Portal::start()?;
    let browser = visit(&portal).await?;
    browser.go(&portal.url("/qujing/apply")).await?;
    browser.fill("field-name", "测试乙").await?;
    browser.until("the worker", async || {
        let controlled = "return navigator.serviceWorker.controller !== null && !!document.querySelector('script[src*=\"/assets/offline-\"]')";
        Ok(browser.driver.execute(controlled, vec![]).await?.convert::<bool>()?.then_some(()))
    })
    .await?;
    let before = browser.release().await?;
    let (old, new) = make_newer(&portal)?;
    browser.look_for_newer().await?;
    browser.says("newer", "您正在办的不受影响").await?;
    let button = browser.find("newer-load").await?;
    ensure!(!button.is_displayed().await?, "a reload is offered in the middle of a form");
    ensure!(
        browser.value_of("field-name").await? == "测试乙" && browser.release().await? == before,
        "it was reloaded"
    );

    // The place that was visited comes along into what the newer release keeps, before anybody opens it again.
    browser
        .until("the place in both", async || {
            let kept = browser.all_kept().await?;
            Ok((kept.iter().filter(|path| *path == "/qujing/guide").count() == 2).then_some(()))
        })
        .await?;
    // What this page may still load is there, although the server has it no more.
    let load = "const done = arguments[1]; fetch(arguments[0]).then(answer => done(answer.status));";
    let status: u64 = browser.driver.execute_async(load, vec![old.as_str().into()]).await?.convert()?;
    ensure!(status == 200, "{old}: {status}");
    browser.empty("field-name").await?;
    browser.press("newer-load").await?;
    browser.until("the newer page", async || Ok((browser.release().await? == NEWER).then_some(()))).await?;
    browser.settled().await?;
    browser.keeps(&[&new, "/qujing/apply"]).await?;

    // Nobody uses the old one any more: it goes.
    browser
        .until("only the newer release", async || {
            let kept = browser.all_kept().await?;
            Ok((!kept.contains(&old) && kept.contains(&new)).then_some(()))
        })
        .await?;
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn whoever_clears_the_device_leaves_no_list_of_places() -> Result<()> {
    let portal = Portal::start()?;
    let browser = visit(&portal).await?;
    browser.go(&portal.url("/about")).await?;
    browser.press("forget-everything").await?;
    browser.press("forget-everything-confirm").await?;
    browser.find("forgotten").await?;
    browser
        .until("an empty cache", async || {
            let kept = browser.all_kept().await?;
            Ok((!kept.iter().any(|path| path.contains("qujing"))).then_some(()))
        })
        .await?;
    browser.conclude(&portal.url("")).await
}

#[test]
fn the_site_can_be_put_on_a_phones_screen() -> Result<()> {
    let project = xtask::project::Project::find()?;
    let folder = project.path("frontend/static");
    let text = std::fs::read_to_string(folder.join("manifest.webmanifest"))?;
    let manifest: serde_json::Value = serde_json::from_str(&text)?;
    ensure!(manifest["display"] == "standalone" && manifest["short_name"] == "安居", "{text}");
    let icons = manifest["icons"].as_array().context("no icons")?;
    for icon in icons.iter().filter(|icon| icon["type"] == "image/png") {
        let name = icon["src"].as_str().context("no address")?.trim_start_matches('/');
        let picture = png::Decoder::new(std::io::BufReader::new(std::fs::File::open(folder.join(name))?))
            .read_info()?;
        let (width, height) = (picture.info().width, picture.info().height);
        ensure!(icon["sizes"] == format!("{width}x{height}"), "{name} is {width}x{height}");
    }
    Ok(())
}
