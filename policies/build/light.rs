//! The light book: what the self-check and its result show.

use policies_model::{
    Cite, Document,
    program::{Book, Slot},
};

/// Every condition and amount, but neither the course of a case nor what only the guide tells. The hash stays that of the
/// whole document. What is emptied here cannot be named in a light program, see `policies_model`'s feature `whole`.
pub(crate) fn of(book: &Book) -> Book {
    let mut book = book.clone();
    for file in &mut book.documents {
        let document = &mut file.document;
        empty(document);
        file.program.calculators.clear();
        for cite in cites(document) {
            cite.inventory.clear();
        }
    }
    let asked = asked(&book);
    for (slot, fact) in (0..).zip(&mut book.facts) {
        if !asked.contains(&slot) {
            fact.question.clear();
            fact.help.clear();
        }
    }
    book
}

/// The facts that the self-check can ask for; others are ticked beside its result, by their names, or not told at all.
fn asked(book: &Book) -> Vec<Slot> {
    let mut slots = Vec::new();
    for program in book.documents.iter().map(|file| &file.program) {
        slots.extend(program.rules.iter().flat_map(|rule| &rule.mentions));
        for row in program.benefits.iter().flatten() {
            row.when.facts(&mut slots);
            row.amount.facts(&mut slots);
        }
    }
    book.asked_if.iter().for_each(|gate| gate.facts(&mut slots));
    slots.extend(book.parts.iter().flatten());
    slots
}

fn empty(document: &mut Document) {
    // Footnotes lead to the guide, and what is not held is told where nothing can be decided.
    document.readings.clear();
    if !document.categories.is_empty() {
        document.not_held.clear();
    }
    // The authorities' own windows are the guide's.
    document.windows.retain(|window| !window.cases.is_empty());
    // The result names who comes first; the guide says it in full.
    for priority in &mut document.priorities {
        priority.says.clear();
        priority.holds.clear();
    }
    document.clocks.clear();
    document.bars.clear();
    document.checks.clear();
    document.ledgers.clear();
    document.duties.clear();
    document.exits.clear();
    // That a place has calculators is said; what they ask and do is theirs to show.
    for calculator in &mut document.calculators {
        calculator.says.clear();
        calculator.inputs.clear();
        calculator.steps.clear();
    }
    // Papers stand in the result, and where nothing is decided there is none.
    if document.categories.is_empty() {
        document.papers.clear();
    }
    // The program decides; what it was made from nobody reads there.
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
        procedure.says.clear();
        procedure.no_papers.clear();
        procedure.stages.clear();
        procedure.cite = Cite::default();
    }
}

/// The sources of everything that is left.
fn cites(document: &mut Document) -> impl Iterator<Item = &mut Cite> {
    let cites = [&mut document.cite].into_iter();
    let cites = cites.chain(document.contacts.iter_mut().map(|item| &mut item.cite));
    let cites = cites.chain(document.not_held.iter_mut().map(|item| &mut item.cite));
    let cites = cites.chain(document.categories.iter_mut().map(|item| &mut item.cite));
    let cites = cites.chain(document.requirements.iter_mut().map(|item| &mut item.cite));
    let cites = cites.chain(document.benefits.iter_mut().map(|item| &mut item.cite));
    let cites = cites.chain(document.papers.iter_mut().map(|item| &mut item.cite));
    let cites = cites.chain(document.together.iter_mut().map(|item| &mut item.cite));
    let cites = cites.chain(document.open_clauses.iter_mut().map(|item| &mut item.cite));
    let cites = cites.chain(document.reminders.iter_mut().map(|item| &mut item.cite));
    let cites = cites.chain(document.priorities.iter_mut().map(|item| &mut item.cite));
    let cites = cites.chain(document.windows.iter_mut().map(|item| &mut item.cite));
    cites.chain(document.calculators.iter_mut().map(|item| &mut item.cite))
}
