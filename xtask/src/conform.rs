//! `cargo xtask conform`: the server against the description of its API, by schemathesis, a program of others that makes requests
//! from a description.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::cache::digest;
use crate::project::{Project, cargo};
use crate::setup::on_path;
use crate::step::{read, run, step};

/// Requests of each sort for each address where nobody asks for more: half a minute.
pub const EXAMPLES: u32 = 30;

/// Starts what was built and holds it to `edge/openapi.json`.
///
/// # Errors
/// When there is no Python, or an answer is not as described.
pub fn conform(project: &Project, examples: u32) -> Result<()> {
    let program = schemathesis(project)?;
    let mut command = Command::new(cargo());
    command.args(["run", "--quiet", "--package", "system-tests", "--example", "conform", "--"]);
    run(command.arg(program).arg(examples.to_string()).current_dir(project.root()))
}

/// Schemathesis in a place of its own in the target folder, as `tests/conform/requirements.txt` says; installed once for each list.
fn schemathesis(project: &Project) -> Result<PathBuf> {
    let list = project.path("tests/conform/requirements.txt");
    let wanted = fs::read(&list).with_context(|| list.display().to_string())?;
    let place = project.cache().join(format!("schemathesis-{}", digest(&[&wanted])));
    let (program, stamp) = (place.join("bin/schemathesis"), place.join("installed"));
    if stamp.is_file() {
        return Ok(program);
    }
    let advice = "the description of the API is held to by schemathesis: install Python 3.10 or newer with its venv module and try again";
    let python = on_path("python3").context(advice)?;
    step("schemathesis (PyPI)", || {
        read(Command::new(python).args(["-m", "venv", "--clear"]).arg(&place)).context(advice)?;
        read(
            Command::new(place.join("bin/pip"))
                .args(["install", "--quiet", "--disable-pip-version-check", "--no-deps", "-r"])
                .arg(&list),
        )?;
        fs::write(&stamp, "").context("the target folder")
    })?;
    Ok(program)
}
