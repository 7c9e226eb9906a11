//! What can be said of outcome and money while facts are missing: case by case over those with few answers, and within
//! the ends of the others.

use policies_model::program::{Cond, Expr, Program, Row, Slot};

use super::{answer::Outcome, eval::Known};
use crate::units::order::{sorted, sorted_once};

/// Most cases of unknown facts that are told apart.
const CASES: usize = 64;
/// Most answers that are few.
const FEW: i64 = 64;
/// Most fen that a sum comes to, 100 billion yuan: as much as can be typed. More hangs on a fact without end.
const MOST_FEN: i64 = 10_000_000_000_000;

impl Known<'_> {
    /// The overall outcome where [`Known::overall`] is unknown, if it is the same in every case of the unknown facts with few
    /// answers, however the others turn out. No more than 64 cases are told apart, of the facts with the fewest answers.
    pub(crate) fn settled(&self, program: &Program) -> Outcome {
        let mut found = None;
        let alike = self.cases(program, self.open(program), &mut |case| {
            let outcome = case.overall(program);
            outcome != Outcome::Unknown && *found.get_or_insert(outcome) == outcome
        });
        found.filter(|_| alike).unwrap_or(Outcome::Unknown)
    }

    /// Tells every case of some unknown facts until one is answered with false; whether none was.
    fn cases(&self, program: &Program, of: Vec<Slot>, see: &mut dyn FnMut(&Known<'_>) -> bool) -> bool {
        let answers = |slot| Some((self.answers(program, slot)?, slot));
        let by_size =
            of.into_iter().filter_map(answers).map(|(answers, slot)| (answers.len(), slot, answers));
        let mut count = 1_usize;
        let mut keys = sorted(by_size);
        keys.retain(|(size, ..)| {
            let more = count.saturating_mul(*size);
            let told = more <= CASES;
            if told {
                count = more;
            }
            told
        });
        let mut values = self.values.to_vec();
        (0..count).all(|case| {
            let mut rest = case;
            for (size, slot, answers) in &keys {
                if let Some(value) = values.get_mut(usize::from(*slot)) {
                    *value = answers.get(rest.checked_rem(*size).unwrap_or(0)).copied();
                }
                rest = rest.checked_div(*size).unwrap_or(0);
            }
            see(&Known { values: &values, ..*self })
        })
    }

    /// Answers that stand for all: each, where there are few; of a number that is compared with nothing but what is known,
    /// those at and beside each line. `None` of another number.
    fn answers(&self, program: &Program, slot: Slot) -> Option<Vec<i64>> {
        let domain = self.domains.get(usize::from(slot))?;
        let (least, most) = (domain.least, domain.most(self.today));
        if most.checked_sub(least)? < FEW {
            return Some((least..=most).collect());
        }
        let mut lines = vec![least];
        let rules =
            program.rules.iter().flat_map(|rule| [&rule.holds, &rule.fails].into_iter().chain(&rule.ask));
        let rows = program.benefits.iter().flatten();
        let told =
            rules.chain(rows.clone().map(|row| &row.when)).all(|cond| self.lines(cond, slot, &mut lines))
                && rows.clone().all(|row| !reads(&row.amount, slot));
        lines.retain(|line| (least..=most).contains(line));
        told.then(|| sorted_once(lines))
    }

    /// Adds the values at and beside which a condition on a fact turns; whether that is all that can be said of it.
    fn lines(&self, cond: &Cond, slot: Slot, into: &mut Vec<i64>) -> bool {
        let mut at = |line: i64| into.extend([line.saturating_sub(1), line, line.saturating_add(1)]);
        match cond {
            Cond::Line(fact, _, line) if *fact == slot => at(*line),
            Cond::Compare(left, _, right, _) if reads(left, slot) || reads(right, slot) => {
                let line = self.quantity(right).filter(|_| *left == Expr::Fact(slot));
                let Some(line) = line.and_then(|line| i64::try_from(line.floor()).ok()) else {
                    return self.truth(cond).is_some();
                };
                at(line);
            }
            Cond::All(inner) | Cond::Any(inner) => return inner.iter().all(|c| self.lines(c, slot, into)),
            _ => {}
        }
        true
    }

    /// Least and most of a row in fen, each rounded down once. `None` where no sum can be said: what it hangs on has no
    /// end.
    pub(crate) fn amount(&self, row: &Row) -> Option<(i64, i64)> {
        let [least, most] = self.span(&row.amount)?;
        let (least, most) = (i64::try_from(least.floor()).ok()?, i64::try_from(most.floor()).ok()?);
        (least == most || most <= MOST_FEN).then_some((least, most))
    }

    /// Least and most that a table pays, where the outcome is this one: over every case, of up to 64, of the unknown facts
    /// with few answers in which the outcome is not *not eligible*, and in each over the ends of the other unknown facts. Wider where
    /// there are more cases; never narrower than what can be. `None` where no row can apply or no sum can be said.
    pub(crate) fn pays(&self, program: &Program, rows: &[Row], outcome: Outcome) -> Option<(i64, i64)> {
        let whole = self.pays_at_once(rows)?;
        if whole.0 == whole.1 {
            return Some(whole);
        }
        let mut of = Vec::new();
        self.missing_in_rows(rows, &mut of);
        let mut range = None;
        self.cases(program, of, &mut |case| {
            if outcome != Outcome::Unknown || case.overall(program) != Outcome::NotEligible {
                // Where every row has fallen away, nothing is paid.
                range = wider(range, case.pays_at_once(rows).unwrap_or_default());
            }
            true
        });
        range.or(Some(whole))
    }

    /// The facts without which no sum can be said of a table: those that an amount grows with and that have no end.
    pub(crate) fn endless(&self, rows: &[Row]) -> Vec<Slot> {
        let mut into = Vec::new();
        for row in rows {
            let truth = self.truth(&row.when);
            if truth != Some(false) && self.amount(row).is_none() {
                self.missing_in(&row.amount, &mut into);
            }
            if truth == Some(true) {
                break;
            }
        }
        let endless =
            |slot: &Slot| self.domains.get(usize::from(*slot)).is_some_and(|d| d.most(0) == i64::MAX);
        if into.iter().any(endless) {
            into.retain(endless);
        }
        into
    }

    fn pays_at_once(&self, rows: &[Row]) -> Option<(i64, i64)> {
        let mut range = None;
        for row in rows {
            let truth = self.truth(&row.when);
            if truth == Some(false) {
                continue;
            }
            range = wider(range, self.amount(row)?);
            if truth == Some(true) {
                return range;
            }
        }
        // No row is certain: it may be that none applies.
        range.map(|(_, most)| (0, most))
    }
}

fn wider(range: Option<(i64, i64)>, (least, most): (i64, i64)) -> Option<(i64, i64)> {
    Some(range.map_or((least, most), |(l, m)| (l.min(least), m.max(most))))
}

fn reads(expr: &Expr, slot: Slot) -> bool {
    let mut read = Vec::new();
    expr.facts(&mut read);
    read.contains(&slot)
}
