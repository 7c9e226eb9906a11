//! Somebody is helped at the counter while proofs are dear: the desk makes tickets and prints them on one sheet, and the
//! one who was given one types it before sending.

#![allow(missing_docs)]

use anyhow::{Context, Result, ensure};
use protocol::CaseKind;
use protocol::limits::TICKETS_AT_ONCE;
use protocol::routes;
use protocol::ticket::Ticket;
use system_tests::api::Api;
use system_tests::applicant::{Applicant, junk, proved};
use system_tests::browser::Browser;
use system_tests::disk;
use system_tests::portal::Portal;
use thirtyfour::By;

const OFFICE: &str = "yongshun-2023";

/// Makes a sheet full of tickets, and reads them off it.
async fn made(portal: &Portal) -> Result<Vec<Ticket>> {
    let desk = Browser::open(1280, 900).await?;
    desk.go(&portal.url("/desk/")).await?;
    desk.choose_file("key-file", &portal.office(OFFICE)?.file).await?;
    desk.press("desk-tickets").await?;
    desk.reads("请不要登记谁领了哪一张").await?;
    desk.fill("ticket-count", &(TICKETS_AT_ONCE + 1).to_string()).await?;
    desk.press("tickets-make").await?;
    desk.reads("之间的张数").await?;
    desk.fill("ticket-count", &TICKETS_AT_ONCE.to_string()).await?;
    desk.press("tickets-make").await?;
    desk.says("tickets-made", &format!("做好了 {TICKETS_AT_ONCE} 张")).await?;
    ensure!(desk.sheets().await? == 1, "they do not fit on one sheet");
    let mut tickets = Vec::new();
    for slip in desk.driver.find_all(By::Css("[data-test=ticket-slip]")).await? {
        tickets.push(Ticket::parse(&slip.text().await?)?);
    }
    ensure!(tickets.len() == TICKETS_AT_ONCE, "{} slips", tickets.len());
    desk.press("desk-back").await?;
    desk.press("desk-audit").await?;
    desk.reads(&format!("做了 {TICKETS_AT_ONCE} 张快速码")).await?;
    desk.conclude(&portal.url("")).await?;
    Ok(tickets)
}

/// Writes a tip-off with what somebody types for a ticket, and presses the button.
async fn send(portal: &Portal, resident: &Browser, typed: &str) -> Result<()> {
    resident.go(&portal.url("/yongshun/tip")).await?;
    resident.press("choice-tip-what-sublet").await?;
    resident.fill("tip-place", "测试小区").await?;
    resident.fill("tip-text", "测试内容").await?;
    ensure!(!resident.find("ticket").await?.is_displayed().await?, "everybody is asked for a ticket");
    resident.unfold("#ticket-fold").await?;
    resident.fill("ticket", typed).await?;
    resident.press("tip-submit").await
}

#[tokio::test]
async fn who_was_given_a_ticket_is_let_in_while_proofs_are_dear() -> Result<()> {
    let portal = Portal::start_with(&[], |home| home.with_daily_cap(1))?;
    let first = Applicant::with_tip_off(&portal, OFFICE, "测试小区", "测试")?;
    let api = Api::of(&portal);
    api.submit(&proved(junk(&first.submission, CaseKind::TipOff)?)).send().await?.error_for_status()?;
    let tickets = made(&portal).await?;
    let ticket = tickets.first().context("no ticket")?;

    // A wrong digit is caught before anything is asked.
    let resident = Browser::open(360, 740).await?;
    let plain = ticket.plain();
    let (first, others) = plain.split_at(1);
    let other = if first == "9" { "0" } else { "9" };
    send(&portal, &resident, &[other, others].concat()).await?;
    resident.says("error-summary", "快速码有误").await?;
    let asked = resident.traffic().await?.requests;
    let submits = format!("{}/offices/{OFFICE}/cases", routes::ROOT);
    ensure!(!asked.iter().any(|request| request.url.contains(&submits)), "a wrong digit was sent");
    resident.fill("ticket", &ticket.grouped()).await?;
    resident.press("tip-submit").await?;
    resident.sends().await?;
    resident.press("receipt-saved-confirm").await?;
    resident.find("saved-done").await?;

    // Used up, it says so, and nothing is lost: the same letter goes without it.
    send(&portal, &resident, &ticket.plain()).await?;
    resident.press("write-down-done").await?;
    resident.says("send-failed", "已经用过了").await?;
    resident.expect_answers(&[403]).await?;
    resident.press("send-without-ticket").await?;
    resident.find("receipt-code").await?;
    resident.conclude(&portal.url("")).await?;
    let found = disk::files_with(&portal.store(), &ticket.plain())?;
    ensure!(found.is_empty(), "the ticket itself stands in {found:?}");
    Ok(())
}
