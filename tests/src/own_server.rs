//! An office's own server, from the archive that `cargo xtask package` makes: unpacked, configured and started as
//! DEPLOYMENT.md says.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail, ensure};
use office::cards;
use office::keys::{self, OfficeKey};
use protocol::config::{FILE, PortalConfig};
use tempfile::TempDir;
use xtask::guard::Guarded;
use xtask::package::{self, Compiled, Wanted};
use xtask::project::Project;
use xtask::{serve, tools};

use crate::applicant::Server;
use crate::portal::PROOF_BITS;

/// The address that the archive is told of.
pub const ORIGIN: &str = "https://portal.example.org";
/// Whom to tell of a weakness there.
pub const CONTACT: &str = "mailto:security@example.org";
/// How long a start may take on a busy machine.
const START: Duration = Duration::from_secs(40);
/// How long an end may take.
const END: Duration = Duration::from_secs(15);

/// The archive, once for all tests of a process.
static UNPACKED: Mutex<Option<PathBuf>> = Mutex::new(None);

/// An unpacked archive with the settings of an installation, and its offices' keys, which lie elsewhere.
#[derive(Debug)]
pub struct Installation {
    folder: TempDir,
    release: PathBuf,
    keys: Vec<OfficeKey>,
}

impl Installation {
    /// Packs what was built, unpacks it in a clean folder, and configures a server of its own.
    ///
    /// # Errors
    /// When nothing has been built (`cargo xtask build`).
    pub fn make() -> Result<Self> {
        let place = unpacked()?;
        let folder = tempfile::Builder::new().prefix("anju-own-").tempdir()?;
        let keys = keys::read_all(&place.join("keys"))?;
        let made = Self { release: place.join("anju"), folder, keys };
        local::copy_folder(&made.release.join("settings"), &made.settings())?;
        // A proof of work that a debug build finds at once.
        let file = made.settings().join(FILE);
        let told: PortalConfig = serde_json::from_slice(&fs::read(&file)?)?;
        fs::write(file, serde_json::to_vec(&PortalConfig { proof_bits: PROOF_BITS, ..told })?)?;
        // How full this machine's disk is says nothing of the server.
        made.configure("full_at", "100")?;
        Ok(made)
    }

    /// The unpacked archive.
    pub fn release(&self) -> &Path {
        &self.release
    }

    /// The settings folder.
    pub fn settings(&self) -> PathBuf {
        self.path("settings")
    }

    /// A path in a folder of this installation's own.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The key file of an office.
    ///
    /// # Errors
    /// When no document has this id.
    pub fn key(&self, office: &str) -> Result<&OfficeKey> {
        self.keys.iter().find(|key| key.key.office == office).with_context(|| format!("no key for {office}"))
    }

    /// The program, to be asked for something.
    pub fn program(&self) -> Command {
        let mut command = Command::new(self.release.join("anju-server"));
        command.stdin(Stdio::null());
        command
    }

    /// Asks the program for something that is granted, and returns what it says.
    ///
    /// # Errors
    /// When it is refused.
    pub fn granted(&self, words: &[&str], folders: &[(&str, &Path)]) -> Result<String> {
        let output = self.asked(words, folders)?;
        ensure!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        Ok(String::from_utf8(output.stdout)?)
    }

    /// Asks the program for something that is refused, and returns the one sentence that it says.
    ///
    /// # Errors
    /// When it is granted, or refused with more or with less.
    pub fn refused(&self, words: &[&str], folders: &[(&str, &Path)]) -> Result<String> {
        one_sentence(&self.asked(words, folders)?)
    }

    fn asked(&self, words: &[&str], folders: &[(&str, &Path)]) -> Result<Output> {
        let mut command = self.program();
        command.args(words);
        for (name, path) in folders {
            command.arg(name).arg(path);
        }
        Ok(command.output()?)
    }

