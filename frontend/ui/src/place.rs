//! The document that rules a place, as pages pass it around.

use std::ops::Deref;

use chrono::NaiveDate;
use policies::{
    Compiled,
    model::{CaseKind, Document, Procedure, Status},
};

/// A document of the embedded rulebook. Copied freely; equal if it is the same one.
#[derive(Clone, Copy, Debug)]
pub struct Doc(&'static Compiled);

impl PartialEq for Doc {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Doc {}

impl Deref for Doc {
    type Target = Document;

    fn deref(&self) -> &Document {
        self.0.document()
    }
}

impl Doc {
    /// The document of a place that counts on a day, if the rulebook knows the place.
    pub fn of_place(place: &str, on: NaiveDate) -> Option<Self> {
        policies::rulebook().document_of_place(place, on).map(Self)
    }

    /// For each place the document that counts on a day, in the rulebook's order.
    pub fn of_each_place(on: NaiveDate) -> impl Iterator<Item = Self> {
        policies::rulebook().of_each_place(on).map(Self)
    }

    /// A document by its id.
    pub fn by_id(id: &str) -> Option<Self> {
        policies::rulebook().document(id).map(Self)
    }

    /// All documents, in the rulebook's order.
    pub fn all() -> impl Iterator<Item = Self> {
        policies::rulebook().documents().iter().map(Self)
    }

    /// For the engine.
    pub fn compiled(self) -> &'static Compiled {
        self.0
    }

    /// The document itself, for as long as the page lives.
    pub fn document(self) -> &'static Document {
        self.0.document()
    }

    /// Whether this program knows only of it: the document itself is loaded with the pages of its place.
    pub fn is_missing(self) -> bool {
        self.0.is_missing()
    }

    /// Where the guide tells a reading of ours in full.
    pub fn reading_address(self, id: &str) -> String {
        ["/", &self.place.id, "/guide#", id].concat()
    }

    /// How it deals with one kind of case, if it does.
    pub fn procedure(self, case: CaseKind) -> Option<&'static Procedure> {
        self.document().procedure(case)
    }

    /// Whether a kind of case that it knows can be sent from this site. All others are told of, and done at a counter.
    #[cfg(feature = "whole")]
    pub fn has_form(self, case: CaseKind) -> bool {
        self.procedure(case).is_some() && (case.has_own_pages() || self.form(case).is_some())
    }

    /// What its conditions decide: a first application or, where it knows none, a renewal.
    pub fn decided_case(self) -> CaseKind {
        if self.procedure(CaseKind::Application).is_some() {
            CaseKind::Application
        } else {
            CaseKind::Renewal
        }
    }

    /// Whether its ledgers record where a household was registered when it applied, so that the form must ask.
    #[cfg(feature = "whole")]
    pub fn records_registration(self) -> bool {
        self.ledgers.iter().any(|ledger| ledger.registration)
    }

    /// Whether it sets conditions at all, so that a self-check can say anything.
    pub fn has_conditions(self) -> bool {
        !self.categories.is_empty()
    }

    /// Whether it was in force on a date, as far as it gives dates.
    pub fn in_force(self, on: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= on) && self.valid_until.is_none_or(|until| on <= until)
    }

    /// Whether its standing deserves a warning wherever it is used.
    pub fn is_doubtful(self, on: NaiveDate) -> bool {
        self.status != Status::InForce || !self.in_force(on)
    }
}
