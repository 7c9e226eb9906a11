//! `anju check`.

use std::path::Path;

use crate::{
    output,
    written::{self, Facts},
};

pub(crate) fn run(file: &Path, facts: Option<&Path>, inventory: Option<&Path>) -> Result<(), String> {
    let facts = Facts::of(file, facts)?;
    let inventory = written::inventory(file, inventory)?;
    let book = written::book(file, &facts, inventory.as_deref())?;
    let name = file.display();
    for document in book.documents.iter().map(|compiled| &compiled.document) {
        output::line(&format!(
            "{name}: {}: {} categories, {} requirements, {} benefits, {} papers, {} clocks, {} procedures; nothing wrong",
            document.id,
            document.categories.len(),
            document.requirements.len(),
            document.benefits.len(),
            document.papers.len(),
            document.clocks.len(),
            document.procedures.len(),
        ))?;
    }
    Ok(())
}
