//! What a flooder can do, and what an honest sender and an office notice of it.

#![allow(missing_docs)]

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, Result, ensure};
use protocol::CaseKind;
use protocol::case::{Proof, Submission};
use protocol::challenge::Challenge;
use protocol::error::ErrorCode;
use protocol::limits::INBOX_ROWS;
use protocol::proof::{self, Subject};
use protocol::query::{InboxQuery, Standing};
use protocol::routes::Route;
use protocol::ticket::{NewTickets, Ticket, TicketsMade};
use reqwest::{RequestBuilder, StatusCode};
use system_tests::api::{Api, ok, refused};
use system_tests::applicant::{Applicant, junk, proved, proved_at};
use system_tests::attack::flood::send_junk;
use system_tests::clock::now;
use system_tests::disk;
use system_tests::officer::Officer;
use system_tests::portal::{PROOF_BITS, Portal};

const OFFICE: &str = "yongshun-2023";

fn tip_off(portal: &Portal) -> Result<Applicant> {
    Applicant::with_tip_off(portal, OFFICE, "测试小区", "测试内容")
}

#[tokio::test]
async fn every_honest_case_stays_in_sight_among_many() -> Result<()> {
    let many = usize::try_from(INBOX_ROWS)? * 2;
    let portal = Portal::start()?;
    let (api, sender) = (Api::of(&portal), tip_off(&portal)?);
    let honest = proved(junk(&sender.submission, CaseKind::Application)?);
    api.submit(&honest).send().await?.error_for_status()?;
    send_junk(&api, &sender.submission, many, PROOF_BITS).await?;
    let officer = Officer::of(&portal, OFFICE)?;
    let inbox = officer.inbox_of(many + 1).await?;
    ensure!(
        inbox.total == u64::try_from(many)? + 1 && inbox.counts.open == inbox.total,
        "{:?}",
        inbox.counts
    );
    ensure!(inbox.cases.len() == usize::try_from(INBOX_ROWS)?, "{} rows", inbox.cases.len());

    // Of its kind, in its stage, it stands alone and at once.
    let of_kind = InboxQuery { kind: Some(CaseKind::Application), ..InboxQuery::default() };
    for asked in [&of_kind, &InboxQuery { stage: Some("submitted".into()), ..of_kind.clone() }] {
        let found = officer.part_of_inbox(asked).await?;
        ensure!(found.total == 1 && found.cases.len() == 1 && found.next.is_none(), "{found:?}");
        ensure!(found.cases.iter().all(|row| row.lookup == honest.lookup), "another case");
    }
    for none in [
        InboxQuery { stage: Some("town_review".into()), ..of_kind.clone() },
        InboxQuery { standing: Standing::Closed, ..of_kind.clone() },
        InboxQuery { standing: Standing::Overdue, ..of_kind.clone() },
    ] {
        let found = officer.part_of_inbox(&none).await?;
        ensure!(found.total == 0 && found.cases.is_empty(), "{none:?}: {found:?}");
    }

    // Part by part every case comes once, whatever comes in meanwhile.
    let (mut seen, mut asked) = (BTreeSet::new(), InboxQuery::default());
    loop {
        let part = officer.part_of_inbox(&asked).await?;
        for row in part.cases {
            ensure!(seen.insert(row.lookup.clone()), "{} comes twice", row.lookup);
        }
        send_junk(&api, &sender.submission, 1, PROOF_BITS).await?;
        let Some(next) = part.next else { break };
        asked.after = Some(next);
    }
    ensure!(seen.len() > many && seen.contains(&honest.lookup), "{} of {}", seen.len(), many + 1);
    Ok(())
}

