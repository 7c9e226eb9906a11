//! Two invented documents of which no place has the like: what the data format can say besides.

use std::{fs, sync::LazyLock};

use policies_compile::{File, book};

use crate::shelf::{Shelf, here};

/// The format examples, compiled.
pub fn formats() -> &'static Shelf {
    static SHELF: LazyLock<Shelf> = LazyLock::new(|| {
        let text = |name: &str| fs::read_to_string(here(&format!("../examples/format/{name}"))).unwrap();
        let names = ["tier-size-district.toml", "lines-by-size.toml"];
        let documents = names.map(text);
        let documents: Vec<_> =
            names.iter().zip(&documents).map(|(name, text)| File { name, text }).collect();
        let (facts, calendar) = (text("facts.toml"), text("../../data/calendar.json"));
        let facts = File { name: "facts.toml", text: &facts };
        let calendar = File { name: "calendar.json", text: &calendar };
        let compiled = book(facts, &documents, calendar, None);
        Shelf::new(compiled.unwrap_or_else(|problems| panic!("{problems:#?}")), Vec::new())
    });
    &SHELF
}
