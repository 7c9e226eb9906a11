//! Whoever has no key, the wrong key, or another's; and whoever guesses.

use anyhow::Result;
use data_encoding::HEXLOWER;
use protocol::CaseKind;
use protocol::authorization::Authorization;
use protocol::case::Submission;
use protocol::challenge::Sort;
use protocol::desk::Role;
use protocol::error::ErrorCode;
use protocol::identity;
use protocol::keyfile::KeyFile;
use protocol::routes::{ROOT, Route};

use super::{Report, Target};
use crate::api::token;
use crate::applicant::proved_at;
use crate::clock::now;

/// Guesses at codes.
const GUESSES: usize = 50;

pub(super) async fn attack(target: &Target, report: &mut Report) -> Result<()> {
    use ErrorCode as E;
    let (api, sender, office) = (target.api(), target.case().await?, target.office());
    let lookup = sender.keys.lookup.as_str();
    let case = Route::View { lookup }.to_path();
    report.refused("a case without its receipt", api.get(&case), E::ReceiptMissing).await;
    let wrong = Authorization::Receipt("0".repeat(64)).header();
    report
        .refused("a case with a wrong receipt", api.get(&case).header("authorization", wrong), E::UnknownCase)
        .await;
    let envelope = target.sender().await?.submission.envelope;
    let bits = target.bits(Sort::of(CaseKind::TipOff)).await?;
    let other = proved_at(now(), bits, Submission { envelope, ..sender.submission.clone() });
    report.refused("a letter under another's look-up id", api.submit(&other), E::CaseExists).await;

    let inbox = Route::Inbox { office }.to_path();
    let (open, audit) = (Route::Open { office, lookup }.to_path(), Route::Audit { office }.to_path());
    let stranger = KeyFile::generate(office, Role::Office)?;
    for path in [&inbox, &open, &audit] {
        report.refused("a desk without a signature", api.get(path), E::SignatureMissing).await;
        let signed = api.signed_get(&stranger, path);
        report.refused("a desk with a key that the office has not", signed, E::SignatureInvalid).await;
    }
    if let Some(key) = target.key() {
        let lent = api.get(&audit).header("authorization", token(key, "GET", &inbox, b""));
        report.refused("a signature for another address", lent, E::SignatureInvalid).await;
        let promoted = KeyFile { role: Role::Auditor, ..key.clone() };
        report.refused("a key in another role", api.signed_get(&promoted, &audit), E::SignatureInvalid).await;
    }
    if let Some(elsewhere) = target.key_elsewhere() {
        report.refused("another office's key", api.signed_get(elsewhere, &inbox), E::SignatureInvalid).await;
        let theirs = Route::Open { office: &elsewhere.office, lookup }.to_path();
        report.refused("a case at another office", api.signed_get(elsewhere, &theirs), E::UnknownCase).await;
    }
    Ok(())
}

/// Codes and addresses that lead nowhere look the same and leave nothing behind.
pub(super) async fn guesses(target: &Target, report: &mut Report) -> Result<()> {
    use ErrorCode as E;
    let api = target.api();
    let token = Authorization::Receipt("0".repeat(64)).header();
    let before = target.case_files()?;
    for number in 0..GUESSES {
        let lookup = HEXLOWER.encode(&identity::random::<16>()?);
        let path = [Route::View { lookup: &lookup }, Route::Thread { lookup: &lookup }][number % 2].to_path();
        let asked = api.get(&path).header("authorization", &token);
        if number == 0
            || crate::api::refused(asked.try_clone().unwrap_or_else(|| api.get(&path)), E::UnknownCase)
                .await
                .is_err()
        {
            report.refused("a code that nobody has", asked, E::UnknownCase).await;
        }
    }
    if let (Some(before), Some(after)) = (before, target.case_files()?) {
        report.note(
            format!("{GUESSES} guesses, on the disk"),
            format!("{} files more", after - before),
            after == before,
        );
    }
    for (tried, path, code) in [
        ("a code that is too short", Route::View { lookup: &"0".repeat(31) }.to_path(), E::UnknownCase),
        ("an office that is not there", Route::Inbox { office: "atlantis-1" }.to_path(), E::UnknownOffice),
        ("its audit trail", Route::Audit { office: "atlantis-1" }.to_path(), E::UnknownOffice),
        ("an address that is none", format!("{ROOT}/nothing"), E::NotFound),
    ] {
        report.refused(tried, api.get(&path).header("authorization", &token), code).await;
    }
    Ok(())
}
