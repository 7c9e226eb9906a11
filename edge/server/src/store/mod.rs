//! What the Worker keeps on disk: a SQLite file for each Durable Object under the key of its kind, and for each kind the
//! alarms that workerd is to ring. `edge/workerd.capnp` names the kinds, `edge/schemas` says what stands in a file.

pub mod alarms;
pub mod copy;
pub mod papers;
pub mod standing;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Folder of the cases' files.
pub const CASES: &str = "anju-case";
/// Folder of the offices' files.
pub const OFFICES: &str = "anju-office";
/// The file with a kind's alarms.
pub const ALARMS: &str = "metadata.sqlite";
/// Ending of a database.
const ENDING: &str = ".sqlite";

/// The names of a kind's objects, without ending, in order. A kind that nothing was kept of has no folder.
///
/// # Errors
/// Those of the disk.
pub fn objects(store: &Path, kind: &str) -> Result<Vec<String>> {
    let folder = store.join(kind);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if let Some(stem) = name.strip_suffix(ENDING).filter(|_| name != ALARMS) {
            names.push(stem.to_owned());
        }
    }
    names.sort_unstable();
    Ok(names)
}

/// The file of an object.
pub fn file(store: &Path, kind: &str, name: &str) -> PathBuf {
    store.join(kind).join(format!("{name}{ENDING}"))
}

/// Whether a path below the store is one that this program writes: nothing else is taken out of an archive.
pub fn is_known(path: &str) -> bool {
    let Some((kind, name)) = path.split_once('/') else { return false };
    let object =
        |stem: &str| stem.len() == 64 && stem.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    [CASES, OFFICES].contains(&kind) && (name == ALARMS || name.strip_suffix(ENDING).is_some_and(object))
}

#[cfg(test)]
mod tests {
    use super::is_known;

    #[test]
    fn only_databases_of_the_store_are_known() {
        let object = "0123456789abcdef".repeat(4);
        for good in [format!("anju-case/{object}.sqlite"), "anju-office/metadata.sqlite".to_owned()] {
            assert!(is_known(&good), "{good}");
        }
        for bad in [
            format!("anju-case/../{object}.sqlite"),
            format!("anju-case/{object}.sqlite-wal"),
            format!("anju-case/{}.sqlite", object.to_uppercase()),
            format!("anju-other/{object}.sqlite"),
            format!("/anju-case/{object}.sqlite"),
            "anju-case/x.sqlite".to_owned(),
            "metadata.sqlite".to_owned(),
        ] {
            assert!(!is_known(&bad), "{bad}");
        }
    }
}
