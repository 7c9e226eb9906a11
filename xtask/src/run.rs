//! `cargo xtask run`: the portal on this machine, from a fresh clone to an address in the browser.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::build;
use crate::grade::Grade;
use crate::plan::{Part, Plan};
use crate::project::Project;
use crate::serve::{Home, Log, Offices, Server};
use crate::tools::{self, KeyFile};

/// What it takes until the first page, and for how long on two processors. `build::light` does all but the last.
const PARTS: [Part; 5] = [
    Part { name: "compiler target", first: 10, again: 1 },
    Part { name: "tools and npm packages", first: 75, again: 1 },
    Part { name: "pages and Worker", first: 140, again: 12 },
    Part { name: "assembling", first: 2, again: 2 },
    Part { name: "server", first: 2, again: 2 },
];

/// Builds, then serves until Ctrl-C (SIGINT) or until a service manager asks it to end (SIGTERM).
///
/// # Errors
/// When something cannot be built, or the server cannot start or ends by itself.
pub fn run(project: &Project, data: &Path, port: u16) -> Result<()> {
    let before = Grade::Light.pages(project).is_dir();
    let mut plan = Plan::new(project, &PARTS, before);
    build::light(project, &mut plan)?;
    let interruption = Interruption::expect()?;
    let (home, keys, mut server) = plan.part("server", || serve(project, data, port))?;
    plan.conclude()?;
    greet(&home, &keys);
    interruption.wait(|| server.ended())?;
    println!("\nStopping …");
    server.stop()?;
    println!("Stopped. What was submitted is kept in {}.", home.data().display());
    Ok(())
}

/// Ctrl-C (SIGINT), or a service manager that asks to end (SIGTERM): caught from when it is expected.
pub struct Interruption(mpsc::Receiver<()>);

impl Interruption {
    /// Catches it from now on, instead of ending at once.
    ///
    /// # Errors
    /// When it is expected already.
    pub fn expect() -> Result<Self> {
        let (interrupt, interrupted) = mpsc::channel();
        ctrlc::set_handler(move || {
            let _told = interrupt.send(());
        })
        .context("Ctrl-C cannot be caught")?;
        Ok(Self(interrupted))
    }

    /// Waits for it.
    ///
    /// # Errors
    /// When the server ended first.
    pub fn wait(&self, mut ended: impl FnMut() -> Result<bool>) -> Result<()> {
        while let Err(mpsc::RecvTimeoutError::Timeout) = self.0.recv_timeout(Duration::from_millis(500)) {
            if ended()? {
                bail!("the server ended by itself");
            }
        }
        Ok(())
    }
}

/// Starts the server on the light build, with keys made for it on first use.
fn serve(project: &Project, data: &Path, port: u16) -> Result<(Home, Vec<KeyFile>, Server)> {
    let here = tools::offices_here(project, &keys_beside(data)?.display().to_string())?;
    let offices = Offices { pages: here.pages, worker: here.worker, proof_bits: here.proof_bits };
    let home = Home::prepare(project, Grade::Light, data, port, offices, Log::Terminal)?;
    let server = home.start(project)?;
    Ok((home, here.keys, server))
}

/// Where the demonstration keys lie: beside the data, never below it, since whoever copies what the server keeps must not
/// get with it what opens it. Those that an earlier version made below the data move there.
fn keys_beside(data: &Path) -> Result<PathBuf> {
    let mut name = data.file_name().context("the data folder has no name")?.to_owned();
    name.push("-demonstration-keys");
    let (keys, before) = (data.with_file_name(name), data.join("keys"));
    if before.is_dir() && !keys.exists() {
        fs::rename(&before, &keys).with_context(|| before.display().to_string())?;
    }
    Ok(keys)
}

fn greet(home: &Home, keys: &[KeyFile]) {
    let origin = home.origin();
    println!("\n  Portal (居民)   {origin}/");
    println!("  Desk (办公台)   {origin}/desk/");
    println!(
        "\n  The desk opens with an office's key file. These are for demonstration only, and the pages say so:"
    );
    for key in keys {
        println!("    {:<16} {}", key.office, key.file.display());
    }
    println!("\n  Data is kept in {}. Ctrl-C stops the server.\n", home.data().display());
}
