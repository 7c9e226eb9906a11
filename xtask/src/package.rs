//! `cargo xtask package`: one archive with everything that an office's own server needs, to be unpacked and started as
//! DEPLOYMENT.md says.

use std::env::consts::{ARCH, EXE_SUFFIX, OS};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::grade::Grade;
use crate::project::{Project, cargo};
use crate::step::{run, step};
use crate::{build, cache, offline, published, release, site, tools};

/// The program that the archive is started with.
const SERVER: &str = "anju-server";
/// What an operator reads.
const PAPERS: [&str; 5] = ["DEPLOYMENT.md", "SECURITY.md", "THREAT-MODEL.md", "CHANGELOG.md", "LICENSE"];
/// What stands around the server on an office's machine.
const DEPLOY: &str = "edge/server/deploy";
/// The hash of every file, as `sha256sum --check` reads it.
const SUMS: &str = "SHA256SUMS";

/// What the archive is told of the installation.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// List of the root keys that the pages trust; without it they are a demonstration.
    pub roots: Option<PathBuf>,
    /// Folder with the offices' cards; without it the archive names no office.
    pub cards: Option<PathBuf>,
    /// Address of the portal, without a slash at the end.
    pub origin: Option<String>,
    /// Whom to tell of a weakness.
    pub contact: Option<String>,
}

/// How the server's own program is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compiled {
    /// As it is shipped.
    Optimised,
    /// Quickly, for the tests.
    Quickly,
}

/// Builds what is shipped and packs it into `build/`.
///
/// # Errors
/// When something cannot be built, or the wishes do not fit together.
pub fn package(project: &Project, wanted: &Wanted) -> Result<()> {
    wanted.check()?;
    build::shipped(project, wanted.roots.as_deref())?;
    let server = step(SERVER, || server(project, Compiled::Optimised))?;
    let folder = project.path("build").join(name());
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| folder.display().to_string())?;
    }
    let archive = project.path("build").join(format!("{}.tar.gz", name()));
    step("assemble the archive", || {
        assemble(project, &server, wanted, &folder)?;
        tools::pack(project, &folder, &archive)
    })?;
    let list = fs::read(folder.join("pages").join(release::FILE))?;
    println!("{}: SHA-256 {}", release::FILE, cache::sha256(&list));
    let mebibytes = fs::metadata(&archive)?.len() >> 20;
    println!("{} ({mebibytes} MiB). DEPLOYMENT.md in it says how it is set up.", archive.display());
    if wanted.cards.is_none() {
        println!("It names no office, and its portal cannot send: give the offices' cards with --cards.");
    }
    if wanted.roots.is_none() {
        println!("It is a demonstration: it trusts a root key that everybody has. For an office: --roots.");
    }
    if wanted.origin.is_some() && wanted.contact.is_none() {
        println!("It has no /.well-known/security.txt: say whom to tell of a weakness with --contact.");
    }
    Ok(())
}

/// The folder in the archive: release and kind of machine.
fn name() -> String {
    format!("anju-{}-{OS}-{ARCH}", env!("CARGO_PKG_VERSION"))
}

/// Compiles the program that serves.
///
/// # Errors
/// When the compiler refuses.
pub fn server(project: &Project, compiled: Compiled) -> Result<PathBuf> {
    let mut command = Command::new(cargo());
    command.args(["build", "--quiet", "--package", SERVER]).current_dir(project.root());
    let folder = match compiled {
        Compiled::Optimised => {
            command.arg("--release");
            "release"
        }
        Compiled::Quickly => "debug",
    };
    run(&mut command)?;
    Ok(project.target().join(folder).join(format!("{SERVER}{EXE_SUFFIX}")))
}

