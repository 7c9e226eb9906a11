//! `release.json`: what a release serves, by the hash of each file, so that anybody can hold a site against it
//! (`frontend/verify.mjs`).

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Result;
use serde::Serialize;

use crate::cache;
use crate::project::Project;

/// The file's name, at the root of the site.
pub const FILE: &str = "release.json";
/// What is not served, or differs from office to office: the office's own root signs what counts in it.
const LEFT_OUT: [&str; 3] = [FILE, "_headers", local::PAGES_CONFIG];
/// Ending of a file that is served in another's place.
const COMPRESSED: &str = ".br";

/// In an order that never changes, so that the same files make the same text.
#[derive(Serialize)]
struct Release {
    version: &'static str,
    /// The commit that it was built from; none where that is not known, or something was changed since.
    commit: Option<String>,
    /// SHA-256 by path.
    files: BTreeMap<String, String>,
}

/// Writes the list of a site, and gives the list's own hash.
///
/// # Errors
/// Those of the disk.
pub fn write(project: &Project, site: &Path) -> Result<String> {
    let release =
        Release { version: env!("CARGO_PKG_VERSION"), commit: commit(project), files: files(site)? };
    let mut text = serde_json::to_string_pretty(&release)?;
    text.push('\n');
    // The compressed form of an earlier list.
    let compressed = site.join([FILE, COMPRESSED].concat());
    if compressed.exists() {
        fs::remove_file(compressed)?;
    }
    cache::write(&site.join(FILE), text.as_bytes())?;
    Ok(cache::sha256(text.as_bytes()))
}

fn files(site: &Path) -> Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    for file in local::files(site)? {
        let path = file.strip_prefix(site)?.to_string_lossy().into_owned();
        if !path.ends_with(COMPRESSED) && !LEFT_OUT.contains(&path.as_str()) {
            files.insert(path, cache::sha256(&fs::read(&file)?));
        }
    }
    Ok(files)
}

fn commit(project: &Project) -> Option<String> {
    let git = |words: &[&str]| {
        let output = Command::new("git").args(words).current_dir(project.root()).output().ok()?;
        let said = String::from_utf8(output.stdout).ok()?;
        output.status.success().then(|| said.trim().to_owned())
    };
    let changed = git(&["status", "--porcelain", "--untracked-files=no"])?;
    git(&["rev-parse", "HEAD"]).filter(|_| changed.is_empty())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_list_names_what_is_served_and_is_the_same_again() {
        let site = std::env::temp_dir().join(format!("anju-release-{}", std::process::id()));
        let project = Project::find().unwrap();
        for (name, text) in [
            ("index.html", "a"),
            ("index.html.br", "b"),
            ("assets/x.js", "c"),
            ("config.json", "{}"),
            ("_headers", ""),
        ] {
            cache::write(&site.join(name), text.as_bytes()).unwrap();
        }
        let hash = write(&project, &site).unwrap();
        let named: Vec<String> = files(&site).unwrap().into_keys().collect();
        assert_eq!(named, ["assets/x.js", "index.html"]);
        assert_eq!(write(&project, &site).unwrap(), hash);
        cache::write(&site.join("assets/x.js"), b"d").unwrap();
        assert_ne!(write(&project, &site).unwrap(), hash);
        fs::remove_dir_all(&site).unwrap();
    }
}
