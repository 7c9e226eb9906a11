//! Whether the answer to a question can matter: shown by an example, never assumed.

use super::turns::Trial;
use crate::{
    book::Compiled,
    program::{Cond, Known, Outcome, Slot},
};

/// Most steps that are tried in the search for an example.
const STEPS: u16 = 100;

/// Whether two answers to a question, with some answers to all the others, lead to another outcome or another sum. True is
/// shown by an example, made by answering the others one by one so that the question stays open to the last. False where no example
/// was found in a bounded number of steps.
pub(super) fn matters(doc: &Compiled, known: &Known<'_>, slot: Slot) -> bool {
    Search { doc, trial: Trial::new(known), slot, steps: STEPS }.found()
}

struct Search<'d> {
    doc: &'d Compiled,
    trial: Trial<'d>,
    slot: Slot,
    steps: u16,
}

impl Search<'_> {
    fn found(&mut self) -> bool {
        let Some(left) = self.steps.checked_sub(1) else { return false };
        self.steps = left;
        let known = self.trial.known();
        let program = &self.doc.program;
        let mut open = known.open(program);
        program.benefits.iter().for_each(|rows| known.missing_in_rows(rows, &mut open));
        if !open.contains(&self.slot) {
            return false;
        }
        // What has few answers first: with it, more of the others falls away or comes to a line.
        let size = |slot: &Slot| {
            let fact = self.doc.dictionary.at(*slot)?;
            let (least, most) = self.trial.ends(fact);
            most.checked_sub(least)
        };
        let next = open.into_iter().filter(|other| *other != self.slot).min_by_key(size);
        let Some(next) = next else { return self.turns() };
        for value in self.values(next) {
            self.trial.set(next, Some(value));
            if self.found() {
                return true;
            }
        }
        self.trial.set(next, None);
        false
    }

    /// Whether the answer makes a difference once nothing else does.
    fn turns(&mut self) -> bool {
        let mut first = None;
        self.values(self.slot).into_iter().any(|value| {
            let program = &self.doc.program;
            self.trial.with(self.slot, value, |known| {
                let outcome = known.overall(program);
                let sums =
                    || program.benefits.iter().map(|rows| known.pays(program, rows, outcome)).collect();
                let told: (Outcome, Vec<_>) =
                    (outcome, if outcome == Outcome::NotEligible { Vec::new() } else { sums() });
                *first.get_or_insert_with(|| told.clone()) != told
            })
        })
    }

    /// Values of a fact that stand for all, as far as the others are known.
    fn values(&mut self, slot: Slot) -> Vec<i64> {
        let Some(fact) = self.doc.dictionary.at(slot) else { return Vec::new() };
        let (least, most) = self.trial.ends(fact);
        // Lines that hang on the question's own answer are met at its first.
        let asked = self.doc.dictionary.at(self.slot).map(|fact| self.trial.ends(fact).0);
        self.trial.set(self.slot, asked);
        let rules = self.doc.program.rules.iter().zip(0..);
        let reads = |rule: usize| self.doc.plan.rule(rule).is_some_and(|reads| reads.facts.contains(&slot));
        let rules = rules
            .filter(|(_, index)| reads(*index))
            .flat_map(|(rule, _)| std::iter::once(&rule.holds).chain(&rule.ask));
        let rows = self.doc.program.benefits.iter().flatten().map(|row| &row.when);
        let conditions: Vec<&Cond> = rules.chain(rows).collect();
        let mut values = self.trial.candidates(fact, slot, least, &conditions);
        self.trial.set(self.slot, None);
        self.trial.set(slot, None);
        for end in [i64::midpoint(least, most), most, least] {
            if !values.contains(&end) {
                values.push(end);
            }
        }
        values
    }
}
