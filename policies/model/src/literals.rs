//! The numbers that a program's conditions, amounts and steps are written with.

use crate::{
    program::{Program, StepProgram},
    walk::{Part, PartMut},
};

impl Program {
    /// Every number literal in conditions and amounts, in a fixed order: what a test shifts by one
    /// unit, and what a simulation moves.
    pub fn literals<'p>(&'p mut self) -> Vec<(Place, &'p mut i64)> {
        let mut all = Vec::new();
        let mut take = |place: Place, part: PartMut<'p>| {
            let mut numbers = Vec::new();
            part.numbers(&mut numbers);
            all.extend(numbers.into_iter().map(|number| (place, number)));
        };
        for (i, rule) in self.rules.iter_mut().enumerate() {
            take(Place::Holds(i), PartMut::Cond(&mut rule.holds));
            for (n, when) in rule.ask.iter_mut().enumerate() {
                take(Place::Ask(i, n), PartMut::Cond(when));
            }
        }
        for (i, rows) in self.benefits.iter_mut().enumerate() {
            for (n, row) in rows.iter_mut().enumerate() {
                take(Place::When(i, n), PartMut::Cond(&mut row.when));
                take(Place::Pays(i, n), PartMut::Expr(&mut row.amount));
            }
        }
        for (i, steps) in self.calculators.iter_mut().enumerate() {
            for (n, step) in steps.iter_mut().enumerate() {
                match step {
                    StepProgram::Quantity(expr) | StepProgram::Clock(_, expr) => {
                        take(Place::Step(i, n), PartMut::Expr(expr));
                    }
                    StepProgram::Flag(cond) => take(Place::Step(i, n), PartMut::Cond(cond)),
                    StepProgram::Window(_) => {}
                }
            }
        }
        all
    }

    /// What stands at a place; nothing where there is no such place.
    pub fn at(&self, place: Place) -> Option<Part<'_>> {
        Some(match place {
            Place::Holds(i) => Part::Cond(&self.rules.get(i)?.holds),
            Place::Ask(i, n) => Part::Cond(self.rules.get(i)?.ask.get(n)?),
            Place::When(i, n) => Part::Cond(&self.benefits.get(i)?.get(n)?.when),
            Place::Pays(i, n) => Part::Expr(&self.benefits.get(i)?.get(n)?.amount),
            Place::Step(i, n) => match self.calculators.get(i)?.get(n)? {
                StepProgram::Quantity(expr) | StepProgram::Clock(_, expr) => Part::Expr(expr),
                StepProgram::Flag(cond) => Part::Cond(cond),
                StepProgram::Window(_) => return None,
            },
        })
    }
}

/// Where a literal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the condition of the requirement at this index.
    Holds(usize),
    /// In a requirement's case that a person decides.
    Ask(usize, usize),
    /// In the condition of a benefit's row.
    When(usize, usize),
    /// In the amount of a benefit's row.
    Pays(usize, usize),
    /// In a calculator's step.
    Step(usize, usize),
}
