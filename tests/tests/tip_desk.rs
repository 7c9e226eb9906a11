//! Tip-offs at the desk: closed with their result and not without, called to mind, and those about one flat found.

#![allow(missing_docs)]

use anyhow::{Result, ensure};
use policies::model::CaseKind;
use protocol::case::{Submission, Written};
use protocol::coarse::COARSE_SECS;
use protocol::desk::NewEvent;
use protocol::error::ErrorCode;
use protocol::letter::{FieldAnswer, FilledPart, FormLetter, Letter};
use protocol::routes::Route;
use protocol::seal;
use system_tests::api::{Api, ok, refused};
use system_tests::applicant::{Applicant, proved};
use system_tests::browser::Browser;
use system_tests::clock::{now, today};
use system_tests::officer::Officer;
use system_tests::portal::Portal;

const OFFICE: &str = "yongshun-2023";
const RESULT: &str = "去看过了，属实，已经请他搬出。";

async fn submitted(portal: &Portal, place: &str) -> Result<Applicant> {
    let sender = Applicant::with_tip_off(portal, OFFICE, place, "测试内容")?;
    sender.submit().await?;
    Ok(sender)
}

async fn desk_of(portal: &Portal) -> Result<Browser> {
    let desk = Browser::open(1280, 900).await?;
    desk.go(&portal.url("/desk/")).await?;
    desk.choose_file("key-file", &portal.office(OFFICE)?.file).await?;
    desk.find("inbox-open").await?;
    Ok(desk)
}

#[tokio::test]
async fn a_tip_off_is_closed_with_its_result_which_its_sender_reads() -> Result<()> {
    let portal = Portal::start()?;
    let sender = submitted(&portal, "测试小区").await?;
    let (api, key, lookup) = (Api::of(&portal), portal.key(OFFICE)?, sender.keys.lookup.clone());
    let act = Route::Act { office: OFFICE, lookup: &lookup }.to_path();
    let to = |id: &str, stage: &str, head: String| -> Result<NewEvent> {
        let (id, expected_head) = (format!("0123456789abcdef-{id}"), head);
        Ok(NewEvent {
            id,
            expected_head,
            stage: Some(stage.into()),
            on: Some(today()?),
            ..NewEvent::default()
        })
    };
    let verifying = to("a", "verifying", sender.view().await?.head)?.signed_by(key, &lookup, now());
    ok::<Written>(api.signed_post(key, &act, &verifying)?).await?;
    let silent = to("b", "closed", sender.view().await?.head)?.signed_by(key, &lookup, now());
    refused(api.signed_post(key, &act, &silent)?, ErrorCode::ResultRequired).await?;
    ensure!(sender.view().await?.stage == "verifying", "it was closed in silence");

    let desk = desk_of(&portal).await?;
    ensure!(!desk.has("inbox-informants").await?, "nobody waits after the office's word");
    desk.press(&format!("case-open-{lookup}")).await?;
    desk.press("move-stage-closed").await?;
    desk.press("move-submit").await?;
    desk.reads("举报办结要把结果告诉举报人").await?;
    ensure!(desk.is_at_fault("move-text").await?, "the field does not say what is wrong");
    desk.fill("move-text", RESULT).await?;
    desk.press("move-submit").await?;
    desk.says("messages", RESULT).await?;
    desk.says("procedure", "已办结").await?;

    let resident = Browser::open(360, 740).await?;
    resident.open_the_status(&portal, &sender.code).await?;
    resident.says("outcome", RESULT).await?;
    resident.says("stage", "已办结").await?;
    resident.find("signatures-good").await?;
    resident.reads("点多 收到").await?;
    desk.conclude(&portal.url("")).await?;
    resident.conclude(&portal.url("")).await
}

