//! What would have to change: the smallest single change of one fact that turns a "no" into a "yes",
//! found at the lines that were compared and confirmed by deciding again.

use chrono::NaiveDate;

use crate::{
    assessment::{Answer, CategoryResult, Change, Outcome},
    eval::{Known, day_of},
    model::{Fact, FactKind},
    program::{Cond, Expr, Op, Rule, Slot},
    rulebook::Compiled,
    slots,
};

/// The smallest change per category and fact, in the order of the categories and of mention.
pub(crate) fn find(
    doc: &Compiled,
    values: &[Option<i64>],
    on: NaiveDate,
    categories: &[CategoryResult],
) -> Vec<Change> {
    let mut trial = Trial { values: values.to_vec(), today: day_of(on) };
    let mut found = Vec::new();
    for (result, requires) in categories.iter().zip(&doc.program.categories) {
        // A change must mend every failing requirement and must not leave another one open.
        let fixable = |r: &Answer| matches!(r, Answer::Met | Answer::NotMet);
        if result.outcome != Outcome::NotEligible || !result.requirements.iter().all(|r| fixable(&r.answer)) {
            continue;
        }
        let rules: Vec<&Rule> =
            requires.iter().filter_map(|i| doc.program.rules.get(usize::from(*i))).collect();
        let Some((requirement, failing)) =
            result.requirements.iter().zip(&rules).find(|(r, _)| r.answer == Answer::NotMet)
        else {
            continue;
        };
        let mut mentioned = Vec::new();
        for slot in &failing.mentions {
            doc.dictionary.underlying(*slot, &mut mentioned);
        }
        mentioned.dedup();
        for slot in mentioned {
            let Some((fact, now)) = doc.dictionary.at(slot).zip(trial.get(slot)) else {
                continue;
            };
            if fact.fixed || found.iter().any(|c: &Change| c.category == result.id && c.fact == fact.id) {
                continue;
            }
            let best = trial
                .candidates(fact, slot, now, &rules)
                .into_iter()
                .find(|to| trial.eligible(slot, *to, &rules));
            if let Some((from, to)) = best.and_then(|to| slots::value(fact, now).zip(slots::value(fact, to)))
            {
                found.push(Change {
                    category: result.id.clone(),
                    requirement: requirement.id.clone(),
                    article: requirement.article.clone(),
                    fact: fact.id.clone(),
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
        values.sort_unstable_by_key(|v| (v.abs_diff(now), *v));
        values.dedup();
        values
    }

    /// Adds the nearest values at which a comparison in a condition turns.
    fn boundaries(&mut self, cond: &Cond, slot: Slot, now: i64, ends: (i64, i64), into: &mut Vec<i64>) {
        match cond {
            Cond::Line(s, op, line) if *s == slot => {
                self.turns(&Expr::Fact(slot), *op, &Expr::Const(*line), (slot, now), ends, into);
            }
            Cond::Compare(left, op, right, _) => {
                let mut read = Vec::new();
                left.slots(&mut read);
                right.slots(&mut read);
                if read.contains(&slot) {
                    self.turns(left, *op, right, (slot, now), ends, into);
                }
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
            Op::Eq | Op::Ne => vec![Op::Le, Op::Lt],
            other => vec![other],
        };
        for half in halves {
            let cond = Cond::Compare(left.clone(), half, right.clone(), slot);
            let mut at = |value| self.with(slot, value, |known| known.truth(&cond));
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
