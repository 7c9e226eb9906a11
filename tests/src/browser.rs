//! A browser without a screen, driven over WebDriver: Chromium or, where a test asks for it, another engine. What it loaded
//! and complained about is kept for the end.

use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;
use thirtyfour::BrowserLogEntry;
use thirtyfour::prelude::*;
use xtask::guard::Guarded;
use xtask::serve::free_port;

use crate::devtools::Devtools;
use crate::driver::Engine;
use crate::traffic::{Ledger, Request, Traffic};

/// How long a driver may take to start.
const START: Duration = Duration::from_secs(20);

/// A browser with a profile of its own.
#[derive(Debug)]
pub struct Browser {
    /// The driver's session: everything thirtyfour can do.
    pub driver: WebDriver,
    engine: Engine,
    /// Chromium's alone: what the others load is not seen.
    devtools: Option<Devtools>,
    ledger: Mutex<Ledger>,
    /// How much of what the driver wrote down was read.
    heard: Mutex<usize>,
    process: Guarded,
    profile: TempDir,
}

impl Browser {
    /// Opens a window of the given size in CSS pixels.
    ///
    /// # Errors
    /// When chromedriver or Chromium does not start.
    pub async fn open(width: u32, height: u32) -> Result<Self> {
        Self::open_in(Engine::Chromium, width, height).await
    }

