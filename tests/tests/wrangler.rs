//! The same bundle under `wrangler dev`, as Cloudflare would run it: local, without an account or a network.

#![allow(missing_docs)]

use std::fs::{self, File};
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use local::copy_folder;
use local::healthy;
use office::settings;
use protocol::authorization::Authorization;
use protocol::routes::Route;
use system_tests::browser::Browser;
use system_tests::portal::Portal;
use tempfile::TempDir;
use xtask::guard::Guarded;
use xtask::serve::free_port;

/// wrangler starts Node, bundles nothing, and waits for a network that is not there.
const START: Duration = Duration::from_secs(90);

struct Wrangler {
    _process: Guarded,
    port: u16,
    _folder: TempDir,
}

#[tokio::test]
async fn the_same_bundle_runs_under_wrangler() -> Result<()> {
    let portal = Portal::prepare()?;
    let wrangler = start(&portal)?;
    let url = |path: &str| format!("http://127.0.0.1:{}{path}", wrangler.port);

    // A browser, because this server compresses for everyone, as Cloudflare does towards its own front.
    let browser = Browser::open(360, 740).await?;
    browser.go(&url("/yongshun/guide")).await?;
    browser.settled().await?;
    browser.reads("永顺县").await?;
    browser.conclude(&url("")).await?;
    let headers = reqwest::get(url("/desk/")).await?.headers().clone();
    ensure!(headers.contains_key("content-security-policy"), "the page came around the Worker");

    let request = serde_json::json!({
        "document": "yongshun-2023", "on": "2026-11-20", "household": { "facts": {}, "people": [] }
    });
    let answer = reqwest::Client::new().post(url(&Route::Assess {}.to_path())).json(&request).send().await?;
    ensure!(answer.status().is_success(), "the engine: {}", answer.text().await?);

    // A Durable Object answers: nobody has this receipt.
    let lookup = "0".repeat(32);
    let unknown = reqwest::Client::new()
        .get(url(&Route::View { lookup: &lookup }.to_path()))
        .header("authorization", Authorization::Receipt("0".repeat(64)).header())
        .send()
        .await?;
    ensure!(unknown.status().as_u16() == 404, "the mailbox: {}", unknown.status());
    Ok(())
}

/// `DEPLOYMENT.md` says how the bundle gets onto Cloudflare. Its words are taken as they stand, short of an account: the
/// program reads the configuration, the pages and the modules, and says what it would send.
#[test]
fn the_words_of_deployment_bring_the_bundle_up_to_the_account() -> Result<()> {
    let portal = Portal::prepare()?;
    let project = portal.project();
    let guide = fs::read_to_string(project.root().join("DEPLOYMENT.md"))?;
    let line = guide.lines().find(|line| line.starts_with("npx wrangler deploy"));
    let words = line.context("DEPLOYMENT.md says nothing of it")?;
    let (folder, bundle) = laid_out(&portal)?;
    fs::write(bundle.join("offices.json"), settings::for_worker(&portal.cards())?)?;
    let told = words.replacen("npx wrangler", &project.node_program("wrangler").display().to_string(), 1);
    let answer =
        apart(Command::new("sh"), &folder, &bundle).args(["-c", &format!("{told} --dry-run")]).output()?;
    let (out, err) = (String::from_utf8_lossy(&answer.stdout), String::from_utf8_lossy(&answer.stderr));
    ensure!(answer.status.success(), "{words}: {out}{err}");
    for bound in ["env.CASE", "env.OFFICE", "env.ASSETS", "env.OFFICES", "env.PROOF_BITS", "edge_bg.wasm"] {
        ensure!(out.contains(bound), "{bound} would not be there:\n{out}");
    }
    ensure!(out.contains("--dry-run: exiting now"), "{out}");
    Ok(())
}

/// The bundle and the pages as a build leaves them.
fn laid_out(portal: &Portal) -> Result<(TempDir, PathBuf)> {
    let folder = tempfile::Builder::new().prefix("anju-wrangler-").tempdir()?;
    let bundle = folder.path().join("build/edge");
    copy_folder(&portal.project().worker(), &bundle)?;
    copy_folder(&portal.home().site(), &folder.path().join("dist"))?;
    Ok((folder, bundle))
}

/// A program that starts in the bundle, tells nobody and has a home of its own.
fn apart(mut command: Command, folder: &TempDir, bundle: &Path) -> Command {
    command
        .envs([("WRANGLER_SEND_METRICS", "false"), ("CI", "1"), ("NO_COLOR", "1")])
        .env("WRANGLER_HOME", folder.path().join("home"))
        .current_dir(bundle)
        .stdin(Stdio::null());
    command
}

fn start(portal: &Portal) -> Result<Wrangler> {
    let (folder, bundle) = laid_out(portal)?;
    let log = folder.path().join("wrangler.log");
    let output = File::create(&log)?;
    let port = free_port()?;
    let wrangler = Command::new(portal.project().node_program("wrangler"));
    let mut command = apart(wrangler, &folder, &bundle);
    command
        .args(["dev", "--local", "--ip", "127.0.0.1", "--port", &port.to_string()])
        .arg("--config")
        .arg(bundle.join("wrangler.toml"))
        .arg("--persist-to")
        .arg(folder.path().join("state"))
        .args(["--var", &format!("OFFICES:{}", settings::for_worker(&portal.cards())?)])
        .stdout(output.try_clone()?)
        .stderr(output);
    let process = Guarded::start(&mut command)?;
    let wrangler = Wrangler { _process: process, port, _folder: folder };
    let begun = Instant::now();
    while begun.elapsed() < START {
        if healthy((Ipv4Addr::LOCALHOST, port).into()) {
            return Ok(wrangler);
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    bail!("wrangler dev did not answer:\n{}", fs::read_to_string(&log).unwrap_or_default())
}
