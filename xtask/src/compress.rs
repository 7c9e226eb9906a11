//! Sizes on the wire, by Node's zlib: brotli beside every static file, gzip as the measure of the Worker.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::cache;
use crate::project::Project;
use crate::step::{read, run};

/// What calls zlib.
const SCRIPT: &str = "xtask/src/compress.mjs";

/// Brotli of each file, at its slowest and smallest; kept, because the same bytes come again on every build.
///
/// # Errors
/// Those of the disk.
pub fn brotli(project: &Project, files: &[PathBuf]) -> Result<Vec<Vec<u8>>> {
    let kept = project.cache().join("brotli-node");
    fs::create_dir_all(&kept).with_context(|| kept.display().to_string())?;
    let how = fs::read(project.path(SCRIPT)).context(SCRIPT)?;
    let mut smalls = Vec::new();
    let mut command = Command::new("node");
    command.arg(project.path(SCRIPT)).arg("brotli");
    let mut missing = false;
    for file in files {
        let bytes = fs::read(file).with_context(|| file.display().to_string())?;
        let small = kept.join(cache::digest(&[&how, &bytes]));
        if !small.is_file() && !smalls.contains(&small) {
            command.arg(file).arg(&small);
            missing = true;
        }
        smalls.push(small);
    }
    if missing {
        run(&mut command)?;
    }
    smalls.iter().map(|small| fs::read(small).with_context(|| small.display().to_string())).collect()
}

/// Size in bytes after gzip at its smallest.
///
/// # Errors
/// When the file cannot be read.
pub fn gzip_size(project: &Project, file: &Path) -> Result<usize> {
    let said = read(Command::new("node").arg(project.path(SCRIPT)).arg("gzip").arg(file))?;
    said.trim().parse().context("zlib gave no size")
}
