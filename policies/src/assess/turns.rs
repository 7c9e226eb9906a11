//! Where a comparison turns: the values of one fact that are worth trying, the others as they are.

use crate::{
    model::{Fact, FactKind},
    program::{Cond, Domain, Expr, Fraction, Known, Op, Slot},
    units::order::sorted_once,
};

/// The values of facts, some of them changed for a while.
pub(super) struct Trial<'v> {
    pub(super) values: Vec<Option<i64>>,
    domains: &'v [Domain],
    today: i64,
}

impl<'v> Trial<'v> {
    pub(super) fn new(known: &Known<'v>) -> Self {
        Self { values: known.values.to_vec(), domains: known.domains, today: known.today }
    }

    /// What is known as it stands.
    pub(super) fn known(&self) -> Known<'_> {
        Known { values: &self.values, domains: self.domains, today: self.today }
    }

    /// Learns or forgets a fact.
    pub(super) fn set(&mut self, slot: Slot, value: Option<i64>) {
        if let Some(place) = self.values.get_mut(usize::from(slot)) {
            *place = value;
        }
    }

    pub(super) fn get(&self, slot: Slot) -> Option<i64> {
        self.values.get(usize::from(slot)).copied().flatten()
    }

    /// Runs `check` with one fact at another value.
    pub(super) fn with<T>(&mut self, slot: Slot, value: i64, check: impl FnOnce(&Known<'_>) -> T) -> T {
        let before = self.get(slot);
        self.set(slot, Some(value));
        let result = check(&self.known());
        self.set(slot, before);
        result
    }

    /// Smallest and largest value that a fact may have.
    pub(super) fn ends(&self, fact: &Fact) -> (i64, i64) {
        let (least, most) = fact.kind.range().unwrap_or_default();
        (least, if let FactKind::Date { future: false } = fact.kind { most.min(self.today) } else { most })
    }

    /// Values worth trying, nearest first: every answer to a yes/no or a choice, and of a number those beside each
    /// value at which a comparison in the conditions turns while all else in it is known.
    pub(super) fn candidates(&mut self, fact: &Fact, slot: Slot, now: i64, conditions: &[&Cond]) -> Vec<i64> {
        let (least, most) = self.ends(fact);
        let mut values = Vec::new();
        if matches!(fact.kind, FactKind::YesNo | FactKind::Choice { .. }) {
            values.extend(least..=most);
        } else {
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
            let known = self.known();
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
            Expr::Div(top, bottom) if **top == Expr::Fact(slot) && !reads(bottom, slot) => {
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
