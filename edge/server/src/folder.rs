//! The data folder of an office's server: `store/` (what the Worker keeps, and all that a backup needs), `run/` (laid
//! down anew at each start), `held` (by whom).

use std::fs::{self, File, Permissions, TryLockError};
use std::io::{Read, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

/// What the Worker keeps.
const STORE: &str = "store";
/// What a start lays down.
const RUN: &str = "run";
/// The file that whoever serves or restores holds.
const HELD: &str = "held";

/// A data folder that this user owns.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Makes a folder where there is none yet, for its owner alone.
    ///
    /// # Errors
    /// When it cannot be made, or belongs to somebody else.
    pub fn make(path: &Path) -> Result<Self> {
        fs::create_dir_all(path.join(STORE)).with_context(|| path.display().to_string())?;
        let folder = Self::find(path)?;
        fs::set_permissions(&folder.path, Permissions::from_mode(0o700))?;
        Ok(folder)
    }

    /// A folder that has been served from.
    ///
    /// # Errors
    /// When it is none, or belongs to somebody else: files that another user adds would lock the server out.
    pub fn find(path: &Path) -> Result<Self> {
        let store = path.join(STORE);
        ensure!(store.is_dir(), "{} is no data folder: it has no {STORE}/", path.display());
        let (owner, user) = (fs::metadata(&store)?.uid(), rustix::process::geteuid().as_raw());
        ensure!(
            owner == user,
            "{} belongs to user {owner}, and this is user {user}: run it as the user that serves, as in `runuser -u anju -- …`",
            store.display()
        );
        Ok(Self { path: path.canonicalize()? })
    }

    /// What the Worker keeps.
    pub fn store(&self) -> PathBuf {
        self.path.join(STORE)
    }

    /// What a start lays down.
    pub fn run(&self) -> PathBuf {
        self.path.join(RUN)
    }

    /// What the Worker is told of its surroundings.
    pub fn state(&self) -> PathBuf {
        self.run().join("state")
    }

    /// Takes the folder for this process, and for whomever the file is handed on to, until all of them have ended.
    ///
    /// # Errors
    /// When somebody else has it.
    pub fn hold(&self) -> Result<File> {
        hold(&self.path)
    }
}

/// Takes a folder, as [`Folder::hold`].
///
/// # Errors
/// As there.
pub fn hold(path: &Path) -> Result<File> {
    let file = path.join(HELD);
    let mut held = File::options()
        .create(true)
        .truncate(false)
        .read(true)
        .write(true)
        .open(&file)
        .with_context(|| file.display().to_string())?;
    match held.try_lock() {
        Ok(()) => {
            held.set_len(0)?;
            write!(held, "{}", std::process::id())?;
            Ok(held)
        }
        Err(TryLockError::WouldBlock) => {
            let mut by = String::new();
            held.read_to_string(&mut by)?;
            bail!(
                "{} is in use by process {by}, or by a workerd that it left behind: end it first",
                path.display()
            )
        }
        Err(TryLockError::Error(error)) => Err(error).with_context(|| file.display().to_string()),
    }
}

/// Whether nothing lies in a folder, or there is none.
///
/// # Errors
/// When it cannot be looked into.
pub fn is_empty(path: &Path) -> Result<bool> {
    if !path.exists() {
        return Ok(true);
    }
    Ok(fs::read_dir(path).with_context(|| path.display().to_string())?.next().is_none())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_folder_is_for_its_owner_and_held_by_one() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("data");
        assert!(is_empty(&path).unwrap());
        assert!(Folder::find(&path).unwrap_err().to_string().contains("no data folder"));
        let folder = Folder::make(&path).unwrap();
        assert!(!is_empty(&path).unwrap());
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o700);
        let held = folder.hold().unwrap();
        let handed_on = held.try_clone().unwrap();
        let refused = folder.hold().unwrap_err().to_string();
        assert!(refused.contains(&format!("process {}", std::process::id())), "{refused}");
        drop(held);
        assert!(folder.hold().is_err(), "whoever it was handed on to still has it");
        drop(handed_on);
        folder.hold().unwrap();
    }
}
