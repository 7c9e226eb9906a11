//! Where a case stands by its own file, and what an office's index says of it: just as much as is needed to tell whether
//! two copies fit each other.

use std::collections::HashMap;

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension};

/// What a case's file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Case {
    /// Where the case stands.
    Stands(Standing),
    /// Nothing is written in it, or it is being written anew just now.
    Empty,
    /// It has the shape of another release: it is brought up to date when it is next opened.
    OfAnotherShape,
}

/// A case by its own file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The look-up id, by which the office's index calls it.
    pub lookup: String,
    /// Number of its last event.
    pub last: i64,
    /// Events that the office has not been told of.
    pub untold: i64,
    /// It was taken back, or is kept no longer, and is about to be erased.
    pub leaving: bool,
}

const STANDING: &str = "SELECT json_extract(json, '$.lookup'), (SELECT max(seq) FROM event), \
     (SELECT count(*) FROM outbox), \
     (coalesce(json_extract(json, '$.withdrawn'), 0) OR json_extract(json, '$.destroyed_at') IS NOT NULL) \
     AND NOT coalesce(json_extract(json, '$.erased'), 0) FROM head";

/// What two copies, one of a case and one of its office's index, are to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// They tell the same.
    Whole,
    /// The case was copied before something that the office knows, or while it was on its way.
    CaseIsOlder,
    /// The office was copied before it was told what the case has told it.
    OfficeIsOlder,
}

impl Standing {
    /// How this case fits an index that was told of its events up to a number, or of none.
    pub fn fits(&self, told: Option<i64>) -> Fit {
        if self.untold > 0 || self.leaving || told.is_some_and(|told| told > self.last) {
            Fit::CaseIsOlder
        } else if told == Some(self.last) {
            Fit::Whole
        } else {
            Fit::OfficeIsOlder
        }
    }
}

/// What a case's file says.
///
/// # Errors
/// When the database cannot be read.
pub fn of_case(case: &Connection) -> Result<Case> {
    let Some(mut asked) = understood(case.prepare(STANDING))? else {
        let other = case.table_exists(None, "head")?;
        return Ok(if other { Case::OfAnotherShape } else { Case::Empty });
    };
    let row = |row: &rusqlite::Row<'_>| {
        Ok(Standing { lookup: row.get(0)?, last: row.get(1)?, untold: row.get(2)?, leaving: row.get(3)? })
    };
    Ok(asked.query_row([], row).optional()?.map_or(Case::Empty, Case::Stands))
}

/// What an office's index says: the number of the last event that it was told of, by look-up id.
///
/// # Errors
/// When the database cannot be read.
pub fn of_office(office: &Connection, index: &mut HashMap<String, i64>) -> Result<()> {
    let Some(mut asked) = understood(office.prepare("SELECT lookup, seq FROM entry"))? else { return Ok(()) };
    let mut rows = asked.query([])?;
    while let Some(row) = rows.next()? {
        index.insert(row.get(0)?, row.get(1)?);
    }
    Ok(())
}

/// How many cases an office has, and how many of them are at an end.
///
/// # Errors
/// When the database cannot be read.
pub fn counts(office: &Connection) -> Result<Option<(i64, i64)>> {
    let asked = understood(office.prepare("SELECT count(*), coalesce(sum(standing = 1), 0) FROM entry"))?;
    let counts = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
    asked.map(|mut asked| Ok(asked.query_row([], counts)?)).transpose()
}

/// A prepared question; `None` where the tables are of another shape.
pub(super) fn understood<T>(prepared: rusqlite::Result<T>) -> Result<Option<T>> {
    match prepared {
        Ok(asked) => Ok(Some(asked)),
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::Unknown) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const CASE: &str = include_str!("../../../schemas/case.sql");
    const OFFICE: &str = include_str!("../../../schemas/office.sql");

    fn made(schema: &str) -> Connection {
        let made = Connection::open_in_memory().unwrap();
        made.execute_batch(schema).unwrap();
        made
    }

    #[test]
    fn a_case_says_where_it_stands() {
        let case = made(CASE);
        assert_eq!(of_case(&case).unwrap(), Case::Empty, "nothing is written yet");
        case.execute_batch(
            "INSERT INTO head VALUES (1, '{\"lookup\": \"0a\", \"withdrawn\": true}');
             INSERT INTO event (seq, json) VALUES (0, '{}'), (1, '{}');
             INSERT INTO outbox (json) VALUES ('{}')",
        )
        .unwrap();
        let standing = Standing { lookup: "0a".to_owned(), last: 1, untold: 1, leaving: true };
        assert_eq!(of_case(&case).unwrap(), Case::Stands(standing.clone()));
        case.execute_batch(
            "UPDATE head SET json = json_set(json, '$.erased', json('true')); DELETE FROM outbox",
        )
        .unwrap();
        let settled = Standing { untold: 0, leaving: false, ..standing };
        assert_eq!(of_case(&case).unwrap(), Case::Stands(settled.clone()));
        let stands = |json: &str| {
            case.execute("UPDATE head SET json = ?1", [json]).unwrap();
            of_case(&case).unwrap()
        };
        let leaving = Case::Stands(Standing { leaving: true, ..settled.clone() });
        assert_eq!(stands(r#"{"lookup": "0a", "destroyed_at": 1790000000}"#), leaving);
        assert_eq!(stands(r#"{"lookup": "0a", "destroyed_at": 1, "erased": true}"#), Case::Stands(settled));
    }

    #[test]
    fn two_copies_fit_or_one_of_them_is_older() {
        let case = Standing { lookup: "0a".to_owned(), last: 3, untold: 0, leaving: false };
        assert_eq!(case.fits(Some(3)), Fit::Whole);
        assert_eq!(case.fits(Some(4)), Fit::CaseIsOlder);
        assert_eq!(case.fits(Some(2)), Fit::OfficeIsOlder);
        assert_eq!(case.fits(None), Fit::OfficeIsOlder);
        for under_way in [Standing { untold: 1, ..case.clone() }, Standing { leaving: true, ..case.clone() }]
        {
            assert_eq!(under_way.fits(Some(3)), Fit::CaseIsOlder);
        }
    }

    #[test]
    fn an_office_says_what_it_was_told() {
        let office = made(OFFICE);
        for (lookup, seq, standing) in [("0a", 3, 0), ("0b", 0, 1), ("0c", 1, 2)] {
            office
                .execute(
                    "INSERT INTO entry VALUES (?1, ?2, 'tip_off', 'submitted', ?3, 0, 0, 99999, 0, 0, '{}')",
                    (lookup, seq, standing),
                )
                .unwrap();
        }
        let mut index = HashMap::new();
        of_office(&office, &mut index).unwrap();
        assert_eq!((index.len(), index.get("0a")), (3, Some(&3)));
        assert_eq!(counts(&office).unwrap(), Some((3, 1)));
    }

    #[test]
    fn a_file_without_these_tables_is_not_understood_and_no_fault() {
        let empty = Connection::open_in_memory().unwrap();
        assert_eq!(of_case(&empty).unwrap(), Case::Empty);
        empty.execute_batch("CREATE TABLE head (office TEXT)").unwrap();
        assert_eq!(of_case(&empty).unwrap(), Case::OfAnotherShape);
        assert_eq!(counts(&empty).unwrap(), None);
        of_office(&empty, &mut HashMap::new()).unwrap();
    }
}
