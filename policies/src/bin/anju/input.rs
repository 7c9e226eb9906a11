//! Reading files, documents and households.

use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, Read},
    path::Path,
};

use chrono::NaiveDate;
use policies::{Compiled, FactError, Household, Value, model::FactKind, parse_value, rulebook};

/// A line for stderr.
pub(crate) type Failure = String;

/// A document by its id or its place's id.
pub(crate) fn document(name: &str) -> Result<&'static Compiled, Failure> {
    let book = rulebook();
    book.document(name).or_else(|| book.by_place(name)).ok_or_else(|| {
        let all: Vec<_> = book.documents().iter().map(|d| d.document().id.as_str()).collect();
        format!("no document is called `{name}`; there are {}", all.join(", "))
    })
}

/// The whole text of a file, or of standard input for `-`.
pub(crate) fn text(path: &Path) -> Result<String, Failure> {
    let read = if path.as_os_str() == "-" {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        fs::read_to_string(path)
    };
    read.map_err(|e| format!("{}: {e}", path.display()))
}

/// A household from JSON or TOML.
pub(crate) fn household(path: &Path, on: NaiveDate) -> Result<Household, Failure> {
    let text = text(path)?;
    let read = if text.trim_start().starts_with('{') {
        serde_json::from_str(&text).map_err(|e| e.to_string())
    } else {
        toml::from_str(&text).map_err(|e| e.to_string())
    };
    let household = read.map_err(|e| format!("{}: {e}", path.display()))?;
    understood(household, on).map_err(|e| lines(&e))
}

/// Reads numbers, dates and yes/no that were written as text, as people type them.
pub(crate) fn understood(mut household: Household, on: NaiveDate) -> Result<Household, Vec<FactError>> {
    let mut errors = Vec::new();
    let people = household.people.iter_mut().enumerate().map(|(i, p)| (format!("people.{i}."), p));
    for (prefix, facts) in people.chain([("facts.".to_owned(), &mut household.facts)]) {
        for (id, value) in facts {
            let Some(fact) = rulebook().fact(id) else { continue };
            if let Value::Choice(typed) = value
                && !matches!(fact.kind, FactKind::Choice { .. })
            {
                match parse_value(fact, typed, on) {
                    Ok(read) => *value = read,
                    Err(e) => errors.push(FactError { path: format!("{prefix}{id}"), ..e }),
                }
            }
        }
    }
    if errors.is_empty() { Ok(household) } else { Err(errors) }
}

/// Errors, one a line.
pub(crate) fn lines(errors: &[FactError]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Households of a file, each with its line number.
pub(crate) type Rows = Box<dyn Iterator<Item = (u64, Result<Household, Failure>)>>;

/// Reads JSON lines, or CSV whose header names facts and whose empty cells are unknown.
pub(crate) fn households(path: &Path, csv: bool, on: NaiveDate) -> Result<Rows, Failure> {
    let fail = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
    let reader: Box<dyn BufRead> = if path.as_os_str() == "-" {
        Box::new(BufReader::new(io::stdin()))
    } else {
        Box::new(BufReader::new(File::open(path).map_err(|e| fail(&e))?))
    };
    if !csv && path.extension().is_none_or(|e| e != "csv") {
        let rows = (1..).zip(reader.lines()).filter(|(_, l)| !l.as_ref().is_ok_and(|l| l.trim().is_empty()));
        return Ok(Box::new(rows.map(move |(n, line)| {
            let read = line
                .map_err(|e| e.to_string())
                .and_then(|l| serde_json::from_str(&l).map_err(|e| e.to_string()));
            (n, read.and_then(|h| understood(h, on).map_err(|e| lines(&e))))
        })));
    }
    let mut rows = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(reader);
    let header = rows.headers().map_err(|e| fail(&e))?.clone();
    let unknown: Vec<_> = header.iter().filter(|id| rulebook().fact(id).is_none()).collect();
    if !unknown.is_empty() {
        return Err(format!("{}: no fact is called {}", path.display(), unknown.join(", ")));
    }
    Ok(Box::new(rows.into_records().zip(2..).map(move |(record, n)| {
        let record = record.map_err(|e| e.to_string());
        let read = record.and_then(|record| {
            let mut household = Household::default();
            let mut errors = Vec::new();
            for (id, cell) in header.iter().zip(&record).filter(|(_, cell)| !cell.is_empty()) {
                let Some(fact) = rulebook().fact(id) else { continue };
                match parse_value(fact, cell, on) {
                    Ok(value) => {
                        household.facts.insert(id.to_owned(), value);
                    }
                    Err(e) => errors.push(e),
                }
            }
            if errors.is_empty() { Ok(household) } else { Err(lines(&errors)) }
        });
        (n, read)
    })))
}

/// A date of the command line.
pub(crate) fn day(text: &str) -> Result<NaiveDate, String> {
    text.parse().map_err(|_| format!("`{text}` is not a date YYYY-MM-DD"))
}
