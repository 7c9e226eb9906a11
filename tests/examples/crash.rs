//! Kills the server at random moments under load, then cuts the power at others, as often as asked, and holds what is left to
//! what was acknowledged: `cargo xtask crash --kills 500 --cuts 100`.

#![allow(clippy::print_stdout)]

use anyhow::{Context, Result};
use system_tests::clock::now;
use system_tests::crash::Campaign;
use system_tests::power::{Disk, Recording};

/// Cases that go through a server while it is watched.
const CASES: usize = 40;

#[tokio::main]
async fn main() -> Result<()> {
    let mut words = std::env::args().skip(1);
    let mut number = |what: &str| -> Result<usize> {
        Ok(words.next().with_context(|| format!("how many {what}?"))?.parse()?)
    };
    let (kills, cuts) = (number("kills")?, number("power cuts")?);
    let mut campaign = Campaign::begin()?;
    for kill in 1..=kills {
        campaign.round().await?;
        if kill % 50 == 0 {
            println!("{kill} kills");
        }
    }
    println!("{}: nothing lost, nothing doubled", campaign.conclude().await?);
    let mut recording = Recording::of(CASES).await?;
    println!("{}: nothing lost", recording.cut(Disk::Honest, cuts, now()).await?);
    Ok(())
}
