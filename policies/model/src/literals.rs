//! The numbers that a program's conditions, amounts and steps are written with.

use crate::{
    program::{Program, StepProgram},
    walk::PartMut,
};

impl Program {
    /// Every number literal in conditions and amounts, in a fixed order: what a test shifts by one
    /// unit, and what a simulation moves.
    pub fn literals(&mut self) -> Vec<(Place, &mut i64)> {
        let mut all = Vec::new();
        for (i, rule) in self.rules.iter_mut().enumerate() {
            let mut of_rule = Vec::new();
            PartMut::Cond(&mut rule.holds).numbers(&mut of_rule);
            rule.ask.iter_mut().for_each(|when| PartMut::Cond(when).numbers(&mut of_rule));
            all.extend(of_rule.into_iter().map(|n| (Place::Requirement(i), n)));
        }
        for (i, rows) in self.benefits.iter_mut().enumerate() {
            let mut of_table = Vec::new();
            for row in rows {
                PartMut::Cond(&mut row.when).numbers(&mut of_table);
                PartMut::Expr(&mut row.amount).numbers(&mut of_table);
            }
            all.extend(of_table.into_iter().map(|n| (Place::Benefit(i), n)));
        }
        for (i, steps) in self.calculators.iter_mut().enumerate() {
            let mut of_steps = Vec::new();
            for step in steps {
                match step {
                    StepProgram::Quantity(expr) | StepProgram::Clock(_, expr) => {
                        PartMut::Expr(expr).numbers(&mut of_steps);
                    }
                    StepProgram::Flag(cond) => PartMut::Cond(cond).numbers(&mut of_steps),
                    StepProgram::Window(_) => {}
                }
            }
            all.extend(of_steps.into_iter().map(|n| (Place::Calculator(i), n)));
        }
        all
    }
}

/// Where a literal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the requirement at this index.
    Requirement(usize),
    /// In the benefit at this index.
    Benefit(usize),
    /// In the calculator at this index.
    Calculator(usize),
}
