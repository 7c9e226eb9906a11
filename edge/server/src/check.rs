//! `anju-server check`: whether everything that is kept can be read and fits together, and how full the disk is. Says
//! numbers, never what a case is about; may be run while the server runs.

use std::collections::HashMap;
use std::fmt;
use std::path::Path;
use std::time::Duration;

use anyhow::{Result, ensure};
use rusqlite::Connection;

use crate::disk::{Room, WARN_AT};
use crate::folder::Folder;
use crate::store::copy::open;
use crate::store::papers::{self, Papers};
use crate::store::standing::{self, Case, Fit};
use crate::store::{self, ALARMS, CASES, OFFICES};
use crate::trail::Latest;

/// How often a case that does not fit its office is looked at again: the server may be telling it just now.
const LOOKS: usize = 5;
/// How long is waited before that.
const PAUSE: Duration = Duration::from_millis(300);

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Cases whose files are there.
    pub cases: usize,
    /// Cases that the offices' indexes name, and those of them at an end.
    pub indexed: (i64, i64),
    /// Papers that are complete.
    pub papers: usize,
    /// Offices.
    pub offices: usize,
    /// The latest line of each audit trail.
    pub trails: Vec<Latest>,
    /// How full the disk is.
    pub disk: String,
    /// What will be wrong if nothing is done.
    pub warnings: Vec<String>,
    /// What is wrong.
    pub faults: Vec<String>,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (all, closed) = self.indexed;
        writeln!(
            f,
            "{} offices, {} cases on disk, {all} in the indexes ({closed} closed), {} papers",
            self.offices, self.cases, self.papers
        )?;
        writeln!(f, "{}", self.disk)?;
        self.trails.iter().try_for_each(|told| writeln!(f, "{told}"))?;
        self.warnings.iter().try_for_each(|said| writeln!(f, "warning: {said}"))?;
        self.faults.iter().try_for_each(|said| writeln!(f, "FAULT: {said}"))
    }
}

/// Looks through everything.
///
/// # Errors
/// When the folder cannot be listed: what is wrong in it is told, not refused.
pub fn check(folder: &Folder) -> Result<Found> {
    let store = folder.store();
    let mut found = Found::default();
    let room = Room::under(&store)?;
    found.disk = room.to_string();
    if room.percent() >= WARN_AT {
        found
            .warnings
            .push("the disk is getting full: make room, or give the data folder a larger one".to_owned());
    }
    for kind in [CASES, OFFICES] {
        if store.join(kind).join(ALARMS).is_file() {
            found.sound(&store.join(kind).join(ALARMS), &format!("the alarms of {kind}"));
        }
    }
    let cases = store::objects(&store, CASES)?;
    found.cases = cases.len();
    for name in &cases {
        if let Some(case) = found.sound(&store::file(&store, CASES, name), &format!("case {name}")) {
            found.papers_of(&case, name);
        }
    }
    for name in store::objects(&store, OFFICES)? {
        let office = found.sound(&store::file(&store, OFFICES, &name), &format!("office {name}"));
        let latest = office.as_ref().and_then(|office| Latest::of(&name, office).ok().flatten());
        found.trails.extend(latest);
        let counts = office.and_then(|office| standing::counts(&office).ok().flatten());
        let (all, closed) = counts.unwrap_or_default();
        found.offices += 1;
        found.indexed = (found.indexed.0 + all, found.indexed.1 + closed);
    }
    if found.faults.is_empty() {
        found.compare(&store, cases)?;
    }
    Ok(found)
}

impl Found {
    /// Holds the audit trails against what an earlier check said of them.
    ///
    /// # Errors
    /// When a database cannot be read.
    pub fn hold_against(&mut self, folder: &Folder, said: &str) -> Result<()> {
        let kept = Latest::all_in(said);
        ensure!(!kept.is_empty(), "that file tells of no audit trail: it must be what an earlier check said");
        for line in kept {
            let file = store::file(&folder.store(), OFFICES, &line.object);
            if !file.is_file() || !line.is_in(&open(&file)?)? {
                let Latest { object, seq, .. } = line;
                self.faults.push(format!(
                    "the audit trail of {object} no longer has its line {seq}: it was cut off, rolled back or written anew"
                ));
            }
        }
        Ok(())
    }

    /// A database that is sound; of any other it is told.
    fn sound(&mut self, file: &Path, name: &str) -> Option<Connection> {
        let looked = open(file).and_then(|database| {
            let said: String = database.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
            ensure!(said == "ok", "{said}");
            Ok(database)
        });
        // A case that is being erased has no file for a moment.
        looked.map_err(|error| self.faults.push(format!("{name}: {error:#}"))).ok()
    }

    /// Holds the papers of a case to what was announced.
    fn papers_of(&mut self, case: &Connection, name: &str) {
        match papers::of_case(case) {
            Ok(Papers { whole, damaged }) => {
                self.papers += whole;
                if damaged > 0 {
                    self.faults.push(format!("case {name}: {damaged} papers are not what was announced"));
                }
            }
            Err(error) => self.faults.push(format!("case {name}: {error:#}")),
        }
    }

    /// Holds cases and indexes to each other.
    fn compare(&mut self, store: &Path, mut names: Vec<String>) -> Result<()> {
        for look in 0..LOOKS {
            let mut index = HashMap::new();
            for name in store::objects(store, OFFICES)? {
                standing::of_office(&open(&store::file(store, OFFICES, &name))?, &mut index)?;
            }
            names.retain(|name| !fits(store, name, &index));
            if names.is_empty() {
                break;
            }
            if look + 1 < LOOKS {
                std::thread::sleep(PAUSE);
            }
        }
        let told = |name: &String| format!("case {name} and its office's index do not tell the same");
        self.faults.extend(names.iter().map(told));
        Ok(())
    }
}

fn fits(store: &Path, name: &str, index: &HashMap<String, i64>) -> bool {
    let case = open(&store::file(store, CASES, name)).and_then(|case| standing::of_case(&case));
    match case {
        Ok(Case::Stands(standing)) => standing.fits(index.get(&standing.lookup).copied()) == Fit::Whole,
        // A request that was refused may leave a file with nothing in it.
        Ok(Case::OfAnotherShape | Case::Empty) => true,
        Err(_) => false,
    }
}
