//! Killed at random moments under load, again and again. The long form: `cargo xtask crash --kills 500`.

#![allow(missing_docs)]

use anyhow::{Result, ensure};
use system_tests::crash::Campaign;

#[tokio::test]
async fn what_was_acknowledged_outlives_every_kill_and_is_there_once() -> Result<()> {
    let mut campaign = Campaign::begin()?;
    for _ in 0..8 {
        campaign.round().await?;
    }
    let tally = campaign.conclude().await?;
    println!("{tally}");
    ensure!(tally.acknowledged > 0 && tally.interrupted > 0, "no kill came under load: {tally}");
    Ok(())
}
