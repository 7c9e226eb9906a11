//! Keeps what the build at hand says, is sent and stores in `tests/before`, so that the builds after it are held to it (before a
//! release, and before the wire or the store changes): `cargo run --package system-tests --example remember -- 2026-11-27`.

#![allow(clippy::print_stdout)]

use anyhow::{Context, Result};
use system_tests::before::keep;

#[tokio::main]
async fn main() -> Result<()> {
    let name = std::env::args().nth(1).context("under what name?")?;
    println!("{}", keep(&name).await?.display());
    Ok(())
}
