//! Papers: more than was announced, other than was announced, by others, again, too late.

use anyhow::{Context, Result};
use protocol::CaseKind;
use protocol::case::{Submission, Written};
use protocol::challenge::Sort;
use protocol::error::ErrorCode as E;
use protocol::limits::{CASE_PAPER_BYTES, LETTER_PAPERS, PAPER_BYTES, PART_BYTES};
use protocol::paper::{self, Announced, PartKept};
use protocol::proof::Subject;
use protocol::routes::Route;

use super::{Report, Target};
use crate::api::{ok, receipt, token};
use crate::applicant::{Applicant, Server, counts_by_chance, proved_at};
use crate::clock::now;
use crate::papers::{Sheets, own_part, send_part, standing};

/// Parts that are sent one after the other, each of a paper that was never announced.
const MANY: u32 = 1_024;

pub(super) async fn attack(target: &Target, report: &mut Report) -> Result<()> {
    announcements(target, report).await?;
    let server = target.server().await?;
    let (ours, theirs) = (Sheets::photographs(&[300_000, 60_000])?, Sheets::photographs(&[60_000])?);
    let sender = submitted(&ours, &server, target).await?;
    let other = submitted(&theirs, &server, target).await?;
    parts(target, report, (&sender, &ours), (&other, &theirs)).await?;
    readers(target, report, &sender, &ours).await;
    flood(target, report, &sender).await?;
    let path = Route::Withdraw { lookup: &sender.keys.lookup }.to_path();
    let api = target.api();
    let withdrawal = sender.withdrawal("0123456789abcdef");
    ok::<Written>(api.post(&path, &withdrawal).header("authorization", receipt(&sender))).await?;
    let (sheet, last) = (&ours.all[1], ours.all[1].parts().last().context("a part")?);
    let late = send_part(&api, &sender, &sheet.paper.id, last.0, last.1);
    report.refused("a part after the case was taken back", late, E::CaseClosed).await;
    let read = own_part(&api, &sender, &sheet.paper.id, 0);
    report.refused("a part of what was taken back", read, E::UnknownPaper).await;
    Ok(())
}

async fn submitted(sheets: &Sheets, server: &Server, target: &Target) -> Result<Applicant> {
    let sender = sheets.sender(server, target.office())?;
    sender.submit().await.context("an honest letter with papers")?;
    Ok(sender)
}

async fn announcements(target: &Target, report: &mut Report) -> Result<()> {
    let bits = target.bits(Sort::of(CaseKind::TipOff)).await?;
    let (sender, path) = (target.sender().await?, Route::Submit { office: target.office() }.to_path());
    let announced = |number: usize, padded: usize| Announced {
        id: format!("{number:064x}"),
        bytes: paper::sealed_len(padded) as u64,
    };
    let small = |count: usize| (0..count).map(|n| announced(n, paper::LEAST_PLAIN)).collect::<Vec<_>>();
    let large = usize::try_from(CASE_PAPER_BYTES)? / PAPER_BYTES + 1;
    let one = announced(1, paper::LEAST_PLAIN);
    for (tried, papers, code) in [
        ("more papers than a letter has", small(LETTER_PAPERS + 1), E::TooManyPapers),
        (
            "more bytes than a case holds",
            (0..large).map(|n| announced(n, PAPER_BYTES)).collect(),
            E::PapersTooLarge,
        ),
        ("a paper of 40 MB", vec![Announced { bytes: 40 << 20, ..one.clone() }], E::InvalidField),
        ("a paper that is not padded", vec![Announced { bytes: 123_456, ..one.clone() }], E::InvalidField),
        ("an address that is none", vec![Announced { id: "../x".into(), ..one.clone() }], E::InvalidField),
        ("the same paper twice", vec![one.clone(), one.clone()], E::InvalidField),
    ] {
        let letter = proved_at(now(), bits, Submission { papers, ..sender.submission.clone() });
        report.refused(tried, target.api().post(&path, &letter), code).await;
    }
    let slipped = loop {
        let slipped = Submission { papers: vec![one.clone()], ..target.sender().await?.submission };
        if !counts_by_chance(&Subject::submission(&slipped), slipped.proof, bits) {
            break slipped;
        }
    };
    let post = target.api().post(&path, &slipped);
    report.refused("a paper that was slipped in on the way", post, E::ProofInvalid).await;
    Ok(())
}

