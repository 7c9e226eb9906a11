//! From Rust to what a browser loads: cargo, wasm-bindgen, wasm-opt.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::cache;
use crate::grade::Grade;
use crate::project::{Project, cargo};
use crate::setup::WASM_TARGET;
use crate::step::{read, run, step};
use crate::tools;

/// The release of wasm-bindgen linked into `xtask/bind`: it must be the lockfile's own.
const BINDGEN: &str = "0.2.130";

/// What takes the words of panics out of a page: other words, another module.
const SILENCE: &str = include_str!("../bind/src/silence.rs");

/// What makes a page's module small. Flat code, in which every step has a name, shows what is done twice; the size passes
/// put it together again.
const SHRINKING_PAGES: [&str; 5] = ["-Oz", "--flatten", "--rereloop", "-Oz", "-Oz"];
/// What makes the others small: what they compute with stays as the compiler wrote it.
const SHRINKING: [&str; 2] = ["-Oz", "--converge"];
/// Whatever is made small.
const SHRUNK: [&str; 3] = ["--one-caller-inline-max-function-size=0", "--strip-debug", "--strip-producers"];

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

/// Compiles for WASM; `selection` names packages, their binaries or their library, and their features.
///
/// # Errors
/// When the compiler refuses.
pub fn compile(project: &Project, grade: Grade, selection: &[&str]) -> Result<()> {
    compile_trusting(project, grade, selection, "")
}

/// [`compile`] with the offices' root keys for the sealer, as `tools::roots` says them.
///
/// # Errors
/// When the compiler refuses.
pub fn compile_trusting(project: &Project, grade: Grade, selection: &[&str], roots: &str) -> Result<()> {
    let words: Vec<&str> = selection.iter().copied().filter(|word| !word.starts_with("--")).collect();
    let wanted = if grade == Grade::Light { " without passes for size" } else { "" };
    step(&format!("compile {} for WASM{wanted}", words.join(" ")), || {
        let mut command = Command::new(cargo());
        command.env("ANJU_ROOTS", roots);
        command.args(["build", "--profile", grade.profile(), "--target", WASM_TARGET]).args(selection);
        if grade == Grade::Shipped {
            command.env("CARGO_ENCODED_RUSTFLAGS", nameless_paths(project));
        }
        run(command.current_dir(project.root()))
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
pub fn compiled(project: &Project, grade: Grade, name: &str) -> PathBuf {
    project.target().join(WASM_TARGET).join(grade.folder()).join(format!("{name}.wasm"))
}

/// Where a module will live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// A page.
    Page,
    /// A Web Worker of a page, gone with it.
    WebWorker,
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

    /// The module.
    pub fn module(&self) -> PathBuf {
        self.folder.join(self.module_name())
    }
}

/// Generates the JavaScript side of a compiled module (as an ES module for `init(url)` or `initSync(module)`) and, for
/// what is shipped, takes from a page what only its panics would say and shrinks the module. Skipped when this very module was bound before.
///
/// # Errors
/// When the module does not fit this release of wasm-bindgen, or wasm-opt refuses it.
pub fn bind(project: &Project, grade: Grade, name: &str, home: Home) -> Result<Bound> {
    lockfile_agrees(project)?;
    let input = compiled(project, grade, name);
    let bytes = fs::read(&input).with_context(|| input.display().to_string())?;
    let lock = fs::read(project.path("package-lock.json")).context("package-lock.json")?;
    let passes = if home == Home::Page { &SHRINKING_PAGES[..] } else { &SHRINKING };
    let recipe = [BINDGEN, SILENCE, &passes.concat(), &SHRUNK.concat()].concat();
    let key = format!("{name}-{}", cache::short(&[&bytes, &lock, recipe.as_bytes()]));
    let kept = match grade {
        Grade::Light => project.cache().join("light/bound").join(name),
        Grade::Shipped => project.cache().join("bound"),
    };
    if grade == Grade::Light && !kept.join(&key).is_dir() && kept.is_dir() {
        // Large, and another one after every changed word.
        fs::remove_dir_all(&kept).with_context(|| kept.display().to_string())?;
    }
    let folder = cache::folder(&kept, &key, |folder| {
        let begun = Instant::now();
        let home = match home {
            Home::Worker => "worker",
            Home::Page | Home::WebWorker if grade == Grade::Shipped => "silent-browser",
            Home::Page | Home::WebWorker => "browser",
        };
        read(tools::bind(project).arg(&input).arg(name).arg(folder).arg(home))?;
        if grade == Grade::Shipped {
            shrink(project, passes, &folder.join(format!("{name}_bg.wasm")))?;
        }
        eprintln!("  {name} is bound, in {:.1?}", begun.elapsed());
        Ok(())
    })?;
    Ok(Bound { folder, name: name.to_owned() })
}

fn shrink(project: &Project, passes: &[&str], module: &Path) -> Result<()> {
    read(
        Command::new(project.node_program("wasm-opt"))
            .args(ENGINE_FEATURES)
            .args(passes)
            .args(SHRUNK)
            .arg("-o")
            .arg(module)
            .arg(module),
    )?;
    Ok(())
}

/// wasm-bindgen's two halves must be of one release: the library in the modules, and the generator in
/// `xtask/bind`.
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
                "Cargo.lock has wasm-bindgen {version}, but xtask/bind generates for {BINDGEN}: update both together"
            );
        }
    }
    bail!("Cargo.lock does not name wasm-bindgen")
}
