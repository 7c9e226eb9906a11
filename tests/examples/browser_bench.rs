//! How long one full assessment takes in Chromium, for every worked example: run by `cargo xtask bench`.
//!
//! The module is compiled for size, as the portal's is. The browser's clock is coarse, so that each figure is the mean
//! of many assessments, and the best of several rounds, because other work on the machine only ever adds.

#![allow(clippy::print_stdout, clippy::float_arithmetic)]

use anyhow::{Context, Result};
use system_tests::engine;
use system_tests::example;
use system_tests::portal::Portal;

/// What the design allows for one assessment in a browser, in microseconds.
const BAR: f64 = 100.0;

/// Gives the best mean of each request in microseconds.
const SCRIPT: &str = "
    const questions = arguments[0].map(request => engine.Question.read(request));
    const best = questions.map(() => Infinity);
    const [rounds, times] = [8, 500];
    for (let round = 0; round < rounds; round += 1) {
        questions.forEach((question, i) => {
            const begun = performance.now();
            question.repeat(times);
            best[i] = Math.min(best[i], (performance.now() - begun) * 1000 / times);
        });
    }
    return best;
";

#[tokio::main]
async fn main() -> Result<()> {
    let portal = Portal::start()?;
    let examples = example::all(portal.project())?;
    let requests: Vec<String> =
        examples.iter().map(|(_, request)| serde_json::to_string(request)).collect::<Result<_, _>>()?;
    let browser = engine::open(&portal).await?;
    let times: Vec<f64> = browser.driver.execute(SCRIPT, vec![requests.into()]).await?.convert()?;
    browser.driver.clone().quit().await?;

    println!("one assessment in Chromium, of each of {} examples (the bar is {BAR} µs):", times.len());
    let mut slowest_first: Vec<_> = examples.iter().zip(&times).collect();
    slowest_first.sort_by(|a, b| b.1.total_cmp(a.1));
    for ((name, _), time) in slowest_first.iter().take(5) {
        println!("  {time:>6.1} µs  {name}");
    }
    let (_, middle) = slowest_first.get(times.len() / 2).context("no examples were found")?;
    println!("  {middle:>6.1} µs  the middle one of all");
    Ok(())
}
