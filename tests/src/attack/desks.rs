//! What whoever has an officer's key, or has overheard an officer, could try.

use anyhow::{Context, Result};
use protocol::case::Written;
use protocol::desk::NewEvent;
use protocol::error::{ErrorCode, Problem};
use protocol::keyfile::KeyFile;
use protocol::limits::TOKEN_SECS;
use protocol::routes::Route;
use reqwest::StatusCode;
use tokio::task::JoinSet;

use super::{Report, Target};
use crate::api::{ok, token, token_of};
use crate::applicant::Applicant;
use crate::clock::{now, today};

/// Desks, or senders, at once.
const AT_ONCE: usize = 8;
/// What a report says where no officer's key is at hand.
const NO_KEY: &str = "no officer's key was given (--keys)";

/// The same signed request again, and its signature under anything else.
pub(super) async fn signatures(target: &Target, report: &mut Report) -> Result<()> {
    let Some(key) = target.key() else {
        report.not_tried("an officer's requests", NO_KEY);
        return Ok(());
    };
    let (api, sender, elsewhere) = (target.api(), target.case().await?, target.case().await?);
    let head = sender.view().await?.head;
    let inbox = Route::Inbox { office: target.office() }.to_path();
    let events = Route::Act { office: target.office(), lookup: &sender.keys.lookup }.to_path();
    let event = |text: &str| -> Result<Vec<u8>> {
        let id = "0123456789abcdef".to_owned();
        let envelope = Some(target.sealed(&sender, text)?);
        let event = NewEvent { id, expected_head: head.clone(), envelope, ..NewEvent::default() };
        Ok(serde_json::to_vec(&event.signed_by(key, &sender.keys.lookup, now()))?)
    };
    let (body, another) = (event("第一封")?, event("另一封")?);
    let post = |path: &str, authorization: &str, body: &[u8]| {
        let request =
            api.client.post(format!("{}{path}", target.origin())).header("authorization", authorization);
        request.header("content-type", "application/json").body(body.to_vec())
    };
    let signature = token(key, "POST", &events, &body);
    let once: Written = ok(post(&events, &signature, &body)).await?;
    let again: Written = ok(post(&events, &signature, &body)).await?;
    report.note(
        "a signed act sent again",
        format!("{} events", again.total),
        once == again && once.total == 2,
    );

    use ErrorCode as E;
    report
        .refused("its signature for another act", post(&events, &signature, &another), E::SignatureInvalid)
        .await;
    let other_case = Route::Act { office: target.office(), lookup: &elsewhere.keys.lookup }.to_path();
    report
        .refused("its signature for another case", post(&other_case, &signature, &body), E::SignatureInvalid)
        .await;
    let reading = api.get(&inbox).header("authorization", &signature);
    report.refused("its signature for reading", reading, E::SignatureInvalid).await;
    let anew = token(key, "POST", &events, &another);
    report
        .refused("another act under the same number", post(&events, &anew, &another), E::RequestReused)
        .await;
    for (tried, at) in
        [("yesterday's signature", now() - TOKEN_SECS - 1), ("tomorrow's signature", now() + 3600)]
    {
        let stale = token_of(at, key, "GET", &inbox, b"");
        report.refused(tried, api.get(&inbox).header("authorization", stale), E::SignatureExpired).await;
    }
    let altered = token(key, "GET", &inbox, b"").replacen('.', ".A", 1);
    report
        .refused(
            "an altered signature",
            api.get(&inbox).header("authorization", altered),
            E::SignatureInvalid,
        )
        .await;
    let left = (sender.view().await?.events.len(), elsewhere.view().await?.events.len());
    report.note("what is left of the refused ones", format!("{left:?} events"), left == (2, 1));
    Ok(())
}

/// Of desks that press at once one is first, and every other is told to look again; a letter that comes many times at once is
/// one case.
pub(super) async fn races(target: &Target, report: &mut Report) -> Result<()> {
    let sender = target.sender().await?;
    let mut letters = JoinSet::new();
    for _ in 0..AT_ONCE {
        let sender = sender.clone();
        letters.spawn(async move { sender.submit().await });
    }
    let answers = letters.join_all().await.into_iter().collect::<Result<Vec<_>>>()?;
    let new = answers.iter().filter(|(status, _)| *status == StatusCode::CREATED).count();
    let head = &answers.first().context("an answer")?.1.head;
    let one = answers.iter().all(|(_, told)| told.head == *head) && sender.view().await?.total == 1;
    report.note("one letter eight times at once", format!("{new} new, the others known"), new == 1 && one);
    match target.key() {
        Some(key) => desks(target, key, &sender, report).await,
        None => {
            report.not_tried("desks that press at once", NO_KEY);
            Ok(())
        }
    }
}

async fn desks(target: &Target, key: &KeyFile, sender: &Applicant, report: &mut Report) -> Result<()> {
    let (api, head) = (target.api(), sender.view().await?.head);
    let events = Route::Act { office: target.office(), lookup: &sender.keys.lookup }.to_path();
    let mut presses = JoinSet::new();
    for number in 0..AT_ONCE {
        let (id, expected_head) = (format!("0123456789abcdef-{number}"), head.clone());
        let (stage, on) = (Some("verifying".to_owned()), Some(today()?));
        let event = NewEvent { id, expected_head, stage, on, ..NewEvent::default() };
        let press = api.signed_post(key, &events, &event.signed_by(key, &sender.keys.lookup, now()))?;
        presses.spawn(async move { anyhow::Ok(press.send().await?) });
    }
    let (mut taken, mut late) = (0, Vec::new());
    for answer in presses.join_all().await {
        let answer = answer?;
        match answer.status() {
            StatusCode::OK => taken += 1,
            _ => late.push(answer.json::<Problem>().await?),
        }
    }
    let view = sender.view().await?;
    let told =
        |problem: &Problem| problem.code == ErrorCode::HeadMoved && problem.head.as_ref() == Some(&view.head);
    let came =
        format!("{taken} taken, {} told to look again", late.iter().filter(|problem| told(problem)).count());
    report.note(
        "eight desks that press at once",
        came,
        taken == 1 && late.iter().all(told) && view.total == 2,
    );
    Ok(())
}
