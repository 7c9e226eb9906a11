//! `anju-server metrics`: what a monitoring system wants to know, in the text format of Prometheus. Numbers only, and none
//! that is of one case; may be asked while the server runs.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;

use anyhow::Result;
use rusqlite::Connection;

use crate::disk::Room;
use crate::folder::Folder;
use crate::store::copy::open;
use crate::store::{self, CASES, OFFICES};

/// How an index writes where cases stand.
const STANDINGS: [&str; 3] = ["open", "closed", "aside"];

/// What was counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metrics {
    /// Cases by kind and standing.
    cases: BTreeMap<(String, &'static str), i64>,
    /// Open cases whose owner waits for the office.
    waiting: i64,
    /// Open cases whose last day is over.
    overdue: i64,
    /// Case files, and their bytes.
    files: (usize, u64),
    /// Indexes that could not be read, as those of another release.
    unread: usize,
    room: Room,
}

/// Counts everything. `today`: days since 1970, in China.
///
/// # Errors
/// When the folder cannot be listed.
pub fn metrics(folder: &Folder, today: i64) -> Result<Metrics> {
    let store = folder.store();
    let room = Room::under(&store)?;
    let mut found =
        Metrics { cases: BTreeMap::new(), waiting: 0, overdue: 0, files: (0, 0), unread: 0, room };
    for name in store::objects(&store, CASES)? {
        // A case that is being erased has no file for a moment.
        let Ok(file) = fs::metadata(store::file(&store, CASES, &name)) else { continue };
        found.files = (found.files.0 + 1, found.files.1 + file.len());
    }
    for name in store::objects(&store, OFFICES)? {
        let counted =
            open(&store::file(&store, OFFICES, &name)).and_then(|office| found.count(&office, today));
        found.unread += usize::from(counted.is_err());
    }
    Ok(found)
}

impl Metrics {
    fn count(&mut self, office: &Connection, today: i64) -> Result<()> {
        let mut tally = office
            .prepare("SELECT kind, standing, sum(n), sum(n * waiting) FROM tally GROUP BY kind, standing")?;
        let rows = tally.query_map([], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, u8>(1)?, row.get::<_, i64>(2)?, row.get::<_, i64>(3)?))
        })?;
        for row in rows {
            let (kind, standing, all, waiting) = row?;
            let Some(word) = STANDINGS.get(usize::from(standing)) else { continue };
            *self.cases.entry((kind, word)).or_default() += all;
            self.waiting += waiting;
        }
        let overdue = "SELECT count(*) FROM entry WHERE standing = 0 AND due < ?1";
        self.overdue += office.query_row(overdue, [today], |row| row.get::<_, i64>(0))?;
        Ok(())
    }
}

impl fmt::Display for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "# TYPE anju_cases gauge")?;
        for ((kind, standing), count) in &self.cases {
            writeln!(f, "anju_cases{{kind=\"{kind}\",standing=\"{standing}\"}} {count}")?;
        }
        for (name, count) in
            [("anju_cases_waiting_for_the_office", self.waiting), ("anju_cases_overdue", self.overdue)]
        {
            writeln!(f, "# TYPE {name} gauge\n{name} {count}")?;
        }
        for (name, count) in [
            ("anju_case_files", u64::try_from(self.files.0).unwrap_or(u64::MAX)),
            ("anju_case_file_bytes", self.files.1),
            ("anju_indexes_unread", u64::try_from(self.unread).unwrap_or(u64::MAX)),
            ("anju_disk_used_percent", self.room.percent()),
            ("anju_disk_free_bytes", self.room.free),
        ] {
            writeln!(f, "# TYPE {name} gauge\n{name} {count}")?;
        }
        Ok(())
    }
}
