//! The steps that the rows of a benefit name, worked out for one household: arithmetic to show.

use chrono::NaiveDate;

use crate::{
    book::Compiled,
    facts::{Household, fill},
    fault::FactError,
    model::AmountStep,
    program::Known,
    units::date::day_of,
};

/// Each step of a benefit with what it comes to, in the smallest unit, rounded down; none while a fact is missing.
///
/// # Errors
/// As [`crate::assess`].
pub fn amount_steps<'d>(
    doc: &'d Compiled,
    household: &Household,
    on: NaiveDate,
    benefit: &str,
) -> Result<Vec<(&'d AmountStep, Option<i64>)>, Vec<FactError>> {
    let values = fill(&doc.dictionary, household, on)?;
    let known = Known { values: &values, today: day_of(on) };
    let mut all = doc.document().benefits.iter().zip(&doc.program.steps);
    let found = all.find(|(known, _)| known.id == benefit);
    let steps = found.into_iter().flat_map(|(benefit, steps)| benefit.steps.iter().zip(steps));
    Ok(steps
        .map(|(step, expr)| (step, known.quantity(expr).and_then(|q| i64::try_from(q.floor()).ok())))
        .collect())
}
