//! Form and lints, as the continuous checks ask for them.

use std::process::Command;

use anyhow::Result;

use crate::project::{Project, cargo};
use crate::step::{run, step};

/// `cargo fmt --check` and `cargo clippy` over the whole workspace, warnings refused.
///
/// # Errors
/// When either finds something.
pub fn check(project: &Project) -> Result<()> {
    step("formatting", || {
        run(Command::new(cargo()).args(["fmt", "--all", "--check"]).current_dir(project.root()))
    })?;
    step("lints", || {
        run(Command::new(cargo())
            .args(["clippy", "--workspace", "--all-targets", "--quiet", "--", "--deny", "warnings"])
            .current_dir(project.root()))
    })
}
