//! Which facts are missing where something is unknown.

use policies_model::program::{Cond, Expr, Program, Row, Rule, Slot};

use super::{
    answer::{Answer, Outcome, Standing},
    eval::Known,
};

impl Known<'_> {
    /// The facts that can still change an outcome that is unknown, each once; a fact that stands in two places is
    /// counted for each, so that it may turn out to change nothing.
    pub(crate) fn open(&self, program: &Program) -> Vec<Slot> {
        let answers: Vec<(Answer, bool)> = program.rules.iter().map(|rule| self.weighed(rule)).collect();
        let of = |rule: &u16| answers.get(usize::from(*rule)).copied();
        let standing = |category: &Vec<u16>| Standing::of(category.iter().filter_map(of));
        let standings: Vec<Standing> = program.categories.iter().map(standing).collect();
        let mut into = Vec::new();
        let best = standings.iter().copied().max();
        if best.is_none_or(|best| best.outcome() != Outcome::Unknown) {
            return into;
        }
        // What can at best end in *ask* adds nothing once another category has ended there, and what cannot fail
        // nothing where something is to be asked about anyway.
        let asked = standings.contains(&Standing::Ask);
        for (category, standing) in program.categories.iter().zip(standings) {
            let at_best_ask = standing == Standing::AtBestAsk;
            if standing != Standing::Open && (asked || !at_best_ask) {
                continue;
            }
            for rule in category {
                if let Some((Answer::Unknown, fails)) = of(rule)
                    && (fails || !at_best_ask)
                    && let Some(rule) = program.rules.get(usize::from(*rule))
                {
                    self.missing_for(rule, &mut into);
                }
            }
        }
        into
    }

    /// Adds the facts whose absence keeps a requirement unknown, each once.
    pub(crate) fn missing_for(&self, rule: &Rule, into: &mut Vec<Slot>) {
        self.missing(&rule.holds, into);
        rule.ask.iter().for_each(|when| self.missing(when, into));
    }

    /// Adds the facts whose absence keeps an amount uncertain, each once.
    pub(crate) fn missing_in_rows(&self, rows: &[Row], into: &mut Vec<Slot>) {
        for row in rows {
            let truth = self.truth(&row.when);
            if truth == Some(false) {
                continue;
            }
            self.missing(&row.when, into);
            self.missing_in(&row.amount, into);
            if truth == Some(true) {
                break;
            }
        }
    }

    /// Adds the facts whose absence keeps a condition unknown, each once.
    pub(crate) fn missing(&self, cond: &Cond, into: &mut Vec<Slot>) {
        if self.truth(cond).is_some() {
            return;
        }
        match cond {
            Cond::Always(_) | Cond::Open => {}
            Cond::Flag(slot, _) | Cond::OneOf(slot, _) | Cond::Line(slot, _, _) => once(*slot, into),
            Cond::Compare(left, _, right, _) => {
                self.missing_in(left, into);
                self.missing_in(right, into);
            }
            Cond::All(inner) | Cond::Any(inner) => inner.iter().for_each(|c| self.missing(c, into)),
        }
    }

    /// Adds the facts that a quantity still lacks, each once.
    pub(crate) fn missing_in(&self, expr: &Expr, into: &mut Vec<Slot>) {
        if let Expr::If(test, yes, no) = expr {
            self.missing(test, into);
            match self.truth(test) {
                Some(true) => self.missing_in(yes, into),
                Some(false) => self.missing_in(no, into),
                None => {
                    self.missing_in(yes, into);
                    self.missing_in(no, into);
                }
            }
            return;
        }
        let mut all = Vec::new();
        expr.facts(&mut all);
        for slot in all.into_iter().filter(|s| self.get(*s).is_none()) {
            once(slot, into);
        }
    }
}

fn once(slot: Slot, into: &mut Vec<Slot>) {
    if !into.contains(&slot) {
        into.push(slot);
    }
}
