//! The light book: what the self-check and its result show.

use policies_model::{
    Cite, Document,
    program::{Book, Cond, Slot},
};

use super::unread::{forget_what_is_compiled, forget_what_the_guide_tells};

/// Every condition and amount, but neither the course of a case nor what only the guide tells. The hash stays that of the
/// whole document. What is emptied here cannot be named in a light program, see `policies_model`'s feature `whole`.
pub(crate) fn of(book: &Book) -> Book {
    let mut book = book.clone();
    for file in &mut book.documents {
        let document = &mut file.document;
        empty(document);
        file.program.calculators.clear();
        file.program.steps.clear();
        file.program.score.clear();
        for cite in cites(document) {
            cite.inventory.clear();
        }
    }
    // Facts of the form alone stand last in the dictionary; those before them keep their slots.
    let kept = kept(&book);
    forget_what_no_answer_tells(&mut book, &kept);
    while book.facts.last().is_some_and(|fact| !kept(book.facts.len() - 1, &fact.id)) {
        book.facts.pop();
        book.asked_if.pop();
        book.parts.pop();
    }
    book
}

/// Of those who come first, only what the self-check tells of them; the guide says who, and the form asks for the rest.
fn forget_what_no_answer_tells(
    Book { facts, documents, .. }: &mut Book,
    kept: &impl Fn(usize, &str) -> bool,
) {
    for file in documents {
        for (priority, holds) in file.document.priorities.iter_mut().zip(&mut file.program.priorities) {
            let mut read = Vec::new();
            holds.facts(&mut read);
            let mut read = read.into_iter().map(usize::from);
            if !read.any(|slot| facts.get(slot).is_some_and(|fact| kept(slot, &fact.id))) {
                *holds = Cond::Open;
                priority.label.clear();
                priority.cite = Cite::default();
            }
            priority.cite.inventory.clear();
            priority.cite.readings.clear();
        }
    }
}

/// Whether a fact is asked for in the self-check, has a say in its papers or follows from who applies together.
fn kept(book: &Book) -> impl Fn(usize, &str) -> bool + use<> {
    let mut slots: Vec<Slot> = book.parts.iter().flatten().copied().collect();
    book.asked_if.iter().for_each(|gate| gate.facts(&mut slots));
    for program in book.documents.iter().map(|file| &file.program) {
        slots.extend(program.rules.iter().flat_map(|rule| &rule.mentions));
        for row in program.benefits.iter().flatten() {
            row.when.facts(&mut slots);
            row.amount.facts(&mut slots);
        }
        program.papers.iter().for_each(|needed| needed.facts(&mut slots));
    }
    let together = book.documents.iter().flat_map(|file| &file.document.together);
    let relations = together.flat_map(|together| &together.relations);
    let named =
        relations.flat_map(|relation| relation.facts.iter().chain(&relation.perhaps).chain(&relation.shows));
    let named: Vec<String> = named.cloned().collect();
    move |slot, id| {
        slots.iter().any(|known| usize::from(*known) == slot) || named.iter().any(|known| known == id)
    }
}

fn empty(document: &mut Document) {
    // Footnotes lead to the guide, and what is not held is told where nothing can be decided.
    forget_what_the_guide_tells(document);
    forget_what_is_compiled(document);
    if !document.categories.is_empty() {
        document.not_held.clear();
    }
    // The authorities' own windows are the guide's.
    document.windows.retain(|window| !window.cases.is_empty());
    for priority in &mut document.priorities {
        priority.id.clear();
        priority.says.clear();
        priority.holds.clear();
    }
    document.clocks.clear();
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
    document.procedures.iter_mut().for_each(|procedure| procedure.stages.clear());
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
    let cites = cites.chain(document.windows.iter_mut().map(|item| &mut item.cite));
    cites.chain(document.calculators.iter_mut().map(|item| &mut item.cite))
}
