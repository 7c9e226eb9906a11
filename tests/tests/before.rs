//! Versions that live together: what an earlier build said and stored is read by this one, what its pages sent is taken, and
//! what this one says and sends is as that one's description allows. `tests/before` holds them; `examples/remember.rs` keeps more.

#![allow(missing_docs)]

use anyhow::{Context, Result, anyhow, ensure};
use office::cards::demonstration_roots;
use protocol::card::SignedCard;
use protocol::case::{Acknowledgement, Action, CaseView, Delivered, Messages, Written};
use protocol::chain;
use protocol::challenge::Challenge;
use protocol::desk::{AuditTrail, DeskCase, Inbox};
use protocol::health::Health;
use protocol::letter::Letter;
use protocol::seal;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use system_tests::applicant::Applicant;
use system_tests::before::{Asker, Before, Exchange, OFFICE, WRITTEN, has_all_of, life, route};
use system_tests::described;
use system_tests::officer::Officer;
use system_tests::portal::Portal;

fn read<T: DeserializeOwned>(exchange: &Exchange) -> Result<T> {
    serde_json::from_value(exchange.came.clone()).with_context(|| exchange.route.clone())
}

/// An old server under a new page.
#[test]
fn what_an_earlier_build_said_is_read() -> Result<()> {
    for (name, before) in Before::all()? {
        for exchange in &before.exchanges {
            match exchange.route.as_str() {
                "Health" => drop(read::<Health>(exchange)?),
                // Whoever gets it shows it as it is: no page asks for it.
                "Assess" => ensure!(exchange.came["outcome"].is_string(), "{name}: no verdict"),
                "Challenge" => drop(read::<Challenge>(exchange)?),
                "Submit" => drop(read::<Acknowledgement>(exchange)?),
                "View" => ensure!(
                    chain::verify_view(&read::<CaseView>(exchange)?, None).is_ok(),
                    "{name}: the history does not hold"
                ),
                "Thread" | "OpenThread" => opens(&before, &read::<Messages>(exchange)?)?,
                "Message" | "Withdraw" | "Act" => drop(read::<Written>(exchange)?),
                "Deliver" => ensure!(read::<Delivered>(exchange)?.done),
                "Inbox" => ensure!(read::<Inbox>(exchange)?.cases.len() == 1, "{name}: the inbox"),
                "Open" => drop(read::<DeskCase>(exchange)?),
                "Audit" => ensure!(
                    chain::verify_audit(OFFICE, &read::<AuditTrail>(exchange)?.rows).is_ok(),
                    "{name}: the trail does not hold"
                ),
                other => anyhow::bail!("{name}: nobody reads {other}"),
            }
        }
        let card: &SignedCard =
            before.config.offices.get(OFFICE).and_then(|office| office.card.as_ref()).context("no card")?;
        let (card, _) = card
            .check(&demonstration_roots(), OFFICE, 0, "2026-11-27".parse()?)
            .map_err(|error| anyhow!("{error}"))?;
        ensure!(
            card.recipients.iter().any(|one| one.recipient == before.key.recipient),
            "{name}: the card names another key"
        );
    }
    Ok(())
}

fn opens(before: &Before, thread: &Messages) -> Result<()> {
    for (message, written) in thread.messages.iter().zip(WRITTEN) {
        for identity in [&before.key.identity, &before.receipts[0].identity] {
            let opened = Letter::parse(&seal::open_envelope(identity, &message.envelope)?)?;
            ensure!(opened == Letter::message(written), "another message");
        }
    }
    ensure!(thread.messages.len() == WRITTEN.len());
    Ok(())
}

/// An old page over a new server.
#[tokio::test]
async fn what_its_pages_sent_is_taken_and_answered_as_they_expect() -> Result<()> {
    for (name, before) in Before::all()? {
        let mut portal = Portal::with_key(&before.key)?;
        portal.start_again()?;
        let asker = Asker::of(&portal, [&before.receipts[0], &before.receipts[1]])?;
        let mut head = String::new();
        for exchange in &before.exchanges {
            if exchange.route == "Inbox" {
                Officer::of(&portal, OFFICE)?.inbox_of(2).await?;
            }
            let sent = before.sent_now(exchange, &head)?;
            let now = asker.ask(&exchange.route, exchange.case, sent).await.with_context(|| name.clone())?;
            if let (0, Some(new)) = (exchange.case, now.came["head"].as_str()) {
                new.clone_into(&mut head);
            }
            let route = route(&exchange.route, &before.receipts[exchange.case].lookup)?;
            let status = if exchange.route == "Submit" { 201 } else { 200 };
            before
                .description
                .given(&route, status, &serde_json::to_vec(&now.came)?)
                .with_context(|| name.clone())?;
            has_all_of(&now.came, &exchange.came)
                .map_err(|gone| anyhow!("{name}, {}: {gone}", exchange.route))?;
        }
    }
    Ok(())
}

