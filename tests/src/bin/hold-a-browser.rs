//! Holds a browser open until it is killed: what is left behind then is for `tests/left_behind.rs` to see.

#![allow(clippy::print_stdout)]

use anyhow::Result;
use system_tests::browser::Browser;

#[tokio::main]
async fn main() -> Result<()> {
    let browser = Browser::open(360, 740).await?;
    browser.go("about:blank").await?;
    println!("{}", browser.group());
    std::future::pending().await
}
