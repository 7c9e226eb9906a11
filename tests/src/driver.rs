//! The engines of the browsers that people hold in their hands, and how each is started and driven over WebDriver.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use serde_json::json;
use thirtyfour::{Capabilities, ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel};
use xtask::project::Project;
use xtask::setup;

/// What Debian's Chromium wants when it runs as root without a screen and must not talk to anyone.
const FLAGS: [&str; 12] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--lang=zh-CN",
    // Any other host is unreachable, so that a request to one fails loudly.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/// What Firefox writes down of a page's own troubles.
const COMPLAINTS: [&str; 2] = ["console.error: ", "JavaScript error: http"];
/// Firefox's own services, which find no network here.
const ITS_OWN: [&str; 3] = [
    "console.error: RSLoader",
    "console.error: services.",
    "console.error: (new Error(\"Polling for changes failed",
];

/// An engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chrome, Edge, WeChat's web view, most browsers on Android.
    Chromium,
    /// Firefox.
    Firefox,
    /// Safari and every browser on an iPhone; here as WebKitGTK.
    WebKit,
}

impl Engine {
    /// Starts its driver, which listens on a port and writes what it has to say into a folder.
    pub(crate) fn driver(self, port: u16, folder: &Path) -> Result<Command> {
        let mut command = match self {
            Self::Chromium => Command::new("chromedriver"),
            Self::Firefox => Command::new(setup::geckodriver(&Project::find()?)?),
            Self::WebKit => {
                // It draws on a screen or not at all.
                let mut command = Command::new("xvfb-run");
                command.args(["--auto-servernum", "--server-args=-screen 0 1400x1000x24", "WebKitWebDriver"]);
                command
            }
        };
        let said = File::create(said(folder))?;
        command.arg(format!("--port={port}"));
        if self != Self::Chromium {
            // What these keep beside a session goes with the test, too.
            command.env("HOME", folder).env("TMPDIR", folder);
        }
        command.stdin(Stdio::null()).stdout(said.try_clone()?).stderr(said);
        Ok(command)
    }

    /// What a session asks for.
    pub(crate) fn capabilities(self, profile: &Path, width: u32, height: u32) -> Result<Capabilities> {
        match self {
            Self::Chromium => {
                let mut wanted = DesiredCapabilities::chrome();
                wanted.set_binary(&setup::browser()?.to_string_lossy())?;
                for flag in FLAGS {
                    wanted.add_arg(flag)?;
                }
                wanted.add_arg(&format!("--user-data-dir={}", profile.display()))?;
                wanted.add_arg(&format!("--window-size={width},{height}"))?;
                wanted.set_logging_prefs("browser", LoggingPrefsLogLevel::All)?;
                Ok(wanted.into())
            }
            Self::Firefox => {
                let mut wanted = Capabilities::new();
                wanted.set("browserName", "firefox")?;
                let preferences = json!({
                    "devtools.console.stdout.content": true, "intl.accept_languages": "zh-CN",
                    "network.captive-portal-service.enabled": false, "network.connectivity-service.enabled": false,
                });
                let size = [format!("--width={width}"), format!("--height={height}")];
                // One of its own would go with the session, before anybody can look what is left in it.
                let folder = profile.join("firefox");
                fs::create_dir_all(&folder)?;
                let args = json!(["-headless", size[0], size[1], "-profile", folder]);
                let options = json!({ "args": args, "prefs": preferences });
                wanted.set("moz:firefoxOptions", options)?;
                Ok(wanted)
            }
            Self::WebKit => {
                let mut wanted = Capabilities::new();
                wanted.set("browserName", "MiniBrowser")?;
                let binary = setup::mini_browser().context("no MiniBrowser beside WebKitGTK")?;
                let options = json!({ "binary": binary, "args": ["--automation"] });
                wanted.set("webkitgtk:browserOptions", options)?;
                Ok(wanted)
            }
        }
    }

    /// What the pages complained about, where the driver has no list of it, from a place in what it wrote down on. WebKit's
    /// tells nothing: there a page that does not start says so itself.
    pub(crate) fn complaints(self, folder: &Path, from: usize) -> Result<(Vec<String>, usize)> {
        if self != Self::Firefox {
            return Ok((Vec::new(), from));
        }
        let text = fs::read_to_string(said(folder)).context("what the driver said")?;
        let news = text.get(from..).unwrap_or_default();
        let complaint = |line: &&str| {
            COMPLAINTS.iter().any(|begin| line.starts_with(begin))
                && !ITS_OWN.iter().any(|begin| line.starts_with(begin))
        };
        Ok((news.lines().filter(complaint).map(str::to_owned).collect(), text.len()))
    }
}

/// Where a driver writes what it has to say.
pub(crate) const SAID: &str = "driver.log";

fn said(folder: &Path) -> PathBuf {
    folder.join(SAID)
}