/// Beyond an office's daily number nobody is turned away: a letter brings more work. A flood of tip-offs makes an
/// application no dearer.
#[tokio::test]
async fn beyond_the_daily_number_a_proof_is_harder_and_only_for_that_sort() -> Result<()> {
    let portal = Portal::start_with(&[], |home| home.with_daily_cap(2))?;
    let (api, sender) = (Api::of(&portal), tip_off(&portal)?);
    let asked = async || ok::<Challenge>(api.get(&Route::Challenge { office: OFFICE }.to_path())).await;
    let usual = asked().await?;
    ensure!(usual.tip_off == PROOF_BITS && usual.application == PROOF_BITS && usual.message == PROOF_BITS);
    let two = [junk(&sender.submission, CaseKind::TipOff)?, junk(&sender.submission, CaseKind::TipOff)?];
    for letter in &two {
        api.submit(&proved(letter.clone())).send().await?.error_for_status()?;
    }
    let flooded = asked().await?;
    ensure!(flooded.tip_off > PROOF_BITS, "{flooded:?}");
    ensure!(flooded.application == PROOF_BITS && flooded.message == PROOF_BITS, "{flooded:?}");
    refused(api.submit(&exactly(PROOF_BITS, &sender.submission)), ErrorCode::ProofTooEasy).await?;
    let stored = disk::files_with(&portal.store(), &sender.keys.lookup)?;
    ensure!(stored.is_empty(), "a letter that was not let in is in {stored:?}");
    // The same letter with more work comes in, and an application comes in as ever.
    api.submit(&proved_at(now(), flooded.tip_off, sender.submission.clone()))
        .send()
        .await?
        .error_for_status()?;
    api.submit(&exactly(PROOF_BITS, &junk(&sender.submission, CaseKind::Application)?))
        .send()
        .await?
        .error_for_status()?;
    // What is in already is acknowledged again, whatever it costs by now; another office asks for no more.
    for letter in &two {
        ensure!(
            api.submit(&proved(letter.clone())).send().await?.status() == StatusCode::OK,
            "not known again"
        );
    }
    let elsewhere: Challenge = ok(api.get(&Route::Challenge { office: "qujing-2018" }.to_path())).await?;
    ensure!(elsewhere.tip_off == PROOF_BITS, "{elsewhere:?}");
    refused(api.get(&Route::Challenge { office: "atlantis-1" }.to_path()), ErrorCode::UnknownOffice)
        .await
        .map(drop)
}

/// What a refusal costs the server in its own time, beside that of an address that is not there asked with the same bytes:
/// a flood of tip-offs that are let in by nobody must not keep the server busy. The figures are printed.
#[tokio::test]
async fn refusing_a_tip_off_costs_little_more_than_an_address_that_is_not_there() -> Result<()> {
    const REQUESTS: u32 = 300;
    const WARM: u32 = 30;
    let portal = Portal::start_with(&[], |home| home.with_daily_cap(1))?;
    let (api, sender) = (Api::of(&portal), tip_off(&portal)?);
    for _ in 0..3 {
        let bits = ok::<Challenge>(api.get(&Route::Challenge { office: OFFICE }.to_path())).await?.tip_off;
        let letter = proved_at(now(), bits, junk(&sender.submission, CaseKind::TipOff)?);
        api.submit(&letter).send().await?.error_for_status()?;
    }
    // A flooder does not send the same letter again: each has an id of its own.
    let letters: Vec<Submission> = (0..REQUESTS + WARM)
        .map(|_| Ok(exactly(PROOF_BITS, &junk(&sender.submission, CaseKind::TipOff)?)))
        .collect::<Result<_>>()?;
    let idle = letters.iter().map(without_work).collect::<Result<Vec<_>>>()?;
    let process = portal.process().context("no server")?;
    type Send<'a> = &'a dyn Fn(&Submission) -> RequestBuilder;
    let cost = async |letters: &[Submission], send: Send<'_>, status: u16| -> Result<f64> {
        let (mut before, mut sent) = (0, 0);
        for letter in letters {
            // What is compiled and reserved at first is no cost of a request.
            if sent == WARM {
                before = cpu_ticks(process)?;
            }
            sent += 1;
            let answer = send(letter).send().await?;
            ensure!(answer.status() == status, "{} for {status}", answer.status());
        }
        let ticks = cpu_ticks(process)? - before;
        Ok(f64::from(ticks) * 1000.0 / TICKS_A_SECOND / f64::from(REQUESTS))
    };
    let nowhere = [&Route::Submit { office: OFFICE }.to_path(), "/nowhere"].concat();
    let nowhere = cost(&letters, &|letter| api.post(&nowhere, letter), 404).await?;
    let easy = cost(&letters, &|letter| api.submit(letter), ErrorCode::ProofTooEasy.status()).await?;
    let idle = cost(&idle, &|letter| api.submit(letter), ErrorCode::ProofInvalid.status()).await?;
    println!(
        "ms of the server's processor a request: 404 {nowhere:.2}, proof_too_easy {easy:.2} ({:.1}×), proof_invalid {idle:.2} ({:.1}×)",
        easy / nowhere,
        idle / nowhere
    );
    ensure!(easy <= 3.0 * nowhere && idle <= 3.0 * nowhere, "refusing is too dear: {nowhere} {easy} {idle}");
    // Beside it, an honest application is let in for the usual work.
    let honest = exactly(PROOF_BITS, &junk(&sender.submission, CaseKind::Application)?);
    api.submit(&honest).send().await?.error_for_status().map(drop).map_err(Into::into)
}

/// The letter with a proof that no work was spent on.
fn without_work(letter: &Submission) -> Result<Submission> {
    let stamp = now();
    let tried = (0..100).map(|nonce| Submission { proof: Proof { stamp, nonce }, ..letter.clone() });
    let is_none = |letter: &Submission| {
        proof::verify(&Subject::submission(letter), letter.proof, PROOF_BITS, stamp).is_err()
    };
    tried.into_iter().find(is_none).context("a hundred guesses were all right")
}

