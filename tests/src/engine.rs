//! The engine alone in a browser's page: the module of `tests/agreement`, served beside a test's portal.

use std::fs;

use anyhow::{Context, Result};
use local::copy_folder;
use xtask::grade::Grade;
use xtask::wasm;

use crate::browser::Browser;
use crate::portal::Portal;

/// Opens a page whose scripts find the module's exports as `engine`.
///
/// # Errors
/// When the module has not been compiled, or the browser does not start.
pub async fn open(portal: &Portal) -> Result<Browser> {
    let bound = wasm::bind(portal.project(), Grade::Shipped, "agreement", wasm::Home::Page)
        .context("`cargo xtask test` and `cargo xtask bench` compile the engine's module")?;
    let folder = portal.home().site().join("agreement");
    copy_folder(&bound.folder, &folder)?;
    let script = "import init, * as engine from './agreement.js'; await init(); globalThis.engine = engine; \
                  document.title = 'ready';";
    fs::write(folder.join("start.js"), script)?;
    let page = "<!doctype html><link rel=\"icon\" href=\"data:,\"><title>…</title>\
                <script type=\"module\" src=\"start.js\"></script>";
    fs::write(folder.join("page.html"), page)?;

    let browser = Browser::open(800, 600).await?;
    browser.go(&portal.url("/agreement/page.html")).await?;
    browser.titled("ready").await?;
    Ok(browser)
}