/// The second and the minute are nowhere in what the office is given of a tip-off, and who waits is called to mind.
#[tokio::test]
async fn the_office_is_given_the_hour_of_a_tip_off_and_told_who_waits() -> Result<()> {
    let portal = Portal::start()?;
    let sender = submitted(&portal, "测试小区").await?;
    let officer = Officer::of(&portal, OFFICE)?;
    let inbox = officer.inbox_of(1).await?;
    let row = &inbox.cases[0];
    let case = officer.case(&sender.keys.lookup).await?;
    let whole = |at: u64| at.is_multiple_of(COARSE_SECS) && now() - at < 2 * COARSE_SECS;
    ensure!(whole(row.received_at) && whole(row.updated_at), "{row:?}");
    ensure!(whole(case.view.received_at) && case.view.events.iter().all(|event| whole(event.at)), "{case:?}");
    ensure!(case.view.withdraw_until % COARSE_SECS == 600, "{}", case.view.withdraw_until);
    ensure!((inbox.counts.tip_offs_waiting, inbox.counts.tip_offs_due) == (1, 0), "{:?}", inbox.counts);

    let desk = desk_of(&portal).await?;
    desk.says("inbox-informants", "有 1 件举报等本单位答复").await?;
    desk.press("informants-show").await?;
    desk.says("inbox-total", "共 1 件").await?;
    desk.press(&format!("case-open-{}", sender.keys.lookup)).await?;
    desk.reads("点多 收到").await?;
    desk.move_on("请说明是哪一天。").await?;
    desk.press("desk-back").await?;
    desk.press("inbox-refresh").await?;
    desk.gone("inbox-informants").await?;
    desk.conclude(&portal.url("")).await
}

#[tokio::test]
async fn tip_offs_about_one_flat_are_found_beside_what_its_tenant_sent_and_each_stays() -> Result<()> {
    let portal = Portal::start()?;
    let first = submitted(&portal, "测试小区3栋2单元402室").await?;
    let second = submitted(&portal, "测试小区３号楼 ４０２").await?;
    let other = submitted(&portal, "测试小区4栋402室").await?;
    let tenant = tenants_own(&portal, "测试小区三幢402号")?;
    let answer = Api::of(&portal).submit(&tenant.submission).send().await?;
    ensure!(answer.status().is_success(), "{}", answer.text().await?);

    let desk = desk_of(&portal).await?;
    desk.press(&format!("case-open-{}", tenant.keys.lookup)).await?;
    desk.find("form-letter").await?;
    desk.press("desk-back").await?;
    desk.press(&format!("case-open-{}", first.keys.lookup)).await?;
    desk.says("same-flat", "住户自己的件").await?;
    let [same, own, not] = [&second, &tenant, &other].map(|sender| format!("same-{}", sender.keys.lookup));
    desk.find(&own).await?;
    ensure!(!desk.has(&same).await?, "it was not opened yet");
    desk.press("flat-look").await?;
    desk.says("flat-looked", "又打开了 2 件").await?;
    desk.find(&same).await?;
    ensure!(!desk.has(&not).await?, "another building is taken for the same flat");
    desk.press(&same).await?;
    desk.says("tip-place", "３号楼").await?;
    desk.find(&format!("same-{}", first.keys.lookup)).await?;
    desk.press("desk-back").await?;
    desk.says(&format!("same-mark-{}", second.keys.lookup), "另有 2 件").await?;
    // Each is still there, to be answered for itself.
    desk.says("inbox-total", "共 4 件").await?;
    ensure!(Officer::of(&portal, OFFICE)?.inbox().await?.total == 4, "one was dropped");
    // Nothing of it outlives the key.
    desk.press("desk-lock").await?;
    desk.choose_file("key-file", &portal.office(OFFICE)?.file).await?;
    desk.find("inbox-open").await?;
    ensure!(!desk.has(&format!("same-mark-{}", second.keys.lookup)).await?, "it outlives the key");
    desk.conclude(&portal.url("")).await
}

/// A change that the tenant of a flat reports, as a form of the document brings it.
fn tenants_own(portal: &Portal, address: &str) -> Result<Applicant> {
    let mut tenant = Applicant::with_tip_off(portal, OFFICE, "", "")?;
    let answers = vec![FieldAnswer { field: "address".into(), value: address.to_owned() }];
    let letter = Letter::Form(FormLetter {
        kind: CaseKind::ChangeReport,
        document: OFFICE.into(),
        document_hash: String::new(),
        on: today()?,
        entries: vec![FilledPart { part: "who".into(), answers }],
        roster: None,
        reply_to: tenant.keys.recipient.clone(),
        owner_key: tenant.keys.owner_key.clone(),
        own_copy: false,
        enclosures: None,
    });
    let envelope = seal::seal_envelope(&[&portal.key(OFFICE)?.recipient], &letter.to_padded())?;
    let kind = CaseKind::ChangeReport;
    tenant.submission = proved(Submission { kind, envelope, ..tenant.submission });
    Ok(tenant)
}
