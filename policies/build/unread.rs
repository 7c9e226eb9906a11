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
    document.score = None;
    for procedure in &mut document.procedures {
        procedure.says.clear();
        procedure.no_papers.clear();
        procedure.cite = Default::default();
    }
}

/// Empties the conditions as they are written. The program decides; what it was made from nobody reads there.
pub(crate) fn forget_what_is_compiled(document: &mut Document) {
    document.constants.clear();
    for requirement in &mut document.requirements {
        requirement.holds.clear();
        requirement.fails_if.clear();
        (requirement.valid_from, requirement.valid_until) = (None, None);
        for ask in &mut requirement.ask {
            ask.when.clear();
            (ask.valid_from, ask.valid_until) = (None, None);
        }
    }
    for benefit in &mut document.benefits {
        benefit.table.clear();
        benefit.steps.clear();
        benefit.paid_every = None;
        for row in &mut benefit.rows {
            row.when.clear();
            row.perhaps.clear();
            (row.valid_from, row.valid_until) = (None, None);
        }
    }
}
