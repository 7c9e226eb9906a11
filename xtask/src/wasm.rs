//! From Rust to what a browser loads: cargo, wasm-bindgen, wasm-opt.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::cache;
use crate::project::{Project, cargo};
use crate::setup::WASM_TARGET;
use crate::step::{read, run, step};

/// The release of wasm-bindgen linked into this tool: it must be the lockfile's own.
const BINDGEN: &str = "0.2.130";
/// The profile in the workspace manifest that favours size.
const PROFILE: &str = "wasm";

/// What compiled Rust already assumes of every engine; `--all-features` would let wasm-opt emit what some refuse.
const ENGINE_FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Compiles one package for WASM; `selection` names its binaries or its library, and its features.
///
/// # Errors
/// When the compiler refuses.
pub fn compile(project: &Project, package: &str, selection: &[&str]) -> Result<()> {
    step(&format!("compile {package} {} for WASM", selection.join(" ")), || {
        run(Command::new(cargo())
            .args(["build", "--profile", PROFILE, "--target", WASM_TARGET, "--package", package])
            .args(selection)
            .env("CARGO_ENCODED_RUSTFLAGS", nameless_paths(project))
            .current_dir(project.root()))
    })
}

/// Compiler flags that keep this machine's folders out of what everyone downloads.
fn nameless_paths(project: &Project) -> String {
    let registry = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
        .map(|home| home.join("registry").join("src"));
    let known = registry.into_iter().chain([project.root().to_owned()]);
    let flags: Vec<String> =
        known.map(|folder| format!("--remap-path-prefix={}=", folder.display())).collect();
    flags.join("\u{1f}")
}

/// Where the compiler left a module.
pub fn compiled(project: &Project, name: &str) -> PathBuf {
    project.target().join(WASM_TARGET).join(PROFILE).join(format!("{name}.wasm"))
}

/// Where a module will live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// A page or a Web Worker: gone with the page.
    Browser,
    /// A Worker, which lives on after a panic: `__wbg_reset_state()` starts the module afresh.
    Worker,
}

/// A module ready to load: `<name>.js` with its imports (and `snippets/`) and `<name>_bg.wasm`, in one folder.
#[derive(Debug)]
pub struct Bound {
    /// The folder that holds the parts.
    pub folder: PathBuf,
    name: String,
}

impl Bound {
    /// The generated JavaScript.
    pub fn script(&self) -> PathBuf {
        self.folder.join(format!("{}.js", self.name))
    }

    /// The name by which the generated JavaScript asks for its module.
    pub fn module_name(&self) -> String {
        format!("{}_bg.wasm", self.name)
    }

    /// The shrunk module.
    pub fn module(&self) -> PathBuf {
        self.folder.join(self.module_name())
    }
}

/// Generates the JavaScript side of a compiled module (as an ES module for `init(url)` or `initSync(module)`) and
/// shrinks the module. Skipped when this very module was bound before.
///
/// # Errors
/// When the module does not fit this release of wasm-bindgen, or wasm-opt refuses it.
pub fn bind(project: &Project, name: &str, home: Home) -> Result<Bound> {
    lockfile_agrees(project)?;
    let input = compiled(project, name);
    let bytes = fs::read(&input).with_context(|| input.display().to_string())?;
    let lock = fs::read(project.path("package-lock.json")).context("package-lock.json")?;
    let key = format!("{name}-{}", cache::short(&[&bytes, &lock, BINDGEN.as_bytes()]));
    let folder = cache::folder(&project.cache().join("bound"), &key, |folder| {
        step(&format!("bind and shrink {name}"), || {
            Bindgen::new()
                .input_path(&input)
                .out_name(name)
                .typescript(false)
                .web(true)?
                .omit_default_module_path(false)
                .reset_state_function(home == Home::Worker)
                .generate(folder)?;
            shrink(project, &folder.join(format!("{name}_bg.wasm")))
        })
    })?;
    Ok(Bound { folder, name: name.to_owned() })
}

fn shrink(project: &Project, module: &Path) -> Result<()> {
    read(
        Command::new(project.node_program("wasm-opt"))
            .args(ENGINE_FEATURES)
            .args(["-Oz", "--converge", "--strip-debug", "--strip-producers", "-o"])
            .arg(module)
            .arg(module),
    )?;
    Ok(())
}

/// wasm-bindgen's two halves must be of one release: the library in the modules, and the generator in this tool.
fn lockfile_agrees(project: &Project) -> Result<()> {
    let lock = fs::read_to_string(project.path("Cargo.lock")).context("Cargo.lock")?;
    let mut lines = lock.lines();
    while let Some(line) = lines.next() {
        if line == "name = \"wasm-bindgen\"" {
            let version = lines.next().unwrap_or_default();
            if version == format!("version = \"{BINDGEN}\"") {
                return Ok(());
            }
            bail!(
                "Cargo.lock has wasm-bindgen {version}, but xtask generates for {BINDGEN}: update both together"
            );
        }
    }
    bail!("Cargo.lock does not name wasm-bindgen")
}
