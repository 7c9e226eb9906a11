//! Papers on the real server: sealed apart from the letter, in parts, kept and given out as they came, opened with the key
//! in the letter and with nothing else, and gone with it.

#![allow(missing_docs)]

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use protocol::case::Written;
use protocol::chain;
use protocol::desk::{AuditAction, AuditTrail, DeskCase, NewEvent, Role};
use protocol::error::ErrorCode;
use protocol::letter::Letter;
use protocol::limits::{PAPER_BYTES, PART_BYTES};
use protocol::paper::{CasePapers, Media, PartKept};
use protocol::proof::Subject;
use protocol::routes::Route;
use protocol::seal;
use system_tests::api::{Api, ok, part, receipt, refused};
use system_tests::applicant::{Applicant, Server, counts_by_chance, proved};
use system_tests::clock::now;
use system_tests::disk;
use system_tests::papers::{Sheet, Sheets, own_part, photograph, send_part, standing};
use system_tests::portal::{PROOF_BITS, Portal};

const OFFICE: &str = "yongshun-2023";

fn server(portal: &Portal) -> Result<Server> {
    Ok(Server::of(portal, &portal.key(OFFICE)?.recipient))
}

/// A paper as the office fetches it, part by part.
async fn fetched(portal: &Portal, sender: &Applicant, sheet: &Sheet) -> Result<Vec<u8>> {
    let (api, key, mut sealed) = (Api::of(portal), portal.key(OFFICE)?, Vec::new());
    for (number, _) in sheet.parts() {
        let (lookup, number) = (&sender.keys.lookup, number.to_string());
        let route = Route::OpenPart { office: OFFICE, lookup, paper: &sheet.paper.id, part: &number };
        sealed.extend(part(api.signed_get(key, &route.to_path())).await?);
    }
    Ok(sealed)
}

/// The stock `age` opens a paper as the office has it, with the key that the letter carries, and with no other.
#[tokio::test]
async fn what_was_sent_comes_out_byte_by_byte_with_the_key_in_the_letter() -> Result<()> {
    let portal = Portal::start()?;
    let (api, key) = (Api::of(&portal), portal.key(OFFICE)?);
    let sheets = Sheets::seal(&[
        ("户口簿 𠮷", Media::Jpeg, photograph(400_000, 1)),
        ("工资证明", Media::Pdf, b"%PDF-1.7 nothing".to_vec()),
        ("最大的", Media::Png, photograph(PAPER_BYTES, 3)),
    ])?;
    let sender = sheets.sender(&server(&portal)?, OFFICE)?;
    // The letter comes first: before it there is nowhere to put a paper.
    let first = &sheets.all[0];
    let begin = &first.sealed[..PART_BYTES];
    refused(send_part(&api, &sender, &first.paper.id, 0, begin), ErrorCode::UnknownCase).await?;
    sender.submit().await?;
    let before = standing(&api, &sender).await?;
    ensure!(before.papers.len() == 3 && before.papers.iter().all(|one| one.parts.is_empty() && !one.whole));
    for sheet in &sheets.all {
        ensure!(sheet.send(&api, &sender).await?.whole, "{} is not whole", sheet.paper.name);
    }
    let lookup = &sender.keys.lookup;
    let open = Route::Open { office: OFFICE, lookup }.to_path();
    let case: DeskCase = ok(api.signed_get(key, &open)).await?;
    let letter = Letter::parse(&seal::open_envelope(&key.identity, &case.envelope)?)?;
    let enclosures = letter.enclosures().context("the letter tells of no papers")?;
    ensure!(*enclosures == sheets.enclosures());
    let at_desk: CasePapers =
        ok(api.signed_get(key, &Route::OpenPapers { office: OFFICE, lookup }.to_path())).await?;
    ensure!(at_desk == standing(&api, &sender).await? && at_desk.papers.iter().all(|one| one.whole));
    for (sheet, paper) in sheets.all.iter().zip(&enclosures.papers) {
        let sealed = fetched(&portal, &sender, sheet).await?;
        ensure!(sealed == sheet.sealed, "another paper came");
        let mut own = Vec::new();
        for (number, _) in sheet.parts() {
            own.extend(part(own_part(&api, &sender, &paper.id, number)).await?);
        }
        ensure!(own == sealed, "the owner has another");
        let opened = by_age(&enclosures.key, &sealed)?;
        let (content, padding) = opened.split_at(usize::try_from(paper.bytes)?);
        ensure!(content == sheet.content && padding.iter().all(|byte| *byte == 0));
        ensure!(by_age(&key.identity, &sealed).is_err(), "the office's key alone opens a paper");
    }
    // One line for each paper, however many parts it has.
    let trail: AuditTrail = ok(api.signed_get(key, &Route::Audit { office: OFFICE }.to_path())).await?;
    ensure!(chain::verify_audit(OFFICE, &trail.rows).is_ok());
    let read: Vec<&str> = trail
        .rows
        .iter()
        .filter_map(|row| match &row.action {
            AuditAction::OpenedPaper { paper } if row.lookup.as_ref() == Some(lookup) => Some(paper.as_str()),
            _ => None,
        })
        .collect();
    ensure!(read == sheets.all.iter().map(|sheet| sheet.paper.id.as_str()).collect::<Vec<_>>(), "{read:?}");
    Ok(())
}

