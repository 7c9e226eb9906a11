//! What the server keeps, looked at and changed behind its back, as whoever has the disk could.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::disk;
use crate::portal::Portal;

/// Folder of the cases' databases.
pub const CASES: &str = "anju-case";
/// Folder of the offices' databases.
pub const OFFICES: &str = "anju-office";
/// Where workerd keeps whom it is to wake: it names the case, too.
pub const ALARMS: &str = "metadata.sqlite";

/// The database of a case.
///
/// # Errors
/// When no file holds it.
pub fn file_of(portal: &Portal, lookup: &str) -> Result<PathBuf> {
    let found = disk::files_with(&portal.store().join(CASES), lookup)?;
    let mut names = found.iter().filter_map(|file| file.file_name()).map(|name| name.to_string_lossy());
    let name = names.find(|name| !name.starts_with(ALARMS)).context("no file holds the case")?;
    let base = name.split(".sqlite").next().context("a name")?;
    Ok(portal.store().join(CASES).join(format!("{base}.sqlite")))
}

/// What the `sqlite3` command says to some statements.
///
/// # Errors
/// When it refuses them.
pub fn sqlite(file: &Path, statements: &str) -> Result<String> {
    let mut child = Command::new("sqlite3")
        .arg("-bail")
        .arg(file)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("sqlite3")?;
    child.stdin.take().context("no input")?.write_all(statements.as_bytes())?;
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "sqlite3 refused {statements}");
    Ok(String::from_utf8(output.stdout)?)
}
