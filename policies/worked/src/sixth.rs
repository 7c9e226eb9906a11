//! A place that exists in tests alone, added as any place is: a document, facts after those of the dictionary, examples.

use std::{fs, sync::LazyLock};

use policies::program::Book;
use policies_compile::{File, Problem, dictionary, document};

use crate::shelf::{Shelf, here};

/// The invented place's id.
pub const SIXTH: &str = "liuqiao";

/// The embedded rulebook and the invented place, with the examples of all.
pub fn with_sixth() -> &'static Shelf {
    static SHELF: LazyLock<Shelf> = LazyLock::new(|| {
        let source = added().unwrap_or_else(|problems| panic!("{problems:#?}"));
        Shelf::new(source, vec![here("../examples"), here("sixth/examples")])
    });
    &SHELF
}

fn added() -> Result<Book, Vec<Problem>> {
    let text = |path: &str| fs::read_to_string(here(path)).unwrap();
    // Facts are added at the end, so that the slots in the documents that are compiled already stay right.
    let facts = [text("../data/facts.toml"), text("sixth/facts.toml")].join("\n");
    let dictionary = dictionary(File { name: "facts.toml", text: &facts })?;
    let (name, own) = ("sixth/liuqiao-2026.toml", text("sixth/liuqiao-2026.toml"));
    let sixth = document(File { name, text: &own }, &facts, &dictionary, None)?;
    let mut book = policies::embedded();
    book.documents.push(sixth);
    book.documents.sort_by(|a, b| a.document.id.cmp(&b.document.id));
    Ok(Book { facts: dictionary.facts, asked_if: dictionary.asked_if, parts: dictionary.parts, ..book })
}
