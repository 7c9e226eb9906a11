//! A portal of a test's own: its data folder, port and office keys are new, and gone afterwards.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use office::keys::{self, OfficeKey};
use office::{cards, settings};
use protocol::card::SignedCard;
use protocol::desk::Role;
use protocol::keyfile::KeyFile;
use tempfile::TempDir;
use xtask::grade::Grade;
use xtask::project::Project;
use xtask::serve::{self, Home, Log, Offices, Server};

/// A proof of work that a debug build finds at once; the server asks for the same.
pub const PROOF_BITS: u32 = 8;

/// The running server and its home.
#[derive(Debug)]
pub struct Portal {
    project: Project,
    home: Home,
    keys: Vec<OfficeKey>,
    log: PathBuf,
    server: Option<Server>,
    _folder: TempDir,
}

impl Portal {
    /// Starts the built bundle.
    ///
    /// # Errors
    /// When nothing has been built (`cargo xtask build`), or the server does not come up.
    pub fn start() -> Result<Self> {
        Self::start_with(&[], |home| home)
    }

    /// Starts the built bundle where staff in further roles have keys too, in a home that was changed first.
    ///
    /// # Errors
    /// As [`Portal::start`].
    pub fn start_with(staff: &[(&str, Role)], change: impl FnOnce(Home) -> Home) -> Result<Self> {
        let mut portal = Self::prepare_with(staff)?;
        portal.home = change(portal.home);
        portal.start_again()?;
        Ok(portal)
    }

    /// A home with no server in it yet.
    ///
    /// # Errors
    /// When nothing has been built.
    pub fn prepare() -> Result<Self> {
        Self::prepare_with(&[])
    }

    /// A home with no server in it yet, whose office has this key.
    ///
    /// # Errors
    /// When nothing has been built.
    pub fn with_key(key: &KeyFile) -> Result<Self> {
        Self::prepare_in(|keys| {
            fs::create_dir_all(keys)?;
            fs::write(keys.join(format!("{}.key", key.office)), key.to_text()).context("a key file")
        })
    }

    fn prepare_with(staff: &[(&str, Role)]) -> Result<Self> {
        Self::prepare_in(|keys| {
            staff.iter().try_for_each(|(office, role)| keys::make(keys, office, *role).map(drop))
        })
    }

    /// Lays keys down first; offices that got none get one.
    fn prepare_in(lay_keys: impl FnOnce(&Path) -> Result<()>) -> Result<Self> {
        let project = Project::find()?;
        let folder = tempfile::Builder::new().prefix("anju-test-").tempdir()?;
        let data = folder.path().join("data");
        fs::create_dir_all(&data)?;
        lay_keys(&folder.path().join("keys"))?;
        let log = folder.path().join("server.log");
        let keys = keys::for_all_offices(&folder.path().join("keys"))?;
        let cards = cards::demonstration(&keys);
        let offices = Offices {
            pages: String::from_utf8(settings::for_pages(&cards, "", PROOF_BITS)?)?,
            worker: settings::for_worker(&cards)?,
            proof_bits: PROOF_BITS,
        };
        let (port, said) = (serve::free_port()?, Log::File(log.clone()));
        let home = Home::prepare(&project, Grade::of_tests(), &data, port, offices, said)?;
        Ok(Self { project, home, keys, log, server: None, _folder: folder })
    }

    /// Pulls the plug (SIGKILL).
    pub fn crash(&mut self) {
        self.server = None;
    }

    /// Starts the server, again on the same data.
    ///
    /// # Errors
    /// When it does not come up.
    pub fn start_again(&mut self) -> Result<()> {
        self.server = Some(self.home.start(&self.project).with_context(|| self.log_text())?);
        Ok(())
    }

    /// Starts the server under another program, which is told first.
    ///
    /// # Errors
    /// When it does not come up.
    pub fn start_under<'a>(&mut self, program: impl IntoIterator<Item = &'a str>) -> Result<()> {
        let home = self.home.clone().under(program);
        self.server = Some(home.start(&self.project).with_context(|| self.log_text())?);
        Ok(())
    }

    /// Lets the server finish.
    ///
    /// # Errors
    /// When it cannot be waited for.
    pub fn stop(&mut self) -> Result<()> {
        self.server.take().map_or(Ok(()), Server::stop)
    }

    /// Pulls the plug and starts the server again on the same data.
    ///
    /// # Errors
    /// When it does not come up again.
    pub fn crash_and_restart(&mut self) -> Result<()> {
        self.crash();
        self.start_again()
    }

    /// The server's process, while it runs.
    pub fn process(&self) -> Option<u32> {
        self.server.as_ref().map(Server::process)
    }

    /// The address of a path on this portal.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.home.origin())
    }

    /// The checkout.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// The server's home.
    pub fn home(&self) -> &Home {
        &self.home
    }

    /// The folder with everything that the server keeps, pages included.
    pub fn data(&self) -> &Path {
        self.home.data()
    }

    /// What the Worker stores.
    pub fn store(&self) -> PathBuf {
        self.home.data().join("store")
    }

    /// Everything the server has said.
    pub fn log_text(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Every key file of this portal.
    pub fn keys(&self) -> &[OfficeKey] {
        &self.keys
    }

    /// An office's key file.
    ///
    /// # Errors
    /// When no document has this id.
    pub fn office(&self, id: &str) -> Result<&OfficeKey> {
        self.staff(id, Role::Office)
    }

    /// The key file of somebody in another role.
    ///
    /// # Errors
    /// When nobody in this role got a key.
    pub fn staff(&self, id: &str, role: Role) -> Result<&OfficeKey> {
        self.keys()
            .iter()
            .find(|office| office.key.office == id && office.key.role == role)
            .with_context(|| format!("no key for {id} as {}", role.id()))
    }

    /// The cards of its offices, signed by the demonstration root.
    pub fn cards(&self) -> Vec<SignedCard> {
        cards::demonstration(&self.keys)
    }

    /// Serves other cards to the pages from now on, as whoever has the host could.
    ///
    /// # Errors
    /// When the pages cannot be written.
    pub fn serve_cards(&self, cards: &[SignedCard]) -> Result<()> {
        let config = settings::for_pages(cards, "", PROOF_BITS)?;
        fs::write(self.home.site().join(protocol::config::FILE), config).context("config.json")
    }

    /// An office's key.
    ///
    /// # Errors
    /// When no document has this id.
    pub fn key(&self, id: &str) -> Result<&KeyFile> {
        Ok(&self.office(id)?.key)
    }
}
