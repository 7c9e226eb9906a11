//! Where things lie in a checkout.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

/// The checkout this tool was compiled from, and where cargo puts what it builds.
#[derive(Clone, Debug)]
pub struct Project {
    root: PathBuf,
    target: PathBuf,
}

#[derive(Deserialize)]
struct Metadata {
    workspace_root: PathBuf,
    target_directory: PathBuf,
}

impl Project {
    /// Asks cargo about the workspace around this crate.
    ///
    /// # Errors
    /// When cargo cannot be run or does not know the workspace.
    pub fn find() -> Result<Self> {
        let output = Command::new(cargo())
            .args(["metadata", "--no-deps", "--format-version", "1", "--manifest-path"])
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"))
            .output()
            .context("cargo could not be started")?;
        if !output.status.success() {
            bail!("cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr));
        }
        let metadata: Metadata = serde_json::from_slice(&output.stdout)?;
        Ok(Self { root: metadata.workspace_root, target: metadata.target_directory })
    }

    /// The root of the checkout.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A path inside the checkout.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Cargo's target folder.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Finished intermediate products, kept between builds under names that contain the hash of their input.
    pub fn cache(&self) -> PathBuf {
        self.target.join("anju")
    }

    /// The static site as any host can serve it.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The Worker: one JavaScript file, one WASM module and the configurations that run them.
    pub fn worker(&self) -> PathBuf {
        self.root.join("build/edge")
    }

    /// A program installed by npm.
    pub fn node_program(&self, name: &str) -> PathBuf {
        self.root.join("node_modules/.bin").join(name)
    }
}

/// The cargo that runs this tool, or the one on PATH.
pub fn cargo() -> PathBuf {
    std::env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from)
}
