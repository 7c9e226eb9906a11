//! `build/edge/`: the Worker as workerd and wrangler load it, with the configuration of each.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::project::Project;
use crate::step::{read, step};
use crate::{cache, wasm};

/// What runs the bundle, copied beside it as it is.
const CONFIGURATIONS: [&str; 2] = ["workerd.capnp", "wrangler.toml"];
/// The hand-written JavaScript around the module; it imports `./edge.js` and `./edge_bg.wasm`.
const SHIM: &str = "shim.mjs";

/// Compiles the Worker and writes its bundle.
///
/// # Errors
/// When it fails to compile or esbuild refuses the shim.
pub fn build(project: &Project) -> Result<()> {
    wasm::compile(project, "edge", &["--lib"])?;
    step("assemble build/edge/", || {
        let source = project.path("edge");
        let bound = wasm::bind(project, "edge", wasm::Home::Worker)?;
        let shim = bound.folder.join(SHIM);
        fs::copy(source.join(SHIM), &shim).context("edge/shim.mjs")?;
        let out = project.worker();
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
    })
}