    /// Starts it on a data folder at a free port.
    ///
    /// # Errors
    /// When it does not come up.
    pub fn start(&self, data: &Path) -> Result<Running> {
        let port = serve::free_port()?;
        self.configure("listen", &format!("\"127.0.0.1:{port}\""))?;
        let mut command = self.program();
        command.arg("serve").arg("--settings").arg(self.settings()).arg("--data").arg(data);
        command.stdout(Stdio::null());
        let mut running = Running { process: Guarded::start(&mut command)?, port };
        let begun = Instant::now();
        while !local::healthy(([127, 0, 0, 1], port).into()) {
            if running.process.ended()? || begun.elapsed() > START {
                bail!("the server did not come up");
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(running)
    }

    /// Configures one key of `anju.toml`.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn configure(&self, key: &str, value: &str) -> Result<()> {
        let file = self.settings().join("anju.toml");
        let lines = fs::read_to_string(&file)?;
        let key = format!("{key} = ");
        let lines = lines.lines().map(|line| match line.starts_with(&key) {
            true => format!("{key}{value}"),
            false => line.to_owned(),
        });
        Ok(fs::write(file, lines.collect::<Vec<_>>().join("\n"))?)
    }
}

/// The one sentence with which the program refuses.
///
/// # Errors
/// When it granted what was asked, or said more or less.
pub fn one_sentence(output: &Output) -> Result<String> {
    let said = String::from_utf8(output.stderr.clone())?;
    ensure!(!output.status.success(), "it was granted");
    ensure!(said.starts_with("anju-server: ") && said.trim_end().lines().count() == 1, "it said: {said}");
    Ok(said)
}

/// A running server; it ends when this is dropped, with the workerd that it started.
#[derive(Debug)]
pub struct Running {
    process: Guarded,
    port: u16,
}

impl Running {
    /// Its origin.
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The number of its process.
    pub fn process(&self) -> u32 {
        self.process.group()
    }

    /// Where somebody submits.
    pub fn server(&self, key: &OfficeKey) -> Server {
        Server { origin: self.origin(), recipient: key.key.recipient.clone(), proof_bits: PROOF_BITS }
    }

    /// Asks it to end, as a service manager does, and waits until it has.
    ///
    /// # Errors
    /// When it goes on.
    pub fn stop(mut self) -> Result<()> {
        crate::process::signal("TERM", self.process())?;
        let begun = Instant::now();
        while !self.process.ended()? {
            ensure!(begun.elapsed() < END, "it does not end");
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }
}

/// The folder with the unpacked archive and the keys that it was told of: in the target folder, anew for each run.
fn unpacked() -> Result<PathBuf> {
    let mut unpacked = UNPACKED.lock().map_err(|_| anyhow!("another test could not unpack the archive"))?;
    if let Some(place) = &*unpacked {
        return Ok(place.clone());
    }
    let project = Project::find()?;
    let place = project.cache().join("own-server");
    if place.exists() {
        fs::remove_dir_all(&place)?;
    }
    let (folder, packed, archive) =
        (place.join("cards"), place.join("packing/anju"), place.join("anju.tar.gz"));
    fs::create_dir_all(&folder)?;
    for card in cards::demonstration(&keys::for_all_offices(&place.join("keys"))?) {
        // The name of a card's file is its office's.
        let office = serde_json::from_str::<protocol::card::Card>(&card.payload)?.office;
        fs::write(folder.join(format!("{office}.{}", cards::EXTENSION)), serde_json::to_vec(&card)?)?;
    }
    let wanted = Wanted {
        roots: None,
        cards: Some(folder),
        origin: Some(ORIGIN.to_owned()),
        contact: Some(CONTACT.to_owned()),
    };
    package::assemble(&project, &package::server(&project, Compiled::Quickly)?, &wanted, &packed)?;
    tools::pack(&project, &packed, &archive)?;
    fs::remove_dir_all(place.join("packing"))?;
    let done = Command::new("tar").arg("-xzf").arg(&archive).current_dir(&place).status()?;
    ensure!(done.success(), "the archive cannot be unpacked");
    *unpacked = Some(place.clone());
    Ok(place)
}
