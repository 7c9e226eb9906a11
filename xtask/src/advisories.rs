//! Known weaknesses of what others wrote, where somebody can be asked about them. Licences, versions and sources need
//! nobody: the test `tests/supply` holds them to `deny.toml`.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::project::{Project, cargo};
use crate::setup;
use crate::step::run;

/// Asks npm's registry about the tools, and cargo-deny about everything else where it is installed. Whoever cannot be
/// asked is named in one line: being without an answer is no fault of the code.
///
/// # Errors
/// When a weakness is known, or cargo-deny finds something.
pub fn check(project: &Project) -> Result<()> {
    if setup::on_path("cargo-deny").is_some() {
        run(Command::new(cargo())
            .args(["deny", "--log-level", "error", "check", "bans", "licenses", "sources"])
            .current_dir(project.root()))?;
        rust(project)?;
    } else {
        println!("Advisories for Rust packages were not asked for: cargo-deny is not installed.");
    }
    npm(project)
}

fn rust(project: &Project) -> Result<()> {
    let asked = Command::new(cargo())
        .args(["deny", "--log-level", "error", "check", "advisories"])
        .current_dir(project.root())
        .output()
        .context("cargo-deny")?;
    let said = String::from_utf8_lossy(&asked.stderr);
    if asked.status.success() {
        return Ok(());
    }
    if said.contains("failed to fetch advisory database") {
        println!(
            "Advisories for Rust packages were not asked for: their database cannot be reached from here."
        );
        return Ok(());
    }
    bail!("cargo deny check advisories:\n{said}")
}

/// npm's answer; without counts it is the registry's refusal.
#[derive(Deserialize)]
struct Audit {
    metadata: Option<Metadata>,
}

#[derive(Deserialize)]
struct Metadata {
    vulnerabilities: Severities,
}

#[derive(Deserialize)]
struct Severities {
    high: u32,
    critical: u32,
}

fn npm(project: &Project) -> Result<()> {
    let asked = Command::new("npm")
        .args(["audit", "--json", "--package-lock-only", "--fetch-retries=0"])
        .current_dir(project.root())
        .stdin(Stdio::null())
        .output()
        .context("npm could not be started")?;
    match bad(&asked.stdout) {
        Some(0) => Ok(()),
        Some(count) => bail!("npm audit knows of {count} grave weaknesses: `npm audit` names them"),
        None => {
            println!("Advisories for npm packages were not asked for: the registry in use answers no audit.");
            Ok(())
        }
    }
}

/// How many weaknesses are grave; nothing when there was no answer.
fn bad(answer: &[u8]) -> Option<u32> {
    let counts = serde_json::from_slice::<Audit>(answer).ok()?.metadata?.vulnerabilities;
    Some(counts.high + counts.critical)
}

#[cfg(test)]
mod tests {
    use super::bad;

    #[test]
    fn a_refusal_is_no_answer_and_an_answer_counts() {
        assert_eq!(bad(br#"{"message": "405 Method Not Allowed", "method": "POST"}"#), None);
        assert_eq!(bad(b""), None);
        let answer = br#"{"auditReportVersion": 2, "metadata": {"vulnerabilities":
            {"info": 1, "low": 2, "moderate": 4, "high": 1, "critical": 2, "total": 10}}}"#;
        assert_eq!(bad(answer), Some(3));
    }
}
