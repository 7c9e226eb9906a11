//! The sealed mailbox: what is stored is unreadable without the office's key, kept once, and kept through a crash.

#![allow(missing_docs)]

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use data_encoding::BASE64;
use protocol::letter::Letter;
use protocol::routes::Route;
use system_tests::applicant::Applicant;
use system_tests::disk;
use system_tests::officer::Officer;
use system_tests::portal::Portal;

const OFFICE: &str = "yongshun-2023";
const PLACE: &str = "某小区九栋二单元七〇三号𠮷";
const TEXT: &str = "测试甲·买买提把公租房转租给了别人，电话13900000017，身份证99999919900307008X。";

#[tokio::test]
async fn the_same_submission_sent_again_and_at_once_is_one_case() -> Result<()> {
    let portal = Portal::start()?;
    let sender = Applicant::with_tip_off(&portal, OFFICE, PLACE, TEXT)?;
    let (a, b, c, d) = tokio::join!(sender.submit(), sender.submit(), sender.submit(), sender.submit());
    let answers = [a?, b?, c?, d?, sender.submit().await?];
    let created = answers.iter().filter(|(status, _)| status.as_u16() == 201).count();
    ensure!(created == 1, "{created} of the answers say that a case was made");
    ensure!(answers.iter().all(|(_, receipt)| *receipt == answers[0].1), "the acknowledgements differ");
    let inbox = wait_for_inbox(&Officer::of(&portal, OFFICE)?, 1).await?;
    ensure!(inbox == 1, "the inbox has {inbox} cases");
    Ok(())
}

#[tokio::test]
async fn a_case_survives_a_crash_right_after_its_receipt() -> Result<()> {
    let mut portal = Portal::start()?;
    let sender = Applicant::with_tip_off(&portal, OFFICE, PLACE, TEXT)?;
    let (_, receipt) = sender.submit().await?;
    portal.crash_and_restart()?;
    let view = sender.view().await?;
    ensure!(view.received_at == receipt.received_at && view.head == receipt.head, "another case came back");
    // The office learns of it even if the crash came before the index did.
    let inbox = wait_for_inbox(&Officer::of(&portal, OFFICE)?, 1).await?;
    ensure!(inbox == 1, "the inbox has {inbox} cases");
    Ok(())
}

#[tokio::test]
async fn the_stock_age_command_opens_what_is_stored_and_nothing_else_does() -> Result<()> {
    let mut portal = Portal::start()?;
    let sender = Applicant::with_tip_off(&portal, OFFICE, PLACE, TEXT)?;
    sender.submit().await?;
    refuse_what_is_planted(&portal).await?;
    let stored = Officer::of(&portal, OFFICE)?.case(&sender.keys.lookup).await?;
    let envelope = portal.data().join("envelope.age");
    fs::write(&envelope, BASE64.decode(stored.envelope.as_bytes())?)?;

    let opened = open_with_age(&portal, OFFICE, &envelope)?.context("age could not open it")?;
    let Letter::TipOff(letter) = Letter::parse(&opened)? else { anyhow::bail!("not a tip-off") };
    ensure!(letter.text == TEXT && letter.place == PLACE, "another letter came out");
    ensure!(open_with_age(&portal, "qujing-2018", &envelope)?.is_none(), "another office's key opened it");

    // On disk too, the write-ahead log included: after a crash nothing has been tidied away.
    portal.crash_and_restart()?;
    for secret in [
        PLACE,
        TEXT,
        "测试甲",
        "13900000017",
        "99999919900307008X",
        "转租给了别人",
        PLANTED,
        &escaped("转租给了别人"),
    ] {
        let found = disk::files_with(portal.data(), secret)?;
        ensure!(found.is_empty(), "“{secret}” stands in {found:?}");
        ensure!(!portal.log_text().contains(secret), "“{secret}” stands in the log");
    }
    ensure!(
        !disk::files_with(&portal.store(), &sender.keys.lookup)?.is_empty(),
        "the search finds nothing at all"
    );
    Ok(())
}

/// Stands in requests that are refused, wherever something can stand.
const PLANTED: &str = "planted-4711-planted";

/// As JSON may write a text too.
fn escaped(text: &str) -> String {
    text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect()
}

/// Sends in the open what belongs into an envelope: in the address, in headers and in bodies.
async fn refuse_what_is_planted(portal: &Portal) -> Result<()> {
    let client = reqwest::Client::new();
    let submit = portal.url(&Route::Submit { office: OFFICE }.to_path());
    let readable = format!(r#"{{"envelope": "{TEXT}", "more": "{}{PLANTED}"}}"#, escaped("转租给了别人"));
    for (address, body) in [
        (submit.clone(), readable.clone()),
        (submit.clone(), format!("{PLANTED} is no JSON {TEXT}")),
        (format!("{submit}?{PLANTED}"), readable.clone()),
        (format!("{submit}/{PLANTED}"), readable),
    ] {
        let request = client.post(&address).header("authorization", format!("Receipt {PLANTED}"));
        let answer = request.header("user-agent", PLANTED).body(body).send().await?;
        ensure!(answer.status().is_client_error(), "{address} answered {}", answer.status());
        let told = answer.text().await?;
        ensure!(
            !told.contains(PLANTED) && !told.contains("转租"),
            "the answer repeats what was sent: {told}"
        );
    }
    Ok(())
}

fn open_with_age(portal: &Portal, office: &str, envelope: &std::path::Path) -> Result<Option<Vec<u8>>> {
    let output = Command::new("age")
        .arg("--decrypt")
        .arg("--identity")
        .arg(&portal.office(office)?.file)
        .arg(envelope)
        .output()
        .context("the age command could not be started")?;
    Ok(output.status.success().then_some(output.stdout))
}

/// The index is fed by a retried outbox: it follows the case, soon.
async fn wait_for_inbox(officer: &Officer, wanted: usize) -> Result<usize> {
    let mut seen = 0;
    for _ in 0..100 {
        seen = officer.inbox().await?.cases.len();
        if seen >= wanted {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    Ok(seen)
}
