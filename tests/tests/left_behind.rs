//! A test that is killed leaves no browser behind: no driver, no Chromium, no watcher.

#![allow(missing_docs)]

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use system_tests::process;

#[test]
fn a_browser_ends_with_whoever_opened_it() -> Result<()> {
    let mut holder = Command::new(env!("CARGO_BIN_EXE_hold-a-browser")).stdout(Stdio::piped()).spawn()?;
    let mut line = String::new();
    BufReader::new(holder.stdout.take().context("no output")?).read_line(&mut line)?;
    let group: u32 = line.trim().parse().with_context(|| format!("it said “{line}”"))?;
    let of_it = |other: u32, command: &str| other == group || command.ends_with(&format!(" {group}"));
    let names = process::running()?;
    for wanted in ["chromedriver", "chrom"] {
        ensure!(names.iter().any(|(other, line)| *other == group && line.contains(wanted)), "no {wanted}");
    }
    ensure!(
        names.iter().filter(|(other, line)| of_it(*other, line)).count() > 3,
        "the search finds too little"
    );
    process::signal("KILL", holder.id())?;
    holder.wait()?;
    process::gone(of_it)
}
