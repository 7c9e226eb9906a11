//! Whoever has the host writes rows into the store, in a chain that holds: both pages, and a script that knows nothing of
//! this code, say which rows are not by whom they say.

#![allow(missing_docs)]

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use data_encoding::BASE64;
use office::cards::DEMONSTRATION_SEED;
use protocol::case::{Action, Actor, CaseView, Event, Written};
use protocol::desk::{NewEvent, Role};
use protocol::routes::Route;
use protocol::{chain, staff};
use serde_json::{Value, json};
use system_tests::api::{Api, ok, sealed};
use system_tests::applicant::Applicant;
use system_tests::browser::Browser;
use system_tests::clock::{now, today};
use system_tests::portal::Portal;
use system_tests::store::{file_of, sqlite};

const OFFICE: &str = "yongshun-2023";

/// A tip-off that the office took up, with a word to its owner.
async fn taken_up(portal: &Portal) -> Result<Applicant> {
    let (api, key) = (Api::of(portal), portal.key(OFFICE)?);
    let sender = Applicant::with_tip_off(portal, OFFICE, "测试小区", "测试内容")?;
    let expected_head = sender.submit().await?.1.head;
    let event = NewEvent {
        id: "0123456789abcdef".into(),
        expected_head,
        stage: Some("verifying".into()),
        on: Some(today()?),
        envelope: Some(sealed(portal, OFFICE, &sender, "已经去看过")?),
        ..NewEvent::default()
    };
    let event = event.signed_by(key, &sender.keys.lookup, now());
    let events = Route::Act { office: OFFICE, lookup: &sender.keys.lookup }.to_path();
    ok::<Written>(api.signed_post(key, &events, &event)?).await?;
    Ok(sender)
}

#[tokio::test]
async fn a_move_and_a_message_that_the_host_makes_up_are_shown_as_forged_on_both_pages() -> Result<()> {
    let mut portal = Portal::start()?;
    let sender = taken_up(&portal).await?;
    let resident = Browser::open(360, 740).await?;
    open_the_status(&portal, &resident, &sender).await?;
    resident.says("signatures-good", "3 条记录的签名都核对过").await?;
    let desk = open_the_case(&portal, &sender).await?;
    for place in 0..3 {
        ensure!(signature(&desk, place).await? == "signed", "event {place} is not signed");
    }
    ensure!(!desk.text().await?.contains("对不上"), "a rightful case is called forged");
    let (fine, said) = independently(&portal, &sender.view().await?)?;
    ensure!(fine, "{said}");

    portal.crash();
    let text = sealed(&portal, OFFICE, &sender, "请把押金转到这个账户")?;
    let on = today()?;
    plant(
        &portal,
        &sender,
        vec![(Action::Moved { stage: "closed".into(), on }, None), (Action::message(&text), Some(text))],
    )?;
    portal.start_again()?;

    // The chain holds, and says nothing.
    let view = sender.whole().await?;
    ensure!(view.stage == "closed" && chain::verify_view(&view, None).is_ok(), "{view:?}");
    open_the_status(&portal, &resident, &sender).await?;
    resident.says("signatures-forged", "这一步的签名对不上").await?;
    resident.says("message-2-forged", "可能不是受理单位写的").await?;
    ensure!(!resident.has("message-1-forged").await?, "what the office wrote is called forged");
    ensure!(!resident.has("chain-broken").await?, "the chain was not made to hold");
    desk.press("case-refresh").await?;
    desk.says("case-finding", "有 2 条记录的签名对不上").await?;
    for (place, state) in [(2, "signed"), (3, "forged"), (4, "forged")] {
        ensure!(signature(&desk, place).await? == state, "event {place} is not {state}");
    }
    let (fine, said) = independently(&portal, &sender.view().await?)?;
    ensure!(!fine && said.contains("is not signed by whom it says"), "{said}");
    resident.conclude(&portal.url("")).await?;
    desk.conclude(&portal.url("")).await
}

/// What `protocol/verify.mjs` says of a case.
fn independently(portal: &Portal, view: &CaseView) -> Result<(bool, String)> {
    let file = portal.data().join("case.json");
    fs::write(&file, serde_json::to_string(view)?)?;
    let pin = chain::pin(&view.events.first().context("no event")?.hash).to_owned();
    let output = Command::new("node")
        .arg(portal.project().path("protocol/verify.mjs"))
        .args([&file, &portal.home().site().join(protocol::config::FILE)])
        .args([BASE64.encode(&staff::public_key(&DEMONSTRATION_SEED)), pin])
        .output()?;
    ensure!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok((output.status.success(), String::from_utf8(output.stdout)?))
}

/// Writes events of the office into the file of a case, each following from the one before, and moves its head.
fn plant(portal: &Portal, sender: &Applicant, actions: Vec<(Action, Option<String>)>) -> Result<()> {
    let file = file_of(portal, &sender.keys.lookup)?;
    let rows = sqlite(&file, "SELECT json FROM event ORDER BY seq;")?;
    let mut events: Vec<Event> = rows.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let mut head: Value = serde_json::from_str(sqlite(&file, "SELECT json FROM head;")?.trim())?;
    let key = portal.key(OFFICE)?;
    for (action, envelope) in actions {
        let last = events.last().context("no event")?;
        let by = Actor::Office { kid: key.kid.clone(), role: Role::Office };
        if let Action::Moved { stage, .. } = &action {
            head["stage"] = json!(stage);
        }
        // A signature of the right shape, that of another act.
        let signed = events.get(1).and_then(|act| act.signed.clone());
        let event = chain::next((&sender.keys.lookup, &last.hash), (last.seq + 1, now()), by, action, signed);
        let envelope = envelope.map_or_else(|| "NULL".to_owned(), |text| format!("'{text}'"));
        let json = serde_json::to_string(&event)?.replace('\'', "''");
        sqlite(
            &file,
            &format!("INSERT INTO event (seq, json, envelope) VALUES ({}, '{json}', {envelope});", event.seq),
        )?;
        (head["total"], head["head"]) = (json!(event.seq + 1), json!(event.hash));
        events.push(event);
    }
    let json = head.to_string().replace('\'', "''");
    sqlite(&file, &format!("UPDATE head SET json = '{json}';")).map(drop)
}

async fn signature(desk: &Browser, place: usize) -> Result<String> {
    let line = desk.find(&format!("event-{place}-signature")).await?;
    line.attr("data-state").await?.context("no state")
}

async fn open_the_case(portal: &Portal, sender: &Applicant) -> Result<Browser> {
    let desk = Browser::open(1280, 900).await?;
    desk.go(&portal.url("/desk/")).await?;
    desk.choose_file("key-file", &portal.office(OFFICE)?.file).await?;
    desk.press(&format!("case-open-{}", sender.keys.lookup)).await?;
    desk.find("procedure").await?;
    Ok(desk)
}

async fn open_the_status(portal: &Portal, resident: &Browser, sender: &Applicant) -> Result<()> {
    resident.go(&portal.url("/status")).await?;
    resident.fill("status-code", &sender.code.grouped()).await?;
    resident.press("status-open").await?;
    resident.find("thread").await.map(drop)
}
