//! One file of many: a ZIP archive, and in it `SHA256SUMS`, which `sha256sum -c` reads.

use std::io::{Cursor, Write};

use protocol::hash::sha256_hex;
use zip::CompressionMethod;
use zip::result::ZipError;
use zip::write::{SimpleFileOptions, ZipWriter};

/// The name of the list of hashes.
pub(super) const SUMS: &str = "SHA256SUMS";

/// A file of the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its path in the archive: letters, digits, dots and slashes, so that every program unpacks it as it is.
    pub(super) path: String,
    /// What it holds.
    pub(super) bytes: Vec<u8>,
}

impl Entry {
    /// A file of text.
    pub(super) fn text(path: &str, text: impl Into<String>) -> Self {
        Self { path: path.to_owned(), bytes: text.into().into_bytes() }
    }
}

/// Packs files with the list of their hashes.
///
/// # Errors
/// [`ZipError`] where two have one path, or they are more than an archive holds.
pub(super) fn pack(entries: &[Entry]) -> Result<Vec<u8>, ZipError> {
    let sums: String =
        entries.iter().map(|entry| format!("{}  {}\n", sha256_hex(&entry.bytes), entry.path)).collect();
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // Sealed letters and photos do not get smaller.
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for entry in entries.iter().chain([&Entry::text(SUMS, sums)]) {
        archive.start_file(entry.path.as_str(), options)?;
        archive.write_all(&entry.bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io::Read;

    use super::*;

    #[test]
    fn what_was_packed_comes_out_with_its_hashes() {
        let entries = vec![
            Entry::text("letter.txt", "举报内容"),
            Entry { path: "photos/01.jpg".into(), bytes: vec![0xff, 0xd8, 0xff, 0] },
        ];
        let packed = pack(&entries).unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(packed)).unwrap();
        let mut read = |path: &str| {
            let mut bytes = Vec::new();
            archive.by_name(path).unwrap().read_to_end(&mut bytes).unwrap();
            bytes
        };
        let sums = String::from_utf8(read(SUMS)).unwrap();
        assert_eq!(sums.lines().count(), 2);
        for (entry, line) in entries.iter().zip(sums.lines()) {
            let bytes = read(&entry.path);
            assert_eq!(bytes, entry.bytes);
            assert_eq!(line, format!("{}  {}", sha256_hex(&bytes), entry.path));
        }
        assert!(pack(&[entries[0].clone(), entries[0].clone()]).is_err(), "one would hide the other");
    }
}
