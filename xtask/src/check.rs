//! Form, lints and advisories, as the continuous checks ask for them.

use std::process::Command;

use anyhow::Result;

use crate::advisories;
use crate::project::{Project, cargo};
use crate::step::{run, step};

/// `cargo fmt --check` and `cargo clippy` over the whole workspace, warnings refused; then what is known of packages.
///
/// # Errors
/// When either finds something.
pub fn check(project: &Project) -> Result<()> {
    step("formatting", || {
        run(Command::new(cargo()).args(["fmt", "--all", "--check"]).current_dir(project.root()))
    })?;
    step("advisories", || advisories::check(project))?;
    // The residents' program is built without the whole documents: what that leaves unused shows only so.
    let resident: &[&str] = &["--package", "portal", "--bin", "portal", "--no-default-features"];
    step("lints", || {
        for selection in [&["--workspace", "--all-targets", "--all-features"], resident] {
            run(Command::new(cargo())
                .arg("clippy")
                .args(selection)
                .args(["--quiet", "--", "--deny", "warnings"])
                .current_dir(project.root()))?;
        }
        Ok(())
    })
}
