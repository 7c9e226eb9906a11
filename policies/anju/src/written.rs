//! A document as it is written: compiled when it is asked for, by the compiler and into the rulebook of those that are
//! built in, so that what is tried is what will be served.

use std::path::{Path, PathBuf};

use anju::households::Failure;
use policies::{
    Rulebook,
    compile::{self, File, Problem},
    program::Book,
};

use policies_prove::Text;

use crate::input;

/// The dictionary that the documents built in were compiled with.
const FACTS: &str = include_str!("../../data/facts.toml");

/// The official calendar.
const CALENDAR: &str = include_str!("../../data/calendar.json");

/// A dictionary of facts with its name for messages.
pub(crate) struct Facts {
    name: String,
    text: String,
}

impl Facts {
    /// The one that documents built in have.
    pub(crate) fn embedded() -> Self {
        Self { name: "facts.toml".to_owned(), text: FACTS.to_owned() }
    }

    /// The one that is named; else `facts.toml` beside the document; else the one that is built in.
    pub(crate) fn of(document: &Path, named: Option<&Path>) -> Result<Self, Failure> {
        match named.map(Path::to_owned).or_else(|| beside(document, "facts.toml")) {
            Some(path) => Ok(Self { name: path.display().to_string(), text: input::text(&path)? }),
            None => Ok(Self::embedded()),
        }
    }
}

/// The inventory that is named; else `INVENTORY.md` in the folder above the document's.
pub(crate) fn inventory(document: &Path, named: Option<&Path>) -> Result<Option<String>, Failure> {
    let found = named.map(Path::to_owned).or_else(|| above(document, "INVENTORY.md"));
    found.map(|path| input::text(&path)).transpose()
}

/// A file in the folder of a document, if it is there.
pub(crate) fn beside(document: &Path, name: &str) -> Option<PathBuf> {
    // Standard input lies nowhere.
    let folder = document.parent().filter(|_| document.as_os_str() != "-")?;
    Some(folder.join(name)).filter(|path| path.exists())
}

/// A file in the folder above that of a document, if it is there.
pub(crate) fn above(document: &Path, name: &str) -> Option<PathBuf> {
    let folder = document.parent().filter(|_| document.as_os_str() != "-")?;
    let above = folder.parent().map_or_else(|| Path::new("..").join(name), |above| above.join(name));
    Some(above).filter(|path| path.exists())
}

/// A file's text with its name.
pub(crate) fn open(path: &Path) -> Result<Text, Failure> {
    Ok(Text { name: path.display().to_string(), text: input::text(path)? })
}

/// The rulebook of one document file.
///
/// # Errors
/// Everything wrong in it, one a line.
pub(crate) fn book(document: &Path, facts: &Facts, inventory: Option<&str>) -> Result<Book, Failure> {
    compiled(&open(document)?, facts, inventory)
}

/// The rulebook of a document's text.
///
/// # Errors
/// As [`book`].
pub(crate) fn compiled(document: &Text, facts: &Facts, inventory: Option<&str>) -> Result<Book, Failure> {
    let calendar = File { name: "calendar.json", text: CALENDAR };
    let facts = File { name: &facts.name, text: &facts.text };
    let document = File { name: &document.name, text: &document.text };
    compile::book(facts, &[document], calendar, inventory).map_err(|p| listed(&p))
}

/// How many facts a dictionary has.
///
/// # Errors
/// Everything wrong in it, one a line.
pub(crate) fn facts(text: &Text) -> Result<usize, Failure> {
    let dictionary = compile::dictionary(File { name: &text.name, text: &text.text });
    dictionary.map(|dictionary| dictionary.facts.len()).map_err(|p| listed(&p))
}

/// Lets a document file decide in place of the documents that are built in; its id.
///
/// # Errors
/// As [`book`].
pub(crate) fn decides(document: &Path, facts: &Facts) -> Result<String, Failure> {
    let book = book(document, facts, None)?;
    let id = book.documents.first().map(|written| written.document.id.clone());
    policies::begin_with(Rulebook::new(book));
    id.ok_or_else(|| format!("{}: no document", document.display()))
}

/// Problems, one a line, and how many.
pub(crate) fn listed(problems: &[Problem]) -> String {
    let mut sorted = problems.to_vec();
    sorted.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    let lines: Vec<String> = sorted.iter().map(ToString::to_string).collect();
    let problems = if lines.len() == 1 { "problem" } else { "problems" };
    format!("{}\n{} {problems}", lines.join("\n"), lines.len())
}
