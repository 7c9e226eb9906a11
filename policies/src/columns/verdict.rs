//! What goes into deciding many households, one row each, and what comes out.

use crate::program::{Known, Outcome, Program};

/// A verdict with its money, as [`crate::assess`] gives them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Overall outcome.
    pub outcome: Outcome,
    /// Least and most of the first benefit that has an amount, in fen per its period; `None` where
    /// no amount can be said or nothing is due.
    pub money: Option<(i64, i64)>,
}

impl Verdict {
    /// Of one household.
    pub(crate) fn of(program: &Program, known: &Known<'_>) -> Self {
        let outcome = known.overall(program);
        Self { outcome, money: sum(program, known).filter(|_| outcome != Outcome::NotEligible) }
    }
}

/// Least and most of the first benefit of which an amount can be said.
pub(crate) fn sum(program: &Program, known: &Known<'_>) -> Option<(i64, i64)> {
    program.benefits.iter().zip(&program.keys).find_map(|(rows, keys)| {
        let mut range: Option<(i64, i64)> = None;
        let perhaps_none = known.each_amount(rows, keys, &mut |_, amount| {
            range = Some(range.map_or((amount, amount), |(l, m)| (l.min(amount), m.max(amount))));
        })?;
        range.map(|(least, most)| (if perhaps_none { 0 } else { least }, most))
    })
}

/// A household laid out for one [`crate::Decider`]: one value per fact that its document mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HouseholdRow(Vec<Option<i64>>);

impl HouseholdRow {
    pub(crate) fn values(&self) -> &[Option<i64>] {
        &self.0
    }
}

impl FromIterator<Option<i64>> for HouseholdRow {
    fn from_iter<I: IntoIterator<Item = Option<i64>>>(values: I) -> Self {
        Self(values.into_iter().collect())
    }
}