/// What the `age` command makes of a file.
fn by_age(key: &str, sealed: &[u8]) -> Result<Vec<u8>> {
    let folder = tempfile::tempdir()?;
    let [key_file, paper] = ["key", "paper.age"].map(|name| folder.path().join(name));
    fs::write(&key_file, key)?;
    fs::write(&paper, sealed)?;
    let output = Command::new("age").arg("-d").arg("-i").arg(&key_file).arg(&paper).output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(output.stdout)
}

/// A line that breaks in the middle, a server that dies: what was acknowledged is there, and the rest goes on from there.
#[tokio::test]
async fn sending_goes_on_where_it_broke_off() -> Result<()> {
    let mut portal = Portal::start()?;
    let sheets = Sheets::photographs(&[1_000_000])?;
    let (sheet, sender) = (&sheets.all[0], sheets.sender(&server(&portal)?, OFFICE)?);
    sender.submit().await?;
    let parts: Vec<(u32, &[u8])> = sheet.parts().collect();
    ensure!(parts.len() == 5, "{} parts", parts.len());
    let send = |api: &Api<'_>, number: u32| {
        send_part(api, &sender, &sheet.paper.id, number, parts[number as usize].1)
    };
    let there = async |portal: &Portal| -> Result<Vec<u32>> {
        Ok(standing(&Api::of(portal), &sender).await?.papers[0].parts.clone())
    };
    for number in [3, 0, 4] {
        let kept: PartKept = ok(send(&Api::of(&portal), number)).await?;
        ensure!((kept.part, kept.whole) == (number, false));
        portal.crash_and_restart()?;
    }
    ensure!(there(&portal).await? == [0, 3, 4]);
    let api = Api::of(&portal);
    let again: PartKept = ok(send(&api, 3)).await?;
    ensure!(!again.whole && there(&portal).await? == [0, 3, 4], "the same part twice is another");
    let mut other = parts[3].1.to_vec();
    other[7] ^= 1;
    refused(send_part(&api, &sender, &sheet.paper.id, 3, &other), ErrorCode::PartDiffers).await?;
    for number in [1, 2] {
        ok::<PartKept>(send(&api, number)).await?;
    }
    let last: PartKept = ok(send(&api, 2)).await?;
    ensure!(last.whole && ok::<PartKept>(send(&api, 0)).await?.whole);
    ensure!(fetched(&portal, &sender, sheet).await? == sheet.sealed);
    Ok(())
}

