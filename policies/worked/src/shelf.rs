//! A rulebook together with the folders in which its worked examples lie.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use policies::{Rulebook, program::Book};
use serde::de::DeserializeOwned;

use crate::{CalculatorExample, Example, Near};

/// A rulebook with its worked examples.
pub struct Shelf {
    /// The compiled documents, to read their conditions or to change one for a trial.
    pub source: Book,
    /// The same, ready to decide.
    pub book: Rulebook,
    /// Each holds `<document>/`, `calculators/<document>/`, `dates/<document>.toml` and `questions/<document>.toml`.
    folders: Vec<PathBuf>,
}

/// The embedded rulebook with the examples beside it.
pub fn embedded() -> &'static Shelf {
    static SHELF: LazyLock<Shelf> =
        LazyLock::new(|| Shelf::new(policies::embedded(), vec![here("../examples")]));
    &SHELF
}

/// A path beside this crate's own file.
pub(crate) fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

impl Shelf {
    /// A rulebook of one's own, with the folders of its examples.
    pub fn new(source: Book, folders: Vec<PathBuf>) -> Self {
        Self { book: Rulebook::new(source.clone()), source, folders }
    }

    /// The documents that set conditions, each with households near its lines.
    pub fn deciding(&self) -> impl Iterator<Item = Near<'_>> {
        let documents = self.source.documents.iter().filter(|d| !d.document.categories.is_empty());
        documents.map(|source| {
            Near::new(self.book.document(&source.document.id).unwrap(), &source.program, &self.source.facts)
        })
    }

    /// Every worked household, by document and file name.
    pub fn examples(&self) -> Vec<Example> {
        self.all("", |example: &mut Example, file, document| {
            example.file = file;
            example.document = document;
        })
    }

    /// Every calculator example, by document and file name.
    pub fn calculator_examples(&self) -> Vec<CalculatorExample> {
        self.all("calculators", |example: &mut CalculatorExample, file, document| {
            example.file = file;
            example.document = document;
        })
    }

    /// What `<kind>/<document>.toml` says, if there is such a file.
    pub fn of_document<T: DeserializeOwned>(&self, kind: &str, document: &str) -> Option<T> {
        let files = self.folders.iter().map(|folder| folder.join(kind).join(format!("{document}.toml")));
        let file = files.into_iter().find(|file| file.exists())?;
        Some(read(&file))
    }

    fn all<T: DeserializeOwned>(&self, kind: &str, name: fn(&mut T, String, String)) -> Vec<T> {
        let mut all = Vec::new();
        for document in self.book.documents().iter().map(|d| &d.document().id) {
            for folder in &self.folders {
                for path in toml_files(&folder.join(kind).join(document)) {
                    let mut one: T = read(&path);
                    let file = path.strip_prefix(folder).unwrap().display().to_string();
                    name(&mut one, file, document.clone());
                    all.push(one);
                }
            }
        }
        all
    }
}

fn read<T: DeserializeOwned>(path: &Path) -> T {
    let text = fs::read_to_string(path).unwrap();
    toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The files of a folder in the order of their names; none of one that is not there.
fn toml_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    files
}