/// A new page over an old server: it sends nothing that the old one would not take.
#[tokio::test]
async fn what_is_sent_now_would_have_been_taken_then() -> Result<()> {
    let portal = Portal::start()?;
    let senders = [tip_off(&portal)?, tip_off(&portal)?];
    let exchanges = life(&portal, [&senders[0], &senders[1]]).await?;
    for (name, before) in Before::all()? {
        for exchange in &exchanges {
            let route = route(&exchange.route, &senders[exchange.case].keys.lookup)?;
            let sent = exchange.sent.as_ref().map(serde_json::to_vec).transpose()?.unwrap_or_default();
            before.description.taken(&route, &sent).with_context(|| name.clone())?;
        }
    }
    Ok(())
}

fn tip_off(portal: &Portal) -> Result<Applicant> {
    Applicant::with_tip_off(portal, OFFICE, "测试小区", "测试内容")
}

/// The files of an earlier build are opened, brought up to date and gone on with.
#[tokio::test]
async fn what_it_stored_is_opened_and_goes_on() -> Result<()> {
    for (name, before) in Before::all()? {
        let mut portal = before.server()?;
        for again in [false, true] {
            if again {
                portal.crash_and_restart()?;
            }
            let asker = Asker::of(&portal, [&before.receipts[0], &before.receipts[1]])?;
            for exchange in before.exchanges.iter().filter(|exchange| exchange.sent.is_none()) {
                let now =
                    asker.ask(&exchange.route, exchange.case, None).await.with_context(|| name.clone())?;
                let route = route(&exchange.route, &before.receipts[exchange.case].lookup)?;
                described::given(&route, 200, &serde_json::to_vec(&now.came)?)?;
                has_all_of(&now.came, &exchange.came)
                    .map_err(|gone| anyhow!("{name}, {}: {gone}", exchange.route))?;
                if exchange.route == "View" {
                    let (then, now): (CaseView, CaseView) = (read(exchange)?, read(&now)?);
                    ensure!(now.events.starts_with(&then.events), "{name}: what happened is another");
                    ensure!(
                        chain::verify_view(&now, Some(&then.head)).is_ok() && now.withdrawn == then.withdrawn,
                        "{name}: the history"
                    );
                }
                if exchange.route == "Thread" && !again {
                    opens(&before, &read(&now)?)?;
                }
            }
        }
        // Both sides write on, and the office takes notice.
        let asker = Asker::of(&portal, [&before.receipts[0], &before.receipts[1]])?;
        let view: CaseView = read(&asker.ask("View", 0, None).await?)?;
        let last = |name: &str| {
            before.exchanges.iter().rfind(|exchange| exchange.route == name).cloned().context("kept")
        };
        let mut reply = last("Act")?;
        reply.sent = reply.sent.map(|sent| renamed(sent, "0123456789abcdef-9"));
        let written: Written = read(&asker.ask("Act", 0, before.sent_now(&reply, &view.head)?).await?)?;
        ensure!(written.total == view.total + 1, "{name}: nothing was written");
        let view: CaseView = read(&asker.ask("View", 0, None).await?)?;
        let last_of = view.events.last().map(|event| &event.action);
        ensure!(
            matches!(last_of, Some(Action::Message { .. })) && chain::verify_view(&view, None).is_ok(),
            "{name}: the new history"
        );
        let trail: AuditTrail = read(&asker.ask("Audit", 0, None).await?)?;
        ensure!(chain::verify_audit(OFFICE, &trail.rows).is_ok(), "{name}: the trail");
        let inbox: Inbox = read(&asker.ask("Inbox", 0, None).await?)?;
        ensure!(inbox.total == 1, "{name}: {inbox:?}");
    }
    Ok(())
}

fn renamed(mut sent: Value, id: &str) -> Value {
    sent["id"] = json!(id);
    sent
}
