//! A backup as one file: a tar archive, compressed, that begins with a manifest of every file's length and hash.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use data_encoding::HEXLOWER;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tar::{Builder, Entry, Header};

use crate::store;

/// The manifest's name in the archive.
const MANIFEST: &str = "manifest.json";
/// The form of archive that is written, and the newest that is read.
const FORM: u32 = 1;
/// The longest manifest that is read, in bytes: some ten million cases.
const LONGEST_MANIFEST: u64 = 2 << 30;

/// What an archive says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of archive.
    form: u32,
    /// The release that wrote it.
    release: String,
    /// When it was begun, in Unix seconds.
    pub made_at: u64,
    /// How many cases are in it.
    pub cases: usize,
    /// How many offices.
    pub offices: usize,
    /// Every file, in order.
    files: Vec<Packed>,
}

/// A file in an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Packed {
    /// Below the store, with `/` between folders.
    path: String,
    /// Length in bytes.
    bytes: u64,
    /// SHA-256 in lower-case hexadecimal.
    sha256: String,
}

/// How much is in an archive, and when it was begun.
#[derive(Clone, Copy, Debug)]
pub struct Counts {
    /// Unix seconds.
    pub made_at: u64,
    /// Cases.
    pub cases: usize,
    /// Offices.
    pub offices: usize,
}

/// Writes the files below a folder into an archive that must not be there yet.
///
/// # Errors
/// Those of the disk.
pub fn write(folder: &Path, paths: Vec<String>, counts: Counts, into: &Path) -> Result<()> {
    let files = paths.into_iter().map(|path| packed(folder, path)).collect::<Result<Vec<_>>>()?;
    let Counts { made_at, cases, offices } = counts;
    let release = env!("CARGO_PKG_VERSION").to_owned();
    let manifest = Manifest { form: FORM, release, made_at, cases, offices, files };
    let file = File::create_new(into).with_context(|| into.display().to_string())?;
    // Most of it is ciphertext in base64: more effort makes it hardly smaller.
    let mut tar = Builder::new(GzEncoder::new(BufWriter::new(file), Compression::fast()));
    let text = serde_json::to_vec_pretty(&manifest)?;
    tar.append_data(&mut header(u64::try_from(text.len())?, made_at), MANIFEST, text.as_slice())?;
    for Packed { path, bytes, .. } in &manifest.files {
        let file = folder.join(path);
        let open = File::open(&file).with_context(|| file.display().to_string())?;
        tar.append_data(&mut header(*bytes, made_at), path, open)?;
    }
    let file = tar.into_inner()?.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
    Ok(file.sync_all()?)
}

fn header(bytes: u64, made_at: u64) -> Header {
    let mut header = Header::new_ustar();
    header.set_size(bytes);
    header.set_mode(0o600);
    header.set_mtime(made_at);
    header
}

fn packed(folder: &Path, path: String) -> Result<Packed> {
    let file = folder.join(&path);
    let open = File::open(&file).with_context(|| file.display().to_string())?;
    let (bytes, sha256) = pass_on(open, &mut io::sink())?;
    Ok(Packed { path, bytes, sha256 })
}

/// Reads an archive to its end and holds it to its manifest; with a folder, everything is written there.
///
/// # Errors
/// When it is no backup, damaged, cut short, or written by a newer release.
pub fn read(archive: &Path, into: Option<&Path>) -> Result<Manifest> {
    let open = File::open(archive).with_context(|| archive.display().to_string())?;
    let mut tar = tar::Archive::new(GzDecoder::new(BufReader::new(open)));
    let whole = take_all(&mut tar, into).and_then(|manifest| {
        // The checksum of the compressed form stands at its very end.
        io::copy(&mut tar.into_inner(), &mut io::sink()).context("it is damaged or cut short")?;
        Ok(manifest)
    });
    whole.with_context(|| format!("{} cannot be restored", archive.display()))
}

fn take_all<R: Read>(tar: &mut tar::Archive<R>, into: Option<&Path>) -> Result<Manifest> {
    let mut entries = tar.entries()?;
    let first = entries.next().context("it is empty")?.context("it is no backup")?;
    let manifest = manifest(first)?;
    let mut wanted = manifest.files.iter();
    for entry in entries {
        let entry = entry.context("it is damaged or cut short")?;
        let path = entry.path()?.to_string_lossy().into_owned();
        let next = wanted.next().with_context(|| format!("{path} is not in its manifest"))?;
        ensure!(path == next.path, "{path} stands where {} should be", next.path);
        ensure!(store::is_known(&path), "{path} is no file of a store");
        let found = match into {
            Some(folder) => take(entry, &folder.join(&path)),
            None => pass_on(entry, &mut io::sink()),
        };
        let (bytes, sha256) = found.context("it is damaged or cut short")?;
        ensure!(
            bytes == next.bytes && sha256 == next.sha256,
            "it is damaged: {path} is not what was written"
        );
    }
    if let Some(missing) = wanted.next() {
        bail!("it is cut short: {} is missing", missing.path);
    }
    Ok(manifest)
}

fn manifest<R: Read>(entry: Entry<'_, R>) -> Result<Manifest> {
    #[derive(Deserialize)]
    struct Form {
        form: u32,
    }
    ensure!(
        entry.path()?.as_ref() == Path::new(MANIFEST),
        "it is no backup: it does not begin with a manifest"
    );
    let mut text = Vec::new();
    entry.take(LONGEST_MANIFEST).read_to_end(&mut text).context("it is damaged or cut short")?;
    let Form { form } = serde_json::from_slice(&text).context("its manifest cannot be read")?;
    ensure!(form <= FORM, "it was written by a newer release: restore it with that one");
    serde_json::from_slice(&text).context("its manifest cannot be read")
}

