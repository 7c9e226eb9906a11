//! Places are data: what decides and what is shown names none of them and counts none.
#![allow(clippy::unwrap_used)]

use std::{
    fs,
    path::{Path, PathBuf},
};

use policies::rulebook;

/// Where nothing may know a place: engine, portal and desk, and the pages that they are shown in.
const FREE_OF_PLACES: [&str; 9] = [
    "policies/src",
    "policies/model/src",
    "policies/compile/src",
    "protocol/src",
    "edge/src",
    "frontend/ui/src",
    "frontend/portal/src",
    "frontend/desk/src",
    "index.html",
];

/// Ids and names of every place and document, and ways to count them.
fn forbidden() -> Vec<String> {
    let documents = || rulebook().documents().iter().map(policies::Compiled::document);
    let mut words: Vec<String> = documents()
        .flat_map(|d| [&d.id, &d.place.id, &d.place.name, &d.title].map(|text| text.to_owned()))
        .collect();
    let numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let count = numerals.get(documents().count() - 1).unwrap();
    words.extend(["个地方", "地", "份文件"].map(|of| format!("{count}{of}")));
    words
}

/// What a program is made of, without its tests and remarks: they may take a document as an example.
fn product(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let tests = ["#[cfg(test)]\nmod ", "#[cfg(test)]\npub(super) mod ", "#[cfg(all(test"]
        .iter()
        .filter_map(|head| text.find(head))
        .min();
    let product = text.get(..tests.unwrap_or(text.len())).unwrap_or_default();
    (1..).zip(product.lines()).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn sources(path: PathBuf, into: &mut Vec<PathBuf>) {
    if path.is_dir() {
        fs::read_dir(path).unwrap().for_each(|entry| sources(entry.unwrap().path(), into));
    } else if path.extension().is_some_and(|extension| extension == "rs" || extension == "html") {
        into.push(path);
    }
}

#[test]
fn nothing_names_a_place_or_counts_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = Vec::new();
    FREE_OF_PLACES.iter().for_each(|path| sources(root.join(path), &mut files));
    assert!(files.len() > 200, "only {} files were found", files.len());
    let words = forbidden();
    let mut named = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        for (number, line) in product(&text) {
            let found = words.iter().filter(|word| line.contains(word.as_str()));
            named.extend(found.map(|word| format!("{}:{number}: {word}", file.display())));
        }
    }
    assert!(named.is_empty(), "\n{}", named.join("\n"));
}

#[test]
fn the_words_looked_for_would_be_found() {
    let words = forbidden();
    assert!(words.len() > 20, "{words:?}");
    let line = "只收录了这五个地方的公开文件。";
    assert!(words.iter().any(|word| line.contains(word.as_str())), "{words:?}");
}
