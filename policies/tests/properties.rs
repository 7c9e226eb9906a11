//! What the law's logic implies for every household.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::sync::OnceLock;

use chrono::NaiveDate;
use common::{Dice, household, value};
use policies::{
    Answer, Assessment, Compiled, Decider, Household, Outcome, Value, assess, identity, model::FactKind,
    parse_value, rulebook,
};
use proptest::prelude::*;

/// A day on which every document with thresholds is in force.
fn on() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).unwrap()
}

fn deciding() -> Vec<&'static Compiled> {
    rulebook().documents().iter().filter(|d| !d.document().categories.is_empty()).collect()
}

fn look<'d>(doc: &'d Compiled, household: &Household) -> Assessment<'d> {
    assess(doc, household, on()).unwrap_or_else(|e| panic!("{e:?} in {household:?}"))
}

/// Fails where `after` takes back something certain in `before`.
fn only_learned(before: &Assessment, after: &Assessment) {
    if before.outcome != Some(Outcome::Unknown) {
        assert_eq!(before.outcome, after.outcome);
    }
    for (b, a) in before.categories.iter().zip(&after.categories) {
        if b.outcome != Outcome::Unknown {
            assert_eq!(b.outcome, a.outcome, "category {}", b.id);
        }
        for (b, a) in b.requirements.iter().zip(&a.requirements) {
            if b.answer != Answer::Unknown {
                assert_eq!(b.answer, a.answer, "requirement {}", b.id);
            }
        }
    }
    for a in &after.money {
        if let Some(b) = before.money.iter().find(|b| b.benefit == a.benefit) {
            assert!(b.least <= a.least && a.most <= b.most, "{b:?} then {a:?}");
        }
    }
}

