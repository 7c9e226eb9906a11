//! `dist/`: the pages as any static host can serve them, and the numbers that the budget reads.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::assets::{self, Asset, Program};
use crate::beside::English;
use crate::cache;
use crate::compress;
use crate::grade::Grade;
use crate::offline::{self, Later};
use crate::page::{Page, SEALING, preloads};
use crate::project::Project;
use crate::readable;
use crate::release;
use crate::tools;
use crate::wasm::Bound;

/// What is worth compressing; pictures and fonts already are.
const COMPRESSIBLE: [&str; 9] = ["html", "css", "js", "wasm", "bin", "json", "svg", "txt", "webmanifest"];
/// Writes the site from the bound programs.
///
/// # Errors
/// When esbuild refuses a script, or a template lacks or misspells a placeholder.
pub fn write(project: &Project, grade: Grade, bound: &BTreeMap<&str, Bound>) -> Result<()> {
    let program = |name: &str| -> Result<Program> {
        assets::program(project, name, bound.get(name).with_context(|| format!("no program {name}"))?)
    };
    let (portal, guide) = (program("portal")?, program("guide")?);
    let (forms, follow) = (program("forms")?, program("follow")?);
    let (tip, desk, group) = (program("tip")?, program("desk")?, program("group")?);
    let (sealer, sheets) = (program("sealer")?, program("sheets")?);
    let shared = project.path("frontend/styles");
    let portal_styles = assets::styles(project, "portal", std::slice::from_ref(&shared))?;
    // What only the guide, the forms and the desk show.
    let later = shared.join("later");
    let later_styles = assets::styles(project, "later", std::slice::from_ref(&later))?;
    // What only those who send and follow show, and the desk, which opens what was sent.
    let sending = shared.join("sending");
    let sending_styles = assets::styles(project, "sending", std::slice::from_ref(&sending))?;
    let desk_styles =
        assets::styles(project, "desk", &[shared.clone(), later, sending, shared.join("desk")])?;

    let said = Said {
        contacts: tools::office(project, &["contacts"])?,
        policy: tools::office(project, &["policy"])?,
        workers: format!(
            "<meta name=\"sealer\" content=\"{}\">\n<meta name=\"sheets\" content=\"{}\">",
            sealer.script.url(),
            sheets.script.url()
        ),
    };
    // The light programs carry the documents in them, and nobody reads the light pages without them.
    let (volumes, texts) = match grade {
        Grade::Light => (Vec::new(), Vec::new()),
        Grade::Shipped => (volumes(project)?, readable::texts(project)?),
    };
    let later = Later::new(project)?;
    let mut together = [&portal_styles, &later_styles, &sending_styles, &later.script, &later.styles]
        .map(Asset::clone)
        .to_vec();
    together.push(assets::script(project, "display")?);
    together.extend(English::of(project)?.assets(project)?);
    together.extend(volumes.iter().cloned());
    for program in [&portal, &guide, &forms, &tip, &group, &follow, &sealer, &sheets] {
        together.extend([program.script.clone(), program.module.clone()]);
    }
    let release = offline::release(&together);
    let index = |page: &Page| {
        let own = match page.program.as_str() {
            "guide" => Some(&guide),
            "forms" => Some(&forms),
            "tip" => Some(&tip),
            "group" => Some(&group),
            "follow" => Some(&follow),
            _ => None,
        };
        let mut text = page_text(project, "index.html", &portal_styles, &portal, &said)?;
        let mut links = preloads(own.unwrap_or(&portal), own.is_some(), page, &volumes);
        let sends = SEALING.contains(&page.program.as_str());
        let styles = [(sends, &sending_styles), (own.is_some(), &later_styles)];
        for (_, styles) in styles.into_iter().filter(|(wanted, _)| *wanted) {
            links.insert_str(0, &format!("<link rel=\"stylesheet\" href=\"{}\">\n", styles.url()));
        }
        if sends {
            links = [&links, "\n", &said.workers].concat();
        }
        fill(&mut text, "{{preloads}}", &links);
        fill(&mut text, "{{offline}}", &later.told(&release));
        fill(&mut text, "{{readable}}", &readable::links(&texts, &page.path));
        fill(&mut text, "{{title}}", &escape(&page.title));
        fill(&mut text, "{{description}}", &escape(&page.description));
        whole("index.html", text)
    };
    let pages: Vec<Page> = serde_json::from_str(&tools::office(project, &["site"])?)
        .context("xtask/office answered something else")?;
    let desk_page = page(project, "frontend/desk.html", &desk_styles, &desk, &said)?;
    let mut unreachable = page_text(project, offline::PAGE, &portal_styles, &portal, &said)?;
    fill(&mut unreachable, "{{release}}", &release);
    let mut files = vec![
        // For every address that is no page: the program says so.
        Asset { path: "404.html".into(), bytes: index(&Page::lost())? },
        Asset { path: "desk/index.html".into(), bytes: desk_page },
        Asset { path: "offline/index.html".into(), bytes: whole(offline::PAGE, unreachable)? },
        desk_styles,
        desk.script.clone(),
        desk.module.clone(),
    ];
    for page in &pages {
        let path = [page.path.as_str(), "/index.html"].concat();
        files.push(Asset { path: path.trim_start_matches('/').to_owned(), bytes: index(page)? });
    }
    for text in &texts {
        let path = [text.path.as_str(), "/index.html"].concat();
        files.push(Asset {
            path,
            bytes: text.page(project, [&portal_styles, &later_styles, &sending_styles], &said.policy)?,
        });
    }
    files.extend(together);
    let site = grade.pages(project);
    replace(project, &site, &files)?;
    offline::write(project, &site)?;
    match grade {
        Grade::Light => Ok(()),
        Grade::Shipped => {
            cache::write(
                &project.dist().join(local::PAGES_CONFIG),
                tools::office(project, &["pages", ""])?.as_bytes(),
            )?;
            headers(project, &project.dist(), "")?;
            release::write(project, &project.dist())?;
            compress_folder(project, &project.dist())
        }
    }
}

