//! Forms stand still while they open: nothing that is on the screen moves when the draft, its papers or the rest of a long form
//! come.

#![allow(missing_docs)]

use anyhow::{Result, ensure};
use serde_json::json;
use system_tests::browser::Browser;
use system_tests::portal::Portal;

/// Adds up by how much what was seen has moved, as browsers count it: 1 is the whole screen by its whole height.
const WATCH: &str = "window.moved = 0; new PerformanceObserver(list => { \
    for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.moved += shift.value; \
    }).observe({ type: 'layout-shift', buffered: true });";

/// What counts as steady (web.dev, Cumulative Layout Shift).
const STEADY: f64 = 0.1;

/// Each form, with what stands at its end.
const FORMS: [(&str, &str); 7] = [
    ("/yongshun/apply", "apply-next"),
    ("/yongshun/tip", "tip-submit"),
    ("/yongshun/acts/renewal", "act-submit"),
    ("/yongshun/acts/swap", "act-submit"),
    ("/yongshun/acts/employer_group", "act-submit"),
    ("/yongchuan/acts/renewal", "act-submit"),
    ("/status", "status-open"),
];

#[tokio::test]
async fn nothing_moves_while_a_form_opens() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    let script = json!({ "source": WATCH });
    browser.driver.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", script).await?;
    for (path, end) in FORMS {
        browser.go(&portal.url(path)).await?;
        browser.settled().await?;
        browser.find(end).await?;
        // What is drawn last is counted once it was on the screen.
        let painted = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));";
        browser.driver.execute_async(painted, vec![]).await?;
        let moved: f64 = browser.driver.execute("return window.moved", vec![]).await?.convert()?;
        ensure!(moved < STEADY, "{path} moves by {moved}");
    }
    browser.conclude(&portal.url("")).await
}
