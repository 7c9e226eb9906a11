//! `dist/`: the pages as any static host can serve them, and the numbers that the budget reads.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use protocol::config::FILE;

use crate::assets::{self, Asset, Program};
use crate::cache;
use crate::compress;
use crate::project::Project;
use crate::step::step;
use crate::{fallback, settings, wasm};

/// What is worth compressing; pictures and fonts already are.
const COMPRESSIBLE: [&str; 8] = ["html", "css", "js", "wasm", "json", "svg", "txt", "webmanifest"];
/// The stable address of the sealing module, for `new Worker(…)`.
const SEALER: &str = "assets/sealer.js";
/// The stable addresses of the guide's and the forms' modules, for `import(…)` in `frontend/boot.js`.
const GUIDE: &str = "assets/guide.js";
const FORMS: &str = "assets/forms.js";

/// Compiles the five programs and writes the site.
///
/// # Errors
/// When anything fails to compile, or a template lacks or misspells a placeholder.
pub fn build(project: &Project) -> Result<()> {
    wasm::compile(project, "portal", &["--bin", "portal"])?;
    let whole = [
        "--package",
        "desk",
        "--bin",
        "desk",
        "--bin",
        "guide",
        "--bin",
        "forms",
        "--features",
        "portal/whole",
    ];
    wasm::compile(project, "portal", &whole)?;
    wasm::compile(project, "sealer", &["--bin", "sealer", "--features", "work"])?;
    step("assemble dist/", || {
        let program =
            |name: &str| assets::program(project, name, &wasm::bind(project, name, wasm::Home::Browser)?);
        let (portal, guide, forms) = (program("portal")?, program("guide")?, program("forms")?);
        let (desk, sealer) = (program("desk")?, program("sealer")?);
        let shared = project.path("frontend/styles");
        let portal_styles = assets::styles(project, "portal", std::slice::from_ref(&shared))?;
        let desk_styles = assets::styles(project, "desk", &[shared.clone(), shared.join("desk")])?;

        let index = page(project, "index.html", &portal_styles, &portal)?;
        let desk_page = page(project, "frontend/desk.html", &desk_styles, &desk)?;
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
        write(project, &project.dist(), &files)?;
        configure(project, None, "")
    })
}

fn page(project: &Project, template: &str, styles: &Asset, program: &Program) -> Result<Vec<u8>> {
    let file = project.path(template);
    let mut text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    for (placeholder, value) in [
        ("{{styles}}", styles.url()),
        ("{{boot}}", program.script.url()),
        ("{{module}}", program.module.url()),
        ("{{fallback}}", fallback::html()),
    ] {
        text = text.replace(placeholder, &value);
    }
    anyhow::ensure!(!text.contains("{{"), "{template} holds a placeholder that the build does not know");
    Ok(text.into_bytes())
}

/// Replaces the site as a whole, each compressible file with its `.br` beside it.
fn write(project: &Project, dist: &Path, files: &[Asset]) -> Result<()> {
    if dist.exists() {
        fs::remove_dir_all(dist).with_context(|| dist.display().to_string())?;
    }
    let plain = project.path("frontend/static");
    if plain.is_dir() {
        assets::copy_folder(&plain, dist)?;
    }
    for file in files {
        cache::write(&dist.join(&file.path), &file.bytes)?;
    }
    compress_folder(project, dist)
}

/// Writes `dist/config.json`: where the API is, and the public halves of the key files in a folder. Without a folder it
/// names no office, and the portal says that it cannot send.
///
/// # Errors
/// When a key file cannot be read.
pub fn configure(project: &Project, keys: Option<&Path>, api: &str) -> Result<()> {
    let keys = keys.map(crate::keys::read_all).transpose()?.unwrap_or_default();
    let config = settings::for_pages(&keys, api, settings::PROOF_BITS)?;
    let file = project.dist().join(FILE);
    cache::write(&file, &config)?;
    cache::write(&file.with_extension("json.br"), &compress::brotli(project, &config)?)
}

/// Writes `<file>.br` beside every compressible file below a folder.
///
/// # Errors
/// Those of the disk.
pub fn compress_folder(project: &Project, folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            compress_folder(project, &path)?;
        } else if path
            .extension()
            .is_some_and(|extension| COMPRESSIBLE.iter().any(|known| extension == *known))
        {
            let mut small = path.clone().into_os_string();
            small.push(".br");
            fs::write(small, compress::brotli(project, &fs::read(&path)?)?)?;
        }
    }
    Ok(())
}
