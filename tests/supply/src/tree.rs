//! What is built into the programs, the tools and the tests: cargo's own account of it, judged.

use std::collections::{BTreeMap, BTreeSet};

use crate::licence;
use crate::rules::Rules;

/// Licences and versions in the lines of `cargo tree … --prefix none --format "{p}|{l}"`.
pub fn faults(tree: &str, rules: &Rules) -> Vec<String> {
    let mut faults = BTreeSet::new();
    let mut versions = BTreeMap::<&str, BTreeSet<&str>>::new();
    for line in tree.lines().filter(|line| !line.is_empty()) {
        let (package, licences) = line.trim_end_matches(" (*)").rsplit_once('|').unwrap_or((line, ""));
        let mut words = package.split(' ');
        let (name, version) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        versions.entry(name).or_default().insert(version.trim_start_matches('v'));
        if !licence::allowed(licences, &rules.licenses.allow) {
            faults.insert(format!("{name} {version} comes under “{licences}”"));
        }
    }
    let mut skipped: BTreeSet<&str> = rules.bans.skip.iter().map(|skip| skip.name.as_str()).collect();
    for (name, found) in &versions {
        let more: Vec<String> = found.iter().map(|version| format!("{name}@{version}")).collect();
        let free: Vec<&String> = more.iter().filter(|version| !skipped.contains(version.as_str())).collect();
        if free.len() > 1 {
            faults.insert(format!("{free:?}: one version is enough, or name the older in deny.toml"));
        }
        if found.len() > 1 {
            skipped.retain(|name| !more.iter().any(|version| version == name));
        }
    }
    faults.extend(skipped.iter().map(|name| format!("deny.toml skips {name}, which nothing needs now")));
    faults.into_iter().collect()
}

/// Sources in a `Cargo.lock`: what is not of this workspace comes from an allowed registry, with its hash.
pub fn sources(lock: &str, rules: &Rules) -> Vec<String> {
    let known: Vec<String> =
        rules.sources.allow_registry.iter().map(|at| format!("source = \"registry+{at}\"")).collect();
    let mut faults = Vec::new();
    for package in lock.split("[[package]]\n").skip(1) {
        let field = |name: &str| package.lines().find(|line| line.starts_with(name));
        let Some(source) = field("source = ") else { continue };
        if !known.iter().any(|known| known == source) || field("checksum = ").is_none() {
            faults.push(format!("{}: {source}", field("name = ").unwrap_or_default()));
        }
    }
    faults
}
