//! The documents, embedded at build time and decoded once.

use std::sync::OnceLock;

use chrono::NaiveDate;

use super::{blob, dictionary::Dictionary, plan::Plan};
use crate::{
    model::{Document, Fact, FromPeople},
    program::{Book, CalendarYear, Program, Slot},
    units::order::sorted_once,
};

#[cfg(feature = "whole")]
static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/whole.bin"));
/// A program that only checks eligibility carries neither the course of a case nor what the guide tells.
#[cfg(not(feature = "whole"))]
static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/self_check.bin"));
static BOOK: OnceLock<Rulebook> = OnceLock::new();

/// The embedded rulebook.
///
/// ```
/// let book = policies::rulebook();
/// assert!(!book.documents().is_empty());
/// assert!(book.fact("people").is_some());
/// ```
pub fn rulebook() -> &'static Rulebook {
    #[cfg(feature = "trial")]
    if let Some(book) = trial::current() {
        return book;
    }
    BOOK.get_or_init(|| {
        // The build script wrote these bytes with the same types: they always decode, and a test
        // says so.
        Rulebook::new(embedded())
    })
}

/// A rulebook in place of the embedded one, for tests of what stands on [`rulebook`].
#[cfg(feature = "trial")]
pub mod trial {
    use std::cell::Cell;

    use super::Rulebook;

    thread_local! {
        static BOOK: Cell<Option<&'static Rulebook>> = const { Cell::new(None) };
    }

    /// From now on, [`rulebook`](super::rulebook) gives this one on this thread.
    pub fn on_this_thread(book: &'static Rulebook) {
        BOOK.set(Some(book));
    }

    pub(super) fn current() -> Option<&'static Rulebook> {
        BOOK.get()
    }
}

/// A copy of what is embedded, to change a line of it for a trial and hand it to [`Rulebook::new`].
pub fn embedded() -> Book {
    blob::read(BYTES)
}

/// Documents, the dictionary of facts and the official calendars.
#[derive(Clone, Debug)]
pub struct Rulebook {
    documents: Vec<Compiled>,
    calendar: Vec<CalendarYear>,
    dictionary: std::sync::Arc<Dictionary>,
}

impl Rulebook {
    /// A rulebook of one's own, e.g. of a document under trial.
    pub fn new(book: Book) -> Self {
        let dictionary = std::sync::Arc::new(Dictionary::new(book.facts, book.asked_if, book.parts));
        let documents = book.documents.into_iter().map(|d| Compiled {
            document: d.document,
            hash: d.hash,
            plan: Plan::new(&d.program, &dictionary),
            program: d.program,
            dictionary: dictionary.clone(),
        });
        Self { documents: documents.collect(), calendar: book.calendar, dictionary }
    }

    /// Every document, by id.
    pub fn documents(&self) -> &[Compiled] {
        &self.documents
    }

    /// A document by its id, which is also its office's id on the wire.
    pub fn document(&self, id: &str) -> Option<&Compiled> {
        self.documents.iter().find(|d| d.document.id == id)
    }

    /// The version of a place's document that a date falls under; outside the dates of force of every version the
    /// last that came before, and before all of them the first.
    pub fn document_of_place(&self, place: &str, on: NaiveDate) -> Option<&Compiled> {
        let versions = || self.documents.iter().filter(|d| d.document.place.id == place);
        let start = |d: &&Compiled| d.document.valid_from.or(d.document.issued);
        let begun = versions().filter(|d| start(d).is_none_or(|from| from <= on));
        begun.max_by_key(start).or_else(|| versions().min_by_key(start))
    }

    /// One document for each place, that of a day, in the order of all documents.
    pub fn of_each_place(&self, on: NaiveDate) -> impl Iterator<Item = &Compiled> {
        let counts = move |d: &&Compiled| {
            let of_place = self.document_of_place(&d.document.place.id, on);
            of_place.is_some_and(|counts| std::ptr::eq(counts, *d))
        };
        self.documents.iter().filter(counts)
    }

    /// The dictionary of facts.
    pub fn facts(&self) -> &[Fact] {
        &self.dictionary.facts
    }

    /// A fact by its id.
    pub fn fact(&self, id: &str) -> Option<&Fact> {
        self.dictionary.at(self.dictionary.slot(id)?)
    }

    /// The fact that counts the people who apply together.
    pub fn people(&self) -> Option<&Fact> {
        self.facts().iter().find(|fact| fact.from_people == Some(FromPeople::Count))
    }

    /// Official calendars, by year.
    pub fn calendar(&self) -> &[CalendarYear] {
        &self.calendar
    }
}

/// A document ready to decide.
#[derive(Clone, Debug)]
pub struct Compiled {
    document: Document,
    hash: String,
    pub(crate) program: Program,
    pub(crate) plan: Plan,
    pub(crate) dictionary: std::sync::Arc<Dictionary>,
}

impl Compiled {
    /// The document as its data file says it.
    pub const fn document(&self) -> &Document {
        &self.document
    }

    /// SHA-256 of its file followed by `facts.toml`, hex: which text decides.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// Facts that its conditions and amounts can ask for, in the dictionary's order.
    pub fn facts(&self) -> Vec<&Fact> {
        self.slots().into_iter().filter_map(|s| self.dictionary.at(s)).collect()
    }

    /// Slots of [`Compiled::facts`].
    pub(crate) fn slots(&self) -> Vec<Slot> {
        let mut slots = Vec::new();
        for rule in &self.program.rules {
            for slot in &rule.mentions {
                self.dictionary.underlying(*slot, &mut slots);
            }
        }
        for row in self.program.benefits.iter().flatten() {
            row.when.facts(&mut slots);
            row.amount.facts(&mut slots);
        }
        sorted_once(slots)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// Both books, whichever this build embeds: the one that every resident downloads among them.
    const BOTH: [&[u8]; 2] = [
        include_bytes!(concat!(env!("OUT_DIR"), "/whole.bin")),
        include_bytes!(concat!(env!("OUT_DIR"), "/self_check.bin")),
    ];

    #[test]
    fn the_bytes_of_both_books_decode() {
        for bytes in BOTH {
            let book: Book = blob::read(bytes);
            // Nothing was lost or read as something else.
            assert_eq!(postcard::to_allocvec(&book).unwrap(), bytes);
            assert!(!book.documents.is_empty());
            assert_eq!(book.facts.len(), book.asked_if.len());
            assert_eq!(book.facts.len(), book.parts.len());
            assert!(book.calendar.iter().any(|y| y.year == 2026));
        }
    }
}
