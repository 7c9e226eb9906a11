//! The size bars of the design: what a resident downloads before first use, and what a Worker weighs.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::compress;
use crate::project::Project;
use crate::weight;

/// Everything a resident's browser fetches before the first use, brotli, in bytes.
const RESIDENT_BAR: usize = 180 * 1024;
/// What the rulebook and its engine add to that, brotli, in bytes.
const ENGINE_BAR: usize = 60 * 1024;
/// The program that somebody loads who reports something, brotli, in bytes.
const TIP_BAR: usize = 300 * 1024;
/// The Worker's WASM and JavaScript, gzip, in bytes.
const WORKER_BAR: usize = 400 * 1024;

/// Prints each size beside its bar.
///
/// # Errors
/// When something is past its bar, or nothing has been built.
pub fn budget(project: &Project) -> Result<()> {
    let dist = project.dist();
    let index =
        fs::read_to_string(dist.join("index.html")).context("nothing built yet: run `cargo xtask build`")?;
    println!("Resident pages before first use (brotli):");
    let mut resident = line("index.html", small_size(&dist.join("index.html"))?);
    let scripts = assets(&dist, "display-")?;
    for path in linked(&dist, &index)?.iter().chain(&scripts) {
        resident += line(path, small_size(&dist.join(path))?);
    }
    resident += line(local::PAGES_CONFIG, small_size(&dist.join(local::PAGES_CONFIG))?);
    let (light, light_size) = largest_volume(&dist, "light-")?;
    resident += line(&light, light_size);
    let resident_fits = total("in all", resident, RESIDENT_BAR);

    println!("Of which the rulebook and its engine (brotli; xtask/src/weight.rs says how it is weighed):");
    weight::compile(project)?;
    let (with, without) = weight::of_engine(project)?;
    line("a module with the engine", with);
    line("the same without", without);
    line(&light, light_size);
    let engine_fits = total("in all", with.saturating_sub(without) + light_size, ENGINE_BAR);

    println!("The guide, opened first (brotli):");
    let mut guide = line("index.html", small_size(&dist.join("index.html"))?);
    for path in assets(&dist, "later-")?.into_iter().chain(scripts) {
        guide += line(&path, small_size(&dist.join(&path))?);
    }
    let portal_without_module = linked(&dist, &index)?.into_iter().filter(|path| !path.ends_with(".wasm"));
    for path in portal_without_module.chain(assets(&dist, "guide-")?) {
        guide += line(&path, small_size(&dist.join(&path))?);
    }
    let (whole, whole_size) = largest_volume(&dist, "whole-")?;
    guide += line(&whole, whole_size);
    let guide_fits = total("in all", guide, RESIDENT_BAR);

    println!("Fetched once a page runs:");
    for path in assets(&dist, "beside-")?.into_iter().chain(assets(&dist, "english-")?) {
        line(&path, small_size(&dist.join(&path))?);
    }
    println!("Fetched only by those who apply, and by those who follow a case:");
    for path in assets(&dist, "forms-")?.into_iter().chain(assets(&dist, "follow-")?) {
        line(&path, small_size(&dist.join(&path))?);
    }
    println!("Fetched only by those who report something (brotli):");
    let mut tip = 0;
    for path in assets(&dist, "tip-")? {
        tip += line(&path, small_size(&dist.join(&path))?);
    }
    let tip_fits = total("in all", tip, TIP_BAR);
    println!("Fetched only by employers that apply for their staff:");
    for path in assets(&dist, "group-")? {
        line(&path, small_size(&dist.join(&path))?);
    }
    println!("Fetched only with a list in a file:");
    for path in assets(&dist, "sheets-")? {
        line(&path, small_size(&dist.join(&path))?);
    }
    println!("Fetched only when sending:");
    for path in assets(&dist, "sealer-")? {
        line(&path, small_size(&dist.join(&path))?);
    }
    println!("The office's desk:");
    for path in assets(&dist, "desk-")? {
        line(&path, small_size(&dist.join(&path))?);
    }

    println!("Worker (gzip):");
    let mut worker = 0;
    for entry in fs::read_dir(project.worker()).context("no Worker built yet: run `cargo xtask build`")? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "mjs" || extension == "wasm") {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            worker += line(&name, compress::gzip_size(project, &path)?);
        }
    }
    let worker_fits = total("in all", worker, WORKER_BAR);
    if !(resident_fits && engine_fits && guide_fits && tip_fits && worker_fits) {
        bail!("a size is past its bar");
    }
    Ok(())
}

/// The style sheet, script and module that the portal's page starts from: everything of the portal's own under `assets/`.
fn linked(dist: &Path, index: &str) -> Result<Vec<String>> {
    let portal = assets(dist, "portal-")?;
    for path in portal.iter().filter(|path| !path.ends_with(".wasm")) {
        if !index.contains(path.as_str()) {
            bail!("index.html does not load {path}");
        }
    }
    Ok(portal)
}

fn assets(dist: &Path, prefix: &str) -> Result<Vec<String>> {
    let mut paths: Vec<String> = fs::read_dir(dist.join("assets"))?
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with(prefix) && !name.ends_with(".br"))
        .map(|name| format!("assets/{name}"))
        .collect();
    paths.sort();
    Ok(paths)
}

/// The place whose document weighs most, and what it weighs: a page loads one.
fn largest_volume(dist: &Path, kind: &str) -> Result<(String, usize)> {
    let sizes = assets(dist, kind)?.into_iter().map(|path| {
        let size = small_size(&dist.join(&path))?;
        Ok((path, size))
    });
    let sizes: Vec<(String, usize)> = sizes.collect::<Result<_>>()?;
    sizes.into_iter().max_by_key(|(_, size)| *size).context("no volume was built")
}

/// Size of the `.br` beside a file: what a browser that accepts brotli receives.
fn small_size(file: &Path) -> Result<usize> {
    let mut small = file.as_os_str().to_owned();
    small.push(".br");
    Ok(usize::try_from(fs::metadata(&small).with_context(|| file.display().to_string())?.len())?)
}

fn line(name: &str, bytes: usize) -> usize {
    println!("  {bytes:>9} B  {name}");
    bytes
}

fn total(name: &str, bytes: usize, bar: usize) -> bool {
    let fits = bytes <= bar;
    println!("  {bytes:>9} B  {name}; the bar is {bar} B: {}", if fits { "within" } else { "PAST THE BAR" });
    fits
}
