//! Standard output and standard error.

use std::io::{self, ErrorKind, Write};

use anju::households::Failure;

/// Prints a text as it is.
///
/// # Errors
/// Where standard output does not take it, such as a full disk.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    taken(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// Prints a line.
///
/// # Errors
/// As [`print`].
pub(crate) fn line(text: &str) -> Result<(), Failure> {
    print(&format!("{text}\n"))
}

/// Prints anything as JSON with line breaks.
///
/// # Errors
/// As [`print`].
pub(crate) fn json(value: &impl serde::Serialize) -> Result<(), Failure> {
    line(&serde_json::to_string_pretty(value).map_err(|e| e.to_string())?)
}

/// What became of writing to standard output. A reader who has enough (`| head -1`) ends the program without
/// a complaint.
pub(crate) fn taken(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(e) if e.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
        other => other.map_err(|e| format!("standard output: {e}")),
    }
}

/// Tells something on standard error; nobody need listen.
pub(crate) fn tell(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}
