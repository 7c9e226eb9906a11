//! Which facts to ask for next: only those that can still change the outcome or the money.

use crate::{
    assess::missing_of,
    assessment::{Answer, CategoryResult, Outcome},
    eval::Known,
    program::Slot,
    rulebook::Compiled,
};

/// A share that divides evenly among up to ten missing facts.
const SHARE: u64 = 2520;
/// What a fact gains over the one whose question hangs on it.
const FIRST: u64 = 1;

/// Household facts that can still change an undecided outcome or the money, best question first: a
/// fact weighs more the more undecided categories it is missing from and the less else is missing
/// there. A question that hangs on another fact comes after it, and never where it makes no sense.
pub(crate) fn rank(
    doc: &Compiled,
    known: &Known<'_>,
    categories: &[CategoryResult],
    outcome: Outcome,
) -> Vec<String> {
    let mut weights: Vec<(Slot, u64)> = Vec::new();
    if outcome == Outcome::Unknown {
        for (result, requires) in categories.iter().zip(&doc.program.categories) {
            if result.outcome == Outcome::Unknown {
                weigh_category(doc, known, result, requires, &mut weights);
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
        add(doc, known, slot, 1, 0, &mut weights);
    }
    // Equal weights keep the dictionary's order.
    weights.sort_unstable_by_key(|(slot, weight)| (u64::MAX - weight, *slot));
    weights.into_iter().map(|(slot, _)| doc.dictionary.id(slot)).collect()
}

fn weigh_category(
    doc: &Compiled,
    known: &Known<'_>,
    result: &CategoryResult,
    requires: &[u16],
    weights: &mut Vec<(Slot, u64)>,
) {
    let open = result.requirements.iter().filter(|r| r.answer == Answer::Unknown).count();
    let per_requirement = SHARE * 16 / u64::try_from(open).unwrap_or(u64::MAX).max(1);
    for (requirement, index) in result.requirements.iter().zip(requires) {
        let Some(rule) = doc.program.rules.get(usize::from(*index)) else {
            continue;
        };
        if requirement.answer != Answer::Unknown {
            continue;
        }
        let mut missing = Vec::new();
        missing_of(known, rule, &mut missing);
        let share = per_requirement / u64::try_from(missing.len()).unwrap_or(u64::MAX).max(1);
        for slot in missing {
            add(doc, known, slot, share.max(2), 0, weights);
        }
    }
}

/// Adds weight to a fact and a little more to those that its question hangs on.
fn add(
    doc: &Compiled,
    known: &Known<'_>,
    slot: Slot,
    weight: u64,
    depth: u8,
    weights: &mut Vec<(Slot, u64)>,
) {
    let Some(gate) = doc.dictionary.asked_if.get(usize::from(slot)) else {
        return;
    };
    // A question that makes no sense here is not asked; the depth ends any circle of questions.
    if known.truth(gate) == Some(false) || depth > 4 {
        return;
    }
    match weights.iter_mut().find(|(s, _)| *s == slot) {
        Some((_, w)) => *w = w.saturating_add(weight),
        None => weights.push((slot, weight)),
    }
    let mut before = Vec::new();
    known.missing(gate, &mut before);
    for gate_slot in before {
        if gate_slot != slot {
            add(doc, known, gate_slot, weight.saturating_add(FIRST), depth + 1, weights);
        }
    }
}
