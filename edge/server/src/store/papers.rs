//! The papers in a case's file: whether those that are complete are still what was announced.

use anyhow::Result;
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use super::standing::understood;

/// The papers of a case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Papers {
    /// Complete ones.
    pub whole: usize,
    /// Those of them whose bytes are not what was announced.
    pub damaged: usize,
}

/// Reads every complete paper of a case, part by part.
///
/// # Errors
/// When the database cannot be read.
pub fn of_case(case: &Connection) -> Result<Papers> {
    let mut papers = Papers::default();
    let Some(mut asked) = understood(case.prepare("SELECT n, id FROM paper WHERE whole = 1"))? else {
        return Ok(papers);
    };
    let mut parts = case.prepare("SELECT bytes FROM part WHERE paper = ?1 ORDER BY part")?;
    let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
    for found in asked.query_map([], row)? {
        let (n, id): (i64, String) = found?;
        let mut hash = Sha256::new();
        let mut rows = parts.query([n])?;
        while let Some(part) = rows.next()? {
            hash.update(part.get_ref(0)?.as_blob()?);
        }
        papers.whole += 1;
        papers.damaged += usize::from(data_encoding::HEXLOWER.encode(&hash.finalize()) != id);
    }
    Ok(papers)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_paper_that_is_no_longer_what_was_announced_is_found() {
        let case = Connection::open_in_memory().unwrap();
        assert_eq!(of_case(&case).unwrap(), Papers::default(), "a file of before there were papers");
        case.execute_batch(include_str!("../../../schemas/case.sql")).unwrap();
        let id = data_encoding::HEXLOWER.encode(&Sha256::digest(b"abcd"));
        case.execute("INSERT INTO paper (n, id, bytes, at, whole) VALUES (1, ?1, 4, 0, 0)", [&id]).unwrap();
        case.execute_batch("INSERT INTO part VALUES (1, 1, x'6364'), (1, 0, x'6162')").unwrap();
        assert_eq!(of_case(&case).unwrap(), Papers::default(), "it has not come yet");
        case.execute_batch("UPDATE paper SET whole = 1").unwrap();
        assert_eq!(of_case(&case).unwrap(), Papers { whole: 1, damaged: 0 });
        case.execute_batch("UPDATE part SET bytes = x'6365' WHERE part = 1").unwrap();
        assert_eq!(of_case(&case).unwrap(), Papers { whole: 1, damaged: 1 });
        case.execute_batch("DELETE FROM part WHERE part = 1").unwrap();
        assert_eq!(of_case(&case).unwrap(), Papers { whole: 1, damaged: 1 });
    }
}
