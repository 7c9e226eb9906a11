//! Where an office's keys lie, and how they are written: readable by their owner alone, never one over another.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use protocol::card::{Card, SignedCard};
use protocol::keyfile::KeyFile;

/// An office's folder.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
    office: String,
}

impl Folder {
    /// The keys of an office below a folder.
    pub fn of(folder: &Path, office: &str) -> Self {
        Self { root: folder.to_owned(), office: office.to_owned() }
    }

    /// Office id.
    pub fn office(&self) -> &str {
        &self.office
    }

    /// The locked root key: never leaves this folder.
    pub fn root_key(&self) -> PathBuf {
        self.root.join(format!("{}.root.key", self.office))
    }

    /// The locked recovery key: never leaves this folder.
    pub fn recovery_key(&self) -> PathBuf {
        self.root.join(format!("{}.recovery.key", self.office))
    }

    /// An officer's locked key file, which is theirs.
    pub fn officer_key(&self, key: &KeyFile) -> PathBuf {
        self.root.join(format!("{}.{}.{}.key", self.office, key.role.id(), key.kid))
    }

    /// The card, for the build (`cargo xtask build --cards`).
    pub fn card(&self) -> PathBuf {
        self.root.join("cards").join(format!("{}.card.json", self.office))
    }

    /// The list of roots, for the build (`cargo xtask build --roots`).
    pub fn roots(&self) -> PathBuf {
        self.root.join("roots.txt")
    }

    /// What the card says now.
    ///
    /// # Errors
    /// When there is none yet, or it cannot be read.
    pub fn read_card(&self) -> Result<Card> {
        let file = self.card();
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let signed: SignedCard = serde_json::from_str(&text).with_context(|| file.display().to_string())?;
        serde_json::from_str(&signed.payload).with_context(|| file.display().to_string())
    }

    /// Puts a card in the place of the one before.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_card(&self, signed: &SignedCard) -> Result<()> {
        let file = self.card();
        fs::create_dir_all(self.root.join("cards"))?;
        // Beside it first: a card that was cut off half-way would be none.
        let draft = file.with_extension("new");
        fs::write(&draft, serde_json::to_string_pretty(signed)?)?;
        fs::rename(&draft, &file).with_context(|| file.display().to_string())
    }

    /// Adds a root's line to the list.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add_root(&self, line: &str) -> Result<()> {
        let mut options = fs::OpenOptions::new();
        let mut list = options.create(true).append(true).open(self.roots())?;
        Ok(writeln!(list, "{line}")?)
    }
}

/// Writes a locked key, and refuses to replace one: what is sealed to a lost key stays sealed.
///
/// # Errors
/// When the file exists or cannot be written.
pub fn write_key(file: &Path, locked: &str) -> Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(file) {
        Ok(mut open) => Ok(open.write_all(locked.as_bytes())?),
        Err(error) => bail!("{}: {error}", file.display()),
    }
}
