//! Honest senders beside a flood, and the server's own word beside wide reads.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use protocol::authorization::Authorization;
use protocol::limits::ENVELOPE_CHARS;
use protocol::routes::Route;
use reqwest::Client;
use system_tests::api::{Api, message, receipt, sealed};
use system_tests::applicant::Applicant;
use system_tests::portal::Portal;
use tokio::task::JoinSet;

use super::{OFFICE, crowd, median, timed};

/// Letters of honest senders in a round.
const HONEST: usize = 200;
/// Honest senders at once.
const AT_ONCE: usize = 4;
/// Flooders at once.
const FLOODERS: usize = 16;
/// Readers of wide threads at once, and messages in each thread.
const READERS: usize = 8;
const MESSAGES: usize = 12;
/// How often the server is asked how it is.
const ASKED: usize = 60;

pub(super) async fn print() -> Result<()> {
    flood().await?;
    wide_reads().await
}

async fn flood() -> Result<()> {
    let portal = Portal::start_with(&[], |home| home.with_daily_cap(u32::MAX))?;
    let (client, letter) =
        (Client::new(), Applicant::with_tip_off(&portal, OFFICE, "测试路一号", "夜里灯一直不亮")?.submission);
    let rate = async || -> Result<f64> {
        let begun = Instant::now();
        crowd::send(&client, &portal, &letter, HONEST, AT_ONCE).await?;
        Ok(f64::from(u32::try_from(HONEST)?) / begun.elapsed().as_secs_f64())
    };
    let alone = rate().await?;
    let url = portal.url(&Route::Submit { office: OFFICE }.to_path());
    let mut flooders = JoinSet::new();
    for _ in 0..FLOODERS {
        let (client, url, letter) = (client.clone(), url.clone(), letter.clone());
        flooders.spawn(async move {
            loop {
                let (_, junk) = crowd::Sender::like(&letter)?;
                client.post(&url).json(&junk).send().await?.error_for_status()?;
            }
            #[allow(unreachable_code, reason = "says what the loop fails with")]
            anyhow::Ok(())
        });
    }
    let beside = rate().await?;
    flooders.shutdown().await;
    println!(
        "Honest letters a second, {AT_ONCE} senders: {alone:.0} alone, {beside:.0} beside {FLOODERS} flooders who never wait\n"
    );
    Ok(())
}

async fn wide_reads() -> Result<()> {
    let portal = Portal::start()?;
    let client = Client::new();
    let mut readers = Vec::new();
    for _ in 0..READERS {
        let sender = Applicant::with_tip_off(&portal, OFFICE, "测试小区", "测试内容")?;
        sender.submit().await?;
        let envelope = sealed(&portal, OFFICE, &sender, &"长".repeat(ENVELOPE_CHARS / 8))?;
        for number in 0..MESSAGES {
            let wide = message(OFFICE, &sender, &format!("message-000000{number:02}"), envelope.clone());
            let post =
                Api::of(&portal).post(&Route::Message { lookup: &sender.keys.lookup }.to_path(), &wide);
            post.header("authorization", receipt(&sender)).send().await?.error_for_status()?;
        }
        readers.push(sender);
    }
    let health = portal.url(&Route::Health {}.to_path());
    let asked = async || -> Result<(f64, Duration)> {
        let mut times = Vec::new();
        for _ in 0..ASKED {
            times.push(timed(async { Ok(client.get(&health).send().await?.bytes().await?) }).await?);
        }
        let slowest = times.iter().max().copied().context("no times")?;
        Ok((median(times)?, slowest))
    };
    let (alone, _) = asked().await?;
    let mut reading = JoinSet::new();
    for sender in readers {
        let url = portal.url(&Route::Thread { lookup: &sender.keys.lookup }.to_path());
        let (client, token) = (client.clone(), Authorization::Receipt(sender.keys.token.clone()).header());
        reading.spawn(async move {
            let mut read = 0;
            while let Ok(answer) =
                client.get(&url).header("authorization", &token).send().await?.error_for_status()
            {
                read += answer.bytes().await?.len();
            }
            anyhow::Ok(read)
        });
    }
    let (beside, slowest) = asked().await?;
    let still = reading.len();
    let read: usize = reading.join_all().await.into_iter().sum::<Result<usize>>()?;
    println!(
        "How the server is: said in {alone:.2} ms alone, {beside:.2} ms (slowest {slowest:.1?}) beside {READERS} readers of wide threads, {still} of \
         them still reading then; {} MB were read before each was told to wait",
        read / 1_000_000
    );
    Ok(())
}
