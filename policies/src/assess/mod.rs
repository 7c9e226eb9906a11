//! One household under one document on one date, with reasons.

#[cfg(feature = "whole")]
mod among;
pub mod assessment;
mod changes;
mod explain;
mod first_day;
mod questions;
mod record;
#[cfg(feature = "whole")]
mod score;
#[cfg(feature = "whole")]
mod steps;

use chrono::NaiveDate;

#[cfg(feature = "whole")]
pub use self::among::{Among, assess_among, is_asked};
use self::assessment::{Assessment, Text};
pub use self::record::{Record, Replay};
#[cfg(feature = "whole")]
pub use self::{
    score::{Scored, ScoredItem, score, turns},
    steps::amount_steps,
};
use crate::{
    book::{Compiled, label_year, no_verdict},
    facts::{Household, Value, fill},
    fault::FactError,
    model::{CaseKind, Fact, FactKind, Paper, Priority},
    program::{Answer, Known, Outcome, Slot},
    units::{date::day_of, order::sorted_once},
};

/// Assesses a household under a document on the application date.
///
/// # Errors
/// Every fact that is unknown to the dictionary, of the wrong kind or out of range.
///
/// ```
/// let book = policies::rulebook();
/// let document = book.document("qujing-2018").ok_or("no such document").unwrap();
/// let nothing_known = policies::Household::default();
/// let on = chrono::NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
/// let assessment = policies::assess(document, &nothing_known, on).unwrap();
/// assert_eq!(assessment.outcome, Some(policies::Outcome::Unknown));
/// assert!(!assessment.questions.is_empty());
/// ```
pub fn assess<'d>(
    doc: &'d Compiled,
    household: &Household,
    on: NaiveDate,
) -> Result<Assessment<'d>, Vec<FactError>> {
    let values = fill(&doc.dictionary, household, on)?;
    Ok(assess_values(doc, &values, on))
}

/// The papers to hand in for a kind of case, each with whether it is needed: `Met` needed, `NotMet`
/// not needed, `Unknown` while a fact is missing. Papers of categories that are ruled out are left
/// out.
///
/// # Errors
/// As [`assess`].
pub fn papers<'d>(
    doc: &'d Compiled,
    household: &Household,
    on: NaiveDate,
    case: CaseKind,
) -> Result<Vec<(&'d Paper, Answer)>, Vec<FactError>> {
    let values = fill(&doc.dictionary, household, on)?;
    let known = Known { values: &values, today: day_of(on) };
    let open: Vec<&str> = doc
        .document()
        .categories
        .iter()
        .zip(&doc.program.categories)
        .filter(|(_, requires)| known.outcome(&doc.program, requires) != Outcome::NotEligible)
        .map(|(c, _)| c.id.as_str())
        .collect();
    let all = doc.document().papers.iter().zip(&doc.program.papers);
    let wanted = all.filter(|(paper, _)| {
        let for_category = paper.categories.is_empty()
            || open.is_empty()
            || paper.categories.iter().any(|c| open.contains(&c.as_str()));
        paper.is_for(case) && for_category
    });
    Ok(wanted
        .map(|(paper, needed)| {
            let answer = match known.truth(needed) {
                Some(true) => Answer::Met,
                Some(false) => Answer::NotMet,
                None => Answer::Unknown,
            };
            (paper, answer)
        })
        .collect())
}

/// A group that comes first, as far as a household's answers tell.
#[derive(Debug)]
pub struct Preferred<'d> {
    /// The group.
    pub priority: &'d Priority,
    /// Whether the household is certainly one of it. Otherwise nobody knows yet.
    pub certain: bool,
    /// The yes/no facts that make it one or could: what is ticked, or to tick. Not those that are told otherwise.
    pub ticks: Vec<&'d Fact>,
}

/// The groups that come first and that a household is or may be one of, in the document's order; left out are those that
/// its answers rule out, and those that no answer can tell. Nothing is scored and nobody is ranked.
///
/// # Errors
/// As [`assess`].
pub fn priorities<'d>(
    doc: &'d Compiled,
    household: &Household,
    on: NaiveDate,
) -> Result<Vec<Preferred<'d>>, Vec<FactError>> {
    let values = fill(&doc.dictionary, household, on)?;
    let known = Known { values: &values, today: day_of(on) };
    let mut found = Vec::new();
    for (priority, holds) in doc.document().priorities.iter().zip(&doc.program.priorities) {
        let mut read = Vec::new();
        holds.facts(&mut read);
        let facts = read.into_iter().filter_map(|slot| doc.dictionary.at(slot));
        let open = |fact: &&Fact| household.facts.get(&fact.id) != Some(&Value::YesNo(false));
        let ticks: Vec<_> = facts.filter(|fact| fact.kind == FactKind::YesNo).filter(open).collect();
        let truth = known.truth(holds);
        let certain = truth == Some(true);
        if certain || (truth.is_none() && !ticks.is_empty()) {
            found.push(Preferred { priority, certain, ticks });
        }
    }
    Ok(found)
}

/// Facts that a requirement mentions and that are unknown though it is decided without them: what must be told besides
/// before it can be said which change would turn it.
///
/// # Errors
/// As [`assess`].
pub fn unknown_in<'d>(
    doc: &'d Compiled,
    household: &Household,
    on: NaiveDate,
    requirement: &str,
) -> Result<Vec<&'d str>, Vec<FactError>> {
    let values = fill(&doc.dictionary, household, on)?;
    let known = Known { values: &values, today: day_of(on) };
    let mut rules = doc.document().requirements.iter().zip(&doc.program.rules);
    let rule = rules.find(|(known, _)| known.id == requirement).map(|(_, rule)| rule);
    let mut slots = Vec::new();
    for slot in rule.iter().flat_map(|rule| &rule.mentions) {
        doc.dictionary.underlying(*slot, &mut slots);
    }
    let asked = |slot: &Slot| {
        let at = usize::from(*slot);
        let gate = doc.dictionary.asked_if.get(at).map(|gate| known.truth(gate));
        values.get(at).is_some_and(Option::is_none) && gate == Some(Some(true))
    };
    let facts = sorted_once(slots).into_iter().filter(asked);
    Ok(facts.filter_map(|slot| doc.dictionary.at(slot)).map(|fact| fact.id.as_str()).collect())
}

/// Assesses values that have been checked.
fn assess_values<'d>(doc: &'d Compiled, values: &[Option<i64>], on: NaiveDate) -> Assessment<'d> {
    let document = doc.document();
    let no_verdict = no_verdict(document, on);
    let mut assessment = Assessment {
        document: Text::Borrowed(&document.id),
        document_hash: Text::Borrowed(doc.hash()),
        on,
        no_verdict,
        label_year: label_year(document),
        outcome: None,
        categories: Vec::new(),
        money: Vec::new(),
        without_sum: Vec::new(),
        questions: Vec::new(),
        changes: Vec::new(),
        first_days: Vec::new(),
    };
    if no_verdict.is_some() {
        return assessment;
    }
    let known = Known { values, today: day_of(on) };
    let missing;
    (assessment.categories, missing) = explain::categories(doc, &known);
    let outcome = missing.outcome();
    assessment.outcome = Some(outcome);
    if outcome == Outcome::NotEligible {
        assessment.changes = changes::find(doc, values, on, &assessment.categories);
        assessment.first_days = first_day::find(doc, &known, &assessment.categories);
    } else {
        (assessment.money, assessment.without_sum) = explain::money(doc, &known);
        assessment.questions = questions::rank(doc, &known, &missing, outcome);
    }
    assessment
}
