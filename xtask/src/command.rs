//! The command line.

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::project::Project;
use crate::{budget, check, setup, site};

/// Build, run and test the Anju portal.
#[derive(Debug, Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    about,
    disable_help_subcommand = true
)]
pub struct Cli {
    #[command(subcommand)]
    command: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Compile everything that is shipped into dist/ (static site) and dist-worker/ (the Worker)
    Build,
    /// Check formatting and lints
    Check,
    /// Print sizes against the design's budgets; fail past a bar
    Budget,
}

impl Cli {
    /// Does what was asked.
    ///
    /// # Errors
    /// With a sentence that says what to do.
    pub fn run(self) -> Result<()> {
        let project = Project::find()?;
        match self.command {
            Task::Build => {
                setup::for_building(&project)?;
                site::build(&project)
            }
            Task::Check => check::check(&project),
            Task::Budget => budget::budget(&project),
        }
    }
}
