//! The documents, embedded at build time and decoded once.

use std::cell::Cell;
#[cfg(feature = "embedded")]
use std::sync::OnceLock;

use chrono::NaiveDate;

use super::{blob, dictionary::Dictionary, plan::Plan};
use crate::{
    model::{
        Document, Fact, FactKind, FromPeople,
        volume::{Index, Volume},
    },
    program::{Book, CalendarYear, CompiledDocument, Program, Slot},
    units::order::sorted_once,
};

/// What this program carries: the documents whole or, for those that only check eligibility, without the course of a case
/// and what only the guide tells; all of them or an index.
macro_rules! carried {
    ($kind:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $kind, ".bin"))
    };
}

#[cfg(all(feature = "embedded", feature = "whole", not(all(feature = "served", not(feature = "compiler")))))]
static BYTES: &[u8] = carried!("whole");
#[cfg(all(feature = "served", not(feature = "compiler")))]
static BYTES: &[u8] = carried!("served");
#[cfg(all(feature = "embedded", not(feature = "whole")))]
static BYTES: &[u8] = carried!("light");
#[cfg(all(not(feature = "embedded"), feature = "whole"))]
static BYTES: &[u8] = carried!("whole-index");
#[cfg(all(not(feature = "embedded"), not(feature = "whole")))]
static BYTES: &[u8] = carried!("light-index");

thread_local! {
    /// The rulebook of this thread; it grows with the documents that are loaded.
    static BOOK: Cell<Option<&'static Rulebook>> = const { Cell::new(None) };
}
#[cfg(all(not(feature = "embedded"), feature = "whole"))]
thread_local! {
    /// What [`add_volume`] has brought: pages of several places stay open in the same program. The light program shows one.
    static ADDED: std::cell::RefCell<Vec<Vec<u8>>> = const { std::cell::RefCell::new(Vec::new()) };
}
#[cfg(feature = "embedded")]
static EMBEDDED: OnceLock<Rulebook> = OnceLock::new();

/// The rulebook: every document, and those that lie apart short until [`add_volume`] brings them.
///
/// ```
/// let book = policies::rulebook();
/// assert!(!book.documents().is_empty());
/// assert!(book.fact("people").is_some());
/// ```
pub fn rulebook() -> &'static Rulebook {
    if let Some(book) = BOOK.get() {
        return book;
    }
    first()
}

#[cfg(feature = "embedded")]
fn first() -> &'static Rulebook {
    // The build script wrote these bytes with the same types: they always decode, and a test says so.
    EMBEDDED.get_or_init(|| Rulebook::new(embedded()))
}

#[cfg(not(feature = "embedded"))]
fn first() -> &'static Rulebook {
    keep(Rulebook::short(blob::read(BYTES)))
}

#[cfg(not(feature = "embedded"))]
fn keep(book: Rulebook) -> &'static Rulebook {
    let book: &'static Rulebook = Box::leak(Box::new(book));
    BOOK.set(Some(book));
    book
}

/// Brings a document that lies apart into this thread's rulebook, before anything is read of it. False: these are not the
/// bytes of any document that is missing.
#[cfg(not(feature = "embedded"))]
pub fn add_volume(bytes: &[u8]) -> bool {
    let mut book = Rulebook::short(blob::read(BYTES));
    #[cfg(feature = "whole")]
    ADDED.with_borrow_mut(|added| {
        added.iter().for_each(|earlier: &Vec<u8>| {
            book.put(earlier);
        });
        added.push(bytes.to_vec());
    });
    let added = book.put(bytes);
    keep(book);
    added
}

/// No document is missing here.
#[cfg(feature = "embedded")]
pub const fn add_volume(_: &[u8]) -> bool {
    false
}

/// The files that hold the documents apart, by their names under `/assets`: for whoever assembles the pages.
pub fn volumes() -> &'static [(&'static str, &'static [u8])] {
    include!(concat!(env!("OUT_DIR"), "/volumes.rs"))
}

/// A rulebook in place of the embedded one, for tests of what stands on [`rulebook`].
#[cfg(feature = "trial")]
pub mod trial {
    use super::{BOOK, Rulebook};

    /// From now on, [`rulebook`](super::rulebook) gives this one on this thread.
    pub fn on_this_thread(book: &'static Rulebook) {
        BOOK.set(Some(book));
    }
}

/// Lets a rulebook of one's own stand in place of the embedded one, in every thread. False: one was read already.
#[cfg(all(feature = "embedded", feature = "compiler"))]
pub fn begin_with(book: Rulebook) -> bool {
    EMBEDDED.set(book).is_ok()
}