/// What was damaged on the way is seen when the last part is there; nothing of it stays, and it can be sent again.
#[tokio::test]
async fn a_paper_that_is_not_what_was_announced_is_dropped() -> Result<()> {
    let portal = Portal::start()?;
    let (api, sheets) = (Api::of(&portal), Sheets::photographs(&[600_000])?);
    let (sheet, sender) = (&sheets.all[0], sheets.sender(&server(&portal)?, OFFICE)?);
    sender.submit().await?;
    let parts: Vec<(u32, Vec<u8>)> = sheet.parts().map(|(number, bytes)| (number, bytes.to_vec())).collect();
    let mut damaged = parts.clone();
    damaged[1].1[9] ^= 1;
    let (last, others) = damaged.split_last().context("parts")?;
    for (number, bytes) in others {
        ok::<PartKept>(send_part(&api, &sender, &sheet.paper.id, *number, bytes)).await?;
    }
    let (number, bytes) = last;
    refused(send_part(&api, &sender, &sheet.paper.id, *number, bytes), ErrorCode::PaperAltered).await?;
    let left = standing(&api, &sender).await?;
    ensure!(left.papers[0].parts.is_empty() && !left.papers[0].whole, "{left:?}");
    refused(own_part(&api, &sender, &sheet.paper.id, 0), ErrorCode::PartMissing).await?;
    ensure!(sheet.send(&api, &sender).await?.whole, "it cannot be sent again");
    Ok(())
}

/// With the letter go its papers: from the API, and from the disk.
#[tokio::test]
async fn what_is_taken_back_takes_its_papers_with_it() -> Result<()> {
    let mut portal = Portal::start()?;
    let sheets = Sheets::photographs(&[300_000, 70_000])?;
    let sender = sheets.sender(&server(&portal)?, OFFICE)?;
    sender.submit().await?;
    let api = Api::of(&portal);
    sheets.all[0].send(&api, &sender).await?;
    let [whole, begun] = [&sheets.all[0], &sheets.all[1]];
    let pieces = |portal: &Portal| -> Result<usize> {
        let mut found = 0;
        for piece in whole.sealed.chunks(64).skip(100).step_by(700) {
            found += disk::files_with_bytes(&portal.store(), piece)?.len();
        }
        Ok(found)
    };
    ensure!(pieces(&portal)? > 3, "the search finds nothing at all");
    let path = Route::Withdraw { lookup: &sender.keys.lookup }.to_path();
    let withdrawal = sender.withdrawal("0123456789abcdef");
    ok::<Written>(api.post(&path, &withdrawal).header("authorization", receipt(&sender))).await?;
    ensure!(pieces(&portal)? == 0, "still on the disk");
    ensure!(standing(&api, &sender).await?.papers.is_empty());
    refused(own_part(&api, &sender, &whole.paper.id, 0), ErrorCode::UnknownPaper).await?;
    let (number, bytes) = begun.parts().next().context("a part")?;
    refused(send_part(&api, &sender, &begun.paper.id, number, bytes), ErrorCode::CaseClosed).await?;
    portal.crash_and_restart()?;
    ensure!(pieces(&portal)? == 0, "it came back");
    Ok(())
}

