//! What would have to change: the smallest single change of one fact that turns a "no" into a "yes",
//! found at the lines that were compared and confirmed by deciding again what reads that fact.

use chrono::NaiveDate;

use super::assessment::{CategoryResult, Change};
use crate::{
    book::{Compiled, Reads},
    facts::value,
    model::{Fact, FactKind},
    program::{Answer, Cond, Expr, Fraction, Known, Op, Outcome, Rule, Slot},
    units::{date::day_of, order::sorted_once},
};

/// The smallest change per category and fact, in the order of the categories and of mention.
pub(crate) fn find<'d>(
    doc: &'d Compiled,
    values: &[Option<i64>],
    on: NaiveDate,
    categories: &[CategoryResult<'d>],
) -> Vec<Change<'d>> {
    let mut trial = Trial { values: values.to_vec(), today: day_of(on) };
    let mut found = Vec::new();
    for (result, requires) in categories.iter().zip(&doc.program.categories) {
        // A change must mend every failing requirement and must not leave another one open.
        let fixable = |r: &Answer| matches!(r, Answer::Met | Answer::NotMet);
        if result.outcome != Outcome::NotEligible || !result.requirements.iter().all(|r| fixable(&r.answer)) {
            continue;
        }
        let rule = |i: &u16| doc.program.rules.get(usize::from(*i)).zip(doc.plan.rule(usize::from(*i)));
        let rules = || result.requirements.iter().zip(requires.iter().filter_map(rule));
        let failing = || rules().filter(|(r, _)| r.answer == Answer::NotMet);
        let Some((requirement, (_, first))) = failing().next() else {
            continue;
        };
        for slot in &first.facts {
            let Some((fact, now)) = doc.dictionary.at(*slot).zip(trial.get(*slot)) else {
                continue;
            };
            // What does not read the fact keeps its answer, so everything that fails must read it.
            let reads = |reads: &Reads| reads.facts.contains(slot);
            if fact.fixed || !failing().all(|(_, (_, r))| reads(r)) {
                continue;
            }
            let touched: Vec<&Rule> =
                rules().filter(|(_, (_, r))| reads(r)).map(|(_, (rule, _))| rule).collect();
            let best = trial
                .candidates(fact, *slot, now, &touched)
                .into_iter()
                .find(|to| trial.eligible(*slot, *to, &touched));
            if let Some((from, to)) = best.and_then(|to| value(fact, now).zip(value(fact, to))) {
                found.push(Change {
                    category: result.id.clone(),
                    requirement: requirement.id.clone(),
                    article: requirement.article.clone(),
                    fact: doc.dictionary.id(*slot),
                    from,
                    to,
                });
            }
        }
    }
    found
}

struct Trial {
    values: Vec<Option<i64>>,
    today: i64,
}

impl Trial {
    fn get(&self, slot: Slot) -> Option<i64> {
        self.values.get(usize::from(slot)).copied().flatten()
    }