async fn parts(
    target: &Target,
    report: &mut Report,
    (sender, ours): (&Applicant, &Sheets),
    (other, theirs): (&Applicant, &Sheets),
) -> Result<()> {
    let (api, sheet) = (target.api(), &ours.all[0]);
    let id = &sheet.paper.id;
    let all: Vec<(u32, &[u8])> = sheet.parts().collect();
    let (first, second) = (all[0].1, all[1].1);
    for (tried, request, code) in [
        (
            "a part without a receipt",
            {
                let route = Route::SendPart { lookup: &sender.keys.lookup, paper: id, part: "0" };
                api.post_bytes(&route.to_path(), first)
            },
            E::ReceiptMissing,
        ),
        (
            "a part with another's receipt",
            {
                let route = Route::SendPart { lookup: &sender.keys.lookup, paper: id, part: "0" };
                api.post_bytes(&route.to_path(), first).header("authorization", receipt(other))
            },
            E::UnknownCase,
        ),
        ("a paper of another case", send_part(&api, other, id, 0, first), E::UnknownPaper),
        (
            "a paper that was not announced",
            send_part(&api, sender, &"0".repeat(64), 0, first),
            E::UnknownPaper,
        ),
        ("a part behind the last", send_part(&api, sender, id, 2, second), E::UnknownPaper),
        ("a part that cannot be", send_part(&api, sender, id, 1_024, second), E::UnknownPaper),
        ("a part cut short", send_part(&api, sender, id, 0, &first[1..]), E::PartInvalid),
        ("a last part too long", send_part(&api, sender, id, 1, first), E::PartInvalid),
        ("a picture in the open", send_part(&api, sender, id, 0, &vec![0xff; PART_BYTES]), E::PartInvalid),
        ("a part beyond its size", send_part(&api, sender, id, 0, &vec![0; PART_BYTES + 1]), E::TooLarge),
    ] {
        report.refused(tried, request, code).await;
    }
    let kept: PartKept = ok(send_part(&api, sender, id, 0, first)).await?;
    let again: PartKept = ok(send_part(&api, sender, id, 0, first)).await?;
    report.note("a part sent again", "the same answer", kept == again);
    let mut altered = first.to_vec();
    altered[100] ^= 1;
    let differs = send_part(&api, sender, id, 0, &altered);
    report.refused("a part under a number that is taken", differs, E::PartDiffers).await;
    let mut wrong = second.to_vec();
    wrong[0] ^= 1;
    let wrong = send_part(&api, sender, id, 1, &wrong);
    report.refused("parts that are not what was announced", wrong, E::PaperAltered).await;
    let left = standing(&api, sender).await?;
    report.note("what is left of it", format!("{:?}", left.papers[0].parts), left.papers[0].parts.is_empty());
    report.note("the same paper, whole and right", "sent", sheet.send(&api, sender).await?.whole);
    report.note("another's paper", "sent", theirs.all[0].send(&api, other).await?.whole);
    Ok(())
}

async fn readers(target: &Target, report: &mut Report, sender: &Applicant, ours: &Sheets) {
    let (api, lookup, paper) = (target.api(), &sender.keys.lookup, &ours.all[0].paper.id);
    let own = Route::OwnPart { lookup, paper, part: "0" }.to_path();
    report.refused("a paper read without a receipt", api.get(&own), E::ReceiptMissing).await;
    let desk = Route::OpenPart { office: target.office(), lookup, paper, part: "0" }.to_path();
    report.refused("a paper read without a signature", api.get(&desk), E::SignatureMissing).await;
    if let Some(key) = target.key() {
        let next = Route::OpenPart { office: target.office(), lookup, paper, part: "1" }.to_path();
        let lent = api.get(&next).header("authorization", token(key, "GET", &desk, b""));
        report.refused("a signature for another part", lent, E::SignatureInvalid).await;
    }
    if let Some(key) = target.key_elsewhere() {
        let path = Route::OpenPart { office: &key.office, lookup, paper, part: "0" }.to_path();
        report.refused("a paper read by another office", api.signed_get(key, &path), E::UnknownCase).await;
    }
}

/// Parts of nothing, one after the other: none is kept.
async fn flood(target: &Target, report: &mut Report, sender: &Applicant) -> Result<()> {
    let (api, before) = (target.api(), target.kept_bytes()?);
    let bytes = vec![0; PART_BYTES];
    let mut refused = 0;
    for number in 0..MANY {
        let paper = format!("{number:064x}");
        let answer = send_part(&api, sender, &paper, number % 32, &bytes).send().await?;
        refused += u32::from(answer.status().as_u16() == E::UnknownPaper.status());
    }
    report.note("1,024 parts that nobody announced", format!("{refused} refused"), refused == MANY);
    if let (Some(before), Some(after)) = (before, target.kept_bytes()?) {
        let grown = after.saturating_sub(before);
        report.note("what they leave on the disk", format!("{grown} bytes"), grown < PART_BYTES as u64);
    }
    Ok(())
}
