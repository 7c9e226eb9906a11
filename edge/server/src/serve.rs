//! `anju-server serve`: workerd from its start to its end.

use std::fs::{self, File};
use std::net::TcpListener;
use std::process::{Child, Command};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use local::Told;
use rustix::process::{Pid, Signal, kill_process};

use crate::disk::{Room, Watch};
use crate::folder::Folder;
use crate::release::Release;
use crate::settings::Settings;
use crate::{limits, notify};

/// How long a start may take before it is given up.
const START: Duration = Duration::from_secs(30);
/// How long workerd may take to end once it is asked: it lets requests under way be answered.
const STOP: Duration = Duration::from_secs(10);
/// How often it is looked at.
const LOOK: Duration = Duration::from_millis(200);
/// How often it is asked whether it is well, and the disk how full it is.
const ROUND: Duration = Duration::from_secs(10);

/// Serves until it is asked to end (SIGINT, SIGTERM, SIGHUP).
///
/// # Errors
/// When it cannot start, or workerd ends by itself.
pub fn serve(settings: &Settings, release: &Release, folder: &Folder) -> Result<()> {
    limits::raise()?;
    let (ask, asked) = mpsc::channel();
    ctrlc::set_handler(move || {
        let _told = ask.send(());
    })
    .context("signals cannot be caught")?;
    let held = folder.hold()?;
    // Before the first letter can come.
    let mut disk = Watch::of(settings, folder);
    fs::create_dir_all(folder.state()).with_context(|| folder.state().display().to_string())?;
    disk.look(Room::under(&folder.store())?)?;
    let mut server = Server::start(settings, release, folder, held)?;
    notify::ready();
    println!("Serving http://{}/ from {}.", settings.listen, folder.store().display());
    let mut round = Instant::now();
    while asked.recv_timeout(LOOK).is_err() {
        if let Some(status) = server.process.try_wait()? {
            bail!("workerd ended by itself: {status}");
        }
        if round.elapsed() >= ROUND {
            round = Instant::now();
            disk.look(Room::under(&folder.store())?)?;
            if local::healthy(settings.listen) {
                notify::alive();
            }
        }
    }
    notify::stopping();
    server.stop()
}

/// A running workerd; it ends with this.
#[derive(Debug)]
struct Server {
    process: Child,
}

impl Server {
    fn start(settings: &Settings, release: &Release, folder: &Folder, held: File) -> Result<Self> {
        if let Err(error) = TcpListener::bind(settings.listen) {
            bail!("{} cannot be listened at: {error}", settings.listen);
        }
        let mut server = Self { process: spawn(settings, release, folder, held)? };
        server.wait_until_healthy(settings)?;
        Ok(server)
    }

    fn wait_until_healthy(&mut self, settings: &Settings) -> Result<()> {
        let begun = Instant::now();
        while begun.elapsed() < START {
            if let Some(status) = self.process.try_wait()? {
                bail!("workerd ended before it answered: {status}");
            }
            if local::healthy(settings.listen) {
                return Ok(());
            }
            std::thread::sleep(LOOK);
        }
        bail!("workerd did not answer within {} seconds", START.as_secs())
    }

    fn stop(mut self) -> Result<()> {
        if let Some(pid) = i32::try_from(self.process.id()).ok().and_then(Pid::from_raw) {
            kill_process(pid, Signal::TERM)?;
        }
        let asked = Instant::now();
        while asked.elapsed() < STOP && self.process.try_wait()?.is_none() {
            std::thread::sleep(LOOK);
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ended = self.process.kill();
        let _reaped = self.process.wait();
    }
}

/// Lays pages and bundle down and starts workerd on them. It is handed the hold on the data folder: were this program
/// killed, nobody else could serve from the folder while workerd still does.
fn spawn(settings: &Settings, release: &Release, folder: &Folder, held: File) -> Result<Child> {
    let told = Told {
        store: folder.store(),
        site: folder.run().join("pages"),
        state: folder.state(),
        address: settings.listen,
        proof_bits: settings.proof_bits,
        daily_cap: settings.daily_cap,
        daily_papers_mib: settings.daily_papers_mib,
        retention_days: settings.retention_days.clone(),
        origins: settings.origins.clone(),
    };
    local::lay_pages(&release.pages(), &told.site, &settings.pages)?;
    let bundle = folder.run().join("worker");
    let configuration = local::lay_worker(&release.worker(), &bundle, &settings.offices, &told)?;
    Command::new(release.workerd())
        .arg("serve")
        .arg(configuration)
        .stdin(held)
        .spawn()
        .context("workerd could not be started")
}
