//! An office's list that was lost fills itself again from the cases, and nobody learns anything by asking for it.

#![allow(missing_docs)]

use std::fs;
use std::time::Duration;

use anyhow::{Result, ensure};
use protocol::case::Delivered;
use protocol::desk::{Inbox, IndexRow};
use protocol::error::ErrorCode;
use protocol::routes::{Route, with_query};
use system_tests::api::{Api, ok, refused};
use system_tests::applicant::Applicant;
use system_tests::portal::Portal;

const OFFICE: &str = "yongshun-2023";

async fn listed(portal: &Portal) -> Result<Vec<IndexRow>> {
    let path = with_query(&Route::Inbox { office: OFFICE }.to_path(), "standing=all");
    let inbox: Inbox = ok(Api::of(portal).signed_get(portal.key(OFFICE)?, &path)).await?;
    Ok(inbox.cases)
}

async fn listed_all(portal: &Portal, count: usize) -> Result<Vec<IndexRow>> {
    for _ in 0..100 {
        let rows = listed(portal).await?;
        if rows.len() == count {
            return Ok(rows);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    anyhow::bail!("the office's list never came to {count}")
}

#[tokio::test]
async fn a_lost_list_fills_itself_again_from_the_cases() -> Result<()> {
    let mut portal = Portal::start()?;
    let mut senders = Vec::new();
    for number in 0..3 {
        let sender = Applicant::with_tip_off(&portal, OFFICE, "测试小区", &format!("测试{number}"))?;
        sender.submit().await?;
        senders.push(sender);
    }
    let before = listed_all(&portal, 3).await?;

    portal.crash();
    fs::remove_dir_all(portal.store().join("anju-office"))?;
    portal.start_again()?;
    ensure!(listed(&portal).await?.is_empty(), "the list was not lost");

    let client = Api::of(&portal).client;
    let deliver = |lookup: &str| client.post(portal.url(&Route::Deliver { lookup }.to_path()));
    for sender in &senders {
        let told: Delivered = ok(deliver(&sender.keys.lookup)).await?;
        ensure!(told.done);
        // Twice is once.
        let _: Delivered = ok(deliver(&sender.keys.lookup)).await?;
    }
    ensure!(listed(&portal).await? == before, "the list came back otherwise");
    refused(deliver(&"0".repeat(32)), ErrorCode::UnknownCase).await?;
    Ok(())
}
