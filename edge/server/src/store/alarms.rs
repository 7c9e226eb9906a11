//! When workerd is to wake an object. Each object knows it (`_cf_METADATA`), and so does one file for all objects of a kind
//! (`_cf_ALARM`), from which workerd takes it when it starts. Copies of the two are made one after the other; the second is
//! therefore written from the copies of the first.

use std::path::Path;

use anyhow::{Context, Result};
use rusqlite::{Connection, OptionalExtension};

/// An object that is to be woken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// The object's id: its file's name.
    pub object: String,
    /// The name that its id was made from.
    pub name: String,
    /// When, in nanoseconds since 1970.
    pub at: i64,
}

/// When an object is to be woken by its own file, if at all.
///
/// # Errors
/// When the database cannot be read.
pub fn of_object(object: &Connection) -> Result<Option<i64>> {
    let keeps = object.table_exists(None, "_cf_METADATA")?;
    if !keeps {
        return Ok(None);
    }
    let at = object.query_row("SELECT value FROM _cf_METADATA WHERE key = 1", [], |row| row.get(0));
    Ok(at.optional()?.flatten())
}

/// Writes the alarms of a kind into the copy of its file, in place of those that stand there.
///
/// # Errors
/// When the copy cannot be written, or has another shape than workerd's of this release.
pub fn write(copy: &Path, alarms: &[Alarm]) -> Result<()> {
    let mut open = Connection::open(copy)?;
    let writing = open.transaction()?;
    writing.execute("DELETE FROM _cf_ALARM", []).with_context(|| copy.display().to_string())?;
    for Alarm { object, name, at } in alarms {
        writing.execute(
            "INSERT INTO _cf_ALARM (actor_id, scheduled_time, actor_name) VALUES (?1, ?2, ?3)",
            (object, at, name),
        )?;
    }
    writing.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_object_knows_when_it_is_to_be_woken_or_that_it_is_not() {
        let object = Connection::open_in_memory().unwrap();
        assert_eq!(of_object(&object).unwrap(), None);
        object.execute_batch("CREATE TABLE _cf_METADATA (key INTEGER PRIMARY KEY, value BLOB)").unwrap();
        assert_eq!(of_object(&object).unwrap(), None);
        object.execute("INSERT INTO _cf_METADATA VALUES (1, NULL)", []).unwrap();
        assert_eq!(of_object(&object).unwrap(), None);
        object.execute("UPDATE _cf_METADATA SET value = 1795735135609000000", []).unwrap();
        assert_eq!(of_object(&object).unwrap(), Some(1_795_735_135_609_000_000));
    }

    #[test]
    fn alarms_of_the_copies_stand_in_place_of_others() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("metadata.sqlite");
        let open = Connection::open(&file).unwrap();
        open.execute_batch(
            "CREATE TABLE _cf_ALARM (actor_id TEXT PRIMARY KEY, scheduled_time INTEGER, actor_name TEXT) WITHOUT ROWID;
             INSERT INTO _cf_ALARM VALUES ('old', 1, 'o')",
        )
        .unwrap();
        let alarm = Alarm { object: "ab".to_owned(), name: "0a".to_owned(), at: 2 };
        write(&file, std::slice::from_ref(&alarm)).unwrap();
        let read =
            |row: &rusqlite::Row<'_>| Ok(Alarm { object: row.get(0)?, name: row.get(2)?, at: row.get(1)? });
        let mut asked = open.prepare("SELECT * FROM _cf_ALARM").unwrap();
        let found: Vec<Alarm> = asked.query_map([], read).unwrap().map(Result::unwrap).collect();
        assert_eq!(found, [alarm]);
    }
}
