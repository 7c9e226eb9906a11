//! Screenshots for people to look at, of every kind of page on a phone and at a desk, in every display mode, with what is
//! wrong with each: `cargo xtask shots`, or `cargo xtask shots apply desk-inbox` for pages whose name begins so, or
//! `cargo xtask shots /yongshun /status` for addresses.

#![allow(clippy::print_stdout)]

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use system_tests::browser::Browser;
use system_tests::judge::Judge;
use system_tests::portal::Portal;
use system_tests::view::{MODES, PAPER, PHONE, WIDE};
use system_tests::walk;
use xtask::gallery::Gallery;
use xtask::serve::free_port;

#[tokio::main]
async fn main() -> Result<()> {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let portal = Portal::start()?;
    let folder = portal.project().path("target/shots");
    fs::create_dir_all(&folder)?;
    let browser = Browser::open(WIDE.width, WIDE.height).await?;
    browser.screen(PHONE).await?;
    let camera = Camera { browser: &browser, judge: Judge::new(portal.project())?, folder };
    let mut faults = 0;
    if asked.iter().any(|name| name.starts_with('/')) {
        for path in &asked {
            browser.go(&portal.url(path)).await?;
            browser.settled().await?;
            faults += camera.shoot(&file_name(path)).await?;
        }
    } else {
        let wanted =
            |page: &str| asked.is_empty() || asked.iter().any(|name| page.starts_with(name.as_str()));
        let mut look = async |page: &str| {
            if wanted(page) {
                faults += camera.shoot(page).await?;
            }
            Ok(())
        };
        if wanted("gallery") {
            let gallery = Gallery::start(portal.project(), free_port()?)?;
            browser.go(&gallery.origin()).await?;
            browser.find("component-timeline").await?;
            look("gallery").await?;
        }
        walk::everywhere(&portal, &browser, &mut look).await?;
    }
    for complaint in browser.complaints().await? {
        println!("console: {complaint}");
    }
    browser.driver.clone().quit().await?;
    ensure!(faults == 0, "{faults} faults, each printed above");
    Ok(())
}

struct Camera<'a> {
    browser: &'a Browser,
    judge: Judge,
    folder: PathBuf,
}

impl Camera<'_> {
    /// Takes the page shown now on each screen in each mode, prints what is wrong, and says how much.
    async fn shoot(&self, page: &str) -> Result<usize> {
        let mut faults = 0;
        for screen in [WIDE, PHONE] {
            self.browser.screen(screen).await?;
            for mode in MODES.iter().rev() {
                self.browser.mode(*mode).await?;
                let name = format!("{page}-{}-{}", screen.width, mode.name);
                for fault in self.judge.faults(self.browser).await? {
                    println!("FAULT {name}: {fault}");
                    faults += 1;
                }
                self.take(&name).await?;
            }
        }
        self.browser.mode(MODES[0]).await?;
        println!("{page} prints on {} sheets", self.browser.sheets().await?);
        self.browser.screen(PAPER).await?;
        self.browser.media("print").await?;
        self.take(&format!("{page}-paper")).await?;
        self.browser.media("").await?;
        Ok(faults)
    }

    async fn take(&self, name: &str) -> Result<()> {
        let files = self.browser.picture(&self.folder, name).await.with_context(|| name.to_owned())?;
        let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
        println!("{}", names.join(" "));
        Ok(())
    }
}

fn file_name(path: &str) -> String {
    let name = path.trim_matches('/').replace(['/', '?', '='], "_");
    if name.is_empty() { "home".to_owned() } else { name }
}
