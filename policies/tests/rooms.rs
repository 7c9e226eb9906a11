//! The rooms of the crates here, the lowest first: each uses only those before it, so that there is no circle. And none of them
//! reaches outside.
#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

fn held(src: &str, order: &[&str], outside: &[&str]) {
    let faults = rooms::faults(src.as_ref(), order, outside);
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn the_engine() {
    let order = [
        "fault",
        "units",
        "program",
        "book",
        "facts",
        "assess",
        "margin",
        "columns",
        "calendar",
        "calculate",
    ];
    held(concat!(env!("CARGO_MANIFEST_DIR"), "/src"), &order, &["model"]);
}

/// The engine, its model and its compiler read no file, no clock, no network and nothing of the process: what they say
/// follows from their arguments alone. The build script and the command line are the shells.
#[test]
fn nothing_here_reaches_outside() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut read = 0;
    let mut reached = Vec::new();
    let mut folders = ["src", "model/src", "compile/src"].map(|folder| root.join(folder)).to_vec();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                read += 1;
                let text = fs::read_to_string(&path).unwrap();
                let lines = (1..).zip(text.lines()).filter(|(_, line)| outside(line));
                reached.extend(lines.map(|(n, line)| format!("{}:{n}: {}", path.display(), line.trim())));
            }
        }
    }
    assert!(read > 40, "only {read} files were found");
    assert!(reached.is_empty(), "\n{}", reached.join("\n"));
}

/// Whether a line names something outside. Ending the program is no way out of it.
fn outside(line: &str) -> bool {
    let code = line.split("//").next().unwrap_or_default().replace("std::process::abort()", "");
    let modules = ["fs", "net", "env", "process", "thread", "io", "time", "os"];
    let named = |module: &&str| {
        code.contains(&format!("std::{module}"))
            || (code.trim_start().starts_with("use std::{") && code.contains(&format!(" {module}")))
    };
    let words =
        ["Instant", "SystemTime", "Utc::now", "Local::now", "include_str!(", "println!(", "eprintln!("];
    modules.iter().any(named) || words.iter().any(|word| code.contains(word))
}

#[test]
fn what_reaches_outside_is_seen() {
    for line in [
        "use std::{fmt, fs};",
        "    std::env::var(\"X\")",
        "let now = Instant::now();",
        "use std::net::Ipv4Addr;",
    ] {
        assert!(outside(line), "{line}");
    }
    assert!(!outside("        std::process::abort()"));
    assert!(!outside("use std::{borrow::Cow, fmt}; // std::fs"));
}
