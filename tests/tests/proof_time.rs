//! How long the proof of work of an ordinary letter takes: off the page's own thread, and on a phone six times as slow as this
//! machine within ten seconds, ninety-nine times of a hundred.

#![allow(missing_docs)]

use anyhow::{Result, ensure};
use serde::Deserialize;
use system_tests::browser::Browser;
use system_tests::portal::Portal;

/// How much slower an old phone is.
const SLOWER: f64 = 6.0;
/// How long a proof may take there, in seconds.
const BAR: f64 = 10.0;
/// Of a hundred proofs, ninety-nine are found within so many times the average: -ln(0.01).
const HARDLY_EVER: f64 = 4.605;
/// Tries that are timed in one go.
const TRIES: u32 = 32_768;
/// How often: whatever else this machine does, once it hardly does it.
const TIMES: u32 = 12;

/// What a worker did.
#[derive(Debug, Deserialize)]
struct Timed {
    /// Milliseconds that the fastest of them took.
    fastest: f64,
    /// Milliseconds that all took.
    took: f64,
    /// How often the page's own thread came round meanwhile.
    rounds: u32,
    /// The longest that it did not, in milliseconds.
    longest: f64,
}

#[tokio::test]
async fn a_proof_is_made_beside_the_page_and_in_time_on_a_slow_phone() -> Result<()> {
    const TIME: &str = r"
        const [count, times, done] = arguments;
        const worker = new Worker(document.querySelector('meta[name=sealer]').content, { type: 'module' });
        let begun, asked, rounds = 0, longest = 0, last, fastest = Infinity, from = 0;
        const ask = () => {
            // More bits than anybody finds: all of them are tried.
            const request = { prove: { subject: 'test', stamp: 1, bits: 40, from, count } };
            from += count;
            asked = performance.now();
            worker.postMessage(JSON.stringify({ id: 1, request }));
        };
        const turn = () => {
            if (begun === undefined) return;
            const now = performance.now();
            longest = Math.max(longest, now - last);
            last = now;
            rounds += 1;
            setTimeout(turn, 10);
        };
        worker.onmessage = ({ data }) => {
            if (data.startsWith('0 ')) {
                begun = last = performance.now();
                ask();
                setTimeout(turn, 10);
                return;
            }
            fastest = Math.min(fastest, performance.now() - asked);
            if (from < count * times) return ask();
            const took = performance.now() - begun;
            begun = undefined;
            worker.terminate();
            done(JSON.stringify({ fastest, took, rounds, longest }));
        };
    ";
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    browser.go(&portal.url("/yongshun/contact")).await?;
    browser.find("tip-place").await?;
    let text: String =
        browser.driver.execute_async(TIME, vec![TRIES.into(), TIMES.into()]).await?.convert()?;
    let timed: Timed = serde_json::from_str(&text)?;
    let rate = f64::from(TRIES) / timed.fastest * 1_000.0;
    let average = f64::from(1_u32 << protocol::limits::PROOF_BITS) / rate;
    let (slow, hardly_ever) = (average * SLOWER, average * SLOWER * HARDLY_EVER);
    println!(
        "Proof of {} bits: {rate:.0} tries a second here, {average:.2} s on average; six times slower {slow:.1} s, \
         {hardly_ever:.1} s in the worst of a hundred. Meanwhile the page came round {} times, at longest after {:.0} ms.",
        protocol::limits::PROOF_BITS,
        timed.rounds,
        timed.longest
    );
    ensure!(hardly_ever <= BAR, "{hardly_ever:.1} s on a slow phone");
    ensure!(timed.rounds >= 3 && timed.longest < timed.took, "the page stood still: {timed:?}");
    browser.conclude(&portal.url("")).await
}
