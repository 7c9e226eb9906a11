//! The official calendars of working days.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use super::{File, Problem};
use policies_model::{date::day_of, program::CalendarYear};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    holidays: Vec<NaiveDate>,
    makeup_workdays: Vec<NaiveDate>,
}

/// Reads `calendar.json`.
///
/// # Errors
/// Bad JSON, a day outside its year, or an order that is not ascending.
pub(super) fn read(file: File<'_>) -> Result<Vec<CalendarYear>, Problem> {
    let problem = |line: usize, message: String| Problem { file: file.name.to_owned(), line, message };
    let years: BTreeMap<i32, Listed> =
        serde_json::from_str(file.text).map_err(|e| problem(e.line(), e.to_string()))?;
    years
        .into_iter()
        .map(|(year, listed)| {
            let ascending = |days: &[NaiveDate]| days.windows(2).all(|w| w.first() < w.last());
            for list in [&listed.holidays, &listed.makeup_workdays] {
                if !ascending(list) || list.iter().any(|d| d.year() != year) {
                    return Err(problem(1, format!("days of {year} must lie in {year}, in ascending order")));
                }
            }
            let numbers = |list: Vec<NaiveDate>| {
                list.into_iter().filter_map(|d| i32::try_from(day_of(d)).ok()).collect()
            };
            Ok(CalendarYear {
                year,
                holidays: numbers(listed.holidays),
                makeup_workdays: numbers(listed.makeup_workdays),
            })
        })
        .collect()
}
