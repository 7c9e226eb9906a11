//! The latest line of each audit trail: told by `check`, to be kept on another machine and held against the trail later.

use std::fmt;

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension};

/// What a line begins with in which one is told.
const WORD: &str = "trail";

/// The latest line of an audit trail, as it was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Latest {
    /// The list's object: the name of its file.
    pub object: String,
    /// Number of the line, from 0.
    pub seq: i64,
    /// Its hash.
    pub hash: String,
}

impl fmt::Display for Latest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{WORD} {} {} {}", self.object, self.seq, self.hash)
    }
}

impl Latest {
    /// The latest line of the trail in a list's file; none of one in which nothing was done.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn of(object: &str, list: &Connection) -> Result<Option<Self>> {
        if !list.table_exists(None, "audit")? {
            return Ok(None);
        }
        let asked = "SELECT seq, json_extract(json, '$.hash') FROM audit ORDER BY seq DESC LIMIT 1";
        let row = |row: &rusqlite::Row<'_>| {
            Ok(Self { object: object.to_owned(), seq: row.get(0)?, hash: row.get(1)? })
        };
        Ok(list.query_row(asked, [], row).optional()?)
    }

    /// Those that stand in what `check` said earlier, whatever else it said.
    pub fn all_in(said: &str) -> Vec<Self> {
        let told = |line: &str| {
            let mut words = line.split_whitespace().skip_while(|word| *word != WORD).skip(1);
            let (object, seq, hash) = (words.next()?, words.next()?.parse().ok()?, words.next()?);
            Some(Self { object: object.to_owned(), seq, hash: hash.to_owned() })
        };
        said.lines().filter_map(told).collect()
    }

    /// Whether the trail in a list's file still has the line.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn is_in(&self, list: &Connection) -> Result<bool> {
        let asked = "SELECT count(*) FROM audit WHERE seq = ?1 AND json_extract(json, '$.hash') = ?2";
        let found: i64 = list.query_row(asked, (self.seq, &self.hash), |row| row.get(0))?;
        Ok(found == 1)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_was_told_is_found_again_in_the_trail_or_missed() {
        let list = Connection::open_in_memory().unwrap();
        assert_eq!(Latest::of("ab", &list).unwrap(), None);
        list.execute_batch(include_str!("../../schemas/office.sql")).unwrap();
        assert_eq!(Latest::of("ab", &list).unwrap(), None);
        for (seq, hash) in [(0, "00"), (1, "11")] {
            list.execute("INSERT INTO audit VALUES (?1, NULL, json_object('hash', ?2))", (seq, hash))
                .unwrap();
        }
        let latest = Latest::of("ab", &list).unwrap().unwrap();
        assert_eq!(latest, Latest { object: "ab".to_owned(), seq: 1, hash: "11".to_owned() });
        let said = format!("2 offices\nNov 27 anju[3]: {latest}\ntrail\ntrail ab x 11\n");
        assert_eq!(Latest::all_in(&said), std::slice::from_ref(&latest));
        assert!(latest.is_in(&list).unwrap());
        list.execute("UPDATE audit SET json = json_object('hash', '22') WHERE seq = 1", []).unwrap();
        assert!(!latest.is_in(&list).unwrap(), "another line stands in its place");
        list.execute("DELETE FROM audit WHERE seq = 1", []).unwrap();
        assert!(!latest.is_in(&list).unwrap(), "it was cut off");
    }
}