    /// Opens a window of an engine.
    ///
    /// # Errors
    /// When its driver or the browser does not start.
    pub async fn open_in(engine: Engine, width: u32, height: u32) -> Result<Self> {
        let port = free_port()?;
        let profile = tempfile::Builder::new().prefix("anju-browser-").tempdir()?;
        // The browser ends with its driver, and both with this process.
        let process = Guarded::start(&mut engine.driver(port, profile.path())?)
            .context("`cargo xtask test` installs the browsers and their drivers")?;
        wait_for_driver(port).await?;
        let capabilities = engine.capabilities(profile.path(), width, height)?;
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities).await?;
        // A browser begins with a page of its own, which asks its maker's hosts for news: that is over, and not counted.
        driver.goto("about:blank").await?;
        let devtools = match engine {
            Engine::Chromium => Some(Devtools::of(profile.path())?),
            Engine::Firefox | Engine::WebKit => {
                driver.set_window_rect(0, 0, width, height).await?;
                None
            }
        };
        let (ledger, heard) = (Mutex::default(), Mutex::default());
        let browser = Self { driver, engine, devtools, ledger, heard, process, profile };
        browser.traffic().await?;
        browser.complaints().await?;
        Ok(browser)
    }

    /// Its engine.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The process group of the driver and its browser.
    pub fn group(&self) -> u32 {
        self.process.group()
    }

    /// The folder of its profile.
    pub fn profile(&self) -> &Path {
        self.profile.path()
    }

    /// The profile, which then goes with whoever took it.
    pub(crate) fn take_profile(&mut self) -> Result<TempDir> {
        Ok(std::mem::replace(&mut self.profile, tempfile::tempdir()?))
    }

    /// Opens an address.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn go(&self, url: &str) -> Result<()> {
        self.driver.goto(url).await.with_context(|| url.to_owned())
    }

    /// Waits until the page has started: the waiting text of the template is gone.
    ///
    /// # Errors
    /// When it stays.
    pub async fn settled(&self) -> Result<()> {
        let begun = Instant::now();
        while begun.elapsed() < START {
            // Asked of the page itself: an element that goes while it is looked for is an error to WebKit's driver.
            let started =
                "return document.readyState !== 'loading' && document.getElementById('fallback') === null";
            if self.driver.execute(started, vec![]).await?.convert::<bool>()? {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let (address, complaints) = (self.driver.current_url().await?, self.complaints().await?.join("\n"));
        bail!("{address} did not start: {}\n{complaints}", self.text().await?)
    }

    /// Everything the pages and their workers have loaded since the last time this was asked.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn traffic(&self) -> Result<Traffic> {
        let Some(devtools) = &self.devtools else { return Ok(Traffic::default()) };
        let events = devtools.events().await?;
        Ok(self.ledger.lock().unwrap_or_else(PoisonError::into_inner).read(&events))
    }

    /// What the pages' console has said at level SEVERE since the last time this was asked.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn complaints(&self) -> Result<Vec<String>> {
        if self.engine != Engine::Chromium {
            let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
            let (complaints, now) = self.engine.complaints(self.profile.path(), *heard)?;
            *heard = now;
            return Ok(complaints);
        }
        let log: Vec<BrowserLogEntry> = self.driver.get_log("browser").await?;
        Ok(log.into_iter().filter(|entry| entry.level == "SEVERE").map(|entry| entry.message).collect())
    }

    /// Says that up to now some requests were meant to be refused with these statuses; any other refusal or failure is
    /// still wrong, and each of these must have come.
    ///
    /// # Errors
    /// When something else failed, or one of these did not come.
    pub async fn expect_answers(&self, statuses: &[u64]) -> Result<()> {
        let refused: Vec<_> = self.failed().await?;
        let others: Vec<_> =
            refused.iter().filter(|r| !r.status.is_some_and(|s| statuses.contains(&s))).collect();
        let missing: Vec<_> =
            statuses.iter().filter(|status| !refused.iter().any(|r| r.status == Some(**status))).collect();
        anyhow::ensure!(others.is_empty() && missing.is_empty(), "missing {missing:?}, besides {others:?}");
        Ok(())
    }

    /// Says that up to now the server was meant to be out of reach: at least one request failed for that reason, and
    /// none for another.
    ///
    /// # Errors
    /// When something else failed, or nothing did.
    pub async fn expect_no_server(&self) -> Result<()> {
        const REASONS: [&str; 3] =
            ["net::ERR_CONNECTION_REFUSED", "net::ERR_CONNECTION_RESET", "net::ERR_EMPTY_RESPONSE"];
        let failed = self.failed().await?;
        let others: Vec<_> = failed
            .iter()
            .filter(|r| !r.failure.as_deref().is_some_and(|reason| REASONS.contains(&reason)))
            .collect();
        anyhow::ensure!(!failed.is_empty() && others.is_empty(), "{failed:?}");
        Ok(())
    }

    /// The requests that failed or were refused since the last time this was asked. What the console says of them is
    /// taken with them; anything else that it says is an error.
    async fn failed(&self) -> Result<Vec<Request>> {
        let traffic = self.traffic().await?;
        let complaints = [self.complaints().await?, traffic.complaints].concat();
        let others: Vec<_> =
            complaints.iter().filter(|said| !said.contains("Failed to load resource")).collect();
        anyhow::ensure!(others.is_empty(), "the console says {others:?}");
        Ok(traffic
            .requests
            .into_iter()
            .filter(|r| r.failure.is_some() || r.status.is_some_and(|s| s >= 400))
            .collect())
    }

    /// Ends the journey: nothing complained, nothing failed, nothing left for another host.
    ///
    /// # Errors
    /// With everything that was wrong.
    pub async fn conclude(self, origin: &str) -> Result<()> {
        let traffic = self.traffic().await?;
        let mut wrong = traffic.wrong(origin);
        let complaints = self.complaints().await?.into_iter().chain(traffic.complaints);
        wrong.extend(complaints.map(|complaint| format!("console: {complaint}")));
        self.driver.clone().quit().await?;
        if wrong.is_empty() { Ok(()) } else { bail!("in the browser:\n{}", wrong.join("\n")) }
    }
}

impl Drop for Browser {
    /// A test that fails does not part from the session politely, which takes two minutes; the guard ends everything.
    fn drop(&mut self) {
        let _or_parted_before = self.driver.clone().leak();
    }
}

async fn wait_for_driver(port: u16) -> Result<()> {
    let begun = Instant::now();
    while begun.elapsed() < START {
        if tokio::net::TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_ok() {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    bail!("the driver did not listen within {} seconds", START.as_secs())
}
