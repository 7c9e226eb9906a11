//! How many submissions one office takes per second, each on disk before it is acknowledged, against a bare insert of
//! the same bytes in the same runtime: `cargo run --package system-tests --example submissions` after
//! `cargo xtask build`. The rounds take turns, so that a busy machine slows all of them. A case is an object of its own,
//! with a file of its own, so its peer is a bare insert into an object of its own.

#![allow(clippy::print_stdout, clippy::float_arithmetic)]

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use data_encoding::HEXLOWER;
use local::healthy;
use protocol::case::Submission;
use protocol::identity;
use protocol::routes::Route;
use reqwest::{Client, StatusCode};
use serde::Serialize;
use system_tests::applicant::{Applicant, proved};
use system_tests::portal::Portal;
use tokio::task::JoinSet;
use xtask::guard::Guarded;
use xtask::project::Project;
use xtask::serve::free_port;

const OFFICE: &str = "qujing-2018";
/// Requests in a round.
const ROUND: usize = 400;
/// Rounds of each kind.
const ROUNDS: usize = 5;
/// Requests under way at once.
const AT_ONCE: usize = 16;

#[tokio::main]
async fn main() -> Result<()> {
    let portal = Portal::start_with(&[], |home| home.with_daily_cap(u32::MAX))?;
    let folder = tempfile::tempdir()?;
    let address = SocketAddr::from(([127, 0, 0, 1], free_port()?));
    let _bare = bare(portal.project(), folder.path(), address)?;
    let first = Applicant::with_tip_off(&portal, OFFICE, "测试路一号", "夜里灯一直不亮")?.submission;
    let client = Client::new();
    let cases = portal.url(&Route::Submit { office: OFFICE }.to_path());
    let rows = format!("http://{address}");
    let (mut submitted, mut shared, mut own) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let batch = (0..ROUND).map(|_| another(&first)).collect::<Result<Vec<_>>>()?;
        let to = |one: &dyn Fn(&Submission) -> String| -> Vec<(String, Submission)> {
            batch.iter().map(|submission| (one(submission), submission.clone())).collect()
        };
        shared.push(rate(&client, to(&|_| format!("{rows}/one"))).await?);
        submitted.push(rate(&client, to(&|_| cases.clone())).await?);
        own.push(rate(&client, to(&|submission| format!("{rows}/{}", submission.lookup))).await?);
    }
    let (submitted, shared, own) = (median(submitted), median(shared), median(own));
    println!("{ROUNDS} rounds of {ROUND} requests, {AT_ONCE} at once; medians");
    println!("  submissions to one office             {submitted:>7.0} /s");
    println!(
        "  bare inserts, an object for each row  {own:>7.0} /s   submissions are {:.2} x (bar: 0.50 x)",
        submitted / own
    );
    println!(
        "  bare inserts into one object          {shared:>7.0} /s   submissions are {:.2} x",
        submitted / shared
    );
    Ok(())
}

/// Starts the bare Worker on a data folder of its own.
fn bare(project: &Project, folder: &Path, address: SocketAddr) -> Result<Guarded> {
    let source = project.path("tests/examples/bare_insert");
    let data = folder.join("store");
    fs::create_dir_all(&data)?;
    fs::copy(source.join("worker.mjs"), folder.join("worker.mjs"))?;
    let text = fs::read_to_string(source.join("workerd.capnp"))?
        .replace("{{data}}", &data.display().to_string())
        .replace("{{address}}", &address.to_string());
    let file = folder.join("workerd.capnp");
    fs::write(&file, text)?;
    let mut command = Command::new(project.node_program("workerd"));
    let process = Guarded::start(command.arg("serve").arg(&file).stdin(Stdio::null()))?;
    let begun = Instant::now();
    while !healthy(address) {
        ensure!(begun.elapsed() < Duration::from_secs(30), "the bare Worker did not answer");
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(process)
}

/// The same letter from somebody else, with a proof of its own.
fn another(first: &Submission) -> Result<Submission> {
    let lookup = HEXLOWER.encode(&identity::random::<32>()?);
    let lookup =
        lookup.get(..first.lookup.len()).context("a look-up id is no longer than a hash")?.to_owned();
    let token_hash = HEXLOWER.encode(&identity::random::<32>()?);
    Ok(proved(Submission { lookup, token_hash, ..first.clone() }))
}

/// Sends everything, so many at once, and returns how many were taken per second.
async fn rate<T: Serialize + Send + Sync + 'static>(
    client: &Client,
    requests: Vec<(String, T)>,
) -> Result<f64> {
    let count = f64::from(u32::try_from(requests.len())?);
    let begun = Instant::now();
    let mut waiting = requests.into_iter();
    let mut under_way = JoinSet::new();
    loop {
        while under_way.len() < AT_ONCE {
            let Some((url, body)) = waiting.next() else { break };
            let request = client.post(url).json(&body);
            under_way.spawn(async move {
                let answer = request.send().await?;
                ensure!(answer.status() == StatusCode::CREATED, "{}", answer.text().await?);
                Ok(())
            });
        }
        let Some(done) = under_way.join_next().await else { break };
        done??;
    }
    Ok(count / begun.elapsed().as_secs_f64())
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates.get(rates.len() / 2).copied().unwrap_or_default()
}
