//! The watch over what the browser loads: it must see what it promises to see, or every journey's end proves nothing.

#![allow(missing_docs)]

use std::time::Duration;

use anyhow::{Result, ensure};
use system_tests::browser::Browser;
use system_tests::portal::Portal;

/// An address on a host that no portal has; the browser cannot reach it.
const ELSEWHERE: &str = "http://elsewhere.example/";

/// A page without a host of its own, and so without the portal's headers, that runs a script.
fn page(script: &str) -> String {
    format!("data:text/html,<title>…</title><link rel=icon href=data:,><script>{script}</script>")
}

#[tokio::test]
async fn what_a_page_and_what_its_worker_ask_of_others_is_seen() -> Result<()> {
    let browser = Browser::open(360, 740).await?;
    let ask = format!("fetch('{ELSEWHERE}WHO').catch(() => DONE)");
    let in_page = ask.replace("WHO", "page").replace("DONE", "(document.title='asked')");
    browser.go(&page(&in_page)).await?;
    browser.titled("asked").await?;
    let wrong = browser.traffic().await?.wrong("http://127.0.0.1:1");
    ensure!(wrong.iter().any(|fault| fault.contains("elsewhere.example/page")), "{wrong:?}");

    let in_worker = ask.replace("WHO", "worker").replace("DONE", "postMessage(0)");
    let starts = format!(
        "const worker=new Worker(URL.createObjectURL(new Blob([`{in_worker}`])));\
         worker.onmessage=()=>{{document.title='asked'}}"
    );
    browser.go(&page(&starts)).await?;
    browser.titled("asked").await?;
    let wrong = browser.traffic().await?.wrong("http://127.0.0.1:1");
    ensure!(wrong.iter().any(|fault| fault.contains("elsewhere.example/worker")), "{wrong:?}");
    browser.complaints().await?;
    browser.driver.clone().quit().await?;
    Ok(())
}

#[tokio::test]
async fn what_nobody_caught_in_a_worker_is_a_complaint() -> Result<()> {
    let browser = Browser::open(360, 740).await?;
    let starts = "const worker=new Worker(URL.createObjectURL(new Blob(['throw Error(`lost`)'])));\
                  worker.onerror=()=>{document.title='told'}";
    browser.go(&page(starts)).await?;
    browser.titled("told").await?;
    let complaints = browser.traffic().await?.complaints;
    ensure!(
        complaints.iter().any(|said| said.starts_with("worker: ") && said.contains("lost")),
        "{complaints:?}"
    );
    browser.driver.clone().quit().await?;
    Ok(())
}

#[tokio::test]
async fn the_sealer_is_watched_and_the_browsers_own_pages_are_not() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let before = browser.traffic().await?;
    ensure!(before.requests.is_empty() && before.complaints.is_empty(), "nothing was opened yet: {before:?}");
    browser.go(&portal.url("/yongshun/tip")).await?;
    browser.settled().await?;
    let start = "const done = arguments[0]; const module = document.querySelector('meta[name=sealer]').content; \
                 const sealer = new Worker(module, { type: 'module' }); \
                 sealer.onmessage = () => done(true); sealer.onerror = () => done(false); setTimeout(() => done(false), 20000);";
    let started: bool = browser.driver.execute_async(start, vec![]).await?.convert()?;
    ensure!(started, "the sealer did not start");
    let loaded = browser.traffic().await?;
    ensure!(loaded.wrong(&portal.url("")).is_empty(), "{:?}", loaded.wrong(&portal.url("")));
    let module = |url: &str| url.contains("/assets/sealer-") && url.ends_with(".wasm");
    ensure!(loaded.requests.iter().any(|request| module(&request.url)), "{:?}", loaded.requests);
    browser.conclude(&portal.url("")).await
}
