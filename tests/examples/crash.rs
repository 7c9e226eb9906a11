//! Kills the server at random moments under load, as often as asked, and holds what is left to what was acknowledged:
//! `cargo xtask crash --kills 500`.

#![allow(clippy::print_stdout)]

use anyhow::{Context, Result};
use system_tests::crash::Campaign;

#[tokio::main]
async fn main() -> Result<()> {
    let kills: usize = std::env::args().nth(1).context("how many kills?")?.parse()?;
    let mut campaign = Campaign::begin()?;
    for kill in 1..=kills {
        campaign.round().await?;
        if kill % 50 == 0 {
            println!("{kill} kills");
        }
    }
    println!("{}: nothing lost, nothing doubled", campaign.conclude().await?);
    Ok(())
}