/// Of the kernel's accounts (`USER_HZ`).
const TICKS_A_SECOND: f64 = 100.0;

/// How long a process and its threads have had a processor.
fn cpu_ticks(process: u32) -> Result<u32> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    let after = stat.rsplit_once(')').context("no name")?.1;
    let fields: Vec<&str> = after.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).context("no field")?.parse::<u32>().context("no number");
    Ok(ticks(11)? + ticks(12)?)
}

/// A letter with a proof of just so much work: chance may have found more.
fn exactly(bits: u32, submission: &Submission) -> Submission {
    let mut stamp = now();
    loop {
        let proved = proved_at(stamp, bits, submission.clone());
        let found = proof::verify(&Subject::submission(&proved), proved.proof, bits, stamp);
        if found == Ok(bits) {
            return proved;
        }
        stamp -= 1;
    }
}

/// Who was given a ticket at the counter sends for the usual work, once, and is not counted.
#[tokio::test]
async fn a_ticket_brings_one_letter_for_the_usual_work_however_much_comes_in() -> Result<()> {
    let mut portal = Portal::start_with(&[], |home| home.with_daily_cap(2))?;
    let sender = tip_off(&portal)?;
    let junk = || junk(&sender.submission, CaseKind::TipOff);
    let key = portal.key(OFFICE)?.clone();
    let (ticket, other) = (Ticket::from_entropy([1; 8]), Ticket::from_entropy([2; 8]));
    let by = |ticket: &Ticket, letter: Submission| {
        exactly(PROOF_BITS, &Submission { ticket: Some(ticket.plain()), ..letter })
    };
    let first = by(&ticket, sender.submission.clone());
    {
        let api = Api::of(&portal);
        for _ in 0..2 {
            api.submit(&proved(junk()?)).send().await?.error_for_status()?;
        }
        refused(api.submit(&exactly(PROOF_BITS, &junk()?)), ErrorCode::ProofTooEasy).await?;
        // Before it is made it is a wrong one; made twice by one request it is made once.
        refused(api.submit(&first), ErrorCode::TicketUnknown).await?;
        let path = Route::Tickets { office: OFFICE }.to_path();
        let request = |id: &str, tickets: &[&Ticket]| NewTickets {
            id: id.to_owned(),
            hashes: tickets.iter().map(|ticket| ticket.hash(OFFICE)).collect(),
        };
        let both = request("0123456789abcdef", &[&ticket, &other]);
        let made: TicketsMade = ok(api.signed_post(&key, &path, &both)?).await?;
        let again: TicketsMade = ok(api.signed_post(&key, &path, &both)?).await?;
        ensure!(made.live == 2 && made == again, "{made:?} {again:?}");
        let taken = request("0123456789abcde0", &[&ticket]);
        refused(api.signed_post(&key, &path, &taken)?, ErrorCode::RequestReused).await?;

        let before: Challenge = ok(api.get(&Route::Challenge { office: OFFICE }.to_path())).await?;
        for status in [StatusCode::CREATED, StatusCode::OK] {
            ensure!(api.submit(&first).send().await?.status() == status, "not {status}");
        }
        refused(api.submit(&by(&ticket, junk()?)), ErrorCode::TicketSpent).await?;
        let elsewhere = Submission { office: "qujing-2018".into(), ..junk()? };
        refused(api.submit(&by(&other, elsewhere)), ErrorCode::TicketUnknown).await?;
        let after: Challenge = ok(api.get(&Route::Challenge { office: OFFICE }.to_path())).await?;
        ensure!(after.tip_off == before.tip_off, "it was counted");
        Officer::of(&portal, OFFICE)?.inbox_of(3).await?;
    }
    // Nor is it counted, or the ticket good again, by a server that has forgotten the day.
    portal.crash_and_restart()?;
    let api = Api::of(&portal);
    let after: Challenge = ok(api.get(&Route::Challenge { office: OFFICE }.to_path())).await?;
    ensure!(after.tip_off == PROOF_BITS + 2, "{after:?}");
    refused(api.submit(&by(&ticket, junk()?)), ErrorCode::TicketSpent).await?;
    ensure!(api.submit(&first).send().await?.status() == StatusCode::OK, "not known again");
    ensure!(api.submit(&by(&other, junk()?)).send().await?.status() == StatusCode::CREATED, "not let in");
    let found = disk::files_with(&portal.store(), &ticket.plain())?;
    ensure!(found.is_empty(), "the ticket itself stands in {found:?}");
    Ok(())
}
