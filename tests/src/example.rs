//! The rulebook's worked examples, as questions to put to any of the engine's homes.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use policies::Household;
use protocol::assess::AssessRequest;
use serde::Deserialize;
use xtask::project::Project;

/// The part of an example file that is the question.
#[derive(Deserialize)]
struct Question {
    on: String,
    #[serde(default)]
    household: Household,
}

/// Every worked example of every served document, with its name (`qujing-2018/income-exactly-3500`).
///
/// # Errors
/// When a file cannot be read.
pub fn all(project: &Project) -> Result<Vec<(String, AssessRequest)>> {
    let mut found = Vec::new();
    for compiled in policies::rulebook().documents() {
        let document = &compiled.document().id;
        for file in toml_files(project.path("policies/examples").join(document))? {
            let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            found.push((format!("{document}/{name}"), one(project, document, &name)?));
        }
    }
    Ok(found)
}

/// One worked example.
///
/// # Errors
/// When there is none of this name.
pub fn one(project: &Project, document: &str, name: &str) -> Result<AssessRequest> {
    let file = project.path("policies/examples").join(document).join(format!("{name}.toml"));
    let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    let question: Question = toml::from_str(&text).with_context(|| file.display().to_string())?;
    Ok(AssessRequest {
        document: document.to_owned(),
        on: question.on.parse()?,
        household: question.household,
    })
}

fn toml_files(folder: PathBuf) -> Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .with_context(|| folder.display().to_string())?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    files.sort();
    Ok(files)
}
