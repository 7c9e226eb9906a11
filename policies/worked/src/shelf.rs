//! A rulebook together with the folders in which its worked examples lie.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use policies::{Rulebook, program::Book};
use serde::de::DeserializeOwned;

use crate::{Example, Near, Proof, Text};

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

    /// Each document with everything that was worked out by hand for it.
    pub fn proofs(&self) -> impl Iterator<Item = Proof> {
        self.book.documents().iter().map(|d| &d.document().id).map(|id| {
            let folder = self.folders.iter().find(|folder| folder.join(id).exists());
            let folder = folder.or(self.folders.first()).unwrap();
            let beside = [format!("../data/{id}.toml"), format!("../{id}.toml")].map(|way| folder.join(way));
            let written = beside.iter().find(|path| path.exists()).map(|path| Text::open(path).unwrap());
            Proof::read(folder, id, written.unwrap_or_default())
        })
    }

    /// The rulebook of one document alone.
    pub fn alone(&self, id: &str) -> Book {
        let documents = self.source.documents.iter().filter(|d| d.document.id == id);
        Book { documents: documents.cloned().collect(), ..self.source.clone() }
    }

    /// Every worked household, by document and file name.
    pub fn examples(&self) -> Vec<Example> {
        self.proofs().flat_map(|proof| proof.examples).collect()
    }

    /// What `<kind>/<document>.toml` says, if there is such a file.
    pub fn of_document<T: DeserializeOwned>(&self, kind: &str, document: &str) -> Option<T> {
        let files = self.folders.iter().map(|folder| folder.join(kind).join(format!("{document}.toml")));
        let file = files.into_iter().find(|file| file.exists())?;
        Some(read(&file))
    }
}

fn read<T: DeserializeOwned>(path: &Path) -> T {
    let text = fs::read_to_string(path).unwrap();
    toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}
