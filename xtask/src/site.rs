//! `dist/`: the pages as any static host can serve them, and the numbers that the budget reads.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::assets::{self, Asset, Program};
use crate::cache;
use crate::compress;
use crate::grade::Grade;
use crate::project::Project;
use crate::tools;
use crate::wasm::Bound;

/// What is worth compressing; pictures and fonts already are.
const COMPRESSIBLE: [&str; 8] = ["html", "css", "js", "wasm", "json", "svg", "txt", "webmanifest"];
/// What the pages are told of offices and API (`protocol::config::FILE`).
pub const CONFIG: &str = "config.json";
/// The stable address of the sealing module, for `new Worker(…)`.
const SEALER: &str = "assets/sealer.js";
/// The stable addresses of the guide's and the forms' modules, for `import(…)` in `frontend/boot.js`.
const GUIDE: &str = "assets/guide.js";
const FORMS: &str = "assets/forms.js";

/// Writes the site from the bound programs.
///
/// # Errors
/// When esbuild refuses a script, or a template lacks or misspells a placeholder.
pub fn write(project: &Project, grade: Grade, bound: &BTreeMap<&str, Bound>) -> Result<()> {
    let program = |name: &str| -> Result<Program> {
        assets::program(project, name, bound.get(name).with_context(|| format!("no program {name}"))?)
    };
    let (portal, guide, forms) = (program("portal")?, program("guide")?, program("forms")?);
    let (desk, sealer) = (program("desk")?, program("sealer")?);
    let shared = project.path("frontend/styles");
    let portal_styles = assets::styles(project, "portal", std::slice::from_ref(&shared))?;
    let desk_styles = assets::styles(project, "desk", &[shared.clone(), shared.join("desk")])?;

    let contacts = tools::office(project, &["contacts"])?;
    let index = page(project, "index.html", &portal_styles, &portal, &contacts)?;
    let desk_page = page(project, "frontend/desk.html", &desk_styles, &desk, &contacts)?;
    let stable = |path: &str, program: &Program| {
        let script = program.script.path.rsplit('/').next().unwrap_or_default();
        Asset { path: path.into(), bytes: format!("import \"./{script}\";\n").into_bytes() }
    };
    let mut files = vec![
        Asset { path: "index.html".into(), bytes: index.clone() },
        // Hosts that know no rewriting serve this for `/yongshun/guide` and the like: the same page, which reads the address.
        Asset { path: "404.html".into(), bytes: index },
        Asset { path: "desk/index.html".into(), bytes: desk_page },
        stable(SEALER, &sealer),
        stable(GUIDE, &guide),
        stable(FORMS, &forms),
        portal_styles,
        desk_styles,
    ];
    for program in [portal, guide, forms, desk, sealer] {
        files.extend([program.script, program.module]);
    }
    replace(project, &grade.pages(project), &files)?;
    match grade {
        Grade::Light => Ok(()),
        Grade::Shipped => {
            cache::write(&project.dist().join(CONFIG), tools::office(project, &["pages", ""])?.as_bytes())?;
            compress_folder(project, &project.dist())
        }
    }
}

/// A page from its template.
///
/// # Errors
/// When the template lacks or misspells a placeholder.
pub fn page(
    project: &Project,
    template: &str,
    styles: &Asset,
    program: &Program,
    contacts: &str,
) -> Result<Vec<u8>> {
    let file = project.path(template);
    let mut text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    for (placeholder, value) in [
        ("{{styles}}", styles.url().as_str()),
        ("{{boot}}", program.script.url().as_str()),
        ("{{module}}", program.module.url().as_str()),
        ("{{fallback}}", contacts),
    ] {
        text = text.replace(placeholder, value);
    }
    anyhow::ensure!(!text.contains("{{"), "{template} holds a placeholder that the build does not know");
    Ok(text.into_bytes())
}

/// Replaces the site as a whole.
fn replace(project: &Project, dist: &Path, files: &[Asset]) -> Result<()> {
    if dist.exists() {
        fs::remove_dir_all(dist).with_context(|| dist.display().to_string())?;
    }
    let plain = project.path("frontend/static");
    if plain.is_dir() {
        assets::copy_folder(&plain, dist)?;
    }
    files.iter().try_for_each(|file| cache::write(&dist.join(&file.path), &file.bytes))
}

/// Writes `dist/config.json`: where the API is, and the public halves of the key files in a folder. Without a folder it
/// names no office, and the portal says that it cannot send.
///
/// # Errors
/// When a key file cannot be read.
pub fn configure(project: &Project, keys: Option<&Path>, api: &str) -> Result<()> {
    let folder = keys.map(|folder| folder.display().to_string());
    let mut words = vec!["pages", api];
    words.extend(folder.as_deref());
    cache::write(&project.dist().join(CONFIG), tools::office(project, &words)?.as_bytes())?;
    compress_folder(project, &project.dist())
}

/// Writes `<file>.br` beside every compressible file below a folder.
fn compress_folder(project: &Project, folder: &Path) -> Result<()> {
    let files = compressible(folder)?;
    for (file, small) in files.iter().zip(compress::brotli(project, &files)?) {
        let mut beside = file.clone().into_os_string();
        beside.push(".br");
        fs::write(beside, small)?;
    }
    Ok(())
}

fn compressible(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(compressible(&path)?);
        } else if path
            .extension()
            .is_some_and(|extension| COMPRESSIBLE.iter().any(|known| extension == *known))
        {
            found.push(path);
        }
    }
    Ok(found)
}
