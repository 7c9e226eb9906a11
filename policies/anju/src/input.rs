//! Reading files, documents and households.

use std::{
    fs,
    io::{self, Read},
    path::Path,
};

use anju::households::{Failure, decoded, lines, understood};
use chrono::NaiveDate;
use policies::{Compiled, Household, NoVerdict, rulebook};
use serde_json::Value as Json;

/// A document by its id, or the version of a place's document that a day falls under by the place's id.
pub(crate) fn document(name: &str, on: Option<NaiveDate>) -> Result<&'static Compiled, Failure> {
    let book = rulebook();
    let of_place = || book.document_of_place(name, on.unwrap_or(NaiveDate::MAX));
    book.document(name).or_else(of_place).ok_or_else(|| {
        let all: Vec<_> = book.documents().iter().map(|d| d.document().id.as_str()).collect();
        format!("no document is called `{name}`; there are {}", all.join(", "))
    })
}

/// Why a document gives no verdict.
pub(crate) fn silence(name: &str, on: NaiveDate, why: NoVerdict) -> Failure {
    let why = match why {
        NoVerdict::NoThresholds => "it sets no conditions",
        NoVerdict::NotYetInForce => "it is not in force yet",
        NoVerdict::Expired => "it is no longer in force",
    };
    format!("{name} gives no verdict on {on}: {why}")
}

/// The whole text of a file, or of standard input for `-`.
pub(crate) fn text(path: &Path) -> Result<String, Failure> {
    let read = if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(path)
    };
    let bytes = read.map_err(|e| format!("{}: {e}", path.display()))?;
    decoded(bytes).map_err(|(line, why)| format!("{}:{line}: {why}", path.display()))
}

/// A household from JSON or TOML; everything wrong in it, one a line.
pub(crate) fn household(path: &Path, on: NaiveDate) -> Result<Household, Failure> {
    let text = text(path)?;
    let fail = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
    if text.trim().is_empty() {
        return Err(fail(&"empty; a household of which nothing is known is written {}"));
    }
    let tree = if text.trim_start().starts_with('{') {
        serde_json::from_str(&text).map_err(|e| fail(&e))?
    } else {
        of_toml(toml::Value::Table(toml::from_str(&text).map_err(|e| fail(&e))?))
    };
    understood(tree, on).map_err(|e| lines(&e))
}

/// TOML as JSON, with dates as text.
fn of_toml(value: toml::Value) -> Json {
    match value {
        toml::Value::String(s) => Json::from(s),
        toml::Value::Integer(n) => Json::from(n),
        toml::Value::Float(n) => Json::from(n),
        toml::Value::Boolean(b) => Json::from(b),
        toml::Value::Datetime(d) => Json::from(d.to_string()),
        toml::Value::Array(items) => items.into_iter().map(of_toml).collect(),
        toml::Value::Table(table) => table.into_iter().map(|(k, v)| (k, of_toml(v))).collect(),
    }
}

/// A date of the command line.
pub(crate) fn day(text: &str) -> Result<NaiveDate, String> {
    policies::iso::read(text).ok_or_else(|| format!("`{text}` is not a date YYYY-MM-DD"))
}
