//! The outcome by some categories of a document only: an employer applies for those whom it may apply for.

use chrono::NaiveDate;

use crate::{
    book::{Compiled, no_verdict},
    facts::{Household, fill},
    fault::FactError,
    model::Fact,
    program::{Known, Outcome, Standing},
    units::{date::day_of, order::sorted_once},
};

use super::explain;

/// How a household stands by some categories.
#[derive(Clone, Debug)]
pub struct Among<'d> {
    /// The best of them; `None` where the document gives no verdict on that day.
    pub outcome: Option<Outcome>,
    /// The facts that keep it unknown and can be told now, in the dictionary's order.
    pub missing: Vec<&'d Fact>,
}

/// Assesses a household by the categories with certain ids.
///
/// # Errors
/// As [`super::assess`].
///
/// ```
/// let document = policies::rulebook().document("qujing-2018").ok_or("no such document").unwrap();
/// let on = chrono::NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
/// let nothing_known = policies::Household::default();
/// let found = policies::assess_among(document, &nothing_known, on, |_| true).unwrap();
/// assert_eq!(found.outcome, Some(policies::Outcome::Unknown));
/// assert!(found.missing.iter().any(|fact| fact.id == "people"));
/// ```
pub fn assess_among<'d>(
    doc: &'d Compiled,
    household: &Household,
    on: NaiveDate,
    counts: impl Fn(&str) -> bool,
) -> Result<Among<'d>, Vec<FactError>> {
    let values = fill(&doc.dictionary, household, on)?;
    if no_verdict(doc.document(), on).is_some() {
        return Ok(Among { outcome: None, missing: Vec::new() });
    }
    let known = Known { values: &values, today: day_of(on) };
    let (_, missing) = explain::categories(doc, &known);
    let categories = doc.document().categories.iter().zip(&doc.program.categories);
    let counted: Vec<_> = categories
        .zip(&missing.standings)
        .filter(|((category, _), _)| counts(&category.id))
        .map(|((_, requires), standing)| (requires, *standing))
        .collect();
    let best = counted.iter().map(|(_, standing)| *standing).max().unwrap_or(Standing::NotEligible);
    if best.outcome() != Outcome::Unknown {
        return Ok(Among { outcome: Some(best.outcome()), missing: Vec::new() });
    }
    let open = counted.iter().filter(|(_, standing)| standing.outcome() == Outcome::Unknown);
    let rules = open.flat_map(|(requires, _)| requires.iter());
    let lacks = sorted_once(rules.flat_map(|rule| missing.of(*rule)).copied());
    let gate = |slot: usize| doc.dictionary.asked_if.get(slot).and_then(|gate| known.truth(gate));
    let now = lacks.iter().filter(|slot| gate(usize::from(**slot)) == Some(true));
    let told: Vec<&Fact> = now.filter_map(|slot| doc.dictionary.at(*slot)).collect();
    let all = || lacks.iter().filter_map(|slot| doc.dictionary.at(*slot)).collect();
    Ok(Among { outcome: Some(Outcome::Unknown), missing: if told.is_empty() { all() } else { told } })
}

/// Whether a fact may make sense of a household, after what is known of it: the date of a sale only where something may
/// have been sold.
///
/// # Errors
/// As [`super::assess`].
pub fn is_asked(
    doc: &Compiled,
    household: &Household,
    on: NaiveDate,
    fact: &str,
) -> Result<bool, Vec<FactError>> {
    let values = fill(&doc.dictionary, household, on)?;
    let known = Known { values: &values, today: day_of(on) };
    let slot = doc.dictionary.facts.iter().position(|known| known.id == fact);
    let gate = slot.and_then(|slot| doc.dictionary.asked_if.get(slot));
    Ok(gate.is_none_or(|gate| known.truth(gate) != Some(false)))
}
