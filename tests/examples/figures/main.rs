//! What a request costs however many cases there are, and what a case costs: `cargo run --package system-tests --example
//! figures` after `cargo xtask build`, or as a part of `cargo xtask bench`; with `-- sizes`, `memory` or `flood` only one of its parts. Servers of different sizes are asked by turns, so
//! that a busy machine slows all of them.

#![allow(clippy::print_stdout, clippy::float_arithmetic)]

mod crowd;
mod memory;
mod sizes;
mod under_attack;

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

const OFFICE: &str = "yongshun-2023";

#[tokio::main]
async fn main() -> Result<()> {
    let only = std::env::args().nth(1);
    let wanted = |part: &str| only.as_ref().is_none_or(|only| only == part);
    if wanted("sizes") {
        sizes::print().await?;
    }
    if wanted("memory") {
        memory::print().await?;
    }
    if wanted("flood") {
        under_attack::print().await?;
    }
    Ok(())
}

/// The middle one of some times, in milliseconds.
fn median(mut times: Vec<Duration>) -> Result<f64> {
    times.sort_unstable();
    Ok(times.get(times.len() / 2).context("no times")?.as_secs_f64() * 1000.0)
}

/// How long something takes.
async fn timed<T>(what: impl Future<Output = Result<T>>) -> Result<Duration> {
    let begun = Instant::now();
    what.await?;
    Ok(begun.elapsed())
}
