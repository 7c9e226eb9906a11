//! How soon the pages are there on a slow line and a slow phone: 1.6 Mbit/s, 150 ms, a processor four times slower.
//! Run by `cargo xtask bench`.
//!
//! The line and the processor are the browser's own imitation of them. Each page is opened several times in a browser
//! that has never seen the portal; the middle figure counts, because other work on the machine only ever adds.

#![allow(clippy::print_stdout, clippy::float_arithmetic)]

use anyhow::{Context, Result};
use serde_json::json;
use system_tests::browser::Browser;
use system_tests::portal::Portal;

/// Openings of each page.
const TIMES: usize = 5;

/// What people wait for on each page, and the seconds that the design allows for it.
const PAGES: [(&str, &str, f64); 6] = [
    ("/yongshun/check", "[data-test=check-next]", 1.5),
    ("/yongshun", "h1", 1.5),
    ("/yongshun/guide", "#contacts", 2.4),
    ("/yongshun/apply", "form", 2.6),
    ("/yongshun/tip", "form", 2.6),
    ("/status", "form", 2.6),
];

/// Notes when what is waited for stands in the page, and each stretch of work over 50 ms.
const WATCH: &str = "
    globalThis.seen = null;
    globalThis.blocked = 0;
    new PerformanceObserver(list => {
        for (const task of list.getEntries()) blocked += Math.max(0, task.duration - 50);
    }).observe({ type: 'longtask', buffered: true });
    new MutationObserver(() => {
        const wanted = document.querySelector('WANTED');
        if (seen === null && wanted && !wanted.closest('#fallback')) seen = performance.now();
    }).observe(document, { childList: true, subtree: true });
";

#[tokio::main]
async fn main() -> Result<()> {
    let portal = Portal::start()?;
    println!("on 1.6 Mbit/s with 150 ms and a processor four times slower, the middle of {TIMES} openings:");
    for (page, wanted, bar) in PAGES {
        let mut figures = Vec::new();
        for _ in 0..TIMES {
            figures.push(open(&portal.url(page), wanted).await.with_context(|| page.to_owned())?);
        }
        figures.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (seconds, blocked) = figures.get(TIMES / 2).copied().unwrap_or_default();
        println!("  {seconds:>5.2} s (wanted {bar:.1} s)  blocked {blocked:>5.0} ms  {page}");
    }
    Ok(())
}

/// Seconds until what is wanted is there, and milliseconds in which the page could not have answered a touch.
async fn open(url: &str, wanted: &str) -> Result<(f64, f64)> {
    let browser = Browser::open(360, 740).await?;
    let tools = browser.driver.cdp();
    let line = json!({ "offline": false, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000 });
    tools.send_raw("Network.enable", json!({})).await?;
    tools.send_raw("Network.emulateNetworkConditions", line).await?;
    tools.send_raw("Emulation.setCPUThrottlingRate", json!({ "rate": 4 })).await?;
    let watch = json!({ "source": WATCH.replace("WANTED", wanted) });
    tools.send_raw("Page.addScriptToEvaluateOnNewDocument", watch).await?;
    browser.go(url).await?;
    let seen = browser
        .until("what is waited for", async || {
            let seen: Option<f64> = browser.driver.execute("return seen", vec![]).await?.convert()?;
            Ok(seen)
        })
        .await?;
    browser.settled().await?;
    let blocked: f64 = browser
        .driver
        .execute_async(
            "const done = arguments[0]; requestIdleCallback(() => setTimeout(() => done(blocked), 1500))",
            vec![],
        )
        .await?
        .convert()?;
    browser.driver.clone().quit().await?;
    Ok((seen / 1000.0, blocked))
}
