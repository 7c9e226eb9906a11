//! What goes into deciding many households, one row each, and what comes out.

use crate::program::Outcome;

/// A verdict with its money, as [`crate::assess`] gives them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Overall outcome.
    pub outcome: Outcome,
    /// Least and most of the first benefit that has an amount, in fen per its period; `None` where
    /// no amount can be said or nothing is due.
    pub money: Option<(i64, i64)>,
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
