//! What a case takes on the disk, and what many take in memory.

use std::fs;
use std::time::Duration;

use anyhow::{Context, Result};
use reqwest::Client;
use system_tests::applicant::Applicant;
use system_tests::officer::Officer;
use system_tests::portal::Portal;

use super::{OFFICE, crowd};

/// Cases that are sent and looked up.
const CASES: usize = 5_000;
/// How long a case may lie before the server gives its memory back, and some to spare.
const IDLE: Duration = Duration::from_secs(40);
/// How often all are looked up: memory that is given back does not grow from round to round.
const ROUNDS: usize = 3;

pub(super) async fn print() -> Result<()> {
    let mut portal = Portal::start_with(&[], |home| home.with_daily_cap(u32::MAX))?;
    let client = Client::new();
    let letter = Applicant::with_tip_off(&portal, OFFICE, "测试路一号", "夜里灯一直不亮")?.submission;
    let body = serde_json::to_vec(&letter)?.len();
    let senders = crowd::send(&client, &portal, &letter, CASES, 8).await?;
    Officer::of(&portal, OFFICE)?.inbox_of(CASES).await?;
    portal.stop()?;
    let bytes = |folder: &str| -> Result<u64> {
        let files = local::files(&portal.store().join(folder))?;
        files.iter().map(|file| Ok(fs::metadata(file)?.len())).sum()
    };
    let (cases, offices, count) = (bytes("anju-case")?, bytes("anju-office")?, u64::try_from(CASES)?);
    portal.start_again()?;
    println!("A case with a letter of {body} bytes, over {CASES} cases\n");
    println!("  on the disk   {} bytes in its own file, {} in the office's", cases / count, offices / count);
    println!("  the server    {}", standing(&portal)?);
    for round in 1..=ROUNDS {
        for sender in &senders {
            sender.looks(&client, &portal).await?.bytes().await?;
        }
        println!("  all looked up {}, round {round}", standing(&portal)?);
        tokio::time::sleep(IDLE).await;
        println!("  {} s later    {}", IDLE.as_secs(), standing(&portal)?);
    }
    println!();
    Ok(())
}

/// Memory of the server that is really there, and files that it holds open: those of the cases that are awake among them.
fn standing(portal: &Portal) -> Result<String> {
    let process = portal.process().context("the server does not run")?;
    let status =
        fs::read_to_string(format!("/proc/{process}/status")).context("this machine tells no memory")?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).context("VmRSS")?;
    let kilobytes: u64 = line.split_whitespace().nth(1).context("VmRSS")?.parse()?;
    let files = fs::read_dir(format!("/proc/{process}/fd"))?.count();
    Ok(format!("{} MB, {files} files open", kilobytes / 1024))
}
