//! Connections that are held open, and what others notice of them.

use std::io::Write;
use std::net::TcpStream;
use std::time::Duration;

use anyhow::Result;
use protocol::routes::Route;

use super::flood::{PATIENCE, answered};
use super::{Report, Target};
use crate::raw::connect;

/// Requests that are begun and never ended.
const HALF_SENT: usize = 200;
/// Connections on which nothing is said.
const SILENT: usize = 400;
/// How often somebody else asks meanwhile.
const ASKED: usize = 20;

/// Half a head, half a body, and a body that comes byte by byte.
pub(super) async fn slow_senders(target: &Target, report: &mut Report) -> Result<()> {
    let (health, assess) = (Route::Health {}.to_path(), Route::Assess {}.to_path());
    let head = format!("POST {assess} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n");
    let halves = [
        format!("GET {health} HTTP/1.1\r\nHost: x\r\nX-Slow: "),
        format!("{head}Content-Length: 9000\r\n\r\n{{"),
        format!("{head}Transfer-Encoding: chunked\r\n\r\n1000\r\n{{"),
        "G".to_owned(),
    ];
    let mut held = Vec::new();
    for half in halves.iter().cycle().take(HALF_SENT) {
        let mut stream = connect(target.address()?)?;
        stream.write_all(half.as_bytes())?;
        held.push(stream);
    }
    let slowest = others_are_served(target, report, &format!("{HALF_SENT} requests half sent")).await?;
    // One byte more on each: they are still not whole, and nobody waits for them.
    held.iter_mut().for_each(|stream| drop(stream.write_all(b" ")));
    report.note("somebody else meanwhile", format!("slowest answer {slowest:.1?}"), slowest < PATIENCE);
    after(target, report, held).await
}

/// Connections without a word.
pub(super) async fn many(target: &Target, report: &mut Report) -> Result<()> {
    let held = (0..SILENT).map(|_| connect(target.address()?)).collect::<Result<Vec<_>>>()?;
    let slowest = others_are_served(target, report, &format!("{SILENT} connections without a word")).await?;
    report.note("somebody else meanwhile", format!("slowest answer {slowest:.1?}"), slowest < PATIENCE);
    after(target, report, held).await
}

/// Whoever comes meanwhile is answered, and a letter is taken.
async fn others_are_served(target: &Target, report: &mut Report, tried: &str) -> Result<Duration> {
    let mut slowest = Duration::ZERO;
    for _ in 0..ASKED {
        slowest = slowest.max(answered(target).await?);
    }
    let taken = target.case().await;
    let came =
        taken.as_ref().map_or_else(|error| format!("{error:#}"), |_| "an honest letter is taken".to_owned());
    report.note(tried, came, taken.is_ok());
    Ok(slowest)
}

/// All of them go at once.
async fn after(target: &Target, report: &mut Report, held: Vec<TcpStream>) -> Result<()> {
    drop(held);
    let took = answered(target).await?;
    report.note("all of them gone at once", format!("answered in {took:.1?}"), took < PATIENCE);
    Ok(())
}
