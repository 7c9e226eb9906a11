//! `cargo xtask build` and the light build of `cargo xtask run`: from a checkout to pages and a Worker.

use std::collections::BTreeMap;
use std::path::Path;
use std::thread;

use anyhow::{Result, anyhow};

use crate::grade::Grade;
use crate::plan::Plan;
use crate::project::Project;
use crate::step::step;
use crate::wasm::Bound;
use crate::{edge, programs, setup, site, tools};

/// Builds `dist/` and `build/edge/`: what is shipped. `roots` is the list of the offices' root keys; without it the pages
/// are a demonstration, and say so.
///
/// # Errors
/// When something cannot be set up or compiled.
pub fn shipped(project: &Project, roots: Option<&Path>) -> Result<()> {
    set_up(project)?;
    let bound = programs::make(project, Grade::Shipped, &tools::roots(project, roots)?)?;
    assemble(project, Grade::Shipped, &bound)
}

/// Builds both grades, for the tests: what is shipped spends minutes in link-time optimisation, which uses one processor
/// only, and the light build has the other meanwhile. Cargo keeps them in folders of their own.
///
/// # Errors
/// When something cannot be set up or compiled.
pub fn both(project: &Project) -> Result<()> {
    set_up(project)?;
    let roots = tools::roots(project, None)?;
    thread::scope(|scope| {
        let light = scope.spawn(|| programs::make(project, Grade::Light, &roots));
        let shipped = assemble(project, Grade::Shipped, &programs::make(project, Grade::Shipped, &roots)?);
        let light = light.join().map_err(|_| anyhow!("the light build broke off"))??;
        shipped.and_then(|()| assemble(project, Grade::Light, &light))
    })
}

/// Builds the light grade and nothing else.
///
/// # Errors
/// When something cannot be set up or compiled.
pub fn light_alone(project: &Project) -> Result<()> {
    set_up(project)?;
    let bound = programs::make(project, Grade::Light, &tools::roots(project, None)?)?;
    assemble(project, Grade::Light, &bound)
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
    let bound = plan
        .part("pages and Worker", || programs::make(project, Grade::Light, &tools::roots(project, None)?))?;
    plan.part("assembling", || write(project, Grade::Light, &bound))
}

fn assemble(project: &Project, grade: Grade, bound: &BTreeMap<&str, Bound>) -> Result<()> {
    step("assemble pages and Worker", || write(project, grade, bound))
}

fn write(project: &Project, grade: Grade, bound: &BTreeMap<&str, Bound>) -> Result<()> {
    site::write(project, grade, bound)?;
    edge::write(project, grade, bound)
}

/// Compiles the tools while npm downloads.
fn tools_and_packages(project: &Project) -> Result<()> {
    thread::scope(|scope| {
        let packages = scope.spawn(|| setup::npm_programs(project));
        tools::compile(project)?;
        packages.join().map_err(|_| anyhow!("the installation of npm packages broke off"))?
    })
}
