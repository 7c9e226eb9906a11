//! The power goes at moments that hurt. The long form: `cargo xtask crash --cuts 300`.

#![allow(missing_docs)]

use anyhow::{Result, ensure};
use system_tests::power::{Disk, Recording};

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_was_flushed_before() -> Result<()> {
    let mut recording = Recording::of(8).await?;
    let tally = recording.cut(Disk::Honest, 12, 4711).await?;
    println!("{tally}");
    ensure!(tally.acknowledged > 0 && tally.between > 0, "no cut came under load: {tally}");
    // What this can find: on a disk that only says that it has flushed, letters are lost.
    let lost = recording.cut(Disk::Lying, 4, 4711).await;
    ensure!(lost.is_err(), "nothing is lost even where nothing was flushed: {lost:?}");
    Ok(())
}
