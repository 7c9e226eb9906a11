//! `cargo xtask build` and the light build of `cargo xtask run`: from a checkout to pages and a Worker.

use std::thread;

use anyhow::{Result, anyhow};

use crate::grade::Grade;
use crate::plan::Plan;
use crate::project::Project;
use crate::step::step;
use crate::{edge, programs, setup, site, tools};

/// Builds `dist/` and `build/edge/`: what is shipped.
///
/// # Errors
/// When something cannot be set up or compiled.
pub fn shipped(project: &Project) -> Result<()> {
    set_up(project)?;
    let bound = programs::make(project, Grade::Shipped)?;
    step("assemble dist/ and build/edge/", || {
        site::write(project, Grade::Shipped, &bound)?;
        edge::write(project, Grade::Shipped, &bound)
    })
}

/// Sets up what a build needs beside cargo.
///
/// # Errors
/// When something is missing and cannot be fetched.
pub fn set_up(project: &Project) -> Result<()> {
    setup::for_compiling()?;
    step("tools and npm packages", || tools_and_packages(project))
}

/// Builds the same pages and Worker without the passes for size, saying how long is left.
///
/// # Errors
/// When something cannot be set up or compiled.
pub fn light(project: &Project, plan: &mut Plan) -> Result<()> {
    plan.part("compiler target", setup::for_compiling)?;
    plan.part("tools and npm packages", || tools_and_packages(project))?;
    let bound = plan.part("pages and Worker", || programs::make(project, Grade::Light))?;
    plan.part("assembling", || {
        site::write(project, Grade::Light, &bound)?;
        edge::write(project, Grade::Light, &bound)
    })
}

/// Compiles the tools while npm downloads.
fn tools_and_packages(project: &Project) -> Result<()> {
    thread::scope(|scope| {
        let packages = scope.spawn(|| setup::npm_programs(project));
        tools::compile(project)?;
        packages.join().map_err(|_| anyhow!("the installation of npm packages broke off"))?
    })
}
