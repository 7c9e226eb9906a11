//! The served book: what the Worker needs of the documents. It decides, and knows the course of a case.

use policies_model::{Cite, Document, program::Book};

use super::unread::{forget_what_is_compiled, forget_what_the_guide_tells};

/// Every condition, amount, stage and clock, but no form, nothing that only a guide tells and no text that is compiled
/// already. The hash stays that of the whole document, and so does every answer: `tests/tests/agreement.rs`.
pub(crate) fn of(book: &Book) -> Book {
    let mut book = book.clone();
    for file in &mut book.documents {
        empty(&mut file.document);
        file.program.calculators.clear();
        file.program.steps.clear();
        file.program.score.clear();
    }
    book
}

fn empty(document: &mut Document) {
    forget_what_the_guide_tells(document);
    forget_what_is_compiled(document);
    document.summary.clear();
    document.contacts.clear();
    document.not_held.clear();
    document.reminders.clear();
    document.windows.clear();
    document.calculators.clear();
    for procedure in &mut document.procedures {
        procedure.label.clear();
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
