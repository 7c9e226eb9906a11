//! `anju-server backup`: everything that is kept, as it stood at one moment, while the server goes on.
//!
//! Each database is copied whole at a moment of its own, so two copies may not fit: a case that was told to its office
//! after the office was copied would never be told again, and would be out of sight for ever. What does not fit is copied
//! again until it does. Cases that came in while this ran may be left out; whatever was acknowledged before is in.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

use crate::archive::{self, Counts};
use crate::disk::Room;
use crate::folder::Folder;
use crate::store::alarms::{self, Alarm};
use crate::store::copy::{copy, open};
use crate::store::standing::{self, Case, Fit};
use crate::store::{self, ALARMS, CASES, OFFICES};

/// How often what does not fit is copied again.
const ROUNDS: usize = 20;
/// How long is waited before that.
const PAUSE: Duration = Duration::from_millis(100);

/// What a backup holds.
#[derive(Clone, Debug)]
pub struct Made {
    /// The file.
    pub file: PathBuf,
    /// Its length in bytes.
    pub bytes: u64,
    /// How many cases are in it.
    pub cases: usize,
    /// How many offices.
    pub offices: usize,
    /// Databases that could not be read and are not in it.
    pub unread: Vec<String>,
    /// Cases that never came to fit their office: something is wrong with the store, not with the backup.
    pub unfit: Vec<String>,
}

impl fmt::Display for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for name in &self.unread {
            writeln!(f, "FAULT: {name} could not be read and is not in the backup")?;
        }
        for name in &self.unfit {
            writeln!(f, "warning: {name} and its office's index do not tell the same")?;
        }
        let Self { file, bytes, cases, offices, .. } = self;
        write!(
            f,
            "{}: {cases} cases and {offices} offices in {} KiB, read back and whole",
            file.display(),
            bytes.div_ceil(1024)
        )
    }
}

/// Writes everything into a new file.
///
/// # Errors
/// When the file exists, the disk has no room, or something of the store cannot be listed or copied.
pub fn backup(folder: &Folder, into: &Path, made_at: u64) -> Result<Made> {
    ensure!(!into.exists(), "{} is there already: a backup never replaces a file", into.display());
    let name = into.file_name().with_context(|| format!("{} names no file", into.display()))?;
    let parent = match into.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.canonicalize(),
        _ => Path::new(".").canonicalize(),
    };
    let parent = parent.with_context(|| format!("the folder of {} is not there", into.display()))?;
    let store = folder.store();
    ensure!(!parent.starts_with(&store), "{} lies in the store itself", into.display());
    let (needed, room) = (size(&store)?.saturating_mul(2), Room::under(&parent)?);
    ensure!(
        room.free > needed,
        "a backup needs {} MiB for a while, and {} has {} MiB",
        needed.div_ceil(1 << 20),
        parent.display(),
        room.free >> 20
    );
    let staging = Staging::make(parent.join(format!(".{}.unfinished", name.to_string_lossy())))?;
    let mut copies = Copies::of(&store, staging.path.join("store"))?;
    copies.settle()?;
    let unfit = copies.unfit();
    let (cases, offices) = copies.finish()?;
    let part = staging.path.join("archive");
    archive::write(&copies.staging, copies.paths()?, Counts { made_at, cases, offices }, &part)?;
    archive::read(&part, None)?;
    let bytes = fs::metadata(&part)?.len();
    fs::rename(&part, into).with_context(|| into.display().to_string())?;
    File::open(&parent)?.sync_all()?;
    Ok(Made { file: into.to_owned(), bytes, cases, offices, unread: copies.unread(), unfit })
}

/// Bytes of all files below a folder, as far as they stay while they are counted.
fn size(folder: &Path) -> Result<u64> {
    let files = local::files(folder)?;
    Ok(files.iter().filter_map(|file| fs::metadata(file).ok()).map(|found| found.len()).sum())
}

/// The folder in which a backup grows; it goes with this.
struct Staging {
    path: PathBuf,
}

impl Staging {
    fn make(path: PathBuf) -> Result<Self> {
        if path.exists() {
            bail!(
                "{} is there: another backup is being written to the same file, or was broken off; then remove it",
                path.display()
            );
        }
        fs::create_dir(&path).with_context(|| path.display().to_string())?;
        Ok(Self { path })
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        let _gone = fs::remove_dir_all(&self.path);
    }
}

/// What has been copied so far.
struct Copies<'a> {
    store: &'a Path,
    staging: PathBuf,
    /// What was there when this began: all of it belongs into the backup.
    first: BTreeSet<String>,
    /// The cases by their objects' names; `None`: could not be copied.
    cases: BTreeMap<String, Option<Case>>,
    /// The offices by their objects' names, and whether each could be copied.
    offices: BTreeMap<String, bool>,
    /// What the offices' copies know: the last event of each case that they were told of.
    index: HashMap<String, i64>,
}

impl<'a> Copies<'a> {
    fn of(store: &'a Path, staging: PathBuf) -> Result<Self> {
        for kind in [CASES, OFFICES] {
            fs::create_dir_all(staging.join(kind))?;
        }
        let first = store::objects(store, CASES)?.into_iter().collect();
        let (cases, offices) = (BTreeMap::new(), BTreeMap::new());
        Ok(Self { store, staging, first, cases, offices, index: HashMap::new() })
    }

