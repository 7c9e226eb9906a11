//! `cargo xtask test`: everything the continuous checks run, in one go, with what was run and how long it took.

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::grade::Grade;
use crate::project::{Project, cargo};
use crate::step::{run, step};
use crate::{budget, build, check, conform, gallery, programs, setup, wasm};

/// The file of tests that needs other engines than Chromium.
const ENGINES: &str = "engines";

/// Sets up, lints, tests natively, builds, tests the whole system in a real browser, and weighs. Goes on after a
/// failure where the next part can still say something, and ends with the list.
///
/// # Errors
/// When anything failed.
pub fn test(project: &Project) -> Result<()> {
    setup::for_testing()?;
    setup::other_engines(project)?;
    let mut report = Report::default();
    report.part("formatting, advisories and lints", || check::check(project));
    report.part("native tests", || step("native tests", || native(project)));
    let built = report.part("build, shipped and light", || {
        build::both(project)?;
        wasm::compile(project, Grade::Shipped, programs::AGREEING)?;
        gallery::build(project)
    });
    if built {
        report.part("system tests", || step("system tests (workerd, Chromium)", || system(project)));
        report.part("the API as described", || {
            step("schemathesis on the described API", || conform::conform(project, conform::EXAMPLES))
        });
        report.part("size budgets", || budget::budget(project));
    }
    report.conclude()
}

/// Runs some of the system tests on the light build: seconds after a change, and enough while something is being made.
///
/// # Errors
/// When something cannot be built, or a test fails.
pub fn some(project: &Project, names: &[String]) -> Result<()> {
    setup::for_testing()?;
    if names.iter().any(|name| name == ENGINES) {
        setup::other_engines(project)?;
    }
    build::light_alone(project)?;
    step("system tests on the light build", || {
        let mut tests = Command::new(cargo());
        tests.args(["test", "--package", "system-tests", "--no-fail-fast"]).env(Grade::ASKED, "light");
        for name in names {
            tests.args(["--test", name]);
        }
        run(tests.args(["--", "--test-threads=2"]).current_dir(project.root()))
    })
}

/// Once, with every feature: without them fewer tests would be compiled, and none that is not among these.
fn native(project: &Project) -> Result<()> {
    run(Command::new(cargo())
        .args(["test", "--workspace", "--exclude", "system-tests", "--all-features", "--no-fail-fast"])
        .current_dir(project.root()))
}

/// Two at a time: each starts a server and a browser of its own, and machines for checks are small.
fn system(project: &Project) -> Result<()> {
    run(Command::new(cargo())
        .args(["test", "--package", "system-tests", "--no-fail-fast", "--", "--test-threads=2"])
        .current_dir(project.root()))
}

#[derive(Default)]
struct Report {
    parts: Vec<(&'static str, bool, Duration)>,
}

impl Report {
    fn part(&mut self, name: &'static str, work: impl FnOnce() -> Result<()>) -> bool {
        let begun = Instant::now();
        let passed = match work() {
            Ok(()) => true,
            Err(error) => {
                eprintln!("xtask: {error:#}");
                false
            }
        };
        self.parts.push((name, passed, begun.elapsed()));
        passed
    }

    fn conclude(self) -> Result<()> {
        let all: Duration = self.parts.iter().map(|(_, _, took)| *took).sum();
        println!("\nWhat was run, in {:.0} s:", all.as_secs_f32());
        for (name, passed, took) in &self.parts {
            println!("  {:<6} {name} ({:.0} s)", if *passed { "ok" } else { "FAILED" }, took.as_secs_f32());
        }
        anyhow::ensure!(self.parts.iter().all(|(_, passed, _)| *passed), "not everything passed");
        Ok(())
    }
}