/// Writes one file out, down to the disk.
fn take(from: impl Read, to: &Path) -> Result<(u64, String)> {
    let parent = to.parent().map_or_else(PathBuf::new, Path::to_owned);
    fs::create_dir_all(&parent)?;
    let mut file = File::create_new(to).with_context(|| to.display().to_string())?;
    let found = pass_on(from, &mut file)?;
    file.sync_all()?;
    Ok(found)
}

/// Copies to the end, and says how much it was and with which hash.
fn pass_on(mut from: impl Read, to: &mut impl Write) -> Result<(u64, String)> {
    let mut hash = Sha256::new();
    let mut bytes = 0;
    let mut part = vec![0; 1 << 16];
    loop {
        let length = from.read(&mut part)?;
        let Some(read) = part.get(..length).filter(|read| !read.is_empty()) else { break };
        hash.update(read);
        to.write_all(read)?;
        bytes += u64::try_from(length)?;
    }
    Ok((bytes, HEXLOWER.encode(&hash.finalize())))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const COUNTS: Counts = Counts { made_at: 1_795_000_000, cases: 2, offices: 0 };

    /// A folder with two files of a store, and the archive of both.
    fn packed_two() -> (tempfile::TempDir, Vec<String>, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let paths: Vec<String> =
            ["a", "b"].map(|name| format!("{}/{}.sqlite", store::CASES, name.repeat(64))).to_vec();
        fs::create_dir(folder.path().join(store::CASES)).unwrap();
        for path in &paths {
            fs::write(folder.path().join(path), path.repeat(1000)).unwrap();
        }
        let archive = folder.path().join("backup.tar.gz");
        write(folder.path(), paths.clone(), COUNTS, &archive).unwrap();
        (folder, paths, archive)
    }

    #[test]
    fn what_was_written_is_read_back() {
        let (folder, paths, archive) = packed_two();
        let out = folder.path().join("out");
        let manifest = read(&archive, Some(&out)).unwrap();
        assert_eq!((manifest.made_at, manifest.cases, manifest.offices), (1_795_000_000, 2, 0));
        for path in &paths {
            assert_eq!(fs::read(out.join(path)).unwrap(), fs::read(folder.path().join(path)).unwrap());
        }
        assert_eq!(read(&archive, None).unwrap(), manifest);
        assert!(write(folder.path(), paths, COUNTS, &archive).is_err(), "an archive was written over");
    }

    #[test]
    fn what_is_cut_short_or_changed_is_refused() {
        let (_folder, _, archive) = packed_two();
        let whole = fs::read(&archive).unwrap();
        for length in [0, 10, whole.len() / 2, whole.len() - 9] {
            fs::write(&archive, whole.get(..length).unwrap()).unwrap();
            assert!(read(&archive, None).is_err(), "{length} bytes of {}", whole.len());
        }
        for at in [whole.len() / 3, whole.len() / 2, whole.len() - 6] {
            let mut changed = whole.clone();
            changed[at] ^= 0x10;
            fs::write(&archive, &changed).unwrap();
            assert!(read(&archive, None).is_err(), "byte {at} of {}", whole.len());
        }
        fs::write(&archive, &whole).unwrap();
        read(&archive, None).unwrap();
    }

    /// An archive with any files in it.
    fn made_of(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut tar = Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
        for (path, text) in parts {
            let mut header = header(u64::try_from(text.len()).unwrap(), 0);
            header.as_old_mut().name.get_mut(..path.len()).unwrap().copy_from_slice(path.as_bytes());
            header.set_cksum();
            tar.append(&header, text.as_bytes()).unwrap();
        }
        tar.into_inner().unwrap().finish().unwrap()
    }

    #[test]
    fn what_is_no_backup_is_refused_with_the_reason() {
        let manifest = |form: u32, files: &str| {
            format!(
                r#"{{"form": {form}, "release": "0", "made_at": 0, "cases": 0, "offices": 0, "files": [{files}]}}"#
            )
        };
        let file =
            |path: &str| format!(r#"{{"path": "{path}", "bytes": 0, "sha256": "{}"}}"#, "e3".repeat(32));
        let escape = "anju-case/../../escaped.sqlite";
        let known = format!("anju-case/{}.sqlite", "a".repeat(64));
        let folder = tempfile::tempdir().unwrap();
        let archive = folder.path().join("backup.tar.gz");
        for (parts, reason) in [
            (made_of(&[]), "it is empty"),
            (made_of(&[("other.json", "{}")]), "does not begin with a manifest"),
            (made_of(&[(MANIFEST, "{}")]), "manifest cannot be read"),
            (made_of(&[(MANIFEST, &manifest(2, ""))]), "newer release"),
            (made_of(&[(MANIFEST, &manifest(1, &file(escape))), (escape, "")]), "no file of a store"),
            (made_of(&[(MANIFEST, &manifest(1, "")), (&known, "")]), "not in its manifest"),
            (made_of(&[(MANIFEST, &manifest(1, &file(&known)))]), "is missing"),
            (made_of(&[(MANIFEST, &manifest(1, &file(&known))), (&known, "")]), "not what was written"),
            (made_of(&[(MANIFEST, &manifest(1, &file(&known))), (escape, "")]), "stands where"),
            (b"PK\x03\x04 no archive".to_vec(), "no backup"),
        ] {
            fs::write(&archive, parts).unwrap();
            let said = format!("{:#}", read(&archive, Some(&folder.path().join("out"))).unwrap_err());
            assert!(said.contains(reason), "{reason}: {said}");
        }
        assert!(!folder.path().join("escaped.sqlite").exists());
    }
}
