//! `anju check`.

use std::path::Path;

use policies::compile::{self, File, Problem};

use crate::{input, output};

/// The dictionary that the embedded documents were compiled with.
pub(crate) const FACTS: &str = include_str!("../../data/facts.toml");

pub(crate) fn run(file: &Path, facts: Option<&Path>, inventory: Option<&Path>) -> Result<(), String> {
    let text = input::text(file)?;
    let inventory = inventory.map(input::text).transpose()?;
    let (facts_name, facts_text) = match facts {
        Some(path) => (path.display().to_string(), input::text(path)?),
        None => ("facts.toml".to_owned(), FACTS.to_owned()),
    };
    let dictionary =
        compile::dictionary(File { name: &facts_name, text: &facts_text }).map_err(|p| listed(&p))?;
    let name = file.display().to_string();
    let compiled =
        compile::document(File { name: &name, text: &text }, &facts_text, &dictionary, inventory.as_deref())
            .map_err(|p| listed(&p))?;
    let document = &compiled.document;
    output::line(&format!(
        "{name}: {}: {} categories, {} requirements, {} benefits, {} papers, {} clocks, {} procedures; nothing wrong",
        document.id,
        document.categories.len(),
        document.requirements.len(),
        document.benefits.len(),
        document.papers.len(),
        document.clocks.len(),
        document.procedures.len(),
    ))
}

/// Problems, one a line, and how many.
pub(crate) fn listed(problems: &[Problem]) -> String {
    let mut sorted = problems.to_vec();
    sorted.sort();
    let lines: Vec<String> = sorted.iter().map(ToString::to_string).collect();
    let problems = if lines.len() == 1 { "problem" } else { "problems" };
    format!("{}\n{} {problems}", lines.join("\n"), lines.len())
}
