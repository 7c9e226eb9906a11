//! Every component in every state is accessible in every display mode, on a phone and at a desk.

#![allow(missing_docs)]

use anyhow::{Result, ensure};
use system_tests::browser::Browser;
use system_tests::judge::Judge;
use system_tests::view::{DARK_CONTRAST, MODES, PHONE, WIDE};
use xtask::gallery::Gallery;
use xtask::project::Project;
use xtask::serve::free_port;

#[tokio::test]
async fn every_component_is_accessible_in_every_state_and_mode() -> Result<()> {
    let project = Project::find()?;
    let gallery = Gallery::start(&project, free_port()?)?;
    let browser = Browser::open(WIDE.width, WIDE.height).await?;
    browser.go(&gallery.origin()).await?;
    browser.find("component-timeline").await?;
    let count = "return document.querySelectorAll('[data-test^=state-]').length";
    let states: usize = browser.driver.execute(count, vec![]).await?.convert()?;
    ensure!(states > 40, "only {states} states are shown");
    let judge = Judge::new(&project)?;
    let mut wrong = Vec::new();
    for screen in [WIDE, PHONE] {
        browser.screen(screen).await?;
        for mode in [DARK_CONTRAST].iter().chain(MODES.iter().rev()) {
            browser.mode(*mode).await?;
            let faults = judge.faults(&browser).await?;
            wrong.extend(faults.into_iter().map(|fault| format!("{}, {}: {fault}", screen.width, mode.name)));
        }
    }
    ensure!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
    browser.conclude(&gallery.origin()).await
}
