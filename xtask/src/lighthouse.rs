//! `cargo xtask lighthouse`: the shipped pages as Lighthouse judges them, a program of others that measures pages.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::cache::digest;
use crate::project::{Project, cargo};
use crate::step::{run, step};
use crate::{build, setup};

/// Builds what is shipped and has each kind of page judged so often.
///
/// # Errors
/// When something cannot be set up or built, and where a page lacks something that does not depend on the machine.
pub fn lighthouse(project: &Project, runs: usize) -> Result<()> {
    setup::for_testing()?;
    build::shipped(project, None)?;
    let program = program(project)?;
    let mut command = Command::new(cargo());
    command.args(["run", "--quiet", "--package", "system-tests", "--example", "lighthouse", "--"]);
    run(command.arg(program).arg(runs.to_string()).current_dir(project.root()))
}

/// Lighthouse in a place of its own in the target folder, as `tests/lighthouse/package-lock.json` says; installed once for each
/// list.
fn program(project: &Project) -> Result<PathBuf> {
    let lists = project.path("tests/lighthouse");
    let wanted = fs::read(lists.join("package-lock.json")).context("tests/lighthouse/package-lock.json")?;
    let place = project.cache().join(format!("lighthouse-{}", digest(&[&wanted])));
    let (program, stamp) = (place.join("node_modules/lighthouse/cli/index.js"), place.join("installed"));
    if !stamp.is_file() {
        step("Lighthouse (npm)", || {
            fs::create_dir_all(&place)?;
            for list in ["package.json", "package-lock.json"] {
                fs::copy(lists.join(list), place.join(list)).with_context(|| list.to_owned())?;
            }
            run(Command::new("npm")
                .args(["ci", "--no-fund", "--no-audit", "--ignore-scripts", "--loglevel=error"])
                .current_dir(&place)
                .stdin(Stdio::null()))?;
            fs::write(&stamp, "").context("the target folder")
        })?;
    }
    Ok(program)
}
