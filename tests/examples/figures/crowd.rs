//! Cases by the thousand: sent like any other, or laid down as the server would have laid them down.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use data_encoding::HEXLOWER;
use protocol::authorization::Authorization;
use protocol::case::Submission;
use protocol::identity;
use protocol::receipt;
use protocol::routes::Route;
use reqwest::{Client, Response, StatusCode};
use system_tests::applicant::proved;
use system_tests::portal::Portal;
use tokio::task::JoinSet;

/// Links that a file system allows to one file, and some to spare.
const LINKS: usize = 50_000;

/// Somebody whose letter was taken.
#[derive(Clone, Debug)]
pub(super) struct Sender {
    lookup: String,
    token: String,
}

impl Sender {
    /// The letter of another under a look-up id and a token of its own.
    pub(super) fn like(letter: &Submission) -> Result<(Self, Submission)> {
        let (lookup, token) = (identity::random::<16>()?, identity::random::<32>()?);
        let sender = Self { lookup: HEXLOWER.encode(&lookup), token: HEXLOWER.encode(&token) };
        let token_hash = receipt::token_hash(&sender.token).context("a token")?;
        let letter = proved(Submission { lookup: sender.lookup.clone(), token_hash, ..letter.clone() });
        Ok((sender, letter))
    }

    /// Looks its case up.
    pub(super) async fn looks(&self, client: &Client, portal: &Portal) -> Result<Response> {
        let url = portal.url(&Route::View { lookup: &self.lookup }.to_path());
        let asked =
            client.get(url).header("authorization", Authorization::Receipt(self.token.clone()).header());
        Ok(asked.send().await?.error_for_status()?)
    }
}

/// Sends so many letters, so many at once, and returns who sent them.
pub(super) async fn send(
    client: &Client,
    portal: &Portal,
    letter: &Submission,
    count: usize,
    at_once: usize,
) -> Result<Vec<Sender>> {
    let url = portal.url(&Route::Submit { office: &letter.office }.to_path());
    let (mut senders, mut under_way) = (Vec::new(), JoinSet::new());
    for _ in 0..count {
        let (sender, letter) = Sender::like(letter)?;
        senders.push(sender);
        let request = client.post(&url).json(&letter);
        under_way.spawn(async move { anyhow::Ok(request.send().await?.status()) });
        if under_way.len() >= at_once {
            let status = under_way.join_next().await.context("a letter")???;
            ensure!(status == StatusCode::CREATED, "{status}");
        }
    }
    for status in under_way.join_all().await {
        ensure!(status? == StatusCode::CREATED, "a letter was not taken");
    }
    Ok(senders)
}

/// Lays down so many cases more in the store of a server that does not run: a line each in the office's list, a file each in
/// the folder of cases, and a time each at which it is woken. What they hold is one of the cases that are there.
pub(super) fn lay_down(store: &Path, more: usize) -> Result<()> {
    let cases = store.join("anju-case");
    let case = databases(&cases)?.into_iter().next().context("no case to go by")?;
    let office = databases(&store.join("anju-office"))?.into_iter().next().context("no office")?;
    sqlite(&case, "PRAGMA wal_checkpoint(TRUNCATE);")?;
    let numbers =
        format!("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {more})");
    // One every ten minutes, back from the first that came.
    sqlite(
        &office,
        &format!(
            "BEGIN; CREATE TEMP TABLE first AS SELECT * FROM entry ORDER BY received_at LIMIT 1;
             {numbers} INSERT INTO entry (lookup, seq, kind, stage, standing, fresh, waiting, due, received_at, chars, json)
             SELECT printf('%032x', i), seq, kind, stage, standing, fresh, waiting, due, received_at - i * 600, chars,
               json_set(json, '$.lookup', printf('%032x', i), '$.received_at', received_at - i * 600) FROM n, first; COMMIT;"
        ),
    )?;
    sqlite(
        &cases.join("metadata.sqlite"),
        &format!(
            "BEGIN; CREATE TEMP TABLE last AS SELECT * FROM _cf_ALARM ORDER BY scheduled_time DESC LIMIT 1;
             {numbers} INSERT INTO _cf_ALARM SELECT printf('%064x', i), scheduled_time + i, printf('%032x', i) FROM n, last; COMMIT;"
        ),
    )?;
    let mut original = case;
    for number in 1..=more {
        let file = cases.join(format!("{number:064x}.sqlite"));
        if number % LINKS == 0 {
            fs::copy(&original, &file)?;
            original = file;
        } else {
            fs::hard_link(&original, &file)?;
        }
    }
    Ok(())
}

/// The databases of objects in a folder.
fn databases(folder: &Path) -> Result<Vec<PathBuf>> {
    let all = local::files(folder)?;
    Ok(all
        .into_iter()
        .filter(|path| {
            path.extension().is_some_and(|ending| ending == "sqlite") && !path.ends_with("metadata.sqlite")
        })
        .collect())
}

fn sqlite(file: &Path, script: &str) -> Result<()> {
    let done = Command::new("sqlite3")
        .arg("-bail")
        .arg(file)
        .arg(script)
        .stdout(Stdio::null())
        .status()
        .context("sqlite3")?;
    ensure!(done.success(), "{} could not be filled", file.display());
    Ok(())
}
