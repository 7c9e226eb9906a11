//! Screenshots of pages for people to look at: `cargo xtask shots /yongshun /status`.

#![allow(clippy::print_stdout)]

use std::fs;

use anyhow::{Context, Result};
use system_tests::browser::Browser;
use system_tests::portal::Portal;

/// A phone and a desk screen, in CSS pixels.
const SIZES: [(u32, u32); 2] = [(360, 740), (1280, 800)];
/// The display modes, as the portal remembers them.
const MODES: [(&str, bool, bool); 3] =
    [("normal", false, false), ("large", true, false), ("contrast", false, true)];

#[tokio::main]
async fn main() -> Result<()> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let portal = Portal::start()?;
    let folder = portal.project().path("target/shots");
    fs::create_dir_all(&folder)?;
    for (width, height) in SIZES {
        let browser = Browser::open(width, height).await?;
        browser.go(&portal.url("/")).await?;
        for (mode, large, high) in MODES {
            let display = serde_json::json!({ "large": large, "high": high }).to_string();
            browser
                .driver
                .execute("localStorage.setItem('anju.display', arguments[0])", vec![display.into()])
                .await?;
            for path in &paths {
                browser.go(&portal.url(path)).await?;
                browser.settled().await?;
                let name = format!("{}-{width}-{mode}.png", file_name(path));
                let file = folder.join(&name);
                browser.screenshot_whole_page(&file).await.with_context(|| name)?;
                println!("{}", file.display());
            }
        }
        for complaint in browser.complaints().await? {
            println!("console: {complaint}");
        }
        browser.driver.clone().quit().await?;
    }
    Ok(())
}

fn file_name(path: &str) -> String {
    let name = path.trim_matches('/').replace(['/', '?', '='], "_");
    if name.is_empty() { "home".to_owned() } else { name }
}
