//! As much as one sender gets in or out, and what an honest one notices of it.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use protocol::CaseKind;
use protocol::case::{Submission, Written};
use protocol::challenge::{Challenge, Sort};
use protocol::error::ErrorCode;
use protocol::limits::{ENVELOPE_CHARS, INBOX_ROWS, READ_CHARS};
use protocol::query::InboxQuery;
use protocol::routes::Route;
use tokio::task::JoinSet;

use super::{Report, Target};
use crate::api::{Api, message_with, ok, receipt};
use crate::applicant::{Applicant, junk, proved_at};
use crate::clock::now;
use crate::officer::Officer;

/// Letters under way at once.
const AT_ONCE: usize = 8;
/// Letters of a flood: twice what an inbox shows at once.
const LETTERS: usize = 2 * INBOX_ROWS as usize;
/// How long an honest question may take meanwhile.
pub(super) const PATIENCE: Duration = Duration::from_secs(3);

/// Sends so many letters of nothing, each with its work.
///
/// # Errors
/// When one is not taken.
pub async fn send_junk(api: &Api<'_>, first: &Submission, count: usize, bits: u32) -> Result<()> {
    let mut under_way = JoinSet::new();
    for _ in 0..count {
        let request = api.submit(&proved_at(now(), bits, junk(first, CaseKind::TipOff)?));
        under_way.spawn(async move { request.send().await?.error_for_status().map(drop) });
        if under_way.len() >= AT_ONCE {
            under_way.join_next().await.context("a letter under way")???;
        }
    }
    while let Some(done) = under_way.join_next().await {
        done??;
    }
    Ok(())
}

/// Junk letters by the hundred: an honest letter comes in meanwhile, and stands in sight.
pub(super) async fn junk_letters(target: &Target, report: &mut Report) -> Result<()> {
    let (flooder, honest) = (target.sender().await?, target.sender().await?);
    let bits = target.bits(Sort::of(CaseKind::TipOff)).await?;
    let (under, first) = (target.clone(), flooder.submission.clone());
    let flood = tokio::spawn(async move { send_junk(&under.api(), &first, LETTERS, bits).await });
    let (mut slowest, mut asked) = (Duration::ZERO, 0);
    while !flood.is_finished() || asked == 0 {
        slowest = slowest.max(answered(target).await?);
        asked += 1;
    }
    let begun = Instant::now();
    honest.submit().await.context("an honest letter beside the flood")?;
    report.note(
        "an honest letter beside it",
        format!("taken in {:.1?}", begun.elapsed()),
        begun.elapsed() < PATIENCE,
    );
    let sent = flood.await?;
    // More letters make more work, and never a closed door.
    let came = sent
        .as_ref()
        .map_or_else(|error| format!("{error:#}"), |()| "all taken, each with its work".to_owned());
    report.note(format!("{LETTERS} letters of noise"), came, sent.is_ok());
    report.note(
        "the server meanwhile",
        format!("{asked} times asked, slowest {slowest:.1?}"),
        slowest < PATIENCE,
    );
    honest_stays_in_sight(target, &honest, report).await
}

async fn honest_stays_in_sight(target: &Target, honest: &Applicant, report: &mut Report) -> Result<()> {
    let view = honest.view().await?;
    report.note("its sender looks it up", format!("{} events", view.total), view.total == 1);
    let bits = target.bits(Sort::of(CaseKind::Application)).await?;
    let application = proved_at(now(), bits, junk(&honest.submission, CaseKind::Application)?);
    target.api().submit(&application).send().await?.error_for_status()?;
    let Some(key) = target.key() else { return Ok(()) };
    let officer = Officer::with_key(key, target.origin().to_owned());
    let of_kind = InboxQuery { kind: Some(CaseKind::Application), ..InboxQuery::default() };
    let begun = Instant::now();
    let seen = loop {
        let part = officer.part_of_inbox(&of_kind).await?;
        if part.cases.iter().any(|row| row.lookup == application.lookup) || begun.elapsed() > PATIENCE {
            break part;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    let first = seen.cases.iter().any(|row| row.lookup == application.lookup);
    report.note("an application, on the desk", format!("among {} of its kind", seen.total), first);
    Ok(())
}

/// Reads a wide thread again and again: at some time one is told to wait, and where the case stands is told all the same.
pub(super) async fn wide_threads(target: &Target, report: &mut Report) -> Result<()> {
    let (api, sender) = (target.api(), target.case().await?);
    let lookup = sender.keys.lookup.as_str();
    let told: Challenge = ok(api.get(&Route::Challenge { office: target.office() }.to_path())).await?;
    let envelope = target.sealed(&sender, &"长".repeat(ENVELOPE_CHARS / 8))?;
    let chars = u64::try_from(envelope.len())?;
    let wide = message_with(told.message, target.office(), &sender, "message-00000001", envelope);
    let post = api.post(&Route::Message { lookup }.to_path(), &wide);
    let _: Written = ok(post.header("authorization", receipt(&sender))).await?;
    let read = || api.get(&Route::Thread { lookup }.to_path()).header("authorization", receipt(&sender));
    let mut read_of_it = 0;
    while read_of_it < READ_CHARS {
        read().send().await?.error_for_status().context("within what everybody may read")?.bytes().await?;
        read_of_it += chars;
    }
    report.refused("a thread read for the hundredth time", read(), ErrorCode::ReadTooOften).await;
    let begun = Instant::now();
    let view = sender.view().await?;
    let took = begun.elapsed();
    report.note(
        "where the case stands, then",
        format!("told in {took:.1?}"),
        view.total == 2 && took < PATIENCE,
    );
    Ok(())
}

/// How long the server takes to say that it is well.
pub(super) async fn answered(target: &Target) -> Result<Duration> {
    let begun = Instant::now();
    target.api().get(&Route::Health {}.to_path()).send().await?.error_for_status()?.bytes().await?;
    Ok(begun.elapsed())
}
