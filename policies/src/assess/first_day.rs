//! From which day on time alone turns a "no": found at the days on which a date's comparison turns, and
//! confirmed by deciding again on that day and on the day before.

use super::assessment::{CategoryResult, FirstDay, Text};
use crate::{
    book::Compiled,
    model::{FactKind, walk::Part},
    program::{Answer, Cond, Expr, Known, Op, Outcome, Rule, Slot},
    units::{
        date::{date_of, day_of},
        order::sorted_once,
    },
};

/// The first day per category, in the document's order, for those that fail in date comparisons alone.
/// Days after the document's last day of force are never claimed.
pub(crate) fn find<'d>(
    doc: &'d Compiled,
    known: &Known<'_>,
    categories: &[CategoryResult<'d>],
) -> Vec<FirstDay<'d>> {
    let program = &doc.program;
    let rule = |index: &u16| program.rules.get(usize::from(*index));
    // A requirement that fails and does not look at the day fails on every day.
    let curable = |(result, requires): &(&CategoryResult<'d>, &Vec<u16>)| {
        let mut failing = result.requirements.iter().zip(requires.iter());
        result.outcome == Outcome::NotEligible
            && failing.all(|(r, index)| r.answer != Answer::NotMet || rule(index).is_some_and(reads_today))
    };
    let candidates: Vec<_> = categories.iter().zip(&program.categories).filter(curable).collect();
    if candidates.is_empty() {
        return Vec::new();
    }
    let last = last_day(doc);
    let looked_at = sorted_once(candidates.iter().flat_map(|(_, requires)| *requires).copied());
    // Between two of these days no comparison turns, and so no answer does.
    let mut days = Vec::new();
    for rule in looked_at.iter().filter_map(rule) {
        turns(known, &rule.holds, last, &mut days);
        rule.ask.iter().for_each(|when| turns(known, when, last, &mut days));
    }
    let days = sorted_once(days);
    let first = |(result, requires): (&CategoryResult<'d>, &Vec<u16>)| {
        let fails = |on: i64| on_day(known, on).outcome(program, requires) == Outcome::NotEligible;
        let day = *days.iter().find(|day| !fails(**day))?;
        if !fails(day.saturating_sub(1)) {
            return None;
        }
        let (before, then) = (on_day(known, day.saturating_sub(1)), on_day(known, day));
        let (index, rule) = requires
            .iter()
            .filter_map(|index| Some((*index, rule(index)?)))
            .find(|(_, rule)| before.answer(rule) == Answer::NotMet)?;
        let requirement = doc.document().requirements.get(usize::from(index))?;
        let slot =
            std::iter::once(&rule.holds).chain(&rule.ask).find_map(|cond| turning(&before, &then, cond))?;
        let fact = doc.dictionary.at(slot)?;
        let is_date = matches!(fact.kind, FactKind::Date { .. });
        Some(FirstDay {
            category: result.id.clone(),
            day: date_of(day)?,
            outcome: then.outcome(program, requires),
            requirement: Text::Borrowed(&requirement.id),
            article: Text::Borrowed(&requirement.cite.article),
            fact: Text::Borrowed(&fact.id),
            since: known.get(slot).filter(|_| is_date).and_then(date_of),
        })
    };
    candidates.into_iter().filter_map(first).collect()
}

/// The last day that may be claimed: the document's last day of force; where it names none, the last that
/// a date fact may have.
fn last_day(doc: &Compiled) -> i64 {
    let latest = || FactKind::Date { future: true }.range().map_or(0, |(_, latest)| latest);
    doc.document().valid_until.map_or_else(latest, day_of)
}

fn on_day<'v>(known: &Known<'v>, day: i64) -> Known<'v> {
    Known { today: day, ..*known }
}

fn reads_today(rule: &Rule) -> bool {
    rule.holds.reads_today() || rule.ask.iter().any(Cond::reads_today)
}

/// Adds the days after the application date on which a comparison with the day turns.
fn turns(known: &Known<'_>, cond: &Cond, last: i64, into: &mut Vec<i64>) {
    match cond {
        Cond::Compare(left, op, right, _) if left.reads_today() || right.reads_today() => {
            // Equality turns twice; each half turns once.
            let halves: &[Op] = match op {
                Op::Eq | Op::Ne => &[Op::Le, Op::Lt],
                other => std::slice::from_ref(other),
            };
            for half in halves {
                let at = |day| {
                    let known = on_day(known, day);
                    known.quantity(left)?.compare(*half, known.quantity(right)?)
                };
                into.extend(turn(at, known.today, last));
            }
            for side in [left, right] {
                choices(known, side, last, into);
            }
        }
        Cond::All(inner) | Cond::Any(inner) => inner.iter().for_each(|c| turns(known, c, last, into)),
        _ => {}
    }
}

/// Adds the days on which a quantity takes its other branch.
fn choices(known: &Known<'_>, expr: &Expr, last: i64, into: &mut Vec<i64>) {
    expr.children(&mut |part| match part {
        Part::Cond(test) => turns(known, test, last, into),
        Part::Expr(part) => choices(known, part, last, into),
        _ => {}
    });
}

/// The first day that differs from `from`, up to `last`, of a comparison that turns once.
fn turn(at: impl Fn(i64) -> Option<bool>, from: i64, last: i64) -> Option<i64> {
    let (here, there) = (at(from)?, at(last)?);
    if from >= last || here == there {
        return None;
    }
    let (mut same, mut other) = (from, last);
    while other.saturating_sub(same) > 1 {
        let middle = i64::midpoint(same, other);
        if at(middle)? == here { same = middle } else { other = middle }
    }
    Some(other)
}

/// What the first comparison is about that turns between two days.
fn turning(before: &Known<'_>, then: &Known<'_>, cond: &Cond) -> Option<Slot> {
    match cond {
        Cond::Compare(_, _, _, about) => (before.truth(cond) != then.truth(cond)).then_some(*about),
        Cond::All(inner) | Cond::Any(inner) => inner.iter().find_map(|c| turning(before, then, c)),
        _ => None,
    }
}
