//! Many households: JSON lines, or CSV whose header names facts.

use std::io::BufRead;

use chrono::NaiveDate;
use policies::{
    Household,
    compile::similar,
    model::{FactKind, Scope},
    parse_value, rulebook,
};

use super::one::{decoded, lines as told, understood};

/// Why a row or a file is not read, in words for whoever wrote it.
pub type Failure = String;

/// Households of a file, each with the number of its line, from 1.
pub type Rows = Box<dyn Iterator<Item = (u64, Result<Household, Failure>)>>;

/// Reads JSON lines, a household each. A line that is wrong says why; the rest goes on.
pub fn json_lines(reader: Box<dyn BufRead>, on: NaiveDate) -> Rows {
    Box::new(lines(reader).map(move |(number, line)| (number, line.and_then(|line| one(&line, on)))))
}

/// Reads CSV. A row that is wrong says why; the rest goes on.
///
/// # Errors
/// A header that is wrong: everything wrong with it.
pub fn csv(reader: Box<dyn BufRead>, on: NaiveDate) -> Result<Rows, Failure> {
    table(lines(reader), on)
}

/// The lines of a file that are not blank, each with its number.
fn lines(mut reader: Box<dyn BufRead>) -> impl Iterator<Item = (u64, Result<String, Failure>)> {
    let (mut number, mut over) = (0, false);
    std::iter::from_fn(move || {
        while !over {
            let mut bytes = Vec::new();
            number += 1;
            match reader.read_until(b'\n', &mut bytes) {
                Ok(0) => over = true,
                // The file itself fails: no next line would be better.
                Err(e) => {
                    over = true;
                    return Some((number, Err(e.to_string())));
                }
                Ok(_) if bytes.trim_ascii().is_empty() => {}
                Ok(_) => return Some((number, decoded(bytes).map_err(|(_, why)| why.to_owned()))),
            }
        }
        None
    })
}

/// A household of one line of JSON.
fn one(line: &str, on: NaiveDate) -> Result<Household, Failure> {
    let tree = serde_json::from_str(line).map_err(|e| format!("not JSON: {e}"))?;
    understood(tree, on).map_err(|e| told(&e))
}

/// No fact holds a line break, so that each line is a row: a quote that is left open spoils its own row alone.
fn table(
    mut lines: impl Iterator<Item = (u64, Result<String, Failure>)> + 'static,
    on: NaiveDate,
) -> Result<Rows, Failure> {
    let header = match lines.next() {
        Some((_, line)) => split(&line?)?,
        None => csv::StringRecord::new(),
    };
    let wrong = header_faults(&header);
    if !wrong.is_empty() {
        return Err(wrong.join("\n"));
    }
    Ok(Box::new(lines.map(move |(number, line)| {
        (number, line.and_then(|line| split(&line)).and_then(|row| cells(&header, &row, on)))
    })))
}

/// The cells of a line.
fn split(line: &str) -> Result<csv::StringRecord, Failure> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .trim(csv::Trim::All)
        .buffer_capacity(line.len())
        .from_reader(line.as_bytes());
    let mut record = csv::StringRecord::new();
    reader.read_record(&mut record).map_err(|e| e.to_string())?;
    Ok(record)
}

/// Everything wrong with the names of columns.
fn header_faults(header: &csv::StringRecord) -> Vec<String> {
    if header.iter().all(str::is_empty) {
        return vec!["no header; the first line names the facts, e.g. `people,income_12_months`".to_owned()];
    }
    let mut wrong = Vec::new();
    for (i, name) in header.iter().enumerate() {
        let column = i + 1;
        if name.is_empty() {
            wrong.push(format!("column {column} has no name"));
            continue;
        }
        if header.iter().take(i).any(|before| before == name) {
            wrong.push(format!("column {column}: `{name}` is there twice"));
            continue;
        }
        match rulebook().fact(name) {
            None => {
                let hint = similar(name, rulebook().facts().iter().map(|fact| fact.id.as_str()));
                wrong.push(format!("column {column}: no fact is called `{name}`{hint}"));
            }
            Some(fact) if matches!(fact.kind, FactKind::Ratio { .. }) => {
                wrong.push(format!("column {column}: `{name}` is computed from other facts"));
            }
            Some(fact) if fact.scope == Scope::Person => {
                wrong.push(format!(
                    "column {column}: `{name}` is told of each person; JSON lines can hold it"
                ));
            }
            Some(_) => {}
        }
    }
    wrong
}

/// A row of cells; empty ones are unknown.
fn cells(header: &csv::StringRecord, row: &csv::StringRecord, on: NaiveDate) -> Result<Household, Failure> {
    if row.len() != header.len() {
        return Err(format!("{} cells where the header has {}", row.len(), header.len()));
    }
    let mut household = Household::default();
    let mut errors = Vec::new();
    for (id, cell) in header.iter().zip(row).filter(|(_, cell)| !cell.is_empty()) {
        let Some(fact) = rulebook().fact(id) else { continue };
        match parse_value(fact, cell, on) {
            Ok(value) => {
                household.facts.insert(id.to_owned(), value);
            }
            Err(e) => errors.push(e),
        }
    }
    if errors.is_empty() { Ok(household) } else { Err(told(&errors)) }
}
