//! What a request costs does not grow with what it does not ask for.

#![allow(missing_docs)]

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use protocol::routes::Route;
use reqwest::Client;
use serde_json::{Map, Value};
use system_tests::attack::{Attack, Target};
use system_tests::portal::Portal;

const OFFICE: &str = "yongshun-2023";

/// Questions to each server, taken in turns.
const TURNS: usize = 60;
/// As many counties as there are, and some.
const OFFICES: usize = 2_805;
/// How many times as dear a question may be in the middle of all turns: reading the settings each time made it ninety.
const DEARER: u32 = 3;

#[tokio::test]
async fn a_question_costs_the_same_with_five_offices_and_with_thousands() -> Result<()> {
    let few = Portal::start()?;
    let many = Portal::start_with(&[], |home| {
        let offices = crowded(home.offices());
        home.with_offices(offices)
    })?;
    let (few, many) = (few.url(&Route::Health {}.to_path()), many.url(&Route::Health {}.to_path()));
    let client = Client::new();
    let (mut of_few, mut of_many) = (Vec::new(), Vec::new());
    // The first question pays for the reading.
    for url in [&few, &many] {
        ask(&client, url).await?;
    }
    for _ in 0..TURNS {
        of_few.push(ask(&client, &few).await?);
        of_many.push(ask(&client, &many).await?);
    }
    let (few, many) = (median(of_few)?, median(of_many)?);
    ensure!(many < few * DEARER, "{few:?} with five offices, {many:?} with {OFFICES}");
    Ok(())
}

#[tokio::test]
async fn whoever_reads_a_thread_again_and_again_is_told_to_wait() -> Result<()> {
    let portal = Portal::start()?;
    Attack::WideThreads.on(&Target::of(&portal, OFFICE)?).await.holds()
}

/// The offices of a home among very many others, each with as many keys.
fn crowded(offices: &str) -> String {
    let mut all: Map<String, Value> = serde_json::from_str(offices).unwrap_or_default();
    if let Some(one) = all.values().next().cloned() {
        all.extend((all.len()..OFFICES).map(|number| (format!("office-{number}"), one.clone())));
    }
    Value::Object(all).to_string()
}

async fn ask(client: &Client, url: &str) -> Result<Duration> {
    let begun = Instant::now();
    client.get(url).send().await?.error_for_status()?.bytes().await?;
    Ok(begun.elapsed())
}

fn median(mut times: Vec<Duration>) -> Result<Duration> {
    times.sort_unstable();
    times.get(times.len() / 2).copied().context("no times")
}
