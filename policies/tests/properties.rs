//! What the law's logic implies for every household: what is found shrinks to the fewest facts and the smallest values
//! that show it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{collections::BTreeMap, sync::LazyLock};

use chrono::{Days, NaiveDate};
use policies::{
    Answer, Assessment, Compiled, Decider, Household, Outcome, Value, assess, identity,
    model::{Fact, FactKind, Scope},
    parse_value,
};
use proptest::{prelude::*, sample::Index};
use worked::{Example, Near, one_of, samples};

/// A day on which every document with thresholds is in force.
fn on() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).unwrap()
}

fn shelf() -> &'static worked::Shelf {
    worked::with_sixth()
}

/// A household of any document that sets conditions, each fact known with this chance.
fn household(known: f64) -> impl Strategy<Value = (&'static Compiled, Household)> {
    of_each(move |near| near.household(known, on()))
}

/// What is made for any of the documents that set conditions, with that document.
fn of_each<T: std::fmt::Debug + Clone + 'static>(
    make: impl Fn(&Near<'static>) -> BoxedStrategy<T>,
) -> impl Strategy<Value = (&'static Compiled, T)> {
    one_of(shelf().deciding().map(|near| {
        let doc = near.doc;
        make(&near).prop_map(move |made| (doc, made)).boxed()
    }))
}

fn look<'d>(doc: &'d Compiled, household: &Household) -> Assessment<'d> {
    assess(doc, household, on()).unwrap_or_else(|e| panic!("{e:?} in {household:?}"))
}

