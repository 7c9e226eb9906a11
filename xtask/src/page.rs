//! A page of the portal, and what its file asks for at once.

use serde::Deserialize;

use crate::assets::{Asset, Program};

/// Programs that seal and open, and that show cases of any place.
pub const SEALING: [&str; 4] = ["forms", "tip", "group", "follow"];

/// One, as `xtask/office` tells it.
#[derive(Clone, Debug, Deserialize)]
pub struct Page {
    /// Its address without slashes at the ends.
    pub path: String,
    /// Its window title.
    pub title: String,
    /// What it is about, for searchers and whoever it is shared with.
    pub description: String,
    /// The program that shows it.
    pub program: String,
    /// The document that the program loads for it.
    pub document: Option<String>,
}

impl Page {
    /// The page for addresses that lead nowhere.
    pub fn lost() -> Self {
        let words = "没有这一页".to_owned();
        Self {
            path: String::new(),
            title: words.clone(),
            description: words,
            program: "portal".to_owned(),
            document: None,
        }
    }
}

/// What the browser should ask for at once, without waiting for the script that would: the program's module, its own
/// script where it has one, and the document of its place. A page of no place tells where each document lies.
pub fn preloads(program: &Program, own: bool, page: &Page, volumes: &[Asset]) -> String {
    let fetched = |url: &str, kind: &str| {
        format!("<link rel=\"preload\" href=\"{url}\" as=\"fetch\" {kind} crossorigin>\n")
    };
    let mut links = fetched(&program.module.url(), "type=\"application/wasm\" data-module");
    if own {
        let script = program.script.url();
        let whole = program.script.integrity();
        links.push_str(&format!(
            "<link rel=\"modulepreload\" href=\"{script}\" integrity=\"{whole}\" data-program>\n"
        ));
    }
    let kind = if own { "whole-" } else { "light-" };
    for volume in volumes {
        let name = volume.path.trim_start_matches("assets/").strip_prefix(kind);
        let Some((id, _)) = name.and_then(|name| name.rsplit_once('-')) else { continue };
        if page.document.as_deref() == Some(id) {
            links.push_str(&fetched(&volume.url(), "data-volume"));
        } else if page.document.is_none() && SEALING.contains(&page.program.as_str()) {
            let address = volume.url();
            links.push_str(&format!("<meta name=\"volume\" data-of=\"{id}\" content=\"{address}\">\n"));
        }
    }
    links.trim_end().to_owned()
}
