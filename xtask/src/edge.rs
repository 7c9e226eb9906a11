//! `build/edge/`: the Worker as workerd and wrangler load it, with the configuration of each.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::cache;
use crate::grade::Grade;
use crate::project::Project;
use crate::step::read;
use crate::wasm::Bound;

/// What runs the bundle, copied beside it as it is.
const CONFIGURATIONS: [&str; 2] = ["workerd.capnp", "wrangler.toml"];
/// The hand-written JavaScript around the module; it imports `./edge.js` and `./edge_bg.wasm`.
const SHIM: &str = "shim.mjs";

/// Writes the Worker's bundle from the bound program.
///
/// # Errors
/// When esbuild refuses the shim.
pub fn write(project: &Project, grade: Grade, bound: &BTreeMap<&str, Bound>) -> Result<()> {
    let bound = bound.get("edge").context("no program edge")?;
    let source = project.path("edge");
    let shim = bound.folder.join(SHIM);
    fs::copy(source.join(SHIM), &shim).context("edge/shim.mjs")?;
    let out = grade.worker(project);
    read(
        Command::new(project.node_program("esbuild"))
            .arg(&shim)
            .arg(format!("--outfile={}", out.join("worker.mjs").display()))
            .args(["--bundle", "--format=esm", "--target=es2022", "--minify", "--legal-comments=none"])
            .arg(format!("--external:./{}", bound.module_name()))
            .args(["--external:cloudflare:*", "--log-level=warning"]),
    )?;
    cache::write(&out.join(bound.module_name()), &fs::read(bound.module())?)?;
    for name in CONFIGURATIONS {
        fs::copy(source.join(name), out.join(name)).with_context(|| format!("edge/{name}"))?;
    }
    Ok(())
}
