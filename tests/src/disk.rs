//! What a thief of the data folder would find.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
pub use local::files;

/// In which files below a folder a text stands, as UTF-8 or UTF-16 (how SQLite and V8 may keep it).
///
/// # Errors
/// Those of the disk.
pub fn files_with(folder: &Path, text: &str) -> Result<Vec<PathBuf>> {
    files_with_any(folder, &forms(text))
}

/// In which files below a folder some bytes stand.
///
/// # Errors
/// Those of the disk.
pub fn files_with_bytes(folder: &Path, bytes: &[u8]) -> Result<Vec<PathBuf>> {
    files_with_any(folder, &[bytes.to_vec()])
}

fn files_with_any(folder: &Path, forms: &[Vec<u8>]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for file in files(folder)? {
        match fs::read(&file) {
            Ok(bytes) if forms.iter().any(|form| contains(&bytes, form)) => found.push(file),
            Ok(_) => {}
            // SQLite puts a write-ahead log away while one looks: what is gone holds nothing.
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error).with_context(|| file.display().to_string()),
        }
    }
    Ok(found)
}

/// In which files below a folder a piece of an envelope stands: a page of SQLite may end in the middle of one, but not of
/// all.
///
/// # Errors
/// Those of the disk, and an envelope that is no text.
pub fn pieces(folder: &Path, envelope: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let step = (envelope.len() / 64 / 6).max(1);
    for piece in envelope.as_bytes().chunks(64).skip(step).step_by(step) {
        found.extend(files_with(folder, std::str::from_utf8(piece)?)?);
    }
    Ok(found)
}

fn forms(text: &str) -> [Vec<u8>; 3] {
    [
        text.as_bytes().to_vec(),
        text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
    ]
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    !wanted.is_empty() && bytes.windows(wanted.len()).any(|window| window == wanted)
}
