//! A resident's message sent again, with another's proof, or to another's case.

use anyhow::{Result, ensure};
use protocol::CaseKind;
use protocol::case::{NewMessage, Written};
use protocol::challenge::Challenge;
use protocol::error::ErrorCode;
use protocol::proof::Subject;
use protocol::routes::Route;

use super::{Report, Target};
use crate::api::{message_with, ok, receipt};
use crate::applicant::{Applicant, counts_by_chance};

pub(super) async fn attack(target: &Target, report: &mut Report) -> Result<()> {
    let (sender, other) = (target.case().await?, target.case().await?);
    let api = target.api();
    let told: Challenge = ok(api.get(&Route::Challenge { office: target.office() }.to_path())).await?;
    let message = |id: &str, text: &str| -> Result<NewMessage> {
        Ok(message_with(told.message, target.office(), &sender, id, target.sealed(&sender, text)?))
    };
    let path = |sender: &Applicant| Route::Message { lookup: &sender.keys.lookup }.to_path();
    let send = |to: &Applicant, by: &Applicant, message: &NewMessage| {
        api.post(&path(to), message).header("authorization", receipt(by))
    };
    let bits = told.message;
    let about = |of: &Applicant, id: &str, told: &NewMessage| {
        Subject::message(target.office(), &of.keys.lookup, id, &told.envelope)
    };
    let (first, reused) = loop {
        let (first, reused) = (message("0123456789abcdef", "一")?, message("0123456789abcdef", "二")?);
        let elsewhere = [
            about(&other, "0123456789abcdef", &first),
            about(&sender, "fedcba9876543210", &first),
            about(&sender, "fedcba9876543210", &reused),
        ];
        if !elsewhere.iter().any(|subject| counts_by_chance(subject, first.proof, bits)) {
            break (first, reused);
        }
    };
    report
        .refused("a message without a receipt", api.post(&path(&sender), &first), ErrorCode::ReceiptMissing)
        .await;
    report
        .refused("a message with another's receipt", send(&sender, &other, &first), ErrorCode::UnknownCase)
        .await;
    report.refused("a message to another case", send(&other, &other, &first), ErrorCode::ProofInvalid).await;
    let once: Written = ok(send(&sender, &sender, &first)).await?;
    let again: Written = ok(send(&sender, &sender, &first)).await?;
    report.note("a message sent again", format!("{} events", again.total), once == again && once.total == 2);

    report
        .refused(
            "another message under the same number",
            send(&sender, &sender, &reused),
            ErrorCode::RequestReused,
        )
        .await;
    let twice = NewMessage { id: "fedcba9876543210".into(), ..first.clone() };
    report
        .refused("one proof for two messages", send(&sender, &sender, &twice), ErrorCode::ProofInvalid)
        .await;
    let lent = NewMessage { id: "fedcba9876543210".into(), proof: first.proof, ..reused };
    report
        .refused("a proof of another message", send(&sender, &sender, &lent), ErrorCode::ProofInvalid)
        .await;
    let unsigned = NewMessage { signed: None, ..message("abcdef0123456789", "三")? };
    report
        .refused(
            "a message that its owner did not sign",
            send(&sender, &sender, &unsigned),
            ErrorCode::ActUnsigned,
        )
        .await;
    ensure!(told.bits(protocol::challenge::Sort::of(CaseKind::TipOff)) > 0, "no work is asked for at all");
    let (head, events) = (sender.view().await?.head, other.view().await?.events.len());
    report.note("what is left of the refused ones", "looked up", head == once.head && events == 1);
    Ok(())
}
