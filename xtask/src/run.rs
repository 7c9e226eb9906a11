//! `cargo xtask run`: the portal on this machine, from a fresh clone to an address in the browser.

use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::project::Project;
use crate::serve::{Home, Log};
use crate::settings::PROOF_BITS;

/// Serves the built portal until Ctrl-C (SIGINT) or until a service manager asks it to end (SIGTERM).
///
/// # Errors
/// When the server cannot start, or ends by itself.
pub fn run(project: &Project, data: &Path, port: u16) -> Result<()> {
    let home = Home::prepare(project, data, port, PROOF_BITS, Log::Terminal)?;
    let (interrupt, interrupted) = mpsc::channel();
    ctrlc::set_handler(move || {
        let _told = interrupt.send(());
    })
    .context("Ctrl-C cannot be caught")?;
    let mut server = home.start(project)?;
    greet(&home);
    while let Err(mpsc::RecvTimeoutError::Timeout) = interrupted.recv_timeout(Duration::from_millis(500)) {
        if server.ended()? {
            bail!("the server ended by itself");
        }
    }
    println!("\nStopping …");
    server.stop()?;
    println!("Stopped. What was submitted is kept in {}.", home.data().display());
    Ok(())
}

fn greet(home: &Home) {
    let origin = home.origin();
    println!("\n  Portal (居民)   {origin}/");
    println!("  Desk (办公台)   {origin}/desk/");
    println!("\n  The desk opens with an office's key file. These were made for local use only:");
    for office in home.keys() {
        println!("    {:<16} {}", office.key.office, office.file.display());
    }
    println!("\n  Data is kept in {}. Ctrl-C stops the server.\n", home.data().display());
}
