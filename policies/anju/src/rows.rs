//! The files that hold many households.

use std::{
    fs::File,
    io::{self, BufRead, BufReader},
    path::Path,
};

use anju::households::{self, Failure, Rows};
use chrono::NaiveDate;

/// Reads JSON lines, or CSV where asked for or where the name ends in `.csv`. A row that is wrong says why; the
/// rest goes on.
///
/// # Errors
/// A file that cannot be opened, or a CSV header that is wrong.
pub(crate) fn households(path: &Path, csv: bool, on: NaiveDate) -> Result<Rows, Failure> {
    let reader: Box<dyn BufRead> = if path.as_os_str() == "-" {
        Box::new(BufReader::new(io::stdin()))
    } else {
        Box::new(BufReader::new(File::open(path).map_err(|e| format!("{}: {e}", path.display()))?))
    };
    if csv || path.extension().is_some_and(|e| e.eq_ignore_ascii_case("csv")) {
        households::csv(reader, on).map_err(|e| format!("{}: {e}", path.display()))
    } else {
        Ok(households::json_lines(reader, on))
    }
}
