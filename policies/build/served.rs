//! The served book: what the Worker needs of the documents. It decides, and knows the course of a case.

use policies_model::{Cite, Document, program::Book};

/// Every condition, amount, stage and clock, but no form, nothing that only a guide tells and no text that is compiled
/// already. The hash stays that of the whole document, and so does every answer: `tests/tests/agreement.rs`.
pub(crate) fn of(book: &Book) -> Book {
    let mut book = book.clone();
    for file in &mut book.documents {
        empty(&mut file.document);
        file.program.calculators.clear();
    }
    book
}

fn empty(document: &mut Document) {
    document.summary.clear();
    document.contacts.clear();
    document.not_held.clear();
    document.readings.clear();
    document.reminders.clear();
    document.forms.clear();
    document.windows.clear();
    document.bars.clear();
    document.checks.clear();
    document.ledgers.clear();
    document.duties.clear();
    document.exits.clear();
    document.breaches.clear();
    document.calculators.clear();
    for requirement in &mut document.requirements {
        requirement.holds.clear();
        requirement.fails_if.clear();
        requirement.ask.iter_mut().for_each(|ask| ask.when.clear());
    }
    for row in document.benefits.iter_mut().flat_map(|benefit| &mut benefit.rows) {
        row.when.clear();
        row.perhaps.clear();
    }
    for procedure in &mut document.procedures {
        procedure.label.clear();
        procedure.says.clear();
        procedure.no_papers.clear();
        procedure.cite = Cite::default();
        for stage in &mut procedure.stages {
            stage.label.clear();
            stage.says.clear();
            stage.by.clear();
            stage.cite = Cite::default();
        }
    }
    for clock in &mut document.clocks {
        clock.label.clear();
        clock.says.clear();
        clock.cite = Cite::default();
    }
}
