//! `cargo xtask fuzz`: libFuzzer on every reader of strangers' bytes. The compiler counts which paths an input takes (an option
//! of the stable compiler, without a sanitizer: what is looked for is a panic, a hang, or a promise of `tests/readers` broken).

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::project::{Project, cargo};
use crate::step::{read, step};

/// What the compiler adds: a counter for each edge, a table of them, and what is compared with what.
const COUNTED: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 -Cdebug-assertions=on -Coverflow-checks=on";
/// Longest that one input may take, in seconds.
const HANGS: u32 = 20;

/// Fuzzes each reader for its share of so many seconds, from what it takes and what earlier runs came to.
///
/// # Errors
/// When a compiler for C++ is missing, or a reader fails: the input lies where the message says.
pub fn fuzz(project: &Project, seconds: u64, only: Option<&str>) -> Result<()> {
    let place = project.cache().join("fuzz");
    let seeds = place.join("seeds");
    let names = read(
        Command::new(cargo())
            .args(["run", "--quiet", "--package", "readers", "--"])
            .arg(&seeds)
            .current_dir(project.root()),
    )?;
    let names: Vec<&str> = names.lines().filter(|name| only.is_none_or(|only| only == *name)).collect();
    ensure!(!names.is_empty(), "no reader has that name");
    let program = step("readers with their paths counted", || compile(project, &place))?;
    let share = (seconds / u64::try_from(names.len())?).max(1);
    println!("  {:<16}{:>12}{:>10}{:>10}{:>10}", "reader", "executions", "edges", "corpus", "found");
    let mut failed = Vec::new();
    for name in names {
        let (corpus, found) = (place.join("corpus").join(name), place.join("found").join(name));
        fs::create_dir_all(&corpus)?;
        // What an earlier run found was kept by whoever read of it, or is mended.
        if found.exists() {
            fs::remove_dir_all(&found)?;
        }
        fs::create_dir_all(&found)?;
        let ran = Command::new(&program)
            .env("ANJU_READER", name)
            .args([
                format!("-max_total_time={share}"),
                format!("-timeout={HANGS}"),
                "-max_len=65536".to_owned(),
            ])
            .args(["-rss_limit_mb=2048", "-print_final_stats=1", "-seed=1"])
            .arg(format!("-artifact_prefix={}/", found.display()))
            .args([&corpus, &seeds.join(name)])
            .output()
            .context("the fuzzer could not be started")?;
        let said = String::from_utf8_lossy(&ran.stderr).into_owned();
        let inputs = fs::read_dir(&found)?.count();
        println!(
            "  {name:<16}{:>12}{:>10}{:>10}{inputs:>10}",
            final_stat(&said),
            edges(&said),
            fs::read_dir(&corpus)?.count()
        );
        if !ran.status.success() {
            failed.push(format!("{name}: {}", told(&said, &found)));
        }
    }
    ensure!(failed.is_empty(), "{}", failed.join("\n"));
    Ok(())
}

/// Apart from everything else, since every crate is compiled otherwise; naming the machine keeps build scripts as they are.
fn compile(project: &Project, place: &Path) -> Result<PathBuf> {
    let version = read(Command::new("rustc").arg("-vV"))?;
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .context("rustc does not say its host")?
        .to_owned();
    let target = place.join("target");
    read(
        Command::new(cargo())
            .args(["build", "--release", "--package", "readers", "--target", &host, "--target-dir"])
            .arg(&target)
            .env("RUSTFLAGS", COUNTED)
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .current_dir(project.root()),
    )
    .context("libFuzzer wants a compiler for C++ (Debian: g++)")?;
    Ok(target.join(host).join("release/readers"))
}

/// How many inputs were tried.
fn final_stat(said: &str) -> &str {
    let stat = said.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    stat.map_or("?", str::trim)
}

/// How many edges were taken, by the last line that says so.
fn edges(said: &str) -> &str {
    let told = said.lines().rev().find_map(|line| line.split_once(" cov: "));
    told.and_then(|(_, rest)| rest.split_whitespace().next()).unwrap_or("?")
}

/// What it failed with, and where the input lies.
fn told(said: &str, found: &Path) -> String {
    let panic =
        said.lines().skip_while(|line| !line.contains("panicked at")).take(2).collect::<Vec<_>>().join(" ");
    let reason = if panic.is_empty() {
        said.lines().rev().find(|line| line.contains("ERROR")).unwrap_or("it failed")
    } else {
        &panic
    };
    format!("{reason} (the input lies in {}; keep it in tests/readers/found)", found.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_libfuzzer_says_is_read() {
        let said = "#2\tINITED cov: 7 ft: 7 corp: 1/1b\n#9\tNEW    cov: 12 ft: 8 corp: 2/3b\nDone 9 runs in 1 second(s)\n\
                    stat::number_of_executed_units: 9\n";
        assert_eq!((final_stat(said), edges(said)), ("9", "12"));
        let failed = "thread '<unnamed>' panicked at src/a.rs:1:1:\nassertion failed\n==1== ERROR: libFuzzer: deadly signal\n";
        assert!(told(failed, Path::new("found")).contains("src/a.rs:1:1: assertion failed"));
    }
}
