//! Holds a server to the description of its API with schemathesis, which makes its own requests from it: `cargo xtask conform`,
//! which says where schemathesis is and how many requests of each sort it makes.

#![allow(clippy::print_stdout)]

use std::process::Command;

use anyhow::{Context, Result, ensure};
use system_tests::api::Api;
use system_tests::applicant::Server;
use system_tests::papers::Sheets;
use system_tests::portal::Portal;

const OFFICE: &str = "yongshun-2023";
#[tokio::main]
async fn main() -> Result<()> {
    let mut words = std::env::args().skip(1);
    let (program, examples) =
        (words.next().context("where is schemathesis?")?, words.next().context("how many?")?);
    let portal = Portal::start_with(&[], |home| home.with_daily_cap(u32::MAX))?;
    let sheets = Sheets::photographs(&[60_000])?;
    let sender = sheets.sender(&Server::of(&portal, &portal.key(OFFICE)?.recipient), OFFICE)?;
    sender.submit().await?;
    sheets.all[0].send(&Api::of(&portal), &sender).await?;
    let folder = portal.project().path("tests/conform");
    let status = Command::new(program)
        .arg("--config-file")
        .arg(folder.join("schemathesis.toml"))
        .args(["run", "--max-examples", &examples, "--url", &portal.url("")])
        .arg(portal.project().path("edge/openapi.json"))
        .env("PYTHONPATH", &folder)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .envs([
            ("ANJU_OFFICE", OFFICE),
            ("ANJU_LOOKUP", &sender.keys.lookup),
            ("ANJU_TOKEN", &sender.keys.token),
            ("ANJU_PAPER", &sheets.all[0].paper.id),
        ])
        .env("ANJU_KEY", &portal.office(OFFICE)?.file)
        // What it keeps of a run lies with the server's folder.
        .current_dir(portal.data())
        .status()?;
    ensure!(status.success(), "the server is not as its description says");
    ensure!(portal.log_text().is_empty(), "the log says: {}", portal.log_text());
    println!("as described");
    Ok(())
}
