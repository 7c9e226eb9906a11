//! `cargo xtask gallery`: every component in every state, served on this machine for people and tests to look at.

use std::fs;
use std::net::{Ipv4Addr, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::assets;
use crate::build;
use crate::cache;
use crate::grade::Grade;
use crate::guard::Guarded;
use crate::project::Project;
use crate::run::Interruption;
use crate::site;
use crate::step::step;
use crate::wasm::{self, Home};

/// How long the server may take to start.
const START: Duration = Duration::from_secs(10);

fn folder(project: &Project) -> PathBuf {
    project.cache().join("gallery")
}

/// Builds the gallery in the target folder: never part of what is shipped.
///
/// # Errors
/// When something cannot be set up or compiled.
pub fn build(project: &Project) -> Result<()> {
    build::set_up(project)?;
    wasm::compile(project, Grade::Light, &["--package", "gallery"])?;
    step("assemble the gallery", || {
        let bound = wasm::bind(project, Grade::Light, "gallery", Home::Page)?;
        let program = assets::program(project, "gallery", &bound)?;
        let styles = assets::styles(
            project,
            "portal",
            &["frontend/styles", "frontend/styles/later", "frontend/styles/sending"]
                .map(|at| project.path(at)),
        )?;
        // The desk's page holds nothing of the desk but its title, which the gallery replaces.
        let page = site::page(project, "frontend/desk.html", &styles, &program, &site::Said::default())?;
        let folder = folder(project);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        for file in [program.script, program.module, styles, assets::script(project, "display")?] {
            cache::write(&folder.join(&file.path), &file.bytes)?;
        }
        cache::write(&folder.join("index.html"), &page)
    })
}

/// A running gallery; it ends when this is dropped.
#[derive(Debug)]
pub struct Gallery {
    process: Guarded,
    port: u16,
}

impl Gallery {
    /// Serves what [`build`] made.
    ///
    /// # Errors
    /// When nothing was built, or the port is taken.
    pub fn start(project: &Project, port: u16) -> Result<Self> {
        let folder = folder(project);
        if !folder.join("index.html").is_file() {
            bail!("no gallery built yet: run `cargo xtask gallery`");
        }
        let mut command = Command::new(project.node_program("esbuild"));
        command.arg(format!("--servedir={}", folder.display())).arg(format!("--serve=127.0.0.1:{port}"));
        // It ends with its standard input.
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut gallery = Self { process: Guarded::start(&mut command)?, port };
        let begun = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            if gallery.process.ended()? || begun.elapsed() > START {
                bail!("the gallery could not be served: is port {port} in use?");
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(gallery)
    }

    /// Its origin, without a slash at the end.
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

/// Builds and serves until Ctrl-C.
///
/// # Errors
/// Those of [`build`] and [`Gallery::start`].
pub fn run(project: &Project, port: u16) -> Result<()> {
    build(project)?;
    let interruption = Interruption::expect()?;
    let mut gallery = Gallery::start(project, port)?;
    println!("\n  Gallery (组件)   {}/\n\n  Ctrl-C stops it.\n", gallery.origin());
    interruption.wait(|| gallery.process.ended())
}