/// A message brings papers of its own, with a key of its own.
#[tokio::test]
async fn papers_come_with_a_message_and_not_while_the_case_is_set_aside() -> Result<()> {
    let portal = Portal::start()?;
    let (api, key, server) = (Api::of(&portal), portal.key(OFFICE)?, server(&portal)?);
    let sender = Applicant::of(&server, OFFICE, "测试小区", "测试内容")?;
    sender.submit().await?;
    let sheets = Sheets::photographs(&[100_000, 100_001])?;
    let letter = Letter::message("补交两张照片").enclosing(Some(sheets.enclosures()));
    let to = [key.recipient.as_str(), sender.keys.recipient.as_str()];
    let id = "0123456789abcdef";
    let plain = loop {
        let envelope = seal::seal_envelope(&to, &letter.to_padded())?;
        let with =
            Subject::message(OFFICE, &sender.keys.lookup, id, &envelope).announcing(&sheets.announced());
        let plain = system_tests::api::message(OFFICE, &sender, id, envelope);
        if !counts_by_chance(&with, plain.proof, PROOF_BITS) {
            break plain;
        }
    };
    let path = Route::Message { lookup: &sender.keys.lookup }.to_path();
    let post = |message| api.post(&path, message).header("authorization", receipt(&sender));
    let unproved = protocol::case::NewMessage { papers: sheets.announced(), ..plain.clone() };
    refused(post(&unproved), ErrorCode::ProofInvalid).await?;
    let message = system_tests::api::announcing(OFFICE, &sender, plain, sheets.announced());
    ok::<Written>(post(&message)).await?;
    let [one, other] = [&sheets.all[0], &sheets.all[1]];
    ensure!(one.send(&api, &sender).await?.whole);

    let aside = NewEvent {
        id: "0123456789abcdef-1".into(),
        expected_head: sender.view().await?.head,
        aside: Some(protocol::case::Aside::Unusable),
        ..NewEvent::default()
    };
    let act = Route::Act { office: OFFICE, lookup: &sender.keys.lookup }.to_path();
    let aside = aside.signed_by(key, &sender.keys.lookup, now());
    ok::<Written>(api.signed_post(key, &act, &aside)?).await?;
    let (number, bytes) = other.parts().next().context("a part")?;
    refused(send_part(&api, &sender, &other.paper.id, number, bytes), ErrorCode::SetAside).await?;
    let envelope = system_tests::api::sealed(&portal, OFFICE, &sender, "是真的，请看照片")?;
    let back = system_tests::api::message(OFFICE, &sender, "fedcba9876543210", envelope);
    ok::<Written>(post(&back)).await?;
    ensure!(other.send(&api, &sender).await?.whole);
    ensure!(fetched(&portal, &sender, other).await? == other.sealed);
    Ok(())
}

/// More than an office takes a day waits; the letters do not, nor does what is of another sort.
#[tokio::test]
async fn an_office_takes_so_much_a_day_and_the_letters_come_in_all_the_same() -> Result<()> {
    let mut portal = Portal::start_with(&[], |home| home.with_daily_papers_mib(1))?;
    let server = server(&portal)?;
    let sheets = Sheets::photographs(&[600_000, 300_000, 60_000])?;
    let sender = sheets.sender(&server, OFFICE)?;
    sender.submit().await?;
    let api = Api::of(&portal);
    ensure!(sheets.all[0].send(&api, &sender).await?.whole);
    let begin =
        |sheet: &Sheet| sheet.sealed.chunks(PART_BYTES).next().map(<[u8]>::to_vec).unwrap_or_default();
    let second = &sheets.all[1];
    ok::<PartKept>(send_part(&api, &sender, &second.paper.id, 0, &begin(second))).await?;
    let third = &sheets.all[2];
    let more = || send_part(&Api::of(&portal), &sender, &third.paper.id, 0, &begin(third));
    refused(more(), ErrorCode::PapersFull).await?;
    // What was begun goes on to its end.
    ensure!(second.send(&api, &sender).await?.whole);
    let next = sheets.sender(&server, OFFICE)?;
    next.submit().await.context("a letter is not taken for its papers")?;
    // Nor is it forgotten with the process.
    portal.crash_and_restart()?;
    let api = Api::of(&portal);
    refused(send_part(&api, &sender, &third.paper.id, 0, &begin(third)), ErrorCode::PapersFull).await?;
    let mut application = next.submission.clone();
    let mut applicant = Applicant::of(&server, OFFICE, "测试小区", "测试内容")?;
    application.kind = protocol::CaseKind::Application;
    application.lookup.clone_from(&applicant.keys.lookup);
    application.token_hash.clone_from(&applicant.submission.token_hash);
    applicant.submission = proved(application);
    applicant.submit().await?;
    ensure!(third.send(&api, &applicant).await?.whole, "papers of another sort wait too");
    Ok(())
}

