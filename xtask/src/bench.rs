//! `cargo xtask bench`: how fast the engine decides, natively and in the browser, how fast the server takes submissions, and what its answers cost
//! with many cases, beside a flood and beside wide reads. Times depend on the machine and on
//! what else it does, so they are printed beside their bars and nothing fails.

use std::process::Command;

use anyhow::Result;

use crate::grade::Grade;
use crate::project::{Project, cargo};
use crate::step::run;
use crate::{build, programs, setup, wasm};

/// Runs the benches of `policies`, then builds the portal, times every worked example and the pages on a slow line in
/// Chromium, submits to a server, and asks servers of a thousand and of a hundred thousand cases.
///
/// # Errors
/// When something cannot be set up, compiled or started.
pub fn bench(project: &Project) -> Result<()> {
    run(Command::new(cargo())
        .args(["bench", "--package", "policies", "--features", "compiler", "--bench", "assess"])
        .current_dir(project.root()))?;
    setup::for_testing()?;
    build::shipped(project, None)?;
    wasm::compile(project, Grade::Shipped, programs::AGREEING)?;
    for example in ["browser_bench", "slow_line", "submissions", "figures"] {
        run(Command::new(cargo())
            .args(["run", "--quiet", "--package", "system-tests", "--example", example])
            .current_dir(project.root()))?;
    }
    Ok(())
}
