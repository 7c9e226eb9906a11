//! An office's own server, from the archive: it serves, is backed up while it serves, and is restored elsewhere with
//! nothing lost that was acknowledged; what it cannot do it refuses with one sentence.

#![allow(missing_docs)]

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use protocol::CaseKind;
use protocol::case::Submission;
use protocol::chain;
use protocol::desk::{Inbox, NewEvent};
use protocol::error::ErrorCode;
use protocol::routes::Route;
use reqwest::{Client, StatusCode};
use system_tests::api::{Api, part, refused, token};
use system_tests::applicant::{Applicant, junk, proved};
use system_tests::clock::{now, today};
use system_tests::disk;
use system_tests::officer::Officer;
use system_tests::own_server::{CONTACT, Installation, ORIGIN, Running, one_sentence};
use system_tests::papers::{Sheets, own_part};
use system_tests::process;
use tokio::task::JoinSet;

const OFFICE: &str = "yongshun-2023";

#[tokio::test]
async fn a_backup_made_while_serving_is_restored_with_everything_that_was_acknowledged() -> Result<()> {
    let own = Installation::make()?;
    let key = own.key(OFFICE)?;
    let (data, backup) = (own.path("data"), own.path("backup.tar.gz"));
    let running = own.start(&data)?;
    what_is_published_is_there(&own, &running).await?;
    let sheets = Sheets::photographs(&[600_000])?;
    let sender = sheets.sender(&running.server(key), OFFICE)?;
    sender.submit().await?;
    ensure!(sheets.all[0].send(&Api::at(&running.origin()), &sender).await?.whole);
    move_on(&running, &own, &sender).await?;
    let told = sender.view().await?;
    ensure!(told.total == 2, "{} events", told.total);
    let before = flood(&running, &sender.submission, 20).await?;
    let officer = Officer::with_key(&key.key, running.origin());
    let listed = officer.inbox_of(before.len() + 1).await?;

    // More comes in all the while.
    let program = own.program();
    let making = tokio::task::spawn_blocking({
        let (data, backup) = (data.clone(), backup.clone());
        move || make_backup(program, &data, &backup)
    });
    let mut meanwhile = BTreeSet::new();
    while !making.is_finished() {
        meanwhile.extend(flood(&running, &sender.submission, 4).await?);
    }
    making.await??;
    let late = Applicant::of(&running.server(key), OFFICE, "测试小区", "后来的")?;
    late.submit().await?;
    ensure!(own.granted(&["check"], &[("--data", &data)])?.contains("cases on disk"), "check says nothing");
    for_the_owner_alone(&data.join("store"))?;
    for_the_owner_alone(&backup)?;
    running.stop()?;

    let elsewhere = own.path("elsewhere");
    own.granted(&["restore"], &[("--from", &backup), ("--data", &elsewhere)])?;
    for_the_owner_alone(&elsewhere)?;
    let running = own.start(&elsewhere)?;
    let sender = sender.at(&running.origin());
    let view = sender.view().await?;
    ensure!(view == told, "the case is not what it was: {view:?}");
    ensure!(chain::verify_view(&view, Some(&told.head)).is_ok(), "the chain is not whole");
    for (number, bytes) in sheets.all[0].parts() {
        let (origin, id) = (running.origin(), &sheets.all[0].paper.id);
        ensure!(part(own_part(&Api::at(&origin), &sender, id, number)).await? == bytes, "part {number}");
    }
    let officer = Officer::with_key(&key.key, running.origin());
    let opened = officer.case(&sender.keys.lookup).await?;
    ensure!(opened.envelope == sender.submission.envelope, "another letter came back");
    let restored = every_case(&officer).await?;
    let (kept, acknowledged) = (lookups(&restored), lookups(&listed));
    ensure!(kept.is_superset(&acknowledged), "{:?} are lost", acknowledged.difference(&kept));
    let strangers: Vec<_> = kept.difference(&acknowledged).filter(|one| !meanwhile.contains(*one)).collect();
    ensure!(strangers.is_empty(), "{strangers:?} came from nowhere");
    let rows = |inbox: &Inbox| -> Vec<_> {
        inbox.cases.iter().filter(|row| acknowledged.contains(&row.lookup)).cloned().collect()
    };
    ensure!(rows(&restored) == rows(&listed), "the index is not what it was");
    // What came after the backup is not there, and can be sent again as it is.
    let late = late.at(&running.origin());
    ensure!(late.view().await.is_err(), "a case came back that was not in the backup");
    ensure!(late.submit().await?.0 == StatusCode::CREATED, "it cannot be sent again");
    // The case goes on from where it stood.
    ensure!(late.submit().await?.0 == StatusCode::OK && sender.submit().await?.0 == StatusCode::OK);
    let said = own.granted(&["check"], &[("--data", &elsewhere)])?;
    ensure!(said.contains(&format!("{} cases on disk", kept.len() + 1)), "{said}");
    ensure!(said.contains(", 1 papers"), "{said}");
    running.stop()
}

