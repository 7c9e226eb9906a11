//! `anju batch`: many households, one line out per household; a bad row is told and skipped.

use std::{
    io::{self, BufWriter, IsTerminal, Write},
    path::Path,
};

use chrono::NaiveDate;
use policies::{Decider, Outcome, assess};
use serde::Serialize;

use crate::{input, output, rows};

/// One line of output.
#[derive(Serialize)]
struct Line {
    row: u64,
    outcome: Outcome,
    #[serde(skip_serializing_if = "Option::is_none")]
    money: Option<(i64, i64)>,
}

pub(crate) fn run(
    document: &str,
    households: &Path,
    on: NaiveDate,
    full: bool,
    csv: bool,
) -> Result<(), String> {
    let doc = input::document(document)?;
    let decider = Decider::new(doc, on).map_err(|why| input::silence(document, on, why))?;
    let mut out = BufWriter::new(io::stdout().lock());
    let mut count = Count::default();
    let mut line = Vec::new();
    for (row, household) in rows::households(households, csv, on)? {
        line.clear();
        let decided = household.and_then(|household| {
            if full {
                let found = assess(doc, &household, on).map_err(|e| input::lines(&e))?;
                serde_json::to_writer(&mut line, &found).map_err(|e| e.to_string())
            } else {
                let laid_out = decider.lay_out(&household).map_err(|e| input::lines(&e))?;
                let verdict = decider.decide(&laid_out);
                let found = Line { row, outcome: verdict.outcome, money: verdict.money };
                serde_json::to_writer(&mut line, &found).map_err(|e| e.to_string())
            }
        });
        if decided.is_ok() {
            line.push(b'\n');
            output::taken(out.write_all(&line))?;
        }
        count.row(row, decided.map_err(|why| why.replace('\n', "; ")));
    }
    output::taken(out.flush())?;
    count.end()
}

/// How far it is, told on standard error.
#[derive(Default)]
pub(crate) struct Count {
    done: u64,
    bad: u64,
}

/// Rows between two lines of progress.
const STEP: u64 = 100_000;

impl Count {
    /// Counts a row; a bad one is told.
    pub(crate) fn row(&mut self, row: u64, decided: Result<(), String>) {
        match decided {
            Ok(()) => self.done += 1,
            Err(why) => {
                self.bad += 1;
                output::tell(&format!("row {row}: {why}"));
            }
        }
        if self.rows().is_multiple_of(STEP) && io::stderr().is_terminal() {
            output::tell(&format!("{} rows, {} skipped", self.rows(), self.bad));
        }
    }

    const fn rows(&self) -> u64 {
        self.done + self.bad
    }

    /// Rows that were skipped.
    pub(crate) const fn bad(&self) -> u64 {
        self.bad
    }

    /// # Errors
    /// Where rows were skipped.
    pub(crate) fn end(&self) -> Result<(), String> {
        if self.rows() == 0 {
            output::tell("no rows");
        }
        if self.bad == 0 { Ok(()) } else { Err(format!("{} of {} rows were skipped", self.bad, self.rows())) }
    }
}
