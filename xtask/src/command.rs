//! The command line.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::project::{Project, cargo};
use crate::{bench, budget, build, check, edge, gallery, package, run, setup, site, step, test, tools};

/// Build, run and test the Anju portal.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about, disable_help_subcommand = true)]
pub struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Build everything, without the passes for size, and serve portal, desk and API on this machine until Ctrl-C
    Run {
        /// Port on 127.0.0.1
        #[arg(long, default_value_t = 8787)]
        port: u16,
        /// Folder for keys and submitted cases; survives restarts
        #[arg(long, default_value = "data-local")]
        data: PathBuf,
    },
    /// Compile everything that is shipped into dist/ (static site) and build/edge/ (the Worker)
    Build {
        /// Folder with the offices' key files, whose public halves go into dist/config.json
        #[arg(long, value_name = "FOLDER")]
        keys: Option<PathBuf>,
        /// Origin of the API when it is not the pages' own, as https://api.example.org
        #[arg(long, value_name = "ORIGIN", default_value = "")]
        api: String,
    },
    /// Make one archive of everything that an office's own server needs: pages, Worker, workerd, anju-server, service unit,
    /// proxy configurations, DEPLOYMENT.md
    Package {
        /// Folder with the offices' key files, whose public halves go into the archive
        #[arg(long, value_name = "FOLDER")]
        keys: Option<PathBuf>,
        /// Address of the portal, as https://portal.example.org, for the sitemap and security.txt
        #[arg(long, value_name = "ORIGIN")]
        origin: Option<String>,
        /// Where weaknesses are told, as mailto:security@example.org or an https address, for security.txt
        #[arg(long, value_name = "URI", requires = "origin")]
        contact: Option<String>,
    },
    /// Set up, lint, test natively and in a real browser, and weigh
    Test,
    /// Check formatting, advisories and lints
    Check,
    /// Print sizes against the design's budgets; fail past a bar
    Budget,
    /// Measure how fast the engine decides, natively and in Chromium, and the server takes submissions; prints figures and fails over none
    Bench,
    /// Kill the server at random moments under load, and hold what is left to what it acknowledged
    Crash {
        /// How often
        #[arg(long, default_value_t = 500)]
        kills: usize,
    },
    /// Make one office key file; the private key is written nowhere else
    Keys {
        /// Office: the document's id, as yongshun-2023
        office: String,
        /// community, town, office, department or auditor
        #[arg(long, default_value = "office")]
        role: String,
        /// Folder that receives the file
        #[arg(long, default_value = "keys")]
        into: PathBuf,
    },
    /// Serve every component in every state on this machine until Ctrl-C
    Gallery {
        /// Port on 127.0.0.1
        #[arg(long, default_value_t = 8788)]
        port: u16,
    },
    /// Save screenshots of the gallery and of every kind of page at 360 and 1280 px, in normal, large-text and high-contrast mode, into
    /// target/shots, and fail where a page scrolls sideways, has too small a target or breaks a rule of axe-core
    Shots {
        /// Beginnings of page names, as apply or desk-inbox, or addresses, as / or /yongshun/guide; all pages if none
        pages: Vec<String>,
    },
}

impl Cli {
    /// Does what was asked.
    ///
    /// # Errors
    /// With a sentence that says what to do.
    pub fn run(self) -> Result<()> {
        let project = Project::find()?;
        match self.task {
            Task::Run { port, data } => run::run(&project, &project.root().join(data), port),
            Task::Build { keys, api } => {
                build::shipped(&project)?;
                site::configure(&project, keys.as_deref(), &api)?;
                edge::configure(&project, keys.as_deref())
            }
            Task::Package { keys, origin, contact } => {
                package::package(&project, &package::Wanted { keys, origin, contact })
            }
            Task::Test => test::test(&project),
            Task::Check => check::check(&project),
            Task::Budget => budget::budget(&project),
            Task::Bench => bench::bench(&project),
            Task::Crash { kills } => {
                build::shipped(&project)?;
                example(&project, "crash", [kills.to_string()])
            }
            Task::Keys { office, role, into } => make_key(&project, &office, &role, &into),
            Task::Gallery { port } => gallery::run(&project, port),
            Task::Shots { pages } => {
                setup::for_testing()?;
                build::shipped(&project)?;
                gallery::build(&project)?;
                example(&project, "shots", pages)
            }
        }
    }
}

/// Runs a program of the system tests.
fn example(project: &Project, name: &str, arguments: impl IntoIterator<Item = String>) -> Result<()> {
    step::run(
        Command::new(cargo())
            .args(["run", "--quiet", "--package", "system-tests", "--example", name, "--"])
            .args(arguments)
            .current_dir(project.root()),
    )
}

fn make_key(project: &Project, office: &str, role: &str, into: &Path) -> Result<()> {
    tools::compile(project)?;
    print!("{}", tools::office(project, &["key", office, role, &into.display().to_string()])?);
    println!("Keep it off the server, and keep a copy: mail sealed to a lost key cannot be opened.");
    Ok(())
}
