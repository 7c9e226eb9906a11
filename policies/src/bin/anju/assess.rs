//! `anju assess`.

use std::path::Path;

use chrono::NaiveDate;
use policies::Record;

use crate::{input, report};

pub(crate) fn run(
    document: &str,
    household: &Path,
    on: NaiveDate,
    readable: bool,
    record: bool,
) -> Result<(), String> {
    let doc = input::document(document)?;
    let household = input::household(household, on)?;
    let found = Record::new(doc, household, on).map_err(|e| input::lines(&e))?;
    if readable {
        print!("{}", report::of(doc, &found.household, &found.assessment));
        return Ok(());
    }
    let json = if record {
        serde_json::to_string_pretty(&found)
    } else {
        serde_json::to_string_pretty(&found.assessment)
    };
    println!("{}", json.map_err(|e| e.to_string())?);
    Ok(())
}