/// A worked household whose dates, and one more answer, are made anew.
fn near_a_date(doc: &Compiled, dice: &mut Dice) -> Household {
    static WORKED: OnceLock<Vec<common::Example>> = OnceLock::new();
    let all = WORKED.get_or_init(common::examples);
    let worked: Vec<_> = all.iter().filter(|e| e.document == doc.document().id).collect();
    let mut family = worked[dice.below(worked.len())].household.clone();
    let facts = doc.facts();
    let other = facts[dice.below(facts.len())];
    for fact in facts.iter().filter(|f| matches!(f.kind, FactKind::Date { .. }) || f.id == other.id) {
        if fact.id == other.id || family.facts.contains_key(&fact.id) {
            family.facts.insert(fact.id.clone(), value(fact, dice, on()));
        }
    }
    family
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Filling an unknown never changes a certain answer, and money stays within its range.
    #[test]
    fn learning_a_fact_takes_nothing_back(seed in any::<u64>()) {
        for doc in deciding() {
            let mut dice = Dice(seed);
            let known = dice.below(8);
            let mut family = household(doc, &mut dice, on(), known);
            let mut before = look(doc, &family);
            for fact in doc.facts() {
                if !family.facts.contains_key(&fact.id) {
                    family.facts.insert(fact.id.clone(), value(fact, &mut dice, on()));
                    let after = look(doc, &family);
                    only_learned(&before, &after);
                    before = after;
                }
            }
            prop_assert!(before.outcome != Some(Outcome::Unknown), "all facts known, yet unknown");
        }
    }

    /// More income, assets or floor area never turns a "no" into anything better.
    #[test]
    fn having_more_never_helps(seed in any::<u64>(), more in 1_i64..1_000_000) {
        for doc in deciding() {
            let mut dice = Dice(seed);
            let family = household(doc, &mut dice, on(), 7);
            let before = look(doc, &family);
            for fact in doc.facts() {
                let upper = matches!(fact.kind, FactKind::Money | FactKind::Area);
                let Some(Value::Number(n)) = family.facts.get(&fact.id).filter(|_| upper) else { continue };
                let mut richer = family.clone();
                richer.facts.insert(fact.id.clone(), Value::Number(n + more));
                let after = look(doc, &richer);
                for (b, a) in before.categories.iter().zip(&after.categories) {
                    if b.outcome == Outcome::NotEligible {
                        prop_assert_eq!(a.outcome, Outcome::NotEligible, "{} of {} with more {}", b.id, doc.document().id, fact.id);
                    }
                }
            }
        }
    }

    /// Only facts that are missing are asked for, and answering them in order ends in certainty.
    #[test]
    fn questions_end_in_a_certain_answer(seed in any::<u64>()) {
        for doc in deciding() {
            let mut dice = Dice(seed);
            let mut family = Household::default();
            for _ in 0..200 {
                let now = look(doc, &family);
                let Some(next) = now.questions.first() else { break };
                let fact = rulebook().fact(next).unwrap();
                let derived = matches!(fact.kind, FactKind::Ratio { .. });
                prop_assert!(!derived);
                let told = value(fact, &mut dice, on());
                prop_assert!(family.facts.insert(next.to_string(), told).is_none(), "{} asked twice", next);
            }
            let end = look(doc, &family);
            prop_assert!(end.questions.is_empty());
            prop_assert!(end.outcome != Some(Outcome::Unknown), "{}: no question is left, yet unknown: {:?}", doc.document().id, family);
        }
    }

    /// Every change that is claimed does turn the "no", and nothing nearer does.
    #[test]
    fn changes_hold_and_are_the_smallest(seed in any::<u64>()) {
        for doc in deciding() {
            let mut dice = Dice(seed);
            let family = household(doc, &mut dice, on(), 8);
            for change in look(doc, &family).changes {
                prop_assert_eq!(family.facts.get(&*change.fact), Some(&change.from));
                let after = |to: Value| {
                    let mut other = family.clone();
                    other.facts.insert(change.fact.to_string(), to);
                    look(doc, &other).category(&change.category).unwrap().outcome
                };
                prop_assert_eq!(after(change.to.clone()), Outcome::Eligible);
                if let (Value::Number(from), Value::Number(to)) = (&change.from, &change.to) {
                    let nearer = if to > from { to - 1 } else { to + 1 };
                    prop_assert!(after(Value::Number(nearer)) != Outcome::Eligible, "{:?}", change);
                }
            }
        }
    }

    /// A day from which on time alone turns a "no" is the first: it holds there, and on no day before.
    #[test]
    fn first_days_hold_on_both_sides(seed in any::<u64>()) {
        for doc in deciding() {
            let mut dice = Dice(seed);
            let family = near_a_date(doc, &mut dice);
            let now = look(doc, &family);
            let last = doc.document().valid_until.unwrap_or(NaiveDate::from_ymd_opt(2200, 12, 31).unwrap());
            for category in &now.categories {
                let on_day = |day: NaiveDate| {
                    let then = assess(doc, &family, day).unwrap();
                    then.category(&category.id).unwrap().outcome
                };
                let first = now.first_days.iter().find(|f| f.category == category.id);
                // Without a claim, no day within the dates of force is better.
                let end = first.map_or(last, |f| f.day.pred_opt().unwrap());
                if category.outcome == Outcome::NotEligible && now.outcome == Some(Outcome::NotEligible) {
                    let days = (end - on()).num_days();
                    let between = (0..8).map(|_| on() + chrono::Duration::days(dice.between(0, days)));
                    for day in between.chain([end]) {
                        prop_assert_eq!(on_day(day), Outcome::NotEligible, "{} on {}: {:?}", category.id, day, family);
                    }
                }
                if let Some(first) = first {
                    prop_assert!(on() < first.day && first.day <= last);
                    prop_assert_eq!(on_day(first.day), first.outcome);
                    prop_assert!(first.outcome != Outcome::NotEligible);
                }
            }
        }
    }

    /// The fast path gives the verdict and the money of the full assessment.
    #[test]
    fn the_fast_path_agrees(seed in any::<u64>()) {
        for doc in deciding() {
            let mut dice = Dice(seed);
            let known = dice.below(9);
            let family = household(doc, &mut dice, on(), known);
            let Ok(decider) = Decider::new(doc, on()) else { continue };
            let verdict = decider.decide(&decider.lay_out(&family).unwrap());
            let full = look(doc, &family);
            prop_assert_eq!(Some(verdict.outcome), full.outcome);
            prop_assert_eq!(verdict.money, full.money.first().map(|m| (m.least, m.most)));
        }
    }

    /// A table decides as one household at a time does, whatever is missing from each.
    #[test]
    fn a_table_agrees(seed in any::<u64>(), count in 0_usize..200) {
        for doc in deciding() {
            let mut dice = Dice(seed);
            let Ok(decider) = Decider::new(doc, on()) else { continue };
            let mut table = decider.table();
            let mut full = Vec::new();
            for _ in 0..count {
                let known = dice.below(9);
                let family = household(doc, &mut dice, on(), known);
                table.push(&decider.lay_out(&family).unwrap());
                let look = look(doc, &family);
                full.push((look.outcome, look.money.first().map(|m| (m.least, m.most))));
            }
            prop_assert_eq!(table.len(), count);
            let mut fast = Vec::new();
            decider.decide_all(&table, |verdict| fast.push((Some(verdict.outcome), verdict.money)));
            prop_assert_eq!(&fast, &full);
        }
    }

    /// The order of people does not matter.
    #[test]
    fn the_order_of_people_does_not_matter(seed in any::<u64>(), count in 0_usize..6) {
        for doc in deciding() {
            let mut dice = Dice(seed);
            let mut family = household(doc, &mut dice, on(), 4);
            let of_person: Vec<_> = rulebook().facts().iter().filter(|f| f.scope == policies::model::Scope::Person).collect();
            for _ in 0..count {
                let mut person = std::collections::BTreeMap::new();
                for fact in &of_person {
                    if dice.below(4) > 0 {
                        person.insert(fact.id.clone(), value(fact, &mut dice, on()));
                    }
                }
                family.people.push(person);
            }
            let forwards = look(doc, &family);
            family.people.reverse();
            prop_assert_eq!(&forwards, &look(doc, &family));
            family.people.rotate_left(count.min(1));
            prop_assert_eq!(&forwards, &look(doc, &family));
        }
    }

    /// Nothing panics, whatever is typed.
    #[test]
    fn nothing_typed_panics(text in any::<String>(), digits in "[-+0-9.,eE年月日元 ]{0,24}") {
        for typed in [&text, &digits] {
            for fact in rulebook().facts() {
                if let Ok(read) = parse_value(fact, typed, on()) {
                    let _ = policies::format_value(fact, &read);
                }
            }
            let _ = identity::resident_id(typed, on());
            let _ = identity::credit_code(typed);
            let _ = identity::phone(typed);
        }
    }

    /// Whatever JSON arrives, the answer is an assessment or errors that name a field.
    #[test]
    fn nothing_sent_panics(numbers in prop::collection::vec(any::<i64>(), 80), texts in prop::collection::vec(any::<String>(), 80), day in any::<i32>()) {
        let facts = rulebook().facts();
        let mut family = Household::default();
        for ((fact, number), text) in facts.iter().zip(&numbers).zip(&texts) {
            let value = match number % 5 {
                0 => Value::YesNo(*number > 0),
                1 => Value::Choice(text.clone()),
                2 => Value::Date(NaiveDate::from_num_days_from_ce_opt(i32::try_from(number % 3_000_000).unwrap()).unwrap_or_default()),
                _ => Value::Number(*number),
            };
            family.facts.insert(fact.id.clone(), value);
        }
        let on = NaiveDate::from_num_days_from_ce_opt(day).unwrap_or_default();
        for doc in rulebook().documents() {
            if let Err(errors) = assess(doc, &family, on) {
                prop_assert!(errors.iter().all(|e| e.path.starts_with("facts.") && !e.message.is_empty()));
            }
        }
    }

    /// A value that can be read is shown in a form that reads back as itself.
    #[test]
    fn shown_values_read_back(seed in any::<u64>()) {
        let mut dice = Dice(seed);
        for fact in rulebook().facts().iter().filter(|f| !matches!(f.kind, FactKind::Ratio { .. })) {
            let told = value(fact, &mut dice, on());
            let shown = policies::format_value(fact, &told);
            prop_assert_eq!(parse_value(fact, &shown, on()), Ok(told), "{}", shown);
        }
    }
}

/// No requirement is decided beforehand: each can turn out in at least two ways (met, not met, ask).
#[test]
fn every_requirement_is_reachable_both_ways() {
    let mut seen = std::collections::BTreeMap::new();
    let mut dice = Dice(7);
    for doc in deciding() {
        for _ in 0..3_000 {
            let family = household(doc, &mut dice, on(), 8);
            for category in look(doc, &family).categories {
                for r in category.requirements {
                    let entry: &mut Vec<Answer> =
                        seen.entry(format!("{}.{}", doc.document().id, r.id)).or_default();
                    if !entry.contains(&r.answer) {
                        entry.push(r.answer);
                    }
                }
            }
        }
    }
    let one_way: Vec<_> = seen.iter().filter(|(_, answers)| answers.len() < 2).collect();
    assert!(one_way.is_empty(), "{one_way:?}");
}
