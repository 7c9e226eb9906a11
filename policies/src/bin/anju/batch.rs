//! `anju batch`: many households, one line out per household; a bad row is told and skipped.

use std::{
    io::{self, BufWriter, IsTerminal, Write},
    path::Path,
};

use chrono::NaiveDate;
use policies::{Decider, Outcome, assess};
use serde::Serialize;

use crate::input;

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
    let decider =
        Decider::new(doc, on).map_err(|why| format!("{document} gives no verdict on {on}: {why:?}"))?;
    let mut out = BufWriter::new(io::stdout().lock());
    let (mut done, mut bad) = (0_u64, 0_u64);
    for (row, household) in input::households(households, csv, on)? {
        let written = household.and_then(|household| {
            if full {
                let found = assess(doc, &household, on).map_err(|e| input::lines(&e))?;
                serde_json::to_writer(&mut out, &found).map_err(|e| e.to_string())
            } else {
                let laid_out = decider.lay_out(&household).map_err(|e| input::lines(&e))?;
                let verdict = decider.decide(&laid_out);
                let line = Line { row, outcome: verdict.outcome, money: verdict.money };
                serde_json::to_writer(&mut out, &line).map_err(|e| e.to_string())
            }
        });
        match written {
            Ok(()) => {
                done += 1;
                out.write_all(b"\n").map_err(|e| e.to_string())?;
            }
            Err(message) => {
                bad += 1;
                eprintln!("row {row}: {}", message.replace('\n', "; "));
            }
        }
        if (done + bad).is_multiple_of(100_000) && io::stderr().is_terminal() {
            eprintln!("{} rows", done + bad);
        }
    }
    out.flush().map_err(|e| e.to_string())?;
    if bad == 0 { Ok(()) } else { Err(format!("{bad} of {} rows were skipped", done + bad)) }
}
