//! Where an office is reached, from the file in which it says so.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use protocol::counter::{Counter, MOST};
use serde::Deserialize;
use toml::Table;

/// The file: a `[[counter]]` each.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    #[serde(default)]
    counter: Vec<Table>,
}

/// What a counter can say. On a card that is read, other words are passed over; where one is made, they are mistakes.
const WORDS: [&str; 5] = ["name", "purpose", "phone", "address", "hours"];

/// Reads and checks the file.
///
/// # Errors
/// When it cannot be read, says something else, or names a counter that nobody could find or call.
pub fn read(file: &Path) -> Result<Vec<Counter>> {
    let at = || file.display().to_string();
    let text = fs::read_to_string(file).with_context(at)?;
    let Listed { counter: tables } = toml::from_str(&text).with_context(at)?;
    ensure!(tables.len() <= MOST, "{}: at most {MOST} counters fit on a card", file.display());
    tables.into_iter().map(counter).collect::<Result<_>>().with_context(at)
}

fn counter(table: Table) -> Result<Counter> {
    let other = table.keys().find(|word| !WORDS.contains(&word.as_str()));
    ensure!(other.is_none(), "“{}” is none of {}", other.map_or("", String::as_str), WORDS.join(", "));
    let counter: Counter = table.try_into()?;
    counter.check().with_context(|| format!("“{}”", counter.name))?;
    Ok(counter)
}