    /// Runs `check` with one fact at another value.
    fn with<T>(&mut self, slot: Slot, value: i64, check: impl FnOnce(&Known<'_>) -> T) -> T {
        let place = usize::from(slot);
        let before = self.values.get(place).copied().flatten();
        if let Some(v) = self.values.get_mut(place) {
            *v = Some(value);
        }
        let result = check(&Known { values: &self.values, today: self.today });
        if let Some(v) = self.values.get_mut(place) {
            *v = before;
        }
        result
    }

    fn eligible(&mut self, slot: Slot, value: i64, rules: &[&Rule]) -> bool {
        self.with(slot, value, |known| rules.iter().all(|rule| known.answer(rule) == Answer::Met))
    }

    /// Values worth trying, nearest first.
    fn candidates(&mut self, fact: &Fact, slot: Slot, now: i64, rules: &[&Rule]) -> Vec<i64> {
        let Some((least, mut most)) = fact.kind.range() else {
            return Vec::new();
        };
        if let FactKind::Date { future: false } = fact.kind {
            most = most.min(self.today);
        }
        let mut values = Vec::new();
        if matches!(fact.kind, FactKind::YesNo | FactKind::Choice { .. }) {
            values.extend(least..=most);
        } else {
            let conditions = rules.iter().flat_map(|r| std::iter::once(&r.holds).chain(&r.ask));
            for cond in conditions {
                self.boundaries(cond, slot, now, (least, most), &mut values);
            }
        }
        values.retain(|v| *v != now && (least..=most).contains(v));
        let by_distance = sorted_once(values.into_iter().map(|v| (v.abs_diff(now), v)));
        by_distance.into_iter().map(|(_, v)| v).collect()
    }

    /// Adds the nearest values at which a comparison in a condition turns.
    fn boundaries(&mut self, cond: &Cond, slot: Slot, now: i64, ends: (i64, i64), into: &mut Vec<i64>) {
        match cond {
            Cond::Line(s, op, line) if *s == slot => {
                self.turns(&Expr::Fact(slot), *op, &Expr::Const(*line), (slot, now), ends, into);
            }
            Cond::Compare(left, op, right, _) => {
                self.turns(left, *op, right, (slot, now), ends, into);
            }
            Cond::All(inner) | Cond::Any(inner) => {
                inner.iter().for_each(|c| self.boundaries(c, slot, now, ends, into));
            }
            _ => {}
        }
    }

    fn turns(
        &mut self,
        left: &Expr,
        op: Op,
        right: &Expr,
        (slot, now): (Slot, i64),
        (least, most): (i64, i64),
        into: &mut Vec<i64>,
    ) {
        // Equality turns twice; each half is monotone.
        let halves = match op {
            Op::Eq | Op::Ne => [Some(Op::Le), Some(Op::Lt)],
            other => [Some(other), None],
        };
        for half in halves.into_iter().flatten() {
            let known = Known { values: &self.values, today: self.today };
            if let Some(last) = known.last_before(left, half, right, slot) {
                let other = if now <= last { last.saturating_add(1) } else { last };
                if (least..=most).contains(&other) {
                    into.extend([other.saturating_sub(1), other, other.saturating_add(1)]);
                }
                continue;
            }
            let mut at = |value| self.with(slot, value, |known| known.compare(left, half, right));
            let Some(here) = at(now) else { continue };
            for end in [least, most] {
                if at(end) != Some(!here) {
                    continue;
                }
                let (mut same, mut other) = (now, end);
                while same.abs_diff(other) > 1 {
                    let middle = i64::midpoint(same, other);
                    if at(middle) == Some(here) { same = middle } else { other = middle }
                }
                into.extend([other.saturating_sub(1), other, other.saturating_add(1)]);
            }
        }
    }
}

impl Known<'_> {
    fn compare(&self, left: &Expr, op: Op, right: &Expr) -> Option<bool> {
        self.quantity(left)?.compare(op, self.quantity(right)?)
    }

    /// The last value of a fact before a comparison turns, where the fact, or the fact over something else, stands
    /// alone on the left. `None` for every other form: then the turn must be searched for.
    fn last_before(&self, left: &Expr, op: Op, right: &Expr, slot: Slot) -> Option<i64> {
        let one = Fraction { top: 1, bottom: 1 };
        let over = match left {
            Expr::Fact(s) if *s == slot => one,
            Expr::Div(top, bottom, _) if **top == Expr::Fact(slot) && !reads(bottom, slot) => {
                self.quantity(bottom)?
            }
            _ => return None,
        };
        if reads(right, slot) {
            return None;
        }
        let line = self.quantity(right)?;
        let top = line.top.checked_mul(over.top)?;
        let bottom = line.bottom.checked_mul(over.bottom)?;
        if bottom < 1 || over.top < 1 {
            return None;
        }
        let floor = top.div_euclid(bottom);
        let whole = top.rem_euclid(bottom) == 0;
        i64::try_from(match op {
            Op::Le | Op::Gt => floor,
            Op::Lt | Op::Ge if whole => floor.checked_sub(1)?,
            Op::Lt | Op::Ge => floor,
            Op::Eq | Op::Ne => return None,
        })
        .ok()
    }
}

fn reads(expr: &Expr, slot: Slot) -> bool {
    let mut all = Vec::new();
    expr.facts(&mut all);
    all.contains(&slot)
}
