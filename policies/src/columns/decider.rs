//! Verdict and amount only, for many households: no reasons, no allocation.

use chrono::NaiveDate;

use super::{
    blocks::{Blocks, Room},
    table::Table,
    verdict::{HouseholdRow, Verdict},
};
use crate::{
    book::{Compiled, NoVerdict, no_verdict},
    facts::{Household, Value, fill, number},
    fault::FactError,
    model::{FactKind, walk::PartMut},
    program::{Cond, Expr, Known, Program, Row, Rule, Slot},
    units::date::{day_of, moved},
};

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
        prepare(&mut program, &compact, today);
        let kind = |slot: &Slot| doc.dictionary.at(*slot).map(|fact| &fact.kind);
        let ranges: Vec<_> = facts.iter().map(|slot| kind(slot)?.range()).collect();
        let blocks = Blocks::new(&program, &ranges, today);
        Ok(Self { doc, program, blocks, facts, on, today })
    }

    /// Checks a household and lays it out.
    ///
    /// # Errors
    /// As [`crate::assess`].
    pub fn lay_out(&self, household: &Household) -> Result<HouseholdRow, Vec<FactError>> {
        let values = fill(&self.doc.dictionary, household, self.on)?;
        let value = |slot: &Slot| values.get(usize::from(*slot)).copied().flatten();
        Ok(self.facts.iter().map(value).collect())
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
    pub fn row(&self, values: &[Option<Value>]) -> Result<HouseholdRow, FactError> {
        let mut row = Vec::with_capacity(self.facts.len());
        for (i, slot) in self.facts.iter().enumerate() {
            let value = values.get(i).and_then(Option::as_ref);
            row.push(match (self.doc.dictionary.at(*slot), value) {
                (Some(fact), Some(value)) => Some(
                    number(fact.into(), value, self.on)
                        .map_err(|(code, message)| FactError::new(fact.id.clone(), code, message))?,
                ),
                _ => None,
            });
        }
        Ok(row.into_iter().collect())
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
            self.blocks.decide(&self.program, block, count, &mut room, &mut told);
        }
    }

    /// Decides.
    pub fn decide(&self, row: &HouseholdRow) -> Verdict {
        Verdict::of(&self.program, &Known { values: row.values(), today: self.today })
    }
}

/// Renames the facts of a program and puts the dates that are known once the application date is.
fn prepare(program: &mut Program, rename: &dyn Fn(&mut Slot), today: i64) {
    for Rule { holds, ask, fails, mentions } in &mut program.rules {
        prepare_part(PartMut::Cond(holds), rename, today);
        ask.iter_mut().for_each(|when| prepare_part(PartMut::Cond(when), rename, today));
        prepare_part(PartMut::Cond(fails), rename, today);
        mentions.clear();
    }
    for Row { when, amount } in program.benefits.iter_mut().flatten() {
        prepare_part(PartMut::Cond(when), rename, today);
        prepare_part(PartMut::Expr(amount), rename, today);
    }
    program.keys.iter_mut().flatten().for_each(|(slot, _)| rename(slot));
    program.papers.clear();
    program.priorities.clear();
}

/// First what a part is made of, then the part itself.
fn prepare_part(part: PartMut<'_>, rename: &dyn Fn(&mut Slot), today: i64) {
    match part {
        PartMut::Cond(cond) => {
            cond.children_mut(&mut |part| prepare_part(part, rename, today));
            // A fact compared with a constant is a line.
            if let Cond::Compare(Expr::Fact(slot), op, Expr::Const(line), _) = cond {
                *cond = Cond::Line(*slot, *op, *line);
            }
        }
        PartMut::Expr(expr) => {
            expr.children_mut(&mut |part| prepare_part(part, rename, today));
            match expr {
                Expr::Today => *expr = Expr::Const(today),
                Expr::Moved(date, months) => {
                    if let Expr::Const(day) = **date
                        && let Some(moved) = moved(day, *months)
                    {
                        *expr = Expr::Const(moved);
                    }
                }
                _ => {}
            }
        }
        PartMut::Fact(slot) | PartMut::About(slot) => rename(slot),
        PartMut::Number(_) => {}
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
