//! The command line.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::project::{Project, cargo};
use crate::{
    attack, bench, budget, build, check, conform, fuzz, gallery, lighthouse, package, run, setup, site, step,
    test, tools,
};

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
        /// List of the offices' root keys that the pages trust; without it they are a demonstration, and say so
        #[arg(long, value_name = "FILE")]
        roots: Option<PathBuf>,
        /// Folder with the offices' cards, which go into dist/config.json; each must be signed by one of the roots
        #[arg(long, value_name = "FOLDER")]
        cards: Option<PathBuf>,
        /// Origin of the API when it is not the pages' own, as https://api.example.org
        #[arg(long, value_name = "ORIGIN", default_value = "")]
        api: String,
    },
    /// Make one archive of everything that an office's own server needs: pages, Worker, workerd, anju-server, service unit,
    /// proxy configurations, DEPLOYMENT.md
    Package {
        /// List of the offices' root keys that the pages trust; without it they are a demonstration, and say so
        #[arg(long, value_name = "FILE")]
        roots: Option<PathBuf>,
        /// Folder with the offices' cards; each must be signed by one of the roots
        #[arg(long, value_name = "FOLDER")]
        cards: Option<PathBuf>,
        /// Address of the portal, as https://portal.example.org, for the sitemap and security.txt
        #[arg(long, value_name = "ORIGIN")]
        origin: Option<String>,
        /// Where weaknesses are told, as mailto:security@example.org or an https address, for security.txt
        #[arg(long, value_name = "URI", requires = "origin")]
        contact: Option<String>,
    },
    /// Set up, lint, test natively and in a real browser, and weigh
    Test {
        /// Only these files of tests/tests, on the light build: for work on something, not in place of the whole
        names: Vec<String>,
    },
    /// Check formatting, advisories and lints
    Check,
    /// Print sizes against the design's budgets; fail past a bar
    Budget,
    /// Measure how fast the engine decides, natively and in Chromium, and the server takes submissions; prints figures and fails over none
    Bench,
    /// Have Lighthouse judge each kind of page as on a phone: speed is printed, everything else must be without fault
    Lighthouse {
        /// How often each page is opened; the middle counts
        #[arg(long, default_value_t = 3)]
        runs: usize,
    },
    /// Kill the server at random moments under load, cut the power at others, and hold what is left to what it acknowledged
    Crash {
        /// How often it is killed
        #[arg(long, default_value_t = 500)]
        kills: usize,
        /// How often the power goes: only what was flushed is sure to be on the disk then
        #[arg(long, default_value_t = 100)]
        cuts: usize,
    },
    /// Try on a server of its own, or on one started on this machine, what an attacker would, and say what holds; it leaves some
    /// hundred letters in an office's inbox
    Attack {
        /// A server on this machine, as http://127.0.0.1:8787
        #[arg(long, value_name = "ORIGIN")]
        origin: Option<String>,
        /// Folder with the open key files of its offices, for what an officer could try
        #[arg(long, value_name = "FOLDER", requires = "origin")]
        keys: Option<PathBuf>,
    },
    /// Hold the server to the description of its API with schemathesis, which is installed from PyPI into the target folder
    Conform {
        /// Requests of each sort for each address
        #[arg(long, default_value_t = 300)]
        examples: u32,
    },
    /// Try every reader of strangers' bytes with inputs that take ever new paths (libFuzzer), and fail where one breaks
    Fuzz {
        /// For how long, all readers together, once they are compiled
        #[arg(long, default_value_t = 600)]
        seconds: u64,
        /// One reader alone, as letter
        reader: Option<String>,
    },
    /// Make, change and end the keys of a real office, and sign its card; on a machine without a network
    Keys {
        #[command(subcommand)]
        task: KeysTask,
        /// Folder with all of the office's keys, kept offline
        #[arg(long, default_value = "offline-keys", global = true)]
        folder: PathBuf,
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

#[derive(Debug, Subcommand)]
enum KeysTask {
    /// Root key, recovery key and the first card; office: the document's id, as yongshun-2023
    Start {
        office: String,
        /// Last day on which mail is sealed by the card, as 2027-12-31
        #[arg(long)]
        until: String,
    },
    /// A key for an officer
    Add {
        office: String,
        /// community, town, office, department, auditor or supervisor
        #[arg(long, default_value = "office")]
        role: String,
        /// Last day on which it signs
        #[arg(long)]
        until: Option<String>,
    },
    /// A new key in the place of one, which opens what the old one opened
    Rotate {
        office: String,
        /// Id of the old key
        kid: String,
        /// Last day on which the old one signs
        #[arg(long)]
        until: String,
    },
    /// End a key: it signs up to a last day, which may be over, and gets no more mail
    Revoke {
        office: String,
        /// Id of the key
        kid: String,
        #[arg(long)]
        until: String,
    },
    /// Say where the office is reached: phones, addresses, hours, in the place of all that were said before
    Counters {
        office: String,
        /// TOML: a `[[counter]]` each with name, purpose, and phone, address, hours as far as there are any
        file: String,
    },
    /// Let the card be used up to another day
    Renew {
        office: String,
        #[arg(long)]
        until: String,
    },
}

impl KeysTask {
    /// In the words of `xtask/keys`.
    fn words(&self, folder: &str) -> Vec<String> {
        let (task, office, more): (_, _, Vec<&String>) = match self {
            Self::Start { office, until } => ("start", office, vec![until]),
            Self::Add { office, role, until } => {
                ("add", office, std::iter::once(role).chain(until).collect())
            }
            Self::Rotate { office, kid, until } => ("rotate", office, vec![kid, until]),
            Self::Revoke { office, kid, until } => ("revoke", office, vec![kid, until]),
            Self::Renew { office, until } => ("renew", office, vec![until]),
            Self::Counters { office, file } => ("counters", office, vec![file]),
        };
        let head = [task, office, folder].map(str::to_owned);
        head.into_iter().chain(more.into_iter().cloned()).collect()
    }
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
            Task::Build { roots, cards, api } => {
                let (roots, cards) = (whole(roots)?, whole(cards)?);
                build::shipped(&project, roots.as_deref())?;
                site::configure(&project, cards.as_deref(), roots.as_deref(), &api)?;
                if roots.is_none() {
                    println!(
                        "This is a demonstration: it trusts a root key that everybody has. For an office: --roots."
                    );
                }
                Ok(())
            }
            Task::Package { roots, cards, origin, contact } => {
                let wanted = package::Wanted { roots: whole(roots)?, cards: whole(cards)?, origin, contact };
                package::package(&project, &wanted)
            }
            Task::Test { names } if names.is_empty() => test::test(&project),
            Task::Test { names } => test::some(&project, &names),
            Task::Check => check::check(&project),
            Task::Budget => budget::budget(&project),
            Task::Bench => bench::bench(&project),
            Task::Lighthouse { runs } => lighthouse::lighthouse(&project, runs),
            Task::Crash { kills, cuts } => {
                setup::for_testing()?;
                build::shipped(&project, None)?;
                example(&project, "crash", [kills, cuts].map(|count| count.to_string()))
            }
            Task::Attack { origin, keys } => attack::attack(&project, origin.as_deref(), keys),
            Task::Conform { examples } => {
                build::shipped(&project, None)?;
                conform::conform(&project, examples)
            }
            Task::Fuzz { seconds, reader } => fuzz::fuzz(&project, seconds, reader.as_deref()),
            Task::Keys { task, folder } => {
                let folder = std::path::absolute(folder)?;
                tools::keys(&project, &task.words(&folder.display().to_string()))
            }
            Task::Gallery { port } => gallery::run(&project, port),
            Task::Shots { pages } => {
                setup::for_testing()?;
                build::shipped(&project, None)?;
                gallery::build(&project)?;
                example(&project, "shots", pages)
            }
        }
    }
}

/// A path as it was meant where the command was given: the tools run at the root of the checkout.
fn whole(path: Option<PathBuf>) -> Result<Option<PathBuf>> {
    Ok(path.map(std::path::absolute).transpose()?)
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
