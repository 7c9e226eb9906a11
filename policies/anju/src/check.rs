//! `anju check`.

use std::path::Path;

use policies::program::Book;
use policies_prove::{Problem, Text, lints};

use crate::{
    output, prove,
    written::{self, Facts},
};

pub(crate) fn run(file: &Path, facts: Option<&Path>, inventory: Option<&Path>) -> Result<(), String> {
    let text = written::open(file)?;
    if text.text.lines().any(|line| line.trim() == "[[fact]]") {
        let facts = written::facts(&text)?;
        return output::line(&format!("{}: a dictionary of {facts} facts; nothing wrong", text.name));
    }
    let (book, said) = checked(file, &text, facts, inventory)?;
    let warnings = warnings(file, &text, &book, inventory)?;
    warnings.iter().for_each(|warning| output::tell(warning));
    let found = match warnings.len() {
        0 => "nothing wrong".to_owned(),
        1 => "1 warning".to_owned(),
        many => format!("{many} warnings"),
    };
    output::line(&format!("{said}; {found}"))
}

/// What is allowed and yet is probably a mistake, one a line.
///
/// # Errors
/// An inventory that cannot be read.
pub(crate) fn warnings(
    file: &Path,
    text: &Text,
    book: &Book,
    inventory: Option<&Path>,
) -> Result<Vec<String>, String> {
    let inventory = written::inventory(file, inventory)?;
    let mut all = lints(book, text, inventory.as_deref());
    let id = book.documents.first().map_or("", |document| document.document.id.as_str());
    if let Ok(examples) = prove::folder(file, None)
        && !examples.join(id).exists()
    {
        let message =
            format!("no examples in {}: `anju new` writes stubs of them", examples.join(id).display());
        all.push(Problem { file: text.name.clone(), line: 1, message });
    }
    Ok(all.into_iter().map(|p| format!("{}:{}: warning: {}", p.file, p.line, p.message)).collect())
}

/// A document file's rulebook, and what it holds, in a line.
///
/// # Errors
/// Everything wrong in it, one a line.
pub(crate) fn checked(
    file: &Path,
    text: &Text,
    facts: Option<&Path>,
    inventory: Option<&Path>,
) -> Result<(Book, String), String> {
    let facts = Facts::of(file, facts)?;
    let inventory = written::inventory(file, inventory)?;
    let book = written::compiled(text, &facts, inventory.as_deref())?;
    let document = &book.documents.first().ok_or("no document")?.document;
    let said = format!(
        "{}: {}: {} categories, {} requirements, {} benefits, {} papers, {} clocks, {} procedures",
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
