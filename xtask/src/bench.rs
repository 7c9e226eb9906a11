//! `cargo xtask bench`: how fast the engine decides, natively and in the browser, and how fast the server takes submissions. Times depend on the machine and on
//! what else it does, so they are printed beside their bars and nothing fails.

use std::process::Command;

use anyhow::Result;

use crate::project::{Project, cargo};
use crate::step::run;
use crate::{edge, setup, site, wasm};

/// Runs the benches of `policies`, then builds the portal, times every worked example in Chromium, and submits to a
/// server.
///
/// # Errors
/// When something cannot be set up, compiled or started.
pub fn bench(project: &Project) -> Result<()> {
    run(Command::new(cargo())
        .args(["bench", "--package", "policies", "--features", "compiler", "--bench", "assess"])
        .current_dir(project.root()))?;
    setup::for_building(project)?;
    setup::for_testing()?;
    site::build(project)?;
    edge::build(project)?;
    wasm::compile(project, "agreement", &["--lib"])?;
    for example in ["browser_bench", "submissions"] {
        run(Command::new(cargo())
            .args(["run", "--quiet", "--package", "system-tests", "--example", example])
            .current_dir(project.root()))?;
    }
    Ok(())
}
