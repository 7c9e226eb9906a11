//! The command line.

use std::fs;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, ensure};
use clap::{Parser, Subcommand};

use crate::folder::Folder;
use crate::{backup, check, metrics, release, restore, serve, settings};

/// An office's own Anju server: serve, back up, restore, check, count.
#[derive(Debug, Parser)]
#[command(name = "anju-server", version, about, disable_help_subcommand = true)]
pub struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Serve pages and API until it is asked to end (SIGTERM, Ctrl-C)
    Serve {
        /// Folder with anju.toml, config.json and offices.json
        #[arg(long, value_name = "FOLDER")]
        settings: PathBuf,
        /// Folder in which cases are kept
        #[arg(long, value_name = "FOLDER")]
        data: PathBuf,
        /// Folder that the archive was unpacked to; without it, the one that this program lies in
        #[arg(long, value_name = "FOLDER")]
        release: Option<PathBuf>,
    },
    /// Write everything that is kept into one new file, also while the server runs
    Backup {
        /// Folder in which cases are kept
        #[arg(long, value_name = "FOLDER")]
        data: PathBuf,
        /// The file to write, as /var/backups/anju/2026-11-26.tar.gz; it must not exist
        #[arg(long, value_name = "FILE")]
        into: PathBuf,
    },
    /// Put a backup into an empty folder
    Restore {
        /// The file that `backup` wrote
        #[arg(long, value_name = "FILE")]
        from: PathBuf,
        /// The folder; it must be empty or not exist
        #[arg(long, value_name = "FOLDER")]
        data: PathBuf,
    },
    /// Look through every database and at the disk; ends with an error where something is wrong
    Check {
        /// Folder in which cases are kept
        #[arg(long, value_name = "FOLDER")]
        data: PathBuf,
        /// What an earlier check said, kept elsewhere: the audit trails must still have the lines that it names
        #[arg(long, value_name = "FILE")]
        against: Option<PathBuf>,
    },
    /// Count cases, files and room, in the text format of Prometheus
    Metrics {
        /// Folder in which cases are kept
        #[arg(long, value_name = "FOLDER")]
        data: PathBuf,
    },
}

/// China has one time all year.
const CHINA: u64 = 8 * 3600;
const DAY: u64 = 24 * 3600;

impl Cli {
    /// Does what was asked.
    ///
    /// # Errors
    /// With a sentence that says what to do.
    pub fn run(self) -> Result<()> {
        match self.task {
            Task::Serve { settings, data, release } => {
                let settings = settings::Settings::read(&settings)?;
                serve::serve(&settings, &release::Release::find(release)?, &Folder::make(&data)?)
            }
            Task::Backup { data, into } => {
                let made = backup::backup(&Folder::find(&data)?, &into, now()?)?;
                println!("{made}");
                ensure!(
                    made.unread.is_empty(),
                    "not everything could be read: see above, and run `anju-server check`"
                );
                Ok(())
            }
            Task::Restore { from, data } => {
                println!("{}", restore::restore(&from, &data)?);
                Ok(())
            }
            Task::Metrics { data } => {
                let today = i64::try_from((now()? + CHINA) / DAY)?;
                print!("{}", metrics::metrics(&Folder::find(&data)?, today)?);
                Ok(())
            }
            Task::Check { data, against } => {
                let folder = Folder::find(&data)?;
                let mut found = check::check(&folder)?;
                if let Some(file) = against {
                    let said = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
                    found.hold_against(&folder, &said)?;
                }
                print!("{found}");
                ensure!(found.faults.is_empty(), "not everything is as it should be: see above");
                Ok(())
            }
        }
    }
}

/// Unix seconds.
#[expect(clippy::disallowed_methods, reason = "the outer shell: when a backup was made")]
fn now() -> Result<u64> {
    Ok(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs())
}
