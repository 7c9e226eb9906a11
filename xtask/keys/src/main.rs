//! `keys <task> <office> <folder> …`, as `cargo xtask keys` calls it. Passphrases are asked for on the terminal, or read
//! line by line from standard input where that is none.
//!
//! - `start <office> <folder> <last day>`: root key, recovery key and the first card
//! - `add <office> <folder> <role> [last day]`: an officer's key
//! - `rotate <office> <folder> <key id> <last day>`: a new key in an old one's place
//! - `revoke <office> <folder> <key id> <last day>`: the end of a key
//! - `counters <office> <folder> <file>`: where the office is reached, from a TOML file
//! - `renew <office> <folder> <last day>`: a later last day of the card

mod ask;

use std::env;
use std::path::Path;

use anyhow::{Context, Result, bail};
use chrono::NaiveDate;
use keys::{ceremony, counters, folder::Folder};
use protocol::desk::Role;

fn main() -> Result<()> {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let [task, office, folder, more @ ..] = words.as_slice() else {
        bail!("a task, an office and a folder are needed")
    };
    policies::rulebook().document(office).with_context(|| format!("no document is called {office}"))?;
    let folder = Folder::of(Path::new(folder), office);
    let made = match (*task, more) {
        ("start", [not_after]) => {
            let (root, recovery) = (ask::new("the root key")?, ask::new("the recovery key")?);
            ceremony::start(&folder, &root, &recovery, day(not_after)?)?
        }
        ("add", [role, last_day @ ..]) => {
            let role = Role::from_id(role).with_context(|| format!("no role is called {role}"))?;
            let last_day = last_day.first().map(|text| day(text)).transpose()?;
            let (root, officer) = (ask::known("the root key")?, ask::new("the officer's key")?);
            ceremony::add(&folder, &root, &officer, role, last_day)?
        }
        ("rotate", [kid, last_day]) => {
            let (root, officer) = (ask::known("the root key")?, ask::known("the officer's key")?);
            ceremony::rotate(&folder, &root, &officer, kid, day(last_day)?)?
        }
        ("revoke", [kid, last_day]) => {
            ceremony::revoke(&folder, &ask::known("the root key")?, kid, day(last_day)?)?
        }
        ("counters", [file]) => {
            let counters = counters::read(Path::new(file))?;
            ceremony::tell_counters(&folder, &ask::known("the root key")?, counters)?
        }
        ("renew", [not_after]) => ceremony::renew(&folder, &ask::known("the root key")?, day(not_after)?)?,
        _ => bail!(
            "no such task, or not with these words: the head of xtask/keys/src/main.rs says which there are"
        ),
    };
    if let Some(key) = &made.key {
        println!(
            "{}\n  is the officer's: hand it over with its passphrase by another way, and keep no copy online.",
            key.display()
        );
    }
    println!("Card, version {}: {}", made.version, folder.card().display());
    println!("Roots for the build: {}", folder.roots().display());
    println!("For the notice at the counter: {}", made.fingerprint);
    Ok(())
}

fn day(text: &str) -> Result<NaiveDate> {
    text.parse().ok().with_context(|| format!("{text} is no day such as 2027-12-31"))
}