/// The documents, a file each, for the programs that carry none.
fn volumes(project: &Project) -> Result<Vec<Asset>> {
    let folder = project.cache().join("volumes");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    tools::office(project, &["volumes", &folder.display().to_string()])?;
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        files.push(Asset { path: format!("assets/{name}"), bytes: fs::read(entry.path())? });
    }
    Ok(files)
}

pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// What every page says before its program runs.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// Whom to call, as HTML.
    contacts: String,
    /// What the page may load and do, for where no header says so.
    policy: String,
    /// Where the workers lie (the sealer, the reader of spreadsheets), as HTML.
    workers: String,
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
    said: &Said,
) -> Result<Vec<u8>> {
    whole(template, page_text(project, template, styles, program, said)?)
}

fn page_text(
    project: &Project,
    template: &str,
    styles: &Asset,
    program: &Program,
    said: &Said,
) -> Result<String> {
    let file = project.path(template);
    let mut text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    let display = assets::script(project, "display")?;
    let [beside, _] = English::of(project)?.assets(project)?;
    for (placeholder, value) in [
        ("{{styles}}", styles.url().as_str()),
        ("{{display}}", display.url().as_str()),
        ("{{display_integrity}}", display.integrity().as_str()),
        ("{{beside}}", beside.url().as_str()),
        ("{{beside_integrity}}", beside.integrity().as_str()),
        ("{{boot}}", program.script.url().as_str()),
        ("{{integrity}}", program.script.integrity().as_str()),
        ("{{module}}", program.module.url().as_str()),
        ("{{fallback}}", &said.contacts),
        ("{{policy}}", &said.policy),
        ("{{workers}}", &said.workers),
    ] {
        fill(&mut text, placeholder, value);
    }
    Ok(text)
}

pub(crate) fn fill(text: &mut String, placeholder: &str, value: &str) {
    *text = text.replace(placeholder, value);
}

/// A template's text with every placeholder filled.
pub(crate) fn whole(template: &str, text: String) -> Result<Vec<u8>> {
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
        local::copy_folder(&plain, dist)?;
    }
    files.iter().try_for_each(|file| cache::write(&dist.join(&file.path), &file.bytes))
}

/// Writes `dist/config.json`: where the API is, and the cards in a folder, which the build's roots must have signed; beside
/// the Worker its variable `OFFICES`, of the same cards. Without a folder no office is named, and the portal says that it
/// cannot send.
///
/// # Errors
/// When a card is not good.
pub fn configure(project: &Project, cards: Option<&Path>, roots: Option<&Path>, api: &str) -> Result<()> {
    let deployed = tools::offices_deployed(project, api, cards, roots)?;
    cache::write(&project.worker().join(local::OFFICES), deployed.worker.as_bytes())?;
    tell(project, &project.dist(), &deployed.pages, api)?;
    println!("{}: SHA-256 {}", release::FILE, release::write(project, &project.dist())?);
    compress_folder(project, &project.dist())
}

/// Tells a site of its offices and its API: `config.json`, what each page may ask, and `_headers`. What is compressed beside
/// these files is that of before.
///
/// # Errors
/// Those of the disk.
pub fn tell(project: &Project, site: &Path, config: &str, api: &str) -> Result<()> {
    cache::write(&site.join(local::PAGES_CONFIG), config.as_bytes())?;
    if !api.is_empty() {
        let own = tools::office(project, &["policy"])?;
        let elsewhere = tools::office(project, &["policy", api])?;
        let pages = local::files(site)?;
        for page in pages.iter().filter(|file| file.extension().is_some_and(|ending| ending == "html")) {
            cache::write(page, fs::read_to_string(page)?.replace(&own, &elsewhere).as_bytes())?;
        }
        offline::write(project, site)?;
    }
    headers(project, site, api)
}

/// Writes `_headers`: what the Worker says with each page, for hosts that only serve files.
fn headers(project: &Project, site: &Path, api: &str) -> Result<()> {
    let mut hashed = Vec::new();
    for entry in fs::read_dir(site.join("assets"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let program = [".js", ".wasm", ".css"].iter().any(|ending| name.ends_with(ending));
        if program {
            hashed.push(format!("/assets/{name}"));
        }
    }
    hashed.sort();
    let words: Vec<&str> = ["headers", api].into_iter().chain(hashed.iter().map(String::as_str)).collect();
    cache::write(&site.join("_headers"), tools::office(project, &words)?.as_bytes())
}

/// Writes `<file>.br` beside every compressible file below a folder.
pub(crate) fn compress_folder(project: &Project, folder: &Path) -> Result<()> {
    let files = compressible(folder)?;
    for (file, small) in files.iter().zip(compress::brotli(project, &files)?) {
        let mut beside = file.clone().into_os_string();
        beside.push(".br");
        fs::write(beside, small)?;
    }
    Ok(())
}

fn compressible(folder: &Path) -> Result<Vec<PathBuf>> {
    let known = |path: &PathBuf| {
        path.extension().is_some_and(|extension| COMPRESSIBLE.iter().any(|known| extension == *known))
    };
    Ok(local::files(folder)?.into_iter().filter(known).collect())
}