    /// Copies until everything fits, or for so many rounds.
    fn settle(&mut self) -> Result<()> {
        self.first.clone().into_iter().for_each(|name| self.take_case(name));
        self.take_offices()?;
        for _ in 0..ROUNDS {
            for name in store::objects(self.store, CASES)? {
                if !self.cases.contains_key(&name) {
                    self.take_case(name);
                }
            }
            let unfit: Vec<(String, Fit)> = self.fits().filter(|(_, fit)| *fit != Fit::Whole).collect();
            if unfit.is_empty() {
                break;
            }
            std::thread::sleep(PAUSE);
            let stale = unfit.iter().any(|(_, fit)| *fit == Fit::OfficeIsOlder);
            unfit
                .into_iter()
                .filter(|(_, fit)| *fit == Fit::CaseIsOlder)
                .for_each(|(name, _)| self.take_case(name));
            if stale {
                self.take_offices()?;
            }
        }
        Ok(())
    }

    /// How each case fits, of those that belong into the backup.
    fn fits(&self) -> impl Iterator<Item = (String, Fit)> + '_ {
        self.cases.iter().filter(|(name, case)| self.belongs(name, case.as_ref())).map(|(name, case)| {
            let fit = match case {
                Some(Case::Stands(standing)) => standing.fits(self.index.get(&standing.lookup).copied()),
                Some(Case::OfAnotherShape) => Fit::Whole,
                // Being written anew just now.
                Some(Case::Empty) | None => Fit::CaseIsOlder,
            };
            (name.clone(), fit)
        })
    }

    /// Whether a case was there when this began, or is known to its office's copy.
    fn belongs(&self, name: &str, case: Option<&Case>) -> bool {
        let known = matches!(case, Some(Case::Stands(standing)) if self.index.contains_key(&standing.lookup));
        known || self.first.contains(name)
    }

    fn take_case(&mut self, name: String) {
        let to = store::file(&self.staging, CASES, &name);
        let case = copy(&store::file(self.store, CASES, &name), &to);
        let case = case.and_then(|()| standing::of_case(&open(&to)?)).ok();
        self.cases.insert(name, case);
    }

    fn take_offices(&mut self) -> Result<()> {
        self.index.clear();
        for name in store::objects(self.store, OFFICES)? {
            let to = store::file(&self.staging, OFFICES, &name);
            let taken = copy(&store::file(self.store, OFFICES, &name), &to);
            let taken = taken.and_then(|()| standing::of_office(&open(&to)?, &mut self.index));
            self.offices.insert(name, taken.is_ok());
        }
        Ok(())
    }

    /// Cases that never came to fit.
    fn unfit(&self) -> Vec<String> {
        let unfit = self.fits().filter(|(name, fit)| *fit != Fit::Whole && !self.is_unread(name));
        unfit.map(|(name, _)| format!("case {name}")).collect()
    }

    fn is_unread(&self, name: &str) -> bool {
        self.cases.get(name).is_some_and(Option::is_none)
    }

    /// What could not be copied at all.
    fn unread(&self) -> Vec<String> {
        let cases =
            self.cases.iter().filter(|(_, case)| case.is_none()).map(|(name, _)| format!("case {name}"));
        let offices =
            self.offices.iter().filter(|(_, taken)| !**taken).map(|(name, _)| format!("office {name}"));
        cases.chain(offices).collect()
    }

    /// Leaves out what came in too late, writes the alarms, and counts.
    fn finish(&mut self) -> Result<(usize, usize)> {
        let (mut kept, mut alarms) = (0, Vec::new());
        let late: Vec<String> = self
            .cases
            .iter()
            .filter(|(name, case)| !self.belongs(name, case.as_ref()))
            .map(|(name, _)| name.clone())
            .collect();
        for name in late {
            self.cases.remove(&name);
        }
        for (name, case) in self.cases.iter().filter_map(|(name, case)| Some((name, case.as_ref()?))) {
            kept += 1;
            let Case::Stands(standing) = case else { continue };
            if let Some(at) = alarms::of_object(&open(&store::file(&self.staging, CASES, name))?)? {
                alarms.push(Alarm { object: name.clone(), name: standing.lookup.clone(), at });
            }
        }
        for kind in [CASES, OFFICES] {
            let from = self.store.join(kind).join(ALARMS);
            if from.is_file() {
                let to = self.staging.join(kind).join(ALARMS);
                copy(&from, &to)?;
                if kind == CASES {
                    alarms::write(&to, &alarms)?;
                }
            }
        }
        Ok((kept, self.offices.values().filter(|taken| **taken).count()))
    }

    /// What goes into the archive, below the store.
    fn paths(&self) -> Result<Vec<String>> {
        let mut paths = Vec::new();
        for kind in [CASES, OFFICES] {
            let is_taken = |name: &str| match kind {
                CASES => self.cases.get(name).is_some_and(Option::is_some),
                _ => self.offices.get(name).is_some_and(|taken| *taken),
            };
            let names = store::objects(&self.staging, kind)?;
            paths.extend(
                names.iter().filter(|name| is_taken(name)).map(|name| format!("{kind}/{name}.sqlite")),
            );
            if self.staging.join(kind).join(ALARMS).is_file() {
                paths.push(format!("{kind}/{ALARMS}"));
            }
        }
        Ok(paths)
    }
}