/// A copy of what is embedded, to change a line of it for a trial and hand it to [`Rulebook::new`].
#[cfg(feature = "embedded")]
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
            hash: d.hash,
            plan: Plan::new(&d.program, &dictionary),
            program: d.program,
            volume: None,
            dictionary: dictionary.clone(),
            document: d.document,
        });
        Self { documents: documents.collect(), calendar: book.calendar, dictionary }
    }

    /// A rulebook whose documents lie apart.
    pub fn short(index: Index) -> Self {
        let mut book = Self::new(index.book);
        for (document, volume) in book.documents.iter_mut().zip(index.volumes) {
            document.volume = Some(volume);
        }
        book
    }

    /// Puts a document in complete. False: no document of this rulebook misses these bytes.
    pub fn put(&mut self, bytes: &[u8]) -> bool {
        let missing =
            |document: &&mut Compiled| document.volume.as_ref().is_some_and(|volume| volume.is(bytes));
        let Some(document) = self.documents.iter_mut().find(missing) else { return false };
        let read: CompiledDocument = blob::read(bytes);
        document.plan = Plan::new(&read.program, &self.dictionary);
        // What the index said is left where it lies: to drop it would take more code than it is long.
        std::mem::forget(std::mem::replace(&mut document.document, read.document));
        std::mem::forget(std::mem::replace(&mut document.program, read.program));
        document.volume = None;
        true
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
    volume: Option<Volume>,
    pub(crate) dictionary: std::sync::Arc<Dictionary>,
}

impl Compiled {
    /// The document as its data file says it.
    pub const fn document(&self) -> &Document {
        &self.document
    }

    /// Whether only an index tells of it so far.
    pub fn is_missing(&self) -> bool {
        self.volume.is_some()
    }

    /// SHA-256 of its file followed by `facts.toml`, hex: which text decides.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The question for a fact, in the place's own words where it has any.
    pub fn question<'d>(&'d self, fact: &'d Fact) -> &'d String {
        let own = self.document.wordings.iter().find(|wording| wording.fact == fact.id);
        own.map_or(&fact.question, |wording| &wording.question)
    }

    /// Facts that its conditions and amounts can ask for, in the dictionary's order.
    pub fn facts(&self) -> Vec<&Fact> {
        self.slots().into_iter().filter_map(|s| self.dictionary.at(s)).collect()
    }

    /// Yes/no facts that say whether the household is one of a group that comes first: ticked in the form, and asked on no
    /// way to the verdict.
    pub fn ticks(&self) -> Vec<&Fact> {
        let mut slots = Vec::new();
        self.program.priorities.iter().for_each(|holds| holds.facts(&mut slots));
        let facts = sorted_once(slots).into_iter().filter_map(|slot| self.dictionary.at(slot));
        facts.filter(|fact| fact.kind == FactKind::YesNo).collect()
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

    /// Both books, whichever this build carries, with the index of each.
    const BOTH: [(&[u8], &[u8], &str); 2] = [
        (carried!("whole"), carried!("whole-index"), "whole-"),
        (carried!("light"), carried!("light-index"), "light-"),
    ];

    #[test]
    fn the_bytes_of_both_books_decode() {
        for (bytes, index, _) in BOTH {
            let book: Book = blob::read(bytes);
            // Nothing was lost or read as something else.
            assert_eq!(postcard::to_allocvec(&book).unwrap(), bytes);
            assert!(!book.documents.is_empty());
            assert_eq!(book.facts.len(), book.asked_if.len());
            assert_eq!(book.facts.len(), book.parts.len());
            assert!(book.calendar.iter().any(|y| y.year == 2026));
            let short: Index = blob::read(index);
            assert_eq!(postcard::to_allocvec(&short).unwrap(), index);
        }
    }

    #[test]
    fn an_index_with_all_its_volumes_is_the_book() {
        for (bytes, index, kind) in BOTH {
            let whole = Rulebook::new(blob::read(bytes));
            let mut book = Rulebook::short(blob::read(index));
            assert_eq!(book.documents.len(), whole.documents.len());
            for (name, bytes) in volumes().iter().filter(|(name, _)| name.starts_with(kind)) {
                let cut = bytes.get(1..).unwrap();
                assert!(!book.put(cut), "{name} was taken without its first byte");
                assert!(book.put(bytes), "{name} was refused");
                assert!(!book.put(bytes), "{name} was taken twice");
            }
            for (document, expected) in book.documents.iter().zip(&whole.documents) {
                assert!(!document.is_missing());
                assert_eq!(document.document, expected.document);
                assert_eq!(document.program, expected.program);
                assert_eq!(document.hash, expected.hash);
            }
            assert_eq!(book.dictionary.facts, whole.dictionary.facts);
        }
    }

    #[test]
    fn an_index_tells_what_is_told_before_a_place_is_chosen() {
        let whole = Rulebook::new(blob::read(carried!("whole")));
        let short = Rulebook::short(blob::read(carried!("whole-index")));
        for (short, whole) in short.documents.iter().zip(&whole.documents) {
            let (short, whole) = (&short.document, &whole.document);
            assert_eq!((&short.id, &short.place, &short.title), (&whole.id, &whole.place, &whole.title));
            assert_eq!((short.status, &short.status_note), (whole.status, &whole.status_note));
            assert_eq!((short.valid_from, short.valid_until), (whole.valid_from, whole.valid_until));
            assert_eq!(short.categories.is_empty(), whole.categories.is_empty());
            assert_eq!(short.calculators.is_empty(), whole.calculators.is_empty());
            let cases = |document: &Document| document.procedures.iter().map(|p| p.case).collect::<Vec<_>>();
            assert_eq!(cases(short), cases(whole));
        }
    }
}
