//! `anju-server restore`: a backup into an empty folder, from which `serve` then serves.

use std::fmt;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::archive::{self, Manifest};
use crate::folder::{self, Folder};

/// The store while it is being written.
const UNFINISHED: &str = "store.unfinished";

/// What was restored.
#[derive(Clone, Debug)]
pub struct Restored {
    folder: PathBuf,
    manifest: Manifest,
}

impl fmt::Display for Restored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Manifest { cases, offices, made_at, .. } = &self.manifest;
        write!(
            f,
            "{}: {cases} cases and {offices} offices as they stood at {made_at} (Unix seconds); every hash is right",
            self.folder.display()
        )
    }
}

/// Puts a backup into a folder that is empty or not there. Where it is refused, the folder is as it was.
///
/// # Errors
/// When something lies in the folder, or the backup is damaged, cut short, or written by a newer release.
pub fn restore(from: &Path, data: &Path) -> Result<Restored> {
    if !folder::is_empty(data)? {
        bail!(
            "{} is not empty: a backup is restored into an empty folder and never over something",
            data.display()
        );
    }
    let was_there = data.exists();
    let done = fill(from, data);
    if done.is_err() {
        clear(data, was_there);
    }
    done
}

fn fill(from: &Path, data: &Path) -> Result<Restored> {
    fs::create_dir_all(data).with_context(|| data.display().to_string())?;
    let held = folder::hold(data)?;
    let unfinished = data.join(UNFINISHED);
    let manifest = archive::read(from, Some(&unfinished))?;
    // A backup of a server that nobody has written to yet holds no file.
    fs::create_dir_all(&unfinished)?;
    for entry in fs::read_dir(&unfinished)? {
        File::open(entry?.path())?.sync_all()?;
    }
    File::open(&unfinished)?.sync_all()?;
    fs::rename(&unfinished, data.join("store"))?;
    let folder = Folder::make(data)?;
    File::open(data)?.sync_all()?;
    drop(held);
    Ok(Restored { folder: folder.store(), manifest })
}

/// Takes back what a broken restoration has written: nothing else lay in the folder.
fn clear(data: &Path, was_there: bool) {
    let _gone = fs::remove_dir_all(data);
    if was_there {
        let _there = fs::create_dir(data);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_folder_with_something_in_it_and_a_file_that_is_no_backup_are_refused() {
        let place = tempfile::tempdir().unwrap();
        let (from, data) = (place.path().join("backup"), place.path().join("data"));
        fs::write(&from, "no archive").unwrap();
        assert!(format!("{:#}", restore(&from, &data).unwrap_err()).contains("no backup"));
        assert!(!data.exists(), "a refused restoration left something behind");
        fs::create_dir(&data).unwrap();
        assert!(restore(&from, &data).is_err());
        assert!(folder::is_empty(&data).unwrap(), "a refused restoration left something behind");
        fs::write(data.join("kept"), "").unwrap();
        assert!(restore(&from, &data).unwrap_err().to_string().contains("not empty"));
        assert!(data.join("kept").exists());
    }
}