fn with(household: &Household, fact: &str, value: Value) -> Household {
    let mut other = household.clone();
    other.facts.insert(fact.to_owned(), value);
    other
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
fn near_a_date(near: &Near<'static>) -> BoxedStrategy<Household> {
    static WORKED: LazyLock<Vec<Example>> = LazyLock::new(|| shelf().examples());
    let worked: Vec<_> =
        WORKED.iter().filter(|e| e.document == near.id()).map(|e| e.household.clone()).collect();
    let told = |fact: &&Fact| (Just((*fact).clone()), near.value(fact, on()));
    let anew: Vec<_> = near.doc.facts().iter().map(told).collect();
    (prop::sample::select(worked), anew, any::<Index>())
        .prop_map(|(mut family, anew, other)| {
            let other = other.index(anew.len());
            for (at, (fact, value)) in anew.into_iter().enumerate() {
                let date = matches!(fact.kind, FactKind::Date { .. });
                if at == other || (date && family.facts.contains_key(&fact.id)) {
                    family.facts.insert(fact.id, value);
                }
            }
            family
        })
        .boxed()
}

/// A value of every fact that can be told.
fn every_fact() -> impl Strategy<Value = Vec<(Fact, Value)>> {
    let told = shelf().book.facts().iter().filter(|f| !matches!(f.kind, FactKind::Ratio { .. }));
    told.map(|fact| (Just(fact.clone()), worked::value(fact, &[], on()))).collect::<Vec<_>>()
}

type Person = BTreeMap<String, Value>;

/// Two to five people, each with some of what can be told of a person, in two orders.
fn people_in_two_orders() -> impl Strategy<Value = [Vec<Person>; 2]> {
    let of_person = shelf().book.facts().iter().filter(|f| f.scope == Scope::Person);
    let told = of_person.map(|fact| {
        let id = fact.id.clone();
        let value = prop::option::weighted(0.9, worked::value(fact, &[200_000, 12], on()));
        value.prop_map(move |value| Some((id.clone(), value?)))
    });
    let person = told.collect::<Vec<_>>().prop_map(|told| told.into_iter().flatten().collect::<Person>());
    prop::collection::vec(person, 2..6)
        .prop_flat_map(|people| (Just(people.clone()), Just(people).prop_shuffle()).prop_map(<[_; 2]>::from))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_200, ..ProptestConfig::default() })]

    /// Filling an unknown never changes a certain answer, and money stays within its range.
    #[test]
    fn learning_a_fact_takes_nothing_back(
        (doc, family) in of_each(|near| near.whole_household(on())),
        first in prop::collection::vec(any::<bool>(), 80),
    ) {
        let mut told = family.clone();
        let mut known = first.iter();
        told.facts.retain(|_, _| known.next().is_some_and(|known| *known));
        let mut before = look(doc, &told);
        for fact in doc.facts() {
            if !told.facts.contains_key(&fact.id) {
                told.facts.insert(fact.id.clone(), family.facts[&fact.id].clone());
                let after = look(doc, &told);
                only_learned(&before, &after);
                before = after;
            }
        }
        prop_assert!(before.outcome != Some(Outcome::Unknown), "all facts known, yet unknown");
    }

    /// More income, assets or floor area never turns a "no" into anything better.
    #[test]
    fn having_more_never_helps((doc, family) in household(0.9), more in 1_i64..1_000_000) {
        let before = look(doc, &family);
        for fact in doc.facts() {
            let upper = matches!(fact.kind, FactKind::Money | FactKind::Area);
            let most = fact.kind.range().map_or(0, |(_, most)| most);
            let Some(Value::Number(n)) = family.facts.get(&fact.id).filter(|_| upper) else { continue };
            let after = look(doc, &with(&family, &fact.id, Value::Number((n + more).min(most))));
            for (b, a) in before.categories.iter().zip(&after.categories) {
                if b.outcome == Outcome::NotEligible {
                    prop_assert_eq!(a.outcome, Outcome::NotEligible, "{} with more {}", b.id, fact.id);
                }
            }
        }
    }

    /// Only facts that are missing are asked for, and answering them in order ends in certainty.
    #[test]
    fn questions_end_in_a_certain_answer((doc, family) in of_each(|near| near.whole_household(on()))) {
        let mut told = Household::default();
        for _ in 0..200 {
            let now = look(doc, &told);
            let Some(next) = now.questions.first() else { break };
            let reply = family.facts.get(&**next);
            prop_assert!(reply.is_some(), "{} is no fact that anyone can tell", next);
            prop_assert!(told.facts.insert(next.to_string(), reply.unwrap().clone()).is_none(), "{} asked twice", next);
        }
        let end = look(doc, &told);
        prop_assert!(end.questions.is_empty());
        prop_assert!(end.outcome != Some(Outcome::Unknown), "no question is left, yet unknown: {:?}", told);
    }

    /// Every change that is claimed does turn the "no", and nothing nearer does.
    #[test]
    fn changes_hold_and_are_the_smallest((doc, family) in of_each(|near| near.whole_household(on()))) {
        for change in look(doc, &family).changes {
            prop_assert_eq!(family.facts.get(&*change.fact), Some(&change.from));
            let after = |to: Value| {
                look(doc, &with(&family, &change.fact, to)).category(&change.category).unwrap().outcome
            };
            prop_assert_eq!(after(change.to.clone()), Outcome::Eligible);
            if let (Value::Number(from), Value::Number(to)) = (&change.from, &change.to) {
                let nearer = if to > from { to - 1 } else { to + 1 };
                prop_assert!(after(Value::Number(nearer)) != Outcome::Eligible, "{:?}", change);
            }
        }
    }

    /// A day from which on time alone turns a "no" is the first: it holds there, and on no day before.
    #[test]
    fn first_days_hold_on_both_sides(
        (doc, family) in of_each(near_a_date),
        between in prop::collection::vec(any::<Index>(), 8),
    ) {
        let now = look(doc, &family);
        let last = doc.document().valid_until.unwrap_or(NaiveDate::from_ymd_opt(2200, 12, 31).unwrap());
        let days = usize::try_from((last - on()).num_days()).unwrap() + 1;
        let outcomes = |day: NaiveDate| {
            let then = assess(doc, &family, day).unwrap();
            then.categories.into_iter().map(|c| c.outcome).collect::<Vec<_>>()
        };
        let picked = between.iter().map(|pick| on() + Days::new(pick.index(days) as u64));
        let picked: Vec<_> = picked.map(|day| (day, outcomes(day))).collect();
        for (at, category) in now.categories.iter().enumerate() {
            let first = now.first_days.iter().find(|f| f.category == category.id);
            // Without a claim, no day within the dates of force is better.
            let end = first.map_or(last, |f| f.day.pred_opt().unwrap());
            if category.outcome == Outcome::NotEligible && now.outcome == Some(Outcome::NotEligible) {
                for (day, then) in picked.iter().filter(|(day, _)| *day <= end) {
                    prop_assert_eq!(then[at], Outcome::NotEligible, "{} on {}", category.id, day);
                }
                prop_assert_eq!(outcomes(end)[at], Outcome::NotEligible, "{} on {}", category.id, end);
            }
            if let Some(first) = first {
                prop_assert!(on() < first.day && first.day <= last);
                prop_assert_eq!(outcomes(first.day)[at], first.outcome);
                prop_assert!(first.outcome != Outcome::NotEligible);
            }
        }
    }

    /// The fast path gives the verdict and the money of the full assessment.
    #[test]
    fn the_fast_path_agrees((doc, family) in household(0.6)) {
        let decider = Decider::new(doc, on()).unwrap();
        let verdict = decider.decide(&decider.lay_out(&family).unwrap());
        let full = look(doc, &family);
        prop_assert_eq!(Some(verdict.outcome), full.outcome);
        prop_assert_eq!(verdict.money, full.money.first().map(|m| (m.least, m.most)));
    }

    /// A value that can be read is shown in a form that reads back as itself.
    #[test]
    fn shown_values_read_back(told in every_fact()) {
        for (fact, told) in told {
            let shown = policies::format_value(&fact, &told);
            prop_assert_eq!(parse_value(&fact, &shown, on()), Ok(told), "{}", shown);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// A table decides as one household at a time does, whatever is missing from each.
    #[test]
    fn a_table_agrees(
        (doc, families) in of_each(|near| prop::collection::vec(near.household(0.6, on()), 0..200).boxed()),
    ) {
        let decider = Decider::new(doc, on()).unwrap();
        let mut table = decider.table();
        families.iter().for_each(|family| table.push(&decider.lay_out(family).unwrap()));
        prop_assert_eq!(table.len(), families.len());
        let full: Vec<_> = families.iter().map(|family| look(doc, family)).collect();
        let full: Vec<_> =
            full.iter().map(|a| (a.outcome, a.money.first().map(|m| (m.least, m.most)))).collect();
        let mut fast = Vec::new();
        decider.decide_all(&table, |verdict| fast.push((Some(verdict.outcome), verdict.money)));
        prop_assert_eq!(fast, full);
    }

    /// The order of people does not matter.
    #[test]
    fn the_order_of_people_does_not_matter((doc, (family, [first, second])) in of_each(|near| {
        (near.household(0.5, on()), people_in_two_orders()).boxed()
    })) {
        let with = |people: &[Person]| Household { people: people.to_vec(), ..family.clone() };
        prop_assert_eq!(assess(doc, &with(&first), on()), assess(doc, &with(&second), on()));
    }

    /// Nothing panics, whatever is typed.
    #[test]
    fn nothing_typed_panics(text in any::<String>(), digits in "[-+0-9.,eE年月日元 ]{0,24}") {
        for typed in [&text, &digits] {
            for fact in shelf().book.facts() {
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
        let facts = shelf().book.facts();
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
        for doc in shelf().book.documents() {
            if let Err(errors) = assess(doc, &family, on) {
                prop_assert!(errors.iter().all(|e| e.path.starts_with("facts.") && !e.message.is_empty()));
            }
        }
    }
}

/// No requirement is decided beforehand: each can turn out in at least two ways (met, not met, ask).
#[test]
fn every_requirement_is_reachable_both_ways() {
    let mut seen = BTreeMap::new();
    for near in shelf().deciding() {
        for family in samples(near.whole_household(on()), 3_000) {
            for category in look(near.doc, &family).categories {
                for r in category.requirements {
                    let entry: &mut Vec<Answer> = seen.entry(format!("{}.{}", near.id(), r.id)).or_default();
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

/// A requirement is *not met* only where its `fails_if` can hold: what is said to be safe never fails.
#[test]
fn nothing_fails_where_it_is_said_not_to() {
    let mut settled = 0;
    for near in shelf().deciding() {
        let rules = near.doc.document().requirements.iter().filter(|r| r.fails_if == "false");
        let safe: Vec<_> = rules.map(|r| r.id.clone()).collect();
        for family in samples(near.household(0.6, on()), 3_000) {
            let told = look(near.doc, &family);
            let answers = told.categories.iter().flat_map(|c| &c.requirements);
            assert!(
                answers.clone().all(|r| r.answer != Answer::NotMet || !safe.iter().any(|id| *id == r.id))
            );
            let open = |c: &&policies::assessment::CategoryResult<'_>| {
                c.outcome == Outcome::Ask && c.requirements.iter().any(|r| r.answer == Answer::Unknown)
            };
            settled += told.categories.iter().filter(open).count();
        }
    }
    // That a category ends in *ask* before everything is known never turns: `learning_a_fact_takes_nothing_back`.
    assert!(settled > 50, "{settled}");
}

/// The orders of people that are tried do differ, and so do the people.
#[test]
fn people_are_tried_in_orders_that_differ() {
    let moved = samples(people_in_two_orders(), 400).filter(|[first, second]| first != second).count();
    assert!(moved > 200, "{moved}");
}
