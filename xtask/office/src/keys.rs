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

/// Makes sure that a folder holds key files for every served document, one of its office and one of its supervisor, and
/// returns all that it holds.
///
/// # Errors
/// When the folder cannot be written, or a file in it is damaged.
pub fn for_all_offices(folder: &Path) -> Result<Vec<OfficeKey>> {
    for document in policies::rulebook().documents() {
        let office = &document.document().id;
        for role in [Role::Office, Role::Supervisor] {
            if !file_of(folder, office, role).exists() {
                make(folder, office, role)?;
            }
        }
    }
    read_all(folder)
}

/// Where the key of somebody in a role lies.
fn file_of(folder: &Path, office: &str, role: Role) -> PathBuf {
    match role {
        Role::Office => folder.join(format!("{office}.{EXTENSION}")),
        other => folder.join(format!("{office}.{}.{EXTENSION}", other.id())),
    }
}

/// Makes one key file, readable by its owner only, and refuses to replace one: mail sealed to a lost key stays sealed.
///
/// # Errors
/// When the file exists or cannot be written.
pub fn make(folder: &Path, office: &str, role: Role) -> Result<OfficeKey> {
    let key = KeyFile::generate(office, role)?;
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let file = file_of(folder, office, role);
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