/// Lays the archive's content down in a folder that is not there yet.
///
/// # Errors
/// When nothing has been built, or this is no machine that workerd is made for.
pub fn assemble(project: &Project, server: &Path, wanted: &Wanted, folder: &Path) -> Result<()> {
    wanted.check()?;
    ensure!(!folder.exists(), "{} is there already", folder.display());
    let unbuilt = "nothing built yet: run `cargo xtask build`";
    local::copy_folder(&Grade::Shipped.pages(project), &folder.join("pages")).context(unbuilt)?;
    for part in ["worker.mjs", "edge_bg.wasm", "workerd.capnp"] {
        copy(&Grade::Shipped.worker(project).join(part), &folder.join("worker").join(part))
            .context(unbuilt)?;
    }
    copy(server, &folder.join(SERVER))?;
    copy(&workerd(project)?, &folder.join("workerd"))?;
    local::copy_folder(&project.path(DEPLOY), &folder.join("deploy"))?;
    for paper in PAPERS {
        copy(&project.path(paper), &folder.join(paper))?;
    }
    settings(project, wanted, folder)?;
    if let Some(origin) = &wanted.origin {
        published::publish(project, origin, wanted.contact.as_deref(), &folder.join("pages"))?;
        offline::write(project, &folder.join("pages"))?;
        site::compress_folder(project, &folder.join("pages"))?;
    }
    release::write(project, &folder.join("pages"))?;
    let sums = sums(folder)?;
    cache::write(&folder.join(SUMS), sums.as_bytes())
}

impl Wanted {
    fn check(&self) -> Result<()> {
        if let Some(origin) = &self.origin {
            let host = origin.strip_prefix("https://").unwrap_or_default();
            let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':');
            ensure!(
                !host.is_empty() && host.bytes().all(plain),
                "{origin} is no address of a portal such as https://portal.example.org"
            );
        }
        Ok(())
    }
}

/// The settings folder as it is copied to `/etc/anju`.
fn settings(project: &Project, wanted: &Wanted, folder: &Path) -> Result<()> {
    let settings = folder.join("settings");
    fs::create_dir_all(&settings)?;
    fs::rename(folder.join("deploy/anju.toml"), settings.join("anju.toml")).context("anju.toml")?;
    let told = tools::offices_deployed(project, "", wanted.cards.as_deref(), wanted.roots.as_deref())?;
    cache::write(&settings.join(local::PAGES_CONFIG), told.pages.as_bytes())?;
    cache::write(&settings.join(local::OFFICES), told.worker.as_bytes())
}

/// The workerd that npm installed for this kind of machine: the program itself, not what npm starts it with.
fn workerd(project: &Project) -> Result<PathBuf> {
    let machine = match (OS, ARCH) {
        ("linux", "x86_64") => "linux-64",
        ("linux", "aarch64") => "linux-arm64",
        _ => bail!(
            "an archive is made on Linux, x86-64 or ARM, for a server of the same kind; this is {OS} {ARCH}"
        ),
    };
    Ok(project.path("node_modules/@cloudflare").join(format!("workerd-{machine}")).join("bin/workerd"))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    if let Some(parent) = to.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::copy(from, to).with_context(|| from.display().to_string())?;
    Ok(())
}

/// The hash of every file below a folder, a line each, in order.
fn sums(folder: &Path) -> Result<String> {
    let mut lines = Vec::new();
    for file in local::files(folder)? {
        let name = file.strip_prefix(folder)?.to_string_lossy().into_owned();
        lines.push(format!("{}  {name}\n", cache::sha256(&fs::read(&file)?)));
    }
    lines.sort_by(|a, b| a.get(64..).cmp(&b.get(64..)));
    Ok(lines.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_of_a_portal_or_refused() {
        let check = |origin: &str| Wanted { origin: Some(origin.to_owned()), ..Wanted::default() }.check();
        assert!(
            check("https://portal.example.org").is_ok() && check("https://portal.example.org:8443").is_ok()
        );
        for bad in [
            "http://portal.example.org",
            "https://",
            "https://a.example/",
            "https://a\" b",
            "portal.example.org",
        ] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }
}
