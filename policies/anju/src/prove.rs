//! `anju test`: whether a document file decides what was worked out by hand, and whether each of its numbers is noticed.

use std::path::{Path, PathBuf};

use policies::{Rulebook, program::Book};
use policies_prove::{Proof, Text};

use crate::{check, output, written};

/// Tests each file; all are tested before anything is refused.
pub(crate) fn run(files: &[PathBuf], facts: Option<&Path>, examples: Option<&Path>) -> Result<(), String> {
    let told: Vec<String> = files.iter().filter_map(|file| one(file, facts, examples).err()).collect();
    if told.is_empty() { Ok(()) } else { Err(told.join("\n")) }
}

fn one(file: &Path, facts: Option<&Path>, examples: Option<&Path>) -> Result<(), String> {
    let (book, _) = check::checked(file, &written::open(file)?, facts, None)?;
    output::line(&proven(file, &book, examples)?)
}

/// What was tested, in a line.
///
/// # Errors
/// Everything that fails, one a line.
pub(crate) fn proven(file: &Path, book: &Book, examples: Option<&Path>) -> Result<String, String> {
    let folder = folder(file, examples)?;
    let written = Text::open(file).map_err(|problem| problem.to_string())?;
    let rulebook = Rulebook::new(book.clone());
    let doc = rulebook.documents().first().ok_or("no document")?;
    let id = &doc.document().id;
    let proof = Proof::read(&folder, id, written);
    let faults = proof.faults(book, doc);
    if !faults.is_empty() {
        return Err(written::listed(&faults));
    }
    let numbers: usize =
        book.documents.iter().map(|document| document.program.clone().literals().len()).sum();
    Ok(format!(
        "{}: {id}: {} households, {} calculations, the days of {} clocks, windows and bars, {numbers} numbers each noticed when shifted; nothing fails",
        file.display(),
        proof.examples.len(),
        proof.figures.len(),
        doc.document().clocks.len() + doc.document().windows.len() + doc.document().bars.len(),
    ))
}

/// The folder of the examples: the one that is named; else `examples` beside the file's folder, as in this repository, or
/// beside the file.
pub(crate) fn folder(file: &Path, named: Option<&Path>) -> Result<PathBuf, String> {
    let found = named.map(Path::to_owned);
    let found =
        found.or_else(|| written::above(file, "examples")).or_else(|| written::beside(file, "examples"));
    found.ok_or_else(|| {
        format!("{}: no folder `examples` beside it or above; name one with `--examples`", file.display())
    })
}
