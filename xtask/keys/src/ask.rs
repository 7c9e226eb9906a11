//! Passphrases from a person, unseen.

use std::io::{IsTerminal, stdin};
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// The passphrase of a key that is there.
///
/// # Errors
/// When nothing comes.
pub(crate) fn known(of: &str) -> Result<String> {
    read(&format!("Passphrase of {of}: "))
}

/// A passphrase for a new key, asked for twice.
///
/// # Errors
/// When nothing comes, or two different ones.
pub(crate) fn new(of: &str) -> Result<String> {
    let first = read(&format!("New passphrase for {of}: "))?;
    ensure!(first == read("Once more: ")?, "those are two different passphrases");
    Ok(first)
}

fn read(prompt: &str) -> Result<String> {
    let terminal = stdin().is_terminal();
    if terminal {
        eprint!("{prompt}");
        echo(false);
    }
    let mut line = String::new();
    let came = stdin().read_line(&mut line);
    if terminal {
        echo(true);
        eprintln!();
    }
    ensure!(came.context("no passphrase")? > 0, "no passphrase came");
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Whether the terminal shows what is typed. Where `stty` is not there, it does.
fn echo(on: bool) {
    let _ = Command::new("stty").arg(if on { "echo" } else { "-echo" }).status();
}
