//! The files under `/assets`: each carries the hash of its content in its name, so that a host may let browsers keep
//! it for ever, and a new release never meets an old half of itself.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use data_encoding::BASE64;
use sha2::{Digest, Sha256};

use crate::cache;
use crate::project::Project;
use crate::step::read;
use crate::wasm::Bound;

/// The name under which a boot file imports the program it starts.
const MODULE_ALIAS: &str = "anju-module";
/// What a program without a boot file of its own gets.
const PLAIN_BOOT: &str = "import init from \"anju-module\";\nawait init();\n";

/// One file of the site: its path below the root (`assets/portal-0123456789ab.js`) and its content.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Path below the site's root, with `/` between folders and none in front.
    pub path: String,
    /// The bytes as served without an encoding.
    pub bytes: Vec<u8>,
}

impl Asset {
    /// An asset whose name carries the hash of its content.
    pub fn hashed(stem: &str, extension: &str, bytes: Vec<u8>) -> Self {
        let path = format!("assets/{stem}-{}.{extension}", cache::short(&[&bytes]));
        Self { path, bytes }
    }

    /// What a page says of it, so that a browser runs these bytes and no others (W3C Subresource Integrity).
    pub fn integrity(&self) -> String {
        ["sha256-", &BASE64.encode(&Sha256::digest(&self.bytes))].concat()
    }

    /// The address on the portal's own origin.
    pub fn url(&self) -> String {
        format!("/{}", self.path)
    }
}

/// A program of the frontend: one script that starts one WASM module.
#[derive(Clone, Debug)]
pub struct Program {
    /// Boot code and generated bindings in one minified module.
    pub script: Asset,
    /// The WASM module.
    pub module: Asset,
}

/// Bundles a bound module with its boot file.
///
/// # Errors
/// When esbuild refuses the boot file or the generated JavaScript.
pub fn program(project: &Project, name: &str, bound: &Bound) -> Result<Program> {
    let module = Asset::hashed(name, "wasm", fs::read(bound.module())?);
    let stage = bound.folder.join("bundle");
    fs::create_dir_all(&stage)?;
    for part in fs::read_dir(&bound.folder)?.flatten() {
        if part.file_name() == "snippets" {
            local::copy_folder(&part.path(), &stage.join("snippets"))?;
        }
    }
    let file_name = module.path.rsplit('/').next().unwrap_or_default();
    let bindings = fs::read_to_string(bound.script())?.replace(&bound.module_name(), file_name);
    fs::write(stage.join("bindings.js"), bindings)?;
    fs::write(stage.join("boot.js"), boot(project, name)?)?;
    let out = stage.join("out.js");
    esbuild(project, &stage.join("boot.js"), &out, |command| {
        command.args(["--bundle", "--format=esm", &format!("--target={}", newest(name))]);
        // Newer than that target, but as old as modules; esbuild would leave out the one and warn of the other.
        command.args(["--supported:import-meta=true", "--supported:dynamic-import=true"]);
        command.arg(format!("--alias:{MODULE_ALIAS}={}", stage.join("bindings.js").display()));
    })?;
    Ok(Program { script: Asset::hashed(name, "js", fs::read(out)?), module })
}

/// A script of the pages that is part of no program: `display` runs before the first paint.
///
/// # Errors
/// When esbuild refuses it.
pub fn script(project: &Project, name: &str) -> Result<Asset> {
    let source = project.path("frontend").join(name).with_extension("js");
    let text = fs::read_to_string(&source).with_context(|| source.display().to_string())?;
    Ok(Asset::hashed(name, "js", small(project, name, &text)?))
}

/// The newest JavaScript that a program's script may hold. What starts a page is read by older browsers too, which then say
/// in words that they are too old.
fn newest(name: &str) -> &'static str {
    match name {
        "portal" | "desk" => "es2018",
        _ => "es2022",
    }
}

/// One style sheet from many small ones: `tokens.css`, `base.css`, then the others by name, folder after folder.
///
/// # Errors
/// When a folder holds no style sheet or esbuild refuses the syntax.
pub fn styles(project: &Project, name: &str, folders: &[PathBuf]) -> Result<Asset> {
    let mut joined = String::new();
    for folder in folders {
        for file in sheets(folder)? {
            joined.push_str(&fs::read_to_string(&file).with_context(|| file.display().to_string())?);
            joined.push('\n');
        }
    }
    let small = cache::bytes(&project.cache().join("styles"), &cache::digest(&[joined.as_bytes()]), || {
        let source = project.cache().join("styles").join(format!("{name}.css"));
        let out = source.with_extension("min.css");
        cache::write(&source, joined.as_bytes())?;
        esbuild(project, &source, &out, |command| {
            command.arg("--target=es2022");
        })?;
        Ok(fs::read(out)?)
    })?;
    Ok(Asset::hashed(name, "css", small))
}

/// A script of its own, small.
///
/// # Errors
/// When esbuild refuses it.
pub fn small(project: &Project, name: &str, text: &str) -> Result<Vec<u8>> {
    let folder = project.cache().join("scripts");
    cache::bytes(&folder, &cache::digest(&[text.as_bytes()]), || {
        let source = folder.join(format!("{name}.js"));
        let out = source.with_extension("min.js");
        cache::write(&source, text.as_bytes())?;
        esbuild(project, &source, &out, |command| {
            command.arg("--target=es2022");
        })?;
        Ok(fs::read(out)?)
    })
}

/// What starts a program: the workers start themselves, the other programs of the portal wait to be started.
fn boot(project: &Project, name: &str) -> Result<String> {
    let file = match name {
        "sealer" | "sheets" => return Ok(PLAIN_BOOT.to_owned()),
        "guide" | "forms" | "tip" | "group" | "follow" => "frontend/boot-own.js",
        _ => "frontend/boot.js",
    };
    let file = project.path(file);
    fs::read_to_string(&file).with_context(|| file.display().to_string())
}

fn sheets(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .with_context(|| folder.display().to_string())?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "css"))
        .collect();
    if files.is_empty() {
        bail!("{} holds no style sheet", folder.display());
    }
    files.sort_by_key(|path| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let rank = match name.as_str() {
            "tokens.css" => 0,
            "base.css" => 1,
            _ => 2,
        };
        (rank, name)
    });
    Ok(files)
}

fn esbuild(project: &Project, source: &Path, out: &Path, options: impl FnOnce(&mut Command)) -> Result<()> {
    let mut command = Command::new(project.node_program("esbuild"));
    command.arg(source).arg(format!("--outfile={}", out.display()));
    command.args(["--minify", "--charset=utf8", "--legal-comments=none", "--log-level=warning"]);
    options(&mut command);
    read(&mut command).map(drop)
}
