//! What runs on this machine, by `ps`: to see that nothing is left behind.

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

/// How long what was ended may take to be gone.
const PATIENCE: Duration = Duration::from_secs(10);

/// Every running process as its group's number and its command line; those that ended and wait to be noticed are not
/// among them.
///
/// # Errors
/// When `ps` cannot be run.
pub fn running() -> Result<Vec<(u32, String)>> {
    listed("pgid=,stat=,args=")
}

fn listed(columns: &str) -> Result<Vec<(u32, String)>> {
    let output =
        Command::new("ps").args(["-A", "-ww", "-o", columns]).output().context("ps could not be started")?;
    ensure!(output.status.success(), "ps failed");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = |line: &str| {
        let (group, rest) = line.trim_start().split_once(char::is_whitespace)?;
        let (state, command) = rest.trim_start().split_once(char::is_whitespace)?;
        Some((group.parse().ok()?, command.to_owned())).filter(|_| !state.starts_with('Z'))
    };
    Ok(text.lines().filter_map(line).collect())
}

/// Every running process as its own number and its command line.
///
/// # Errors
/// When `ps` cannot be run.
pub fn all() -> Result<Vec<(u32, String)>> {
    listed("pid=,stat=,args=")
}

/// Waits until no process that looks like this is running.
///
/// # Errors
/// With those that still are.
pub fn gone(what: impl Fn(u32, &str) -> bool) -> Result<()> {
    let begun = Instant::now();
    loop {
        let left: Vec<_> = running()?.into_iter().filter(|(group, line)| what(*group, line)).collect();
        if left.is_empty() {
            return Ok(());
        }
        ensure!(begun.elapsed() < PATIENCE, "still running: {left:?}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Sends a signal (`INT`, `TERM`, `KILL`) to a process.
///
/// # Errors
/// When it is not running.
pub fn signal(name: &str, process: u32) -> Result<()> {
    let sent = Command::new("kill").args([&format!("-{name}"), "--", &process.to_string()]).status()?;
    ensure!(sent.success(), "process {process} could not be sent {name}");
    Ok(())
}
