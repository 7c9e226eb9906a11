//! What works without a network: the service worker with the list of what it keeps, and what pages need to start it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use data_encoding::BASE64;
use sha2::{Digest, Sha256};

use crate::assets::{self, Asset};
use crate::cache;
use crate::project::Project;
use crate::site::{fill, whole};

/// The service worker, at the root of the site: it may answer for pages below its own folder alone.
pub const WORKER: &str = "sw.js";
/// What is shown where nothing else is there.
pub const PAGE: &str = "frontend/offline/page.html";
/// Pages of no place that are kept for everybody; empty: the first page.
const SHELL: [&str; 5] = ["", "about", "status", "sent", "offline"];
/// Programs that are not for residents: an office and an employer have a line.
const NOT_KEPT: [&str; 3] = ["desk-", "group-", "sheets-"];
/// What a page names that needs such a program.
const NEEDS_A_LINE: &str = "/assets/group-";
/// Ending of what a place alone needs: its documents.
const VOLUME: &str = ".bin";
/// How a page says to which release it belongs.
const RELEASE: &str = "data-release=\"";

/// What each page of the portal starts once it rests.
#[derive(Clone, Debug)]
pub struct Later {
    /// Starts the service worker, and says that there is a newer release.
    pub script: Asset,
    /// How that is shown.
    pub styles: Asset,
}

impl Later {
    /// # Errors
    /// When esbuild refuses the script or the style sheet.
    pub fn new(project: &Project) -> Result<Self> {
        let file = project.path("frontend/offline/page.js");
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let script = Asset::hashed("offline", "js", assets::small(project, "offline", &text)?);
        let styles = assets::styles(project, "offline", &[project.path("frontend/styles/offline")])?;
        Ok(Self { script, styles })
    }

    /// What a page says of it. `release`: see [`release`].
    pub fn told(&self, release: &str) -> String {
        let (script, whole, styles) = (self.script.url(), self.script.integrity(), self.styles.url());
        format!(
            "<meta name=\"offline\" content=\"{script}\" data-integrity=\"{whole}\" data-styles=\"{styles}\" {RELEASE}{release}\">"
        )
    }
}

/// The name of a release: programs, styles and documents that belong together.
pub fn release<'a>(assets: impl IntoIterator<Item = &'a Asset>) -> String {
    let paths: BTreeSet<&str> = assets.into_iter().map(|asset| asset.path.as_str()).collect();
    cache::short(&paths.into_iter().map(str::as_bytes).collect::<Vec<_>>())
}

/// Writes the service worker of a site as it stands.
///
/// # Errors
/// Those of the disk, and a first page that names no release.
pub fn write(project: &Project, site: &Path) -> Result<()> {
    let file = project.path("frontend/offline/worker.js");
    let mut text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    let kept = Kept::of(site)?;
    for (placeholder, value) in [
        ("{{release}}", kept.release.clone()),
        ("{{version}}", kept.version.clone()),
        ("{{shell}}", serde_json::to_string(&kept.shell)?),
        ("{{places}}", serde_json::to_string(&kept.places)?),
    ] {
        fill(&mut text, placeholder, &value);
    }
    whole(WORKER, text.clone())?;
    let compressed = site.join([WORKER, ".br"].concat());
    if compressed.exists() {
        fs::remove_file(compressed)?;
    }
    cache::write(&site.join(WORKER), &assets::small(project, "sw", &text)?)
}

/// A file that is kept: its address and, where its name carries a hash, the hash of the whole.
type File = Vec<String>;

/// What the worker keeps.
struct Kept {
    release: String,
    version: String,
    shell: Vec<File>,
    /// By the first part of their address.
    places: BTreeMap<String, Vec<File>>,
}

