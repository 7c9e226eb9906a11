//! One running server: plain `workerd` with SQLite on local disk, pages and API from one origin.

use std::ffi::OsString;
use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use local::Told;

use crate::grade::Grade;
use crate::guard::Guarded;
use crate::project::Project;

/// Submissions that one office takes in a day, from everyone together.
const DAILY_CAP: u32 = 5000;
/// MiB of papers of a sort that its offices take a day.
const DAILY_PAPERS_MIB: u32 = 4096;
/// How long a start may take before it is given up.
const START: Duration = Duration::from_secs(30);
/// How long a server may take to finish when asked to stop: it waits for open connections, and nothing stored needs it.
const STOP: Duration = Duration::from_secs(2);

/// Where the server's words go.
#[derive(Clone, Debug)]
pub enum Log {
    /// To this tool's terminal.
    Terminal,
    /// To the end of a file.
    File(PathBuf),
}

/// What the two sides are told of the offices: public keys only.
#[derive(Clone, Debug)]
pub struct Offices {
    /// The pages' `config.json`.
    pub pages: String,
    /// The Worker's variable `OFFICES`.
    pub worker: String,
    /// Leading zero bits of the proof of work, the same on both sides.
    pub proof_bits: u32,
}

/// A home for a server: a folder that survives it, a port, and what it is told of the offices.
#[derive(Clone, Debug)]
pub struct Home {
    grade: Grade,
    data: PathBuf,
    port: u16,
    offices: Offices,
    daily_cap: u32,
    daily_papers_mib: u32,
    retention_days: String,
    allowed_origins: Vec<String>,
    log: Log,
    under: Vec<String>,
}

impl Home {
    /// Prepares a data folder: `store/` (what the Worker keeps), `site/` (the built pages with this home's own
    /// `config.json`).
    ///
    /// # Errors
    /// When nothing has been built, or the folder cannot be written.
    pub fn prepare(
        project: &Project,
        grade: Grade,
        data: &Path,
        port: u16,
        offices: Offices,
        log: Log,
    ) -> Result<Self> {
        local::lay_pages(&grade.pages(project), &data.join("site"), &offices.pages)
            .context("no pages built yet: run `cargo xtask build`")?;
        fs::create_dir_all(data.join("store"))?;
        let data = data.canonicalize()?;
        Ok(Self {
            grade,
            data,
            port,
            offices,
            daily_cap: DAILY_CAP,
            daily_papers_mib: DAILY_PAPERS_MIB,
            retention_days: String::new(),
            allowed_origins: Vec::new(),
            log,
            under: Vec::new(),
        })
    }

    /// The same home, whose offices take this many submissions a day.
    #[must_use]
    pub fn with_daily_cap(self, daily_cap: u32) -> Self {
        Self { daily_cap, ..self }
    }

    /// The same home, whose offices take so many MiB of papers of a sort a day.
    #[must_use]
    pub fn with_daily_papers_mib(self, daily_papers_mib: u32) -> Self {
        Self { daily_papers_mib, ..self }
    }

    /// The same home, where what was written in closed cases is kept for so long: days by kind, as JSON.
    #[must_use]
    pub fn with_retention_days(self, days: &str) -> Self {
        Self { retention_days: days.to_owned(), ..self }
    }

    /// What the Worker is told of the offices.
    pub fn offices(&self) -> &str {
        &self.offices.worker
    }

    /// The same home, whose Worker is told of these offices.
    #[must_use]
    pub fn with_offices(mut self, worker: String) -> Self {
        self.offices.worker = worker;
        self
    }

    /// The same home, which also answers pages of another origin.
    #[must_use]
    pub fn with_origin(mut self, origin: &str) -> Self {
        self.allowed_origins.push(origin.to_owned());
        self
    }

    /// The same home, whose server is started by another program: its words come before the server's.
    #[must_use]
    pub fn under<'a>(self, program: impl IntoIterator<Item = &'a str>) -> Self {
        Self { under: program.into_iter().map(str::to_owned).collect(), ..self }
    }

    /// The folder that holds everything.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The built pages with this home's own configuration.
    pub fn site(&self) -> PathBuf {
        self.data.join("site")
    }

    /// The origin of pages and API, without a slash at the end.
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Starts the server and waits until it answers.
    ///
    /// # Errors
    /// When the port is taken, or the server ends or stays silent.
    pub fn start(&self, project: &Project) -> Result<Server> {
        if TcpListener::bind(self.address()).is_err() {
            bail!("port {} is in use: stop what uses it, or choose another with --port", self.port);
        }
        let mut words = self.under.iter().map(OsString::from).chain([project.node_program("workerd").into()]);
        let mut command = Command::new(words.next().unwrap_or_default());
        command.args(words).arg("serve").arg(self.configure(project)?).stdin(Stdio::null());
        if let Log::File(path) = &self.log {
            let log = File::options().create(true).append(true).open(path).context("log file")?;
            command.stdout(log.try_clone()?).stderr(log);
        }
        // Ctrl-C reaches this tool alone, which then asks the server to stop.
        let mut server = Server { process: Guarded::start(&mut command)?, address: self.address() };
        server.wait_until_healthy()?;
        Ok(server)
    }

    /// Writes this home's own copy of the bundle and its configuration, and returns the latter.
    fn configure(&self, project: &Project) -> Result<PathBuf> {
        let told = Told {
            store: self.data.join("store"),
            site: self.site(),
            state: self.data.join("state"),
            address: self.address(),
            proof_bits: self.offices.proof_bits,
            daily_cap: self.daily_cap,
            daily_papers_mib: self.daily_papers_mib,
            retention_days: self.retention_days.clone(),
            origins: self.allowed_origins.clone(),
        };
        let (built, bundle) = (self.grade.worker(project), self.data.join("server"));
        local::lay_worker(&built, &bundle, &self.offices.worker, &told)
            .context("no Worker built yet: run `cargo xtask build`")
    }

    fn address(&self) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, self.port).into()
    }
}

/// A running server; it ends when this is dropped, and no later than this process.
#[derive(Debug)]
pub struct Server {
    process: Guarded,
    address: SocketAddr,
}

impl Server {
    /// Asks the server to finish, and ends it when it does not.
    ///
    /// # Errors
    /// When the process cannot be waited for.
    pub fn stop(mut self) -> Result<()> {
        self.process.ask_to_finish();
        let asked = Instant::now();
        while asked.elapsed() < STOP && !self.process.ended()? {
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// Ends the server at once, as a power cut would (SIGKILL).
    pub fn kill(self) {
        drop(self);
    }

    /// The number of its process.
    pub fn process(&self) -> u32 {
        self.process.group()
    }

    /// Whether the server has ended by itself.
    ///
    /// # Errors
    /// When the process cannot be asked.
    pub fn ended(&mut self) -> Result<bool> {
        self.process.ended()
    }

    fn wait_until_healthy(&mut self) -> Result<()> {
        let begun = Instant::now();
        while begun.elapsed() < START {
            if self.process.ended()? {
                bail!("the server ended before it answered");
            }
            if local::healthy(self.address) {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        bail!("the server did not answer within {} seconds", START.as_secs())
    }
}

/// A port that nothing uses just now.
///
/// # Errors
/// When the machine has none to give.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}
