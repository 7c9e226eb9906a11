//! Letters that were forged, altered, cut or proved for something else.

use std::io::Write;
use std::net::TcpStream;

use anyhow::{Context, Result, bail};
use data_encoding::BASE64;
use protocol::CaseKind;
use protocol::case::Submission;
use protocol::challenge::Sort;
use protocol::error::ErrorCode;
use protocol::letter::Letter;
use protocol::limits::{ENVELOPE_CHARS, PROOF_AHEAD_SECS, PROOF_WINDOW_SECS, RECIPIENTS};
use protocol::proof::Subject;
use protocol::routes::Route;
use protocol::seal;
use serde_json::json;

use super::{Report, Target};
use crate::applicant::{Applicant, counts_by_chance, proved_at};
use crate::clock::now;

/// One letter after the other; nothing of any of them may stay, and the right one is taken in the end.
pub(super) async fn attack(target: &Target, report: &mut Report) -> Result<()> {
    let bits = target.bits(Sort::of(CaseKind::TipOff)).await?;
    let (sender, other, forgeries) = loop {
        let (sender, other) = (target.sender().await?, target.sender().await?);
        let forgeries = forgeries(target, bits, &sender, &other)?;
        let lucky = |(_, submission, code): &Forgery| {
            *code == ErrorCode::ProofInvalid
                && counts_by_chance(&Subject::submission(submission), submission.proof, bits)
        };
        if !forgeries.iter().any(lucky) {
            break (sender, other, forgeries);
        }
    };
    let path = Route::Submit { office: target.office() }.to_path();
    for (tried, submission, code) in forgeries {
        report.refused(tried, target.api().post(&path, &submission), code).await;
        nothing_stays(target, report, &sender, tried).await;
    }
    let body = serde_json::to_string(&sender.submission)?;
    for share in [0, body.len() / 2, body.len() - 1] {
        let mut stream = TcpStream::connect(target.address()?)?;
        write!(stream, "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n")?;
        write!(stream, "Content-Length: {}\r\n\r\n{}", body.len(), body.get(..share).unwrap_or_default())?;
        drop(stream);
        nothing_stays(target, report, &sender, "a body that ends before it was said to").await;
    }
    let status = sender.submit().await.context("the right letter")?.0.as_u16();
    report.note("the same letter, whole and right", status.to_string(), status == 201);
    nothing_stays(target, report, &other, "a letter that only lent its parts").await;
    Ok(())
}

async fn nothing_stays(target: &Target, report: &mut Report, sender: &Applicant, tried: &str) {
    if let Err(error) = target.kept_nothing(sender).await {
        report.note(tried, format!("{error:#}"), false);
    }
}

type Forgery = (&'static str, Submission, ErrorCode);

fn forgeries(target: &Target, bits: u32, sender: &Applicant, other: &Applicant) -> Result<Vec<Forgery>> {
    use ErrorCode as E;
    let good = &sender.submission;
    let with = |envelope: String| proved_at(now(), bits, Submission { envelope, ..good.clone() });
    let at = |stamp: u64| proved_at(stamp, bits, good.clone());
    let to = |field: &str, value: &str| -> Result<Submission> {
        let mut changed = serde_json::to_value(good)?;
        changed[field] = json!(value);
        Ok(serde_json::from_value(changed)?)
    };
    let plain = Letter::message("测试").to_padded();
    let bare = BASE64.encode(&seal::seal(&[target.recipient()], b"{}")?);
    let cut: String = good.envelope.chars().take(good.envelope.len() - 400).collect();
    Ok(vec![
        ("a letter that is not sealed", with(BASE64.encode(&plain)), E::EnvelopeInvalid),
        ("a seal with another header", with(flipped(&good.envelope)?), E::EnvelopeInvalid),
        ("a seal that is only its name", with("AGE-ENCRYPTED".into()), E::EnvelopeInvalid),
        ("a letter that is not padded", with(bare), E::EnvelopeInvalid),
        ("a letter that was cut off", with(cut), E::EnvelopeInvalid),
        ("a letter for too many readers", with(crowded(target.recipient(), &plain)?), E::EnvelopeInvalid),
        ("a letter too long", with("A".repeat(ENVELOPE_CHARS + 4)), E::TooLarge),
        (
            "a proof of another letter",
            Submission { proof: other.submission.proof, ..good.clone() },
            E::ProofInvalid,
        ),
        (
            "a proof under another look-up id",
            Submission { lookup: "0".repeat(32), ..good.clone() },
            E::ProofInvalid,
        ),
        (
            "a proof for another envelope",
            Submission { envelope: other.submission.envelope.clone(), ..good.clone() },
            E::ProofInvalid,
        ),
        (
            "a proof for another kind",
            Submission { kind: CaseKind::Application, ..good.clone() },
            E::ProofInvalid,
        ),
        (
            "a proof for another token",
            Submission { token_hash: "0".repeat(64), ..good.clone() },
            E::ProofInvalid,
        ),
        (
            "a proof for another reply key",
            Submission { reply_to: other.submission.reply_to.clone(), ..good.clone() },
            E::ProofInvalid,
        ),
        ("a proof of yesterday", at(now() - PROOF_WINDOW_SECS - 1), E::ProofExpired),
        ("a proof made in store", at(now() + 2 * PROOF_AHEAD_SECS), E::ProofExpired),
        ("a look-up id that is none", to("lookup", "ABC")?, E::InvalidField),
        ("a token that is none", to("token_hash", "00")?, E::InvalidField),
        ("a reply key that is none", to("reply_to", "age1short")?, E::InvalidField),
        ("an owner's key that is none", to("owner_key", "AAAA")?, E::InvalidField),
        ("a letter for another office", to("office", "atlantis-1")?, E::InvalidField),
    ])
}

fn flipped(envelope: &str) -> Result<String> {
    let mut bytes = BASE64.decode(envelope.as_bytes())?;
    *bytes.first_mut().context("empty")? ^= 1;
    Ok(BASE64.encode(&bytes))
}

/// One recipient more than allowed: the sealer would not make it, so its first stanza is put in twice.
fn crowded(recipient: &str, plain: &[u8]) -> Result<String> {
    let bytes = seal::seal(&[recipient; RECIPIENTS], plain)?;
    let lines: Vec<&[u8]> = bytes.splitn(4, |byte| *byte == b'\n').collect();
    let [version, stanza, body, rest] = lines.as_slice() else { bail!("no age file") };
    Ok(BASE64.encode(&[*version, *stanza, *body, *stanza, *body, *rest].join(&b'\n')))
}
