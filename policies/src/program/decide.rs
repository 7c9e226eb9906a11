//! The deciding core: answers, outcomes and money from slots, without allocation.

use policies_model::program::{Program, Row, Rule};

use super::{
    answer::{Answer, Outcome, Standing},
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

    /// Whether a requirement can still turn out *not met*, where it is unknown.
    pub(crate) fn fails(&self, rule: &Rule) -> bool {
        self.truth(&rule.fails) != Some(false)
    }

    /// The answer to one requirement, with whether it can still fail.
    fn weighed(&self, rule: &Rule) -> (Answer, bool) {
        let answer = self.answer(rule);
        (answer, answer == Answer::Unknown && self.fails(rule))
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

    /// Least and most that a table pays. `None` where no row can apply or an amount is unknown.
    pub(crate) fn pays(&self, rows: &[Row]) -> Option<(i64, i64)> {
        let mut range: Option<(i64, i64)> = None;
        for row in rows {
            let truth = self.truth(&row.when);
            if truth == Some(false) {
                continue;
            }
            let amount = self.amount(row)?;
            range = Some(range.map_or((amount, amount), |(l, m)| (l.min(amount), m.max(amount))));
            if truth == Some(true) {
                return range;
            }
        }
        // No row is certain: it may be that none applies.
        range.map(|(_, most)| (0, most))
    }
}
