//! The folder that the archive of `cargo xtask package` was unpacked to. Nothing in it is ever written.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

/// An unpacked archive.
#[derive(Clone, Debug)]
pub struct Release {
    folder: PathBuf,
}

impl Release {
    /// The folder, or the one that this program lies in.
    ///
    /// # Errors
    /// When something of it is missing.
    pub fn find(folder: Option<PathBuf>) -> Result<Self> {
        let folder = match folder {
            Some(folder) => folder,
            None => beside_this_program()?,
        };
        let found = Self { folder };
        for part in [found.workerd(), found.worker().join("worker.mjs"), found.pages().join("index.html")] {
            ensure!(part.is_file(), "{} is missing: unpack the archive again", part.display());
        }
        Ok(found)
    }

    /// The server that runs the Worker.
    pub fn workerd(&self) -> PathBuf {
        self.folder.join("workerd")
    }

    /// The Worker: its bundle and the template of its configuration.
    pub fn worker(&self) -> PathBuf {
        self.folder.join("worker")
    }

    /// The pages.
    pub fn pages(&self) -> PathBuf {
        self.folder.join("pages")
    }
}

fn beside_this_program() -> Result<PathBuf> {
    let program = env::current_exe().context("this program does not know where it lies")?;
    program.parent().map(Path::to_owned).context("this program lies in no folder")
}
