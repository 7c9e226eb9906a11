//! Each number of a document, shifted: at least one of its examples must fail for it.
//!
//! A number moves by one unit, up and down. One that is rounded afterwards may move further where one unit still rounds to
//! the same: by the step that is rounded to, then by ten and more of it, never by more than itself.

use policies::{
    Compiled, Rulebook,
    model::walk::Part,
    program::{Book, Expr, Place},
};
use policies_compile::Problem;

use crate::{
    CalculatorExample, Example, Text,
    notice::{self, Proposal},
    printed::Spot,
};

/// How many numbers that no example notices are given a household that would: the search takes time.
const SEARCHED: usize = 20;

/// Everything that may notice.
pub(crate) struct Watchers<'e> {
    pub(crate) examples: &'e [Example],
    pub(crate) figures: &'e [CalculatorExample],
}

/// A number that could as well be another one.
pub(crate) struct Unnoticed {
    /// At its line.
    pub(crate) problem: Problem,
    /// The item that it stands in: an id.
    pub(crate) item: String,
    /// Who would notice; nobody where one that is proposed already does.
    pub(crate) proposal: Option<Proposal>,
}

/// Every number that could as well be another one, at its line, with a household that would notice.
pub(crate) fn unnoticed(book: &Book, written: &Text, watchers: &Watchers<'_>) -> Vec<Unnoticed> {
    let [document] = book.documents.as_slice() else { return Vec::new() };
    let mut program = document.program.clone();
    let literals: Vec<(Place, i64)> =
        program.literals().into_iter().map(|(place, number)| (place, *number)).collect();
    let steps = rounded(book, &literals);
    let original = Rulebook::new(book.clone());
    let Some(before) = original.documents().first() else { return Vec::new() };
    // Whoever noticed last is asked first: numbers of one line stand together.
    let mut order: Vec<usize> = (0..watchers.examples.len()).collect();
    let mut problems: Vec<Unnoticed> = Vec::new();
    for (at, ((place, number), step)) in literals.iter().zip(&steps).enumerate() {
        for sign in [-1, 1] {
            let shifts = shifts(*number, *step).map(|by| sign * by);
            let mut noticed = false;
            for by in shifts {
                let after = shifted(book, at, by);
                noticed = after
                    .documents()
                    .first()
                    .is_some_and(|after| notice(watchers, *place, &mut order, after));
                if noticed {
                    break;
                }
            }
            if !noticed {
                let nth = literals.iter().take(at).filter(|known| **known == (*place, *number)).count();
                let last = self::shifts(*number, *step).last().unwrap_or(1).saturating_mul(sign);
                let after = shifted(book, at, last);
                let Some((spot, after)) = Spot::of(&document.document, *place).zip(after.documents().first())
                else {
                    continue;
                };
                let known =
                    |u: &Unnoticed| u.proposal.as_ref().is_some_and(|proposal| proposal.notices(after));
                let (proposal, would) = if problems.iter().any(known) {
                    (None, "; one that is proposed above would".to_owned())
                } else if problems.len() < SEARCHED {
                    let found = notice::household(book, *place, [before, after], *number, watchers);
                    let would = found.as_ref().map(shown);
                    let nobody = "; nor was a household found that would: does it decide anything?";
                    (found, would.unwrap_or_else(|| nobody.to_owned()))
                } else {
                    (None, String::new())
                };
                let problem = told(&spot, written, (*number, nth), last, &would);
                problems.push(Unnoticed { problem, item: spot.item.to_owned(), proposal });
            }
        }
    }
    problems
}

/// As an example writes it, under its message.
fn shown(proposal: &Proposal) -> String {
    let table = if proposal.calculator.is_some() { "[inputs]" } else { "[household.facts]" };
    let lines: String = proposal.lines().map(|line| format!("\n    {line}")).collect();
    let remark = proposal.remark();
    format!("; this one would:\n    # {remark}\n    on = \"{}\"\n    {table}{lines}", proposal.on)
}

/// By how much a number is shifted, the least first.
fn shifts(number: i64, step: Option<i64>) -> impl Iterator<Item = i64> {
    let further = step
        .filter(|step| *step > 1)
        .into_iter()
        .flat_map(|step| std::iter::successors(Some(step), |by: &i64| by.checked_mul(10)));
    let most = number.saturating_abs();
    std::iter::once(1).chain(further.take_while(move |by| *by <= most))
}

/// The rulebook with a number shifted.
fn shifted(book: &Book, at: usize, by: i64) -> Rulebook {
    let mut book = book.clone();
    let document = book.documents.first_mut();
    if let Some((_, number)) = document.and_then(|document| document.program.literals().into_iter().nth(at)) {
        *number = number.saturating_add(by);
    }
    Rulebook::new(book)
}

/// Whether an example fails now. Those that work out a calculator say nothing of conditions, and the other way round.
fn notice(watchers: &Watchers<'_>, place: Place, order: &mut [usize], after: &Compiled) -> bool {
    if matches!(place, Place::Step(..)) {
        return watchers.figures.iter().any(|example| !example.holds(after));
    }
    let fails = |at: &usize| watchers.examples.get(*at).is_some_and(|example| !example.holds(after));
    let found = order.iter().position(fails);
    if let Some(found) = found {
        order.get_mut(..=found).iter_mut().for_each(|first| first.rotate_right(1));
    }
    found.is_some()
}

/// Of each number, the step that what it stands in is rounded to.
fn rounded(book: &Book, literals: &[(Place, i64)]) -> Vec<Option<i64>> {
    let mut all = Vec::new();
    let mut done: Option<Place> = None;
    for (place, _) in literals.iter().filter(|(place, _)| done.replace(*place) != Some(*place)) {
        if let Some(part) = book.documents.first().and_then(|document| document.program.at(*place)) {
            steps(part, None, &mut all);
        }
    }
    all
}

/// In the order in which numbers are told.
fn steps(part: Part<'_>, step: Option<i64>, all: &mut Vec<Option<i64>>) {
    match part {
        Part::Cond(cond) => cond.children(&mut |part| steps(part, step, all)),
        Part::Expr(expr) => {
            let inner = if let Expr::Round(_, step, _) = expr { Some(*step) } else { step };
            expr.children(&mut |part| steps(part, inner, all));
        }
        Part::Number(_) => all.push(step),
        Part::Fact(_) | Part::About(_) => {}
    }
}

fn told(spot: &Spot<'_>, written: &Text, (number, nth): (i64, usize), by: i64, would: &str) -> Problem {
    let printed = spot.printed(written, number, nth);
    let (text, other) = (&printed.text, printed.of_value(number.saturating_add(by)));
    let of = if printed.is_of_a_ratio() { " (in a ratio of the dictionary)" } else { "" };
    let message = format!("{}: no example notices if `{text}`{of} were {other}{would}", spot.what);
    Problem { file: written.name.clone(), line: printed.line, message }
}
