//! Which facts to ask for next: only those that can still change the outcome or the money.

use super::{assessment::Text, explain::Missing};
use crate::{
    book::Compiled,
    program::{Answer, Cond, Known, Outcome, Slot, Standing},
    units::order::sorted,
};

/// A share that divides evenly among up to ten missing facts.
const SHARE: u64 = 2520;
/// What a fact gains over the one whose question hangs on it.
const FIRST: u64 = 1;

/// Household facts that can still change an undecided outcome or the money, best question first: a
/// fact weighs more the more undecided categories it is missing from and the less else is missing
/// there. A question that hangs on another fact comes after it, and never where it makes no sense.
pub(crate) fn rank<'d>(
    doc: &'d Compiled,
    known: &Known<'_>,
    missing: &Missing,
    outcome: Outcome,
) -> Vec<Text<'d>> {
    let mut wanted = vec![Wanted::default(); doc.dictionary.facts.len()];
    if outcome == Outcome::Unknown {
        // What can at best end in *ask* adds nothing once another category has ended there.
        let asked = missing.standings.contains(&Standing::Ask);
        for (standing, requires) in missing.standings.iter().zip(&doc.program.categories) {
            let at_best_ask = *standing == Standing::AtBestAsk;
            if *standing == Standing::Open || (at_best_ask && !asked) {
                weigh_category(doc, known, at_best_ask, requires, missing, &mut wanted);
            }
        }
    }
    let mut for_money = Vec::new();
    for rows in &doc.program.benefits {
        for row in rows {
            let truth = known.truth(&row.when);
            if truth == Some(false) {
                continue;
            }
            known.missing(&row.when, &mut for_money);
            known.missing_in(&row.amount, &mut for_money);
            if truth == Some(true) {
                break;
            }
        }
    }
    for slot in for_money {
        want(&mut wanted, slot, 1);
    }
    let mut weights = vec![0; wanted.len()];
    for (slot, of_slot) in (0..).zip(&wanted) {
        if of_slot.times > 0 {
            spread(doc, known, slot, *of_slot, 0, &mut weights);
        }
    }
    // The heaviest first; equal weights keep the dictionary's order.
    let ranked: Vec<(u64, Slot)> = sorted(
        weights
            .into_iter()
            .zip(0..)
            .filter(|(w, _)| *w > 0)
            .map(|(w, slot)| (u64::MAX.saturating_sub(w), slot)),
    );
    ranked.into_iter().map(|(_, slot)| doc.dictionary.id(slot)).collect()
}

/// How much a fact is wanted for its own sake.
#[derive(Clone, Copy, Debug, Default)]
struct Wanted {
    weight: u64,
    /// From how many places.
    times: u64,
}

fn want(wanted: &mut [Wanted], slot: Slot, weight: u64) {
    if let Some(of_slot) = wanted.get_mut(usize::from(slot)) {
        of_slot.weight = of_slot.weight.saturating_add(weight);
        of_slot.times = of_slot.times.saturating_add(1);
    }
}

fn weigh_category(
    doc: &Compiled,
    known: &Known<'_>,
    at_best_ask: bool,
    requires: &[u16],
    missing: &Missing,
    wanted: &mut [Wanted],
) {
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX).max(1);
    // What cannot fail adds nothing where something is to be asked about anyway.
    let counts = |rule: &&u16| {
        let weighed = missing.weighed.get(usize::from(**rule));
        weighed.is_some_and(|w| w.answer == Answer::Unknown && (w.fails || !at_best_ask))
    };
    let unknown = || requires.iter().filter(counts);
    let per_requirement = SHARE.saturating_mul(16).checked_div(count(unknown().count())).unwrap_or(SHARE);
    for rule in unknown() {
        let lacks = missing.of(*rule);
        let share = per_requirement.checked_div(count(lacks.len())).unwrap_or(per_requirement);
        lacks.iter().for_each(|slot| want(wanted, *slot, share.max(2)));
        if at_best_ask && let Some(rule) = doc.program.rules.get(usize::from(*rule)) {
            // It matters first whether it holds, and only then whether it is to be asked about instead.
            let mut first = Vec::new();
            known.missing(&rule.holds, &mut first);
            first.into_iter().for_each(|slot| want(wanted, slot, share));
        }
    }
}

/// Adds weight to a fact, and a little more each time to those that its question hangs on.
fn spread(doc: &Compiled, known: &Known<'_>, slot: Slot, of_slot: Wanted, depth: u8, weights: &mut [u64]) {
    let place = usize::from(slot);
    let Some((gate, weight)) = doc.dictionary.asked_if.get(place).zip(weights.get_mut(place)) else {
        return;
    };
    // A question that makes no sense here is not asked; the depth ends any circle of questions.
    if known.truth(gate) == Some(false) || depth > 4 {
        return;
    }
    *weight = weight.saturating_add(of_slot.weight);
    if matches!(gate, Cond::Always(_)) {
        return;
    }
    let mut before = Vec::new();
    known.missing(gate, &mut before);
    let more = of_slot.weight.saturating_add(of_slot.times.saturating_mul(FIRST));
    for gate_slot in before.into_iter().filter(|s| *s != slot) {
        spread(doc, known, gate_slot, Wanted { weight: more, ..of_slot }, depth.saturating_add(1), weights);
    }
}
