//! The workspace holds to `deny.toml`, and the readers see it when something does not.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::process::Command;

use supply::rules::Rules;
use supply::{npm, tree};

fn file(name: &str) -> String {
    fs::read_to_string(format!("{}/../../{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn rules() -> Rules {
    Rules::read(&file("deny.toml")).unwrap_or_else(|why| panic!("deny.toml: {why}"))
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn licences_and_versions_are_those_of_the_rules() {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--workspace", "--all-features", "--target", "all"])
        .args(["--edges", "normal,build,dev", "--prefix", "none", "--format", "{p}|{l}"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree = String::from_utf8(output.stdout).unwrap();
    assert!(tree.lines().count() > 300, "cargo tells of little: {tree}");
    none(&tree::faults(&tree, &rules()));
}

#[test]
fn everything_comes_from_the_registry_with_its_hash() {
    none(&tree::sources(&file("Cargo.lock"), &rules()));
    for lock in ["package-lock.json", "tests/lighthouse/package-lock.json"] {
        none(&npm::faults(&file(lock), &rules().licenses.allow).unwrap());
    }
}

#[test]
fn what_does_not_hold_to_the_rules_is_seen() {
    let mut rules = rules();
    rules.bans.skip.clear();
    let bad =
        "a v1.0.0|MIT\na v2.0.0|MIT\n\nb v1.0.0 (proc-macro)|GPL-3.0-only\nc v1.0.0|\na v1.0.0|MIT (*)\n";
    assert_eq!(tree::faults(bad, &rules).len(), 3, "{:?}", tree::faults(bad, &rules));
    let from =
        |source: &str| format!("[[package]]\nname = \"a\"\nsource = \"{source}\"\nchecksum = \"00\"\n");
    let registry = "registry+https://github.com/rust-lang/crates.io-index";
    assert!(tree::sources(&from(registry), &rules).is_empty());
    assert_eq!(tree::sources(&from("git+https://example.org/a"), &rules).len(), 1);
    assert_eq!(tree::sources(&from(registry).replace("checksum", "sum"), &rules).len(), 1);
    let lock = r#"{"packages": {"": {}, "a": {"license": "GPL-3.0-only"}}}"#;
    assert_eq!(npm::faults(lock, &rules.licenses.allow).unwrap().len(), 2);
    // A tool may be under a licence that nothing that is handed on may be under.
    let lock = |name: &str| {
        format!(
            r#"{{"packages": {{"node_modules/{name}": {{"license": "MPL-2.0", "integrity": "sha512-x"}}}}}}"#
        )
    };
    let faults = |name: &str| npm::faults(&lock(name), &rules.licenses.allow).unwrap().len();
    assert_eq!((faults("axe-core"), faults("@cloudflare/workerd-linux-64")), (0, 1));
}
