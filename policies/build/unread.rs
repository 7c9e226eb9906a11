//! What of a document only the guide, the forms or the compiler read: in no book that is made for less.

use policies_model::Document;

/// Empties what the guide and the forms alone tell.
pub(crate) fn forget_what_the_guide_tells(document: &mut Document) {
    document.readings.clear();
    document.forms.clear();
    document.bars.clear();
    document.checks.clear();
    document.ledgers.clear();
    document.duties.clear();
    document.exits.clear();
    document.breaches.clear();
    for procedure in &mut document.procedures {
        procedure.says.clear();
        procedure.no_papers.clear();
        procedure.cite = Default::default();
    }
}

/// Empties the conditions as they are written. The program decides; what it was made from nobody reads there.
pub(crate) fn forget_what_is_compiled(document: &mut Document) {
    for requirement in &mut document.requirements {
        requirement.holds.clear();
        requirement.fails_if.clear();
        requirement.ask.iter_mut().for_each(|ask| ask.when.clear());
    }
    for row in document.benefits.iter_mut().flat_map(|benefit| &mut benefit.rows) {
        row.when.clear();
        row.perhaps.clear();
    }
}
