//! `anju batch`: many households, one line out per household; a bad row is told and skipped.

use std::{
    io::{self, BufWriter, IsTerminal, Write},
    path::Path,
};

use anju::households;
use chrono::NaiveDate;
use policies::{Decider, FactError, HouseholdRow, Outcome, Table, Verdict, assess};
use serde::Serialize;

use crate::{input, output, rows};

/// Households decided at a time.
const TOGETHER: usize = 1024;

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
    let doc = input::document(document, Some(on))?;
    let decider = Decider::new(doc, on).map_err(|why| input::silence(document, on, why))?;
    let mut out = BufWriter::new(io::stdout().lock());
    let mut count = Count::default();
    let mut waiting = Waiting { table: decider.table(), rows: Vec::new() };
    for (row, household) in rows::households(households, csv, on)? {
        let found = household.and_then(|household| {
            let refused = |errors: Vec<FactError>| households::lines(&errors);
            if full {
                return assess(doc, &household, on).map(Some).map_err(refused);
            }
            waiting.push(row, &decider.lay_out(&household).map_err(refused)?);
            Ok(None)
        });
        if let Ok(Some(assessment)) = &found {
            write_line(&mut out, assessment)?;
        }
        count.row(row, found.map(drop).map_err(|why| why.replace('\n', "; ")));
        if waiting.rows.len() == TOGETHER {
            waiting.decide(&decider, &mut out)?;
        }
    }
    waiting.decide(&decider, &mut out)?;
    output::taken(out.flush())?;
    count.end()
}

/// Households that are decided together, and the numbers of their rows.
struct Waiting {
    table: Table,
    rows: Vec<u64>,
}

impl Waiting {
    fn push(&mut self, row: u64, household: &HouseholdRow) {
        self.table.push(household);
        self.rows.push(row);
    }

    /// Decides those that wait; then none does.
    fn decide(&mut self, decider: &Decider<'_>, out: &mut impl Write) -> Result<(), String> {
        let mut verdicts = Vec::with_capacity(self.rows.len());
        decider.decide_all(&self.table, |verdict| verdicts.push(verdict));
        self.table.clear();
        for (row, Verdict { outcome, money }) in self.rows.drain(..).zip(verdicts) {
            write_line(out, &Line { row, outcome, money })?;
        }
        Ok(())
    }
}

fn write_line(out: &mut impl Write, line: &impl Serialize) -> Result<(), String> {
    let mut text = serde_json::to_vec(line).map_err(|e| e.to_string())?;
    text.push(b'\n');
    output::taken(out.write_all(&text))
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
