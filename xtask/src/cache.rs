//! Work already done: a product is kept under a name that contains the hash of what it was made from.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// SHA-256 over the parts, each preceded by its length, as lower-case hexadecimal.
pub fn digest(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    HEXLOWER.encode(&hash.finalize())
}

/// SHA-256 of a file's bytes, as lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

/// The first twelve hexadecimal digits: enough to tell versions of one file apart in its name.
pub fn short(parts: &[&[u8]]) -> String {
    digest(parts).chars().take(12).collect()
}

/// Returns the kept product, or makes and keeps it.
///
/// # Errors
/// Those of the work, and those of the disk.
pub fn bytes(folder: &Path, name: &str, make: impl FnOnce() -> Result<Vec<u8>>) -> Result<Vec<u8>> {
    let file = folder.join(name);
    if let Ok(held) = fs::read(&file) {
        return Ok(held);
    }
    let made = make()?;
    write(&file, &made)?;
    Ok(made)
}

/// Returns the folder of a kept product; the work fills a folder of its own, which is moved into place when complete.
///
/// # Errors
/// Those of the work, and those of the disk.
pub fn folder(parent: &Path, name: &str, make: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
    let done = parent.join(name);
    if done.is_dir() {
        return Ok(done);
    }
    let unfinished = parent.join(format!("{name}.unfinished"));
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished)?;
    }
    fs::create_dir_all(&unfinished).with_context(|| unfinished.display().to_string())?;
    make(&unfinished)?;
    fs::rename(&unfinished, &done).with_context(|| done.display().to_string())?;
    Ok(done)
}

/// Writes a file, making its folder when needed.
///
/// # Errors
/// Those of the disk, with the path.
pub fn write(file: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(parent) = file.parent() {
        fs::create_dir_all(parent).with_context(|| parent.display().to_string())?;
    }
    fs::write(file, bytes).with_context(|| file.display().to_string())
}
