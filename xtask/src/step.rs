//! Progress: every step says what it is about to do, and every command's failure says which command it was.

use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

/// Says what begins, does it, and says how long it took.
///
/// # Errors
/// Those of the work, with the step's name in front.
pub fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("▸ {name}");
    let begun = Instant::now();
    let done = work().with_context(|| format!("{name} failed"))?;
    eprintln!("  done in {:.1?}", begun.elapsed());
    Ok(done)
}

/// Runs a command to its end, its output going where this tool's goes.
///
/// # Errors
/// When it cannot be started or ends with an error.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("{} could not be started", name(command)))?;
    if !status.success() {
        bail!("`{}` ended with {status}", line(command));
    }
    Ok(())
}

/// Runs a command to its end and returns what it printed; what it complained about is shown only when it fails.
///
/// # Errors
/// When it cannot be started or ends with an error.
pub fn read(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("{} could not be started", name(command)))?;
    if !output.status.success() {
        bail!(
            "`{}` ended with {}\n{}",
            line(command),
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

fn line(command: &Command) -> String {
    let mut words = vec![name(command)];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}
