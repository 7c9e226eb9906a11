//! The deciding core: answers, outcomes and money from slots, without allocation.

use policies_model::program::{Program, Row, Rule, Slot};

use super::{
    answer::{Answer, Outcome, Standing, Weighed},
    eval::Known,
};

impl Known<'_> {
    /// The answer to one requirement.
    pub(crate) fn answer(&self, rule: &Rule) -> Answer {
        let mut ask = Some(false);
        for when in &rule.ask {
            match self.truth(when) {
                Some(true) => return Answer::Ask,
                Some(false) => {}
                None => ask = None,
            }
        }
        match (ask, self.truth(&rule.holds)) {
            (None, _) | (_, None) => Answer::Unknown,
            (_, Some(true)) => Answer::Met,
            (_, Some(false)) => Answer::NotMet,
        }
    }

    /// The answer to one requirement, with what it can still come to.
    pub(crate) fn weighed(&self, rule: &Rule) -> Weighed {
        let answer = self.answer(rule);
        let holds = if answer == Answer::Unknown { self.truth(&rule.holds) } else { None };
        let fails =
            answer == Answer::Unknown && holds != Some(true) && self.truth(&rule.fails) != Some(false);
        Weighed { answer, fails, meets: holds != Some(false) }
    }

    /// How one category stands.
    pub(crate) fn standing(&self, program: &Program, category: &[u16]) -> Standing {
        let rules = category.iter().filter_map(|i| program.rules.get(usize::from(*i)));
        Standing::of(rules.map(|rule| self.weighed(rule)))
    }

    /// The outcome of one category.
    pub(crate) fn outcome(&self, program: &Program, category: &[u16]) -> Outcome {
        self.standing(program, category).outcome()
    }

    /// The overall outcome: the best of the categories. Each requirement is answered at most once.
    pub(crate) fn overall(&self, program: &Program) -> Outcome {
        let mut answered = [None; 64];
        let mut best = Standing::NotEligible;
        for category in &program.categories {
            let answers = category.iter().filter_map(|i| {
                let index = usize::from(*i);
                let rule = program.rules.get(index)?;
                match answered.get_mut(index) {
                    Some(known) => Some(*known.get_or_insert_with(|| self.weighed(rule))),
                    None => Some(self.weighed(rule)),
                }
            });
            best = best.max(Standing::of(answers));
            if best == Standing::Eligible {
                break;
            }
        }
        best.outcome()
    }

    /// The amount of a row in fen, rounded down once; `None` while a fact in it is missing.
    pub(crate) fn amount(&self, row: &Row) -> Option<i64> {
        i64::try_from(self.quantity(&row.amount)?.floor()).ok()
    }

    /// Tells each amount that a table may pay, with its row, in every case of the keys that are unknown. Whether it may be
    /// that none applies; `None` where an amount is unknown.
    pub(crate) fn each_amount(
        &self,
        rows: &[Row],
        keys: &[(Slot, u8)],
        see: &mut dyn FnMut(usize, i64),
    ) -> Option<bool> {
        let unknown = keys.iter().position(|(slot, _)| self.get(*slot).is_none());
        if let Some([(slot, answers), others @ ..]) = unknown.and_then(|at| keys.get(at..)) {
            let mut values = self.values.to_vec();
            let mut perhaps = false;
            for answer in 0..*answers {
                if let Some(value) = values.get_mut(usize::from(*slot)) {
                    *value = Some(i64::from(answer));
                }
                perhaps |= Known { values: &values, ..*self }.each_amount(rows, others, see)?;
            }
            return Some(perhaps);
        }
        for (at, row) in rows.iter().enumerate() {
            let truth = self.truth(&row.when);
            if truth != Some(false) {
                see(at, self.amount(row)?);
            }
            if truth == Some(true) {
                return Some(false);
            }
        }
        Some(true)
    }
}
