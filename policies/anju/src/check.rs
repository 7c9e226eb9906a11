//! `anju check`.

use std::path::Path;

use policies::program::Book;

use crate::{
    output,
    written::{self, Facts},
};

pub(crate) fn run(file: &Path, facts: Option<&Path>, inventory: Option<&Path>) -> Result<(), String> {
    let (_, said) = checked(file, facts, inventory)?;
    output::line(&said)
}

/// A document file's rulebook, and what it holds, in a line.
///
/// # Errors
/// Everything wrong in it, one a line.
pub(crate) fn checked(
    file: &Path,
    facts: Option<&Path>,
    inventory: Option<&Path>,
) -> Result<(Book, String), String> {
    let facts = Facts::of(file, facts)?;
    let inventory = written::inventory(file, inventory)?;
    let book = written::book(file, &facts, inventory.as_deref())?;
    let document = &book.documents.first().ok_or("no document")?.document;
    let said = format!(
        "{}: {}: {} categories, {} requirements, {} benefits, {} papers, {} clocks, {} procedures; nothing wrong",
        file.display(),
        document.id,
        document.categories.len(),
        document.requirements.len(),
        document.benefits.len(),
        document.papers.len(),
        document.clocks.len(),
        document.procedures.len(),
    );
    Ok((book, said))
}