fn make_backup(mut program: Command, data: &Path, into: &Path) -> Result<()> {
    let made = program.arg("backup").arg("--data").arg(data).arg("--into").arg(into).output()?;
    ensure!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let said = String::from_utf8(made.stdout)?;
    ensure!(said.contains("read back and whole") && !said.contains("warning"), "{said}");
    Ok(())
}

/// The officer moves a case.
async fn move_on(running: &Running, own: &Installation, sender: &Applicant) -> Result<()> {
    let path = Route::Act { office: OFFICE, lookup: &sender.keys.lookup }.to_path();
    let event = NewEvent {
        id: "0123456789abcdef".into(),
        expected_head: sender.view().await?.head,
        stage: Some("verifying".into()),
        on: Some(today()?),
        envelope: None,
        ..NewEvent::default()
    };
    let key = &own.key(OFFICE)?.key;
    let body = serde_json::to_vec(&event.signed_by(key, &sender.keys.lookup, now()))?;
    let signature = token(key, "POST", &path, &body);
    let request =
        Client::new().post(format!("{}{path}", running.origin())).header("authorization", signature);
    request.header("content-type", "application/json").body(body).send().await?.error_for_status()?;
    Ok(())
}

/// Letters of nothing; returns the look-up ids of those that were acknowledged, which is all of them.
async fn flood(running: &Running, first: &Submission, count: usize) -> Result<BTreeSet<String>> {
    let url = format!("{}{}", running.origin(), Route::Submit { office: OFFICE }.to_path());
    let (client, mut under_way, mut sent) = (Client::new(), JoinSet::new(), BTreeSet::new());
    for _ in 0..count {
        let letter = proved(junk(first, CaseKind::TipOff)?);
        let request = client.post(&url).json(&letter);
        sent.insert(letter.lookup);
        under_way.spawn(async move { request.send().await?.error_for_status().map(drop) });
    }
    while let Some(done) = under_way.join_next().await {
        done??;
    }
    Ok(sent)
}

fn lookups(inbox: &Inbox) -> BTreeSet<String> {
    inbox.cases.iter().map(|row| row.lookup.clone()).collect()
}

/// The inbox in one, and every case in it opens.
async fn every_case(officer: &Officer) -> Result<Inbox> {
    use protocol::query::{InboxQuery, Standing};
    let asked = InboxQuery { standing: Standing::All, ..InboxQuery::default() };
    let mut whole = officer.part_of_inbox(&asked).await?;
    while let Some(after) = whole.next.take() {
        let part = officer.part_of_inbox(&InboxQuery { after: Some(after), ..asked.clone() }).await?;
        whole.cases.extend(part.cases);
        whole.next = part.next;
    }
    for row in &whole.cases {
        let case =
            officer.case(&row.lookup).await.with_context(|| format!("{} does not open", row.lookup))?;
        ensure!(
            case.view.stage == row.stage
                && case.view.events.last().is_some_and(|last| last.at == row.updated_at),
            "{row:?}: {case:?}"
        );
    }
    Ok(whole)
}

fn for_the_owner_alone(path: &Path) -> Result<()> {
    let files = if path.is_dir() { disk::files(path)? } else { vec![path.to_owned()] };
    ensure!(!files.is_empty(), "{} holds nothing", path.display());
    for file in files {
        // A write-ahead log goes when its database is closed.
        let Ok(found) = fs::metadata(&file) else { continue };
        ensure!(found.permissions().mode() & 0o077 == 0, "{} is open to others", file.display());
    }
    Ok(())
}

/// What searchers and whoever found a weakness are told, and that the archive is what it says.
async fn what_is_published_is_there(own: &Installation, running: &Running) -> Result<()> {
    let read = async |path: &str| -> Result<String> {
        let answer = reqwest::get(format!("{}{path}", running.origin())).await?.error_for_status();
        Ok(answer.with_context(|| path.to_owned())?.text().await?)
    };
    ensure!(read("/robots.txt").await?.contains(&format!("Sitemap: {ORIGIN}/sitemap.xml")));
    ensure!(read("/.well-known/security.txt").await?.starts_with(&format!("Contact: {CONTACT}\n")));
    let sitemap = read("/sitemap.xml").await?;
    let pages: Vec<&str> = sitemap.split("<loc>").skip(1).filter_map(|rest| rest.split('<').next()).collect();
    ensure!(pages.len() > 10 && !sitemap.contains("/desk") && !sitemap.contains("/status"), "{sitemap}");
    for page in pages {
        let path = page.strip_prefix(ORIGIN).context("another origin")?;
        let text = read(path).await?;
        ensure!(text.contains("<html"), "{path} is no page");
        ensure!(
            text.contains(&format!("<link rel=\"canonical\" href=\"{page}\">")),
            "{path} says another address"
        );
    }
    ensure!(read("/config.json").await?.contains(&own.key(OFFICE)?.key.recipient), "another configuration");
    let mut sums = Command::new("sha256sum");
    sums.args(["--check", "--quiet", "SHA256SUMS"]).current_dir(own.release());
    ensure!(sums.status()?.success(), "a file of the archive is not what its sum says");
    for paper in ["DEPLOYMENT.md", "SECURITY.md", "THREAT-MODEL.md", "LICENSE"] {
        ensure!(own.release().join(paper).is_file(), "{paper} is not in the archive");
    }
    Ok(())
}

