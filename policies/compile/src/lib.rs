//! From data files to the embedded rulebook: every error at once, each with its file and line.
//!
//! The build script of `policies` uses it, the command line and tests through the feature `compiler`. It reads no file:
//! it is given texts.

mod benefit;
mod bounds;
mod calculator;
mod calendar;
mod cel;
mod check;
mod dictionary;
mod document;
mod mend;
mod read;
mod score;
mod shared;
mod similar;
mod source;
mod spans;
mod table;
mod told;

pub use dictionary::Dictionary;
pub use similar::similar;
pub use source::{Problem, Source, Step};

use policies_model::program::Book;

/// A file to compile.
#[derive(Clone, Copy, Debug)]
pub struct File<'t> {
    /// Name used in messages.
    pub name: &'t str,
    /// Its text.
    pub text: &'t str,
}

/// Compiles the whole rulebook.
///
/// # Errors
/// Every problem found, sorted by file and line.
pub fn book(
    facts: File<'_>,
    documents: &[File<'_>],
    calendar: File<'_>,
    inventory: Option<&str>,
) -> Result<Book, Vec<Problem>> {
    let mut problems = Vec::new();
    let calendar = calendar::read(calendar).unwrap_or_else(|p| {
        problems.push(p);
        Vec::new()
    });
    let dictionary = match dictionary::read(facts) {
        Ok(d) => d,
        Err(found) => {
            problems.extend(found);
            return Err(problems);
        }
    };
    let mut compiled = Vec::new();
    for file in documents {
        match document::read(*file, facts.text, &dictionary, inventory) {
            Ok(d) => compiled.push((file.name, d)),
            Err(found) => problems.extend(found),
        }
    }
    check::across(&compiled, &mut problems);
    if problems.is_empty() {
        compiled.sort_by(|(_, a), (_, b)| a.document.id.cmp(&b.document.id));
        Ok(Book {
            facts: dictionary.facts,
            asked_if: dictionary.asked_if,
            parts: dictionary.parts,
            documents: compiled.into_iter().map(|(_, document)| document).collect(),
            calendar,
        })
    } else {
        problems.sort();
        problems.dedup();
        Err(problems)
    }
}

/// Reads the dictionary of facts alone.
///
/// # Errors
/// Every problem found.
pub fn dictionary(facts: File<'_>) -> Result<Dictionary, Vec<Problem>> {
    dictionary::read(facts)
}

/// Compiles one document against a dictionary.
///
/// # Errors
/// Every problem found.
pub fn document(
    file: File<'_>,
    facts_text: &str,
    dictionary: &Dictionary,
    inventory: Option<&str>,
) -> Result<policies_model::program::CompiledDocument, Vec<Problem>> {
    document::read(file, facts_text, dictionary, inventory)
}
