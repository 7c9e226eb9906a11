//! `anju assess`.

use std::path::Path;

use anju::households;
use chrono::NaiveDate;
use policies::Record;

use crate::{input, output, report};

pub(crate) fn run(
    document: &str,
    household: &Path,
    on: NaiveDate,
    readable: bool,
    record: bool,
) -> Result<(), String> {
    let doc = input::document(document, Some(on))?;
    let household = input::household(household, on)?;
    let found = Record::new(doc, household, on).map_err(|e| households::lines(&e))?;
    if readable {
        output::print(&report::of(doc, &found.household, &found.assessment))
    } else if record {
        output::json(&found)
    } else {
        output::json(&found.assessment)
    }
}
