//! Office key files for trying things out, which lie open on disk. Keys for a real office: `xtask/keys`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use protocol::desk::Role;
use protocol::keyfile::KeyFile;

/// The ending of a key file's name.
const EXTENSION: &str = "key";

/// An office's key and the file that holds it.
#[derive(Clone, Debug)]
pub struct OfficeKey {
    /// The file to open at the desk, and to give to `age --identity`.
    pub file: PathBuf,
    /// Its content.
    pub key: KeyFile,
}

/// Makes sure that a folder holds a key file for every served document, and returns all that it holds.
///
/// # Errors
/// When the folder cannot be written, or a file in it is damaged.
pub fn for_all_offices(folder: &Path) -> Result<Vec<OfficeKey>> {
    policies::rulebook()
        .documents()
        .iter()
        .map(|compiled| compiled.document().id.as_str())
        .filter(|office| !folder.join(format!("{office}.{EXTENSION}")).exists())
        .try_for_each(|office| make(folder, office, Role::Office).map(drop))?;
    read_all(folder)
}

/// Makes one key file, readable by its owner only, and refuses to replace one: mail sealed to a lost key stays sealed.
///
/// # Errors
/// When the file exists or cannot be written.
pub fn make(folder: &Path, office: &str, role: Role) -> Result<OfficeKey> {
    let key = KeyFile::generate(office, role)?;
    let name = match role {
        Role::Office => office.to_owned(),
        other => format!("{office}.{}", other.id()),
    };
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let file = folder.join(format!("{name}.{EXTENSION}"));
    write_private(&file, &key.to_text())?;
    Ok(OfficeKey { file, key })
}

/// Reads every key file of a folder, by name.
///
/// # Errors
/// When the folder or a file in it cannot be read, or a file is damaged.
pub fn read_all(folder: &Path) -> Result<Vec<OfficeKey>> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .with_context(|| folder.display().to_string())?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == EXTENSION))
        .collect();
    files.sort();
    files
        .into_iter()
        .map(|file| {
            let key = KeyFile::parse(&fs::read_to_string(&file)?)
                .map_err(|error| anyhow!("{}: {error}", file.display()))?;
            Ok(OfficeKey { file, key })
        })
        .collect()
}

fn write_private(file: &Path, text: &str) -> Result<()> {
    use std::io::Write;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut open = options.open(file).with_context(|| file.display().to_string())?;
    open.write_all(text.as_bytes()).with_context(|| file.display().to_string())
}
