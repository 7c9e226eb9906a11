//! A copy of one database as it stands at one moment, while workerd goes on writing to it.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use rusqlite::{Connection, OpenFlags};

/// How long another's lock is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// Opens a database that somebody else may be using, without changing it.
///
/// # Errors
/// When it is not there or cannot be read.
pub fn open(file: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open = Connection::open_with_flags(file, flags).with_context(|| file.display().to_string())?;
    open.busy_timeout(PATIENCE)?;
    Ok(open)
}

/// Writes a copy to a new file, in place of one that was there. What was deleted from the database is not in it.
///
/// # Errors
/// When the database cannot be read or the copy not written.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        fs::remove_file(to).with_context(|| to.display().to_string())?;
    }
    let target = to.to_str().with_context(|| format!("{} is no UTF-8", to.display()))?;
    let open = open(from)?;
    // The copy is worth nothing before it is in the archive, which is flushed as a whole: to flush each of many thousands
    // apart would take most of the time.
    open.pragma_update(None, "synchronous", "OFF")?;
    open.execute("VACUUM INTO ?1", [target])
        .with_context(|| format!("{} could not be copied", from.display()))?;
    Ok(())
}
