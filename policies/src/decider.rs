//! Verdict and amount only, for many households: no reasons, no allocation.

use chrono::NaiveDate;

use crate::{
    assess::no_verdict,
    assessment::{NoVerdict, Outcome},
    blocks::{Blocks, Room},
    error::FactError,
    eval::{Known, day_of},
    household::{Household, Value},
    model::FactKind,
    program::{Cond, Expr, Op, Program, Row, Rule, Slot},
    rulebook::Compiled,
    slots,
    table::Table,
};

/// A verdict with its money, as [`crate::assess`] gives them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Overall outcome.
    pub outcome: Outcome,
    /// Least and most of the first benefit that has an amount, in fen per its period; `None` where
    /// no amount can be said or nothing is due.
    pub money: Option<(i64, i64)>,
}

/// One document on one date, ready for many households.
#[derive(Clone, Debug)]
pub struct Decider<'d> {
    doc: &'d Compiled,
    program: Program,
    blocks: Blocks,
    facts: Vec<Slot>,
    on: NaiveDate,
    today: i64,
}

/// A household laid out for one [`Decider`]: one value per fact that its document mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row64(Vec<Option<i64>>);

impl Row64 {
    pub(crate) fn values(&self) -> &[Option<i64>] {
        &self.0
    }
}

impl<'d> Decider<'d> {
    /// Prepares a document for a date.
    ///
    /// # Errors
    /// Why the document gives no verdict on that date.
    pub fn new(doc: &'d Compiled, on: NaiveDate) -> Result<Self, NoVerdict> {
        if let Some(why) = no_verdict(doc.document(), on) {
            return Err(why);
        }
        let today = day_of(on);
        let facts = doc.slots();
        let mut program = doc.program.clone();
        let compact = |slot: &mut Slot| {
            if let Some(at) = facts.iter().position(|s| s == slot) {
                *slot = Slot::try_from(at).unwrap_or(Slot::MAX);
            }
        };
        program.visit(&compact, today);
        let kind = |slot: &Slot| doc.dictionary.at(*slot).map(|fact| &fact.kind);
        let ranges: Vec<_> = facts.iter().map(|slot| kind(slot)?.range()).collect();
        let blocks = Blocks::new(&program, &ranges, today);
        Ok(Self { doc, program, blocks, facts, on, today })
    }

    /// Checks a household and lays it out.
    ///
    /// # Errors
    /// As [`crate::assess`].
    pub fn lay_out(&self, household: &Household) -> Result<Row64, Vec<FactError>> {
        let values = slots::fill(&self.doc.dictionary, household, self.on)?;
        let value = |slot: &Slot| values.get(usize::from(*slot)).copied().flatten();
        Ok(Row64(self.facts.iter().map(value).collect()))
    }

    /// The facts of a row, in its order, so that one can be filled from columns with
    /// [`Decider::row`].
    pub fn columns(&self) -> Vec<String> {
        self.facts.iter().map(|s| self.doc.dictionary.id(*s).into_owned()).collect()
    }

    /// A row from values in the order of [`Decider::columns`].
    ///
    /// # Errors
    /// The first value that its fact does not admit.
    pub fn row(&self, values: &[Option<Value>]) -> Result<Row64, FactError> {
        let mut row = Vec::with_capacity(self.facts.len());
        for (i, slot) in self.facts.iter().enumerate() {
            let value = values.get(i).and_then(Option::as_ref);
            row.push(match (self.doc.dictionary.at(*slot), value) {
                (Some(fact), Some(value)) => Some(
                    slots::number(fact, value, self.on)
                        .map_err(|(code, message)| FactError::new(fact.id.clone(), code, message))?,
                ),
                _ => None,
            });
        }
        Ok(Row64(row))
    }

    /// An empty table for [`Decider::decide_all`].
    pub fn table(&self) -> Table {
        let kinds = self.facts.iter().map(|slot| self.doc.dictionary.at(*slot).map(|fact| &fact.kind));
        Table::new(kinds.map(|kind| matches!(kind, Some(FactKind::YesNo))))
    }

    /// Decides every household of a table in order, many times faster than one by one.
    pub fn decide_all(&self, table: &Table, mut told: impl FnMut(Verdict)) {
        let mut room = Room::default();
        for (block, count) in table.blocks() {
            self.blocks.decide(block, count, &mut room, &mut told);
        }
    }

    /// Decides.
    pub fn decide(&self, row: &Row64) -> Verdict {
        let known = Known { values: &row.0, today: self.today };
        let outcome = known.overall(&self.program);
        let money = if outcome == Outcome::NotEligible {
            None
        } else {
            self.program.benefits.iter().find_map(|rows| known.pays(rows))
        };
        Verdict { outcome, money }
    }
}

impl Program {
    /// Renames facts and puts the dates that are known once the application date is.
    fn visit(&mut self, rename: &impl Fn(&mut Slot), today: i64) {
        for Rule { holds, ask, mentions } in &mut self.rules {
            holds.visit(rename, today);
            ask.iter_mut().for_each(|c| c.visit(rename, today));
            mentions.clear();
        }
        for Row { when, amount } in self.benefits.iter_mut().flatten() {
            when.visit(rename, today);
            amount.visit(rename, today);
        }
        self.papers.clear();
    }
}

impl Cond {
    fn visit(&mut self, rename: &impl Fn(&mut Slot), today: i64) {
        match self {
            Self::Always(_) | Self::Open => {}
            Self::Flag(s, _) | Self::OneOf(s, _) | Self::Line(s, _, _) => rename(s),
            Self::Compare(left, op, right, about) => {
                left.visit(rename, today);
                right.visit(rename, today);
                rename(about);
                if let Some(line) = line(left, *op, right) {
                    *self = line;
                }
            }
            Self::All(inner) | Self::Any(inner) => inner.iter_mut().for_each(|c| c.visit(rename, today)),
        }
    }
}

/// A comparison of a fact, or of a fact over a constant, with a constant, as a line.
fn line(left: &Expr, op: Op, right: &Expr) -> Option<Cond> {
    match (left, right) {
        (Expr::Fact(slot), Expr::Const(line)) => Some(Cond::Line(*slot, op, *line)),
        _ => None,
    }
}

impl Expr {
    fn visit(&mut self, rename: &impl Fn(&mut Slot), today: i64) {
        match self {
            Self::Const(_) => {}
            Self::Fact(s) => rename(s),
            Self::Today => *self = Self::Const(today),
            Self::Moved(date, months) => {
                date.visit(rename, today);
                if let Self::Const(day) = **date
                    && let Some(moved) = crate::eval::moved(day, *months)
                {
                    *self = Self::Const(moved);
                }
            }
            Self::Round(a, _, _) => a.visit(rename, today),
            Self::Add(a, b)
            | Self::Sub(a, b)
            | Self::Mul(a, b)
            | Self::Div(a, b)
            | Self::Min(a, b)
            | Self::Max(a, b) => {
                a.visit(rename, today);
                b.visit(rename, today);
            }
            Self::If(test, a, b) => {
                test.visit(rename, today);
                a.visit(rename, today);
                b.visit(rename, today);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{assess, rulebook};

    #[test]
    fn agrees_with_the_assessment_of_nothing() {
        let on = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
        for doc in rulebook().documents() {
            let Ok(decider) = Decider::new(doc, on) else { continue };
            let nothing = Household::default();
            let verdict = decider.decide(&decider.lay_out(&nothing).unwrap());
            assert_eq!(Some(verdict.outcome), assess(doc, &nothing, on).unwrap().outcome);
        }
    }
}
