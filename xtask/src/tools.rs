//! The tools that `cargo xtask` compiles when it first needs them: the binding generator and the offices' program.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::project::{Project, cargo};
use crate::step::{read, run};

/// Compiles both.
///
/// # Errors
/// When the compiler refuses.
pub fn compile(project: &Project) -> Result<()> {
    run(Command::new(cargo())
        .args(["build", "--package", "bind", "--package", "office"])
        .current_dir(project.root()))
}

/// The binding generator (`xtask/bind`), once compiled.
pub fn bind(project: &Project) -> Command {
    tool(project, "bind")
}

/// What a server on this machine needs to know of its offices.
#[derive(Clone, Debug, Deserialize)]
pub struct Here {
    /// The pages' `config.json`.
    pub pages: String,
    /// The Worker's variable `OFFICES`.
    pub worker: String,
    /// Leading zero bits of the proof of work, the same on both sides.
    pub proof_bits: u32,
    /// Each office's key file.
    pub keys: Vec<KeyFile>,
}

/// An office and the file that opens its desk.
#[derive(Clone, Debug, Deserialize)]
pub struct KeyFile {
    /// The document's id.
    pub office: String,
    /// Where the key lies.
    pub file: PathBuf,
}

/// Makes the demonstration keys that a folder lacks.
///
/// # Errors
/// When the folder cannot be written, or a file in it is damaged.
pub fn offices_here(project: &Project, keys: &str) -> Result<Here> {
    serde_json::from_str(&office(project, &["here", keys])?).context("xtask/office answered something else")
}

/// What is written for offices whose real cards are deployed.
#[derive(Clone, Debug, Deserialize)]
pub struct Deployed {
    /// The pages' `config.json`.
    pub pages: String,
    /// The Worker's variable `OFFICES`.
    pub worker: String,
}

/// What both sides are told of the cards in a folder, which are held against the roots of the build; without a folder no
/// office is named.
///
/// # Errors
/// When a card is not good.
pub fn offices_deployed(
    project: &Project,
    api: &str,
    cards: Option<&Path>,
    roots: Option<&Path>,
) -> Result<Deployed> {
    let Some(cards) = cards.map(|folder| folder.display().to_string()) else {
        return Ok(Deployed { pages: office(project, &["pages", api])?, worker: "{}".to_owned() });
    };
    let roots = roots.map(|file| file.display().to_string());
    let words: Vec<&str> = ["deployed", api, &cards].into_iter().chain(roots.as_deref()).collect();
    serde_json::from_str(&office(project, &words)?).context("xtask/office answered something else")
}

/// The root keys that a sealer is built with; without a file those of a demonstration, by whose cards nothing real is
/// sent.
///
/// # Errors
/// When the file lists no key, or one that everybody has.
pub fn roots(project: &Project, file: Option<&Path>) -> Result<String> {
    let file = file.map(|file| file.display().to_string());
    office(project, &["roots"].into_iter().chain(file.as_deref()).collect::<Vec<_>>())
}

/// Asks the offices' program (`xtask/office`; its head says what).
///
/// # Errors
/// When it refuses, with its words.
pub fn office(project: &Project, words: &[&str]) -> Result<String> {
    read(tool(project, "office").args(words).current_dir(project.root()))
}

/// Asks for the guides as plain pages (`xtask/readable`), compiling that program first: only what is shipped needs it.
///
/// # Errors
/// When the compiler refuses.
pub fn readable(project: &Project) -> Result<String> {
    run(Command::new(cargo()).args(["build", "--package", "readable"]).current_dir(project.root()))?;
    read(tool(project, "readable").current_dir(project.root()))
}

/// Puts a folder into one archive (`xtask/pack`), compiling that program first: only `cargo xtask package` needs it.
///
/// # Errors
/// When the compiler refuses, or the disk.
pub fn pack(project: &Project, folder: &Path, archive: &Path) -> Result<()> {
    run(Command::new(cargo()).args(["build", "--quiet", "--package", "pack"]).current_dir(project.root()))?;
    run(tool(project, "pack").arg(folder).arg(archive))
}

/// Asks for a step with an office's keys (`xtask/keys`), compiling that program first: only who makes keys needs it. It
/// speaks with the person itself.
///
/// # Errors
/// When it refuses.
pub fn keys(project: &Project, words: &[String]) -> Result<()> {
    run(Command::new(cargo()).args(["build", "--package", "keys"]).current_dir(project.root()))?;
    run(tool(project, "keys").args(words))
}

fn tool(project: &Project, name: &str) -> Command {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    Command::new(project.target().join("debug").join(file))
}