#[tokio::test]
async fn what_it_cannot_do_it_refuses_with_one_sentence() -> Result<()> {
    let own = Installation::make()?;
    let (data, settings, empty) = (own.path("data"), own.settings(), own.path("empty"));
    let serving: [(&str, &Path); 2] = [("--settings", &settings), ("--data", &data)];

    let few = Command::new("sh")
        .args(["-c", "ulimit -n 4096 && exec \"$0\" serve --settings \"$1\" --data \"$2\""])
        .arg(own.release().join("anju-server"))
        .args([&settings, &data])
        .output()?;
    ensure!(one_sentence(&few)?.contains("LimitNOFILE=65536"), "{few:?}");
    own.configure("listen", "\"0.0.0.0:8787\"")?;
    ensure!(own.refused(&["serve"], &serving)?.contains("without TLS"));
    own.configure("listen", "\"127.0.0.1:none\"")?;
    ensure!(own.refused(&["serve"], &serving)?.contains("anju.toml"));
    ensure!(
        own.refused(&["serve"], &[("--settings", &empty), ("--data", &data)])?.contains("cannot be read")
    );
    own.configure("listen", "\"127.0.0.1:8787\"")?;
    let bare: [(&str, &Path); 3] = [("--settings", &settings), ("--data", &data), ("--release", &settings)];
    ensure!(own.refused(&["serve"], &bare)?.contains("unpack the archive again"));
    for words in [&["check"][..], &["backup", "--into", "nowhere"]] {
        ensure!(own.refused(words, &[("--data", &empty)])?.contains("no data folder"));
    }

    let running = own.start(&data)?;
    ensure!(own.refused(&["serve"], &serving)?.contains("in use by process"));
    let backup = own.path("backup");
    make_backup(own.program(), &data, &backup)?;
    let backing_up = |into: &Path| own.refused(&["backup"], &[("--data", &data), ("--into", into)]);
    ensure!(backing_up(&backup)?.contains("never replaces"));
    ensure!(backing_up(&data.join("store/backup"))?.contains("in the store itself"));
    ensure!(backing_up(&empty.join("backup"))?.contains("is not there"));
    let restoring =
        |from: &Path, data: &Path| own.refused(&["restore"], &[("--from", from), ("--data", data)]);
    ensure!(restoring(&backup, &data)?.contains("is not empty"));
    ensure!(restoring(&settings.join("anju.toml"), &empty)?.contains("no backup"));
    let whole = fs::read(&backup)?;
    let half = own.path("half");
    fs::write(&half, whole.get(..whole.len() / 2).context("half")?)?;
    ensure!(restoring(&half, &empty)?.contains("cut short"));
    ensure!(!empty.exists(), "a refused restoration left something behind");

    // Nearly full, it takes no new letter, and everything else goes on.
    let key = own.key(OFFICE)?;
    let [known, new] =
        ["已经收到的", "后来的"].map(|text| Applicant::of(&running.server(key), OFFICE, "测试小区", text));
    let (known, new) = (known?, new?);
    known.submit().await?;
    let held = known.view().await?;
    running.stop()?;
    own.configure("full_at", "1")?;
    let running = own.start(&data)?;
    let (known, new) = (known.at(&running.origin()), new.at(&running.origin()));
    let url = format!("{}{}", running.origin(), Route::Submit { office: OFFICE }.to_path());
    refused(Client::new().post(url).json(&new.submission), ErrorCode::StorageFull).await?;
    ensure!(
        known.submit().await?.0 == StatusCode::OK && known.view().await? == held,
        "it is not known any more"
    );
    move_on(&running, &own, &known).await?;
    running.stop()?;
    own.configure("full_at", "100")?;
    let running = own.start(&data)?;
    ensure!(new.at(&running.origin()).submit().await?.0 == StatusCode::CREATED, "the door stays shut");

    // Killed, it leaves workerd behind; nobody else serves from the folder until that is ended too.
    process::signal("KILL", running.process())?;
    let left = own.refused(&["serve"], &serving)?;
    ensure!(left.contains("workerd that it left behind"), "{left}");
    drop(running);
    let path = data.to_string_lossy().into_owned();
    process::gone(|_, command| command.contains(&path))?;
    own.start(&data)?.stop()?;
    process::gone(|_, command| command.contains(&path))
}