/// Whoever has no receipt of the case, no signature of its office, or another role gets nothing.
#[tokio::test]
async fn papers_are_for_the_owner_and_those_whose_case_it_is() -> Result<()> {
    let portal = Portal::start()?;
    let (api, server) = (Api::of(&portal), server(&portal)?);
    let sheets = Sheets::photographs(&[80_000])?;
    let (sheet, sender) = (&sheets.all[0], sheets.sender(&server, OFFICE)?);
    sender.submit().await?;
    sheet.send(&api, &sender).await?;
    let other = Applicant::of(&server, OFFICE, "测试小区", "别的")?;
    other.submit().await?;
    let lookup = &sender.keys.lookup;
    let paper = &sheet.paper.id;
    let own = Route::OwnPart { lookup, paper, part: "0" }.to_path();
    refused(api.get(&own), ErrorCode::ReceiptMissing).await?;
    refused(api.get(&own).header("authorization", receipt(&other)), ErrorCode::UnknownCase).await?;
    refused(own_part(&api, &other, paper, 0), ErrorCode::UnknownPaper).await?;
    refused(own_part(&api, &sender, paper, 1), ErrorCode::PartMissing).await?;
    let desk = Route::OpenPart { office: OFFICE, lookup, paper, part: "0" }.to_path();
    refused(api.get(&desk), ErrorCode::SignatureMissing).await?;
    let supervisor = &portal.staff(OFFICE, Role::Supervisor)?.key;
    refused(api.signed_get(supervisor, &desk), ErrorCode::RoleForbidden).await?;
    let elsewhere = portal.key("qujing-2018")?;
    let path = Route::OpenPart { office: "qujing-2018", lookup, paper, part: "0" }.to_path();
    refused(api.signed_get(elsewhere, &path), ErrorCode::UnknownCase).await?;
    Ok(())
}

/// A case that is full of papers is no dearer to look up than one with a single small one, nor does it come into memory
/// whole when a part of it is asked for.
#[tokio::test]
async fn a_case_full_of_papers_is_neither_wide_nor_in_memory() -> Result<()> {
    let mut portal = Portal::start()?;
    let server = server(&portal)?;
    let (small, full) = (Sheets::photographs(&[60_000])?, Sheets::photographs(&[PAPER_BYTES; 3])?);
    let [by_small, by_full] = [small.sender(&server, OFFICE)?, full.sender(&server, OFFICE)?];
    for (sheets, sender) in [(&small, &by_small), (&full, &by_full)] {
        sender.submit().await?;
        for sheet in &sheets.all {
            ensure!(sheet.send(&Api::of(&portal), sender).await?.whole);
        }
    }
    portal.crash_and_restart()?;
    let (api, key) = (Api::of(&portal), portal.key(OFFICE)?);
    let mut looked = Vec::new();
    for (sheets, sender) in [(&small, &by_small), (&full, &by_full)] {
        let lookup = &sender.keys.lookup;
        let view = api.get(&Route::View { lookup }.to_path()).header("authorization", receipt(sender));
        let open = api.signed_get(key, &Route::Open { office: OFFICE, lookup }.to_path());
        let [view, open] = [view.send().await?, open.send().await?];
        let widths = (view.text().await?.len(), open.text().await?.len());
        standing(&api, sender).await?;
        part(own_part(&api, sender, &sheets.all[0].paper.id, 0)).await?;
        looked.push((widths, most_memory(&portal)?));
    }
    let [(width, little), (wide, much)] = looked.as_slice() else { anyhow::bail!("two were looked at") };
    // What an age file's header is longer by is drawn anew each time.
    let as_wide = width.0 == wide.0 && width.1.abs_diff(wide.1) < 512;
    ensure!(as_wide, "papers make a case wider: {width:?}, {wide:?}");
    ensure!(much - little < 8 * 1024, "{little} KiB, and {much} with a case of 21 MiB");
    Ok(())
}

/// The most memory that the server ever took, in KiB.
fn most_memory(portal: &Portal) -> Result<u64> {
    let process = portal.process().context("the server does not run")?;
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).context("VmHWM")?;
    Ok(line.split_whitespace().nth(1).context("VmHWM")?.parse()?)
}