impl Kept {
    fn of(site: &Path) -> Result<Self> {
        let first = fs::read_to_string(site.join("index.html")).context("the first page")?;
        let release = between(&first, RELEASE, "\"").context("the first page names no release")?.to_owned();
        let (mut shell, mut places) = (Vec::new(), BTreeMap::<String, Vec<File>>::new());
        let mut versions: Vec<Vec<u8>> = Vec::new();
        let mut files: Vec<String> = Vec::new();
        for file in local::files(site)? {
            files.push(file.strip_prefix(site)?.to_string_lossy().into_owned());
        }
        files.sort();
        for file in &files {
            let path = site.join(file);
            if let Some(address) = file.strip_suffix("index.html").map(|path| path.trim_end_matches('/')) {
                let text = fs::read_to_string(&path)?;
                let address_of = vec![["/", address].concat()];
                let place = address.split('/').next().unwrap_or_default();
                if SHELL.contains(&address) {
                    shell.push(address_of);
                } else if text.contains(RELEASE) && !text.contains(NEEDS_A_LINE) {
                    let of_place = places.entry(place.to_owned()).or_default();
                    of_place.push(address_of);
                    // Its documents, which its pages name.
                    for volume in
                        files.iter().filter(|file| file.ends_with(VOLUME) && text.contains(file.as_str()))
                    {
                        let volume = with_hash(site, volume)?;
                        if !of_place.contains(&volume) {
                            of_place.push(volume);
                        }
                    }
                } else {
                    continue;
                }
                versions.push(text.into_bytes());
            } else if let Some(name) = file.strip_prefix("assets/")
                && [".js", ".css", ".wasm"].iter().any(|ending| name.ends_with(ending))
                && !NOT_KEPT.iter().any(|program| name.starts_with(program))
            {
                shell.push(with_hash(site, file)?);
            }
        }
        let parts: Vec<&[u8]> = versions.iter().map(Vec::as_slice).collect();
        let version = cache::short(&[release.as_bytes(), cache::digest(&parts).as_bytes()]);
        Ok(Self { release, version, shell, places })
    }
}

fn with_hash(site: &Path, file: &str) -> Result<File> {
    let hash = BASE64.encode(&Sha256::digest(fs::read(site.join(file))?));
    Ok(vec![["/", file].concat(), ["sha256-", &hash].concat()])
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    text.split_once(before)?.1.split_once(after).map(|(inside, _)| inside)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn everybody_keeps_the_programs_and_a_place_keeps_its_own() {
        let site = std::env::temp_dir().join(format!("anju-offline-{}", std::process::id()));
        let page = |more: &str| format!("<meta data-release=\"abc\">{more}");
        for (name, text) in [
            ("index.html", page("")),
            ("about/index.html", page("")),
            ("here/index.html", page("<link href=\"/assets/light-a-1.bin\">")),
            ("here/guide/index.html", page("<link href=\"/assets/whole-a-1.bin\">")),
            ("here/text/index.html", "no program".to_owned()),
            ("there/index.html", page("<link href=\"/assets/light-b-1.bin\">")),
            ("desk/index.html", "the desk".to_owned()),
            ("404.html", page("")),
            ("config.json", "{}".to_owned()),
            ("assets/portal-1.wasm", "w".to_owned()),
            ("assets/portal-1.wasm.br", "w".to_owned()),
            ("assets/desk-1.wasm", "d".to_owned()),
            ("assets/light-a-1.bin", "la".to_owned()),
            ("assets/whole-a-1.bin", "wa".to_owned()),
            ("assets/light-b-1.bin", "lb".to_owned()),
        ] {
            cache::write(&site.join(name), text.as_bytes()).unwrap();
        }
        let kept = Kept::of(&site).unwrap();
        let addresses =
            |files: &[File]| files.iter().map(|file| file.first().unwrap().clone()).collect::<Vec<_>>();
        assert_eq!(kept.release, "abc");
        assert_eq!(addresses(&kept.shell), ["/about", "/assets/portal-1.wasm", "/"]);
        assert_eq!(kept.places.keys().collect::<Vec<_>>(), ["here", "there"]);
        assert_eq!(
            addresses(kept.places.get("here").unwrap()),
            ["/here/guide", "/assets/whole-a-1.bin", "/here", "/assets/light-a-1.bin"]
        );
        // One word in one page is another version of the same release.
        cache::write(&site.join("there/index.html"), page("another").as_bytes()).unwrap();
        let after = Kept::of(&site).unwrap();
        assert!(after.version != kept.version && after.release == kept.release);
        fs::remove_dir_all(&site).unwrap();
    }

    #[test]
    fn a_release_is_named_by_what_belongs_together() {
        let asset = |path: &str| Asset { path: path.to_owned(), bytes: Vec::new() };
        let (a, b) = (asset("assets/a-1.js"), asset("assets/b-1.js"));
        assert_eq!(release([&a, &b]), release([&b, &a]));
        assert_ne!(release([&a, &b]), release([&a, &asset("assets/b-2.js")]));
    }
}
