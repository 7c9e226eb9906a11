//! Households at and beside the lines of a document: the lines are taken from its compiled program, so that a document
//! with other numbers is tried at its own. What is made shrinks to fewer facts and smaller values.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Duration, Months, NaiveDate};
use policies::{
    Compiled, Household, Value,
    model::{Fact, FactKind, date::date_of, walk::Part},
    program::{Cond, Program},
};
use proptest::{
    option,
    prelude::*,
    sample,
    strategy::{Union, ValueTree},
    test_runner::TestRunner,
};

/// A document with the numbers that its program writes beside each fact.
pub struct Near<'b> {
    /// The document.
    pub doc: &'b Compiled,
    /// By fact id.
    beside: BTreeMap<String, Vec<i64>>,
}

impl<'b> Near<'b> {
    pub(crate) fn new(doc: &'b Compiled, program: &Program, facts: &[Fact]) -> Self {
        let mut beside: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
        let mut group = |part: Part<'_>| {
            let (mut read, mut numbers) = (BTreeSet::new(), BTreeSet::new());
            part.each(&mut |part| match part {
                Part::Fact(slot) => {
                    read.insert(facts[usize::from(**slot)].id.clone());
                }
                Part::Number(number) => {
                    numbers.insert(**number);
                }
                Part::Cond(_) | Part::Expr(_) | Part::About(_) => {}
            });
            for fact in read {
                beside.entry(fact).or_default().extend(&numbers);
            }
        };
        for rule in &program.rules {
            std::iter::once(&rule.holds).chain(&rule.ask).for_each(|cond| comparisons(cond, &mut group));
        }
        for row in program.benefits.iter().flatten() {
            comparisons(&row.when, &mut group);
            group(Part::Expr(&row.amount));
        }
        let beside = beside.into_iter().map(|(id, numbers)| (id, numbers.into_iter().collect())).collect();
        Self { doc, beside }
    }

    /// The document's id.
    pub fn id(&self) -> &'b str {
        &self.doc.document().id
    }

    /// The numbers that stand beside a fact.
    pub fn beside(&self, fact: &str) -> &[i64] {
        self.beside.get(fact).map_or(&[], Vec::as_slice)
    }

    /// A value of a fact, mostly at or beside a line, sometimes any that it may have.
    pub fn value(&self, fact: &Fact, on: NaiveDate) -> BoxedStrategy<Value> {
        value(fact, self.beside(&fact.id), on)
    }

    /// A household that knows each fact of the document with this chance.
    pub fn household(&self, known: f64, on: NaiveDate) -> BoxedStrategy<Household> {
        let facts = self.doc.facts();
        let told: Vec<_> = facts.iter().map(|fact| option::weighted(known, self.value(fact, on))).collect();
        let ids: Vec<String> = facts.iter().map(|fact| fact.id.clone()).collect();
        told.prop_map(move |values| {
            let told = ids.iter().cloned().zip(values).filter_map(|(id, value)| Some((id, value?)));
            Household { facts: told.collect(), people: Vec::new() }
        })
        .boxed()
    }

    /// A household that knows every fact of the document.
    pub fn whole_household(&self, on: NaiveDate) -> BoxedStrategy<Household> {
        let of_fact = |fact: &&Fact| (Just(fact.id.clone()), self.value(fact, on));
        let told: Vec<_> = self.doc.facts().iter().map(of_fact).collect();
        told.prop_map(|facts| Household { facts: facts.into_iter().collect(), people: Vec::new() }).boxed()
    }
}

/// Goes to each comparison of a condition.
fn comparisons<'p>(cond: &'p Cond, group: &mut impl FnMut(Part<'p>)) {
    match cond {
        Cond::All(inner) | Cond::Any(inner) => inner.iter().for_each(|cond| comparisons(cond, group)),
        _ => group(Part::Cond(cond)),
    }
}

/// A value of a fact, mostly at or beside some numbers.
pub fn value(fact: &Fact, beside: &[i64], on: NaiveDate) -> BoxedStrategy<Value> {
    let Some((least, most)) = fact.kind.range() else { panic!("{} is computed", fact.id) };
    match &fact.kind {
        FactKind::YesNo => any::<bool>().prop_map(Value::YesNo).boxed(),
        FactKind::Choice { choices } => {
            let ids: Vec<_> = choices.iter().map(|choice| choice.id.clone()).collect();
            sample::select(ids).prop_map(Value::Choice).boxed()
        }
        FactKind::Date { future } => {
            let future = *future;
            let end = if future { date_of(most).unwrap() } else { on };
            let any_day = (least..=most).prop_filter_map("no day", date_of);
            let turns = sample::select(days(beside, on));
            let near = (turns, -1_i64..=1).prop_map(|(day, by)| day + Duration::days(by));
            prop_oneof![6 => near, 1 => any_day].prop_map(move |day| Value::Date(day.min(end))).boxed()
        }
        FactKind::Count { .. } => {
            let few = least..=most.min(least.saturating_add(6));
            prop_oneof![4 => few, 2 => near_number(beside, (least, most))].prop_map(Value::Number).boxed()
        }
        FactKind::Months | FactKind::Money | FactKind::Area | FactKind::Ratio { .. } => {
            prop_oneof![8 => near_number(beside, (least, most)), 1 => least..=most]
                .prop_map(Value::Number)
                .boxed()
        }
    }
}

/// The lines themselves and their multiples: a line on a quotient is met by its total.
fn near_number(beside: &[i64], (least, most): (i64, i64)) -> impl Strategy<Value = i64> + use<> {
    let lines: Vec<i64> = std::iter::once(0).chain(beside.iter().copied()).collect();
    let few = beside.iter().copied().filter(|n| (2..=100).contains(n));
    let factors: Vec<i64> = std::iter::once(1).chain(few).collect();
    (sample::select(lines), sample::select(factors), 1_i64..=6, -1_i64..=1).prop_map(
        move |(line, factor, times, by)| {
            let product = line.saturating_mul(factor).saturating_mul(times);
            product.saturating_add(by).clamp(least, most)
        },
    )
}

/// The days on which a comparison with some numbers of months or days turns, and the days that they stand for.
fn days(beside: &[i64], on: NaiveDate) -> Vec<NaiveDate> {
    let mut days = vec![on];
    for number in beside {
        if let Ok(months) = u32::try_from(number.unsigned_abs()).map(Months::new) {
            days.extend(on.checked_sub_months(months));
            days.extend(on.checked_add_months(months));
        }
        days.extend(on.checked_sub_signed(Duration::days(number % 100_000)));
        days.extend(date_of(*number));
    }
    let sensible = NaiveDate::from_ymd_opt(1901, 1, 1).unwrap()..NaiveDate::from_ymd_opt(2200, 1, 1).unwrap();
    days.retain(|day| sensible.contains(day));
    days
}

/// What a strategy makes, the same at every run: for counts and averages, where nothing needs to shrink.
pub fn samples<S: Strategy>(strategy: S, count: usize) -> impl Iterator<Item = S::Value> {
    let mut runner = TestRunner::deterministic();
    (0..count).map(move |_| strategy.new_tree(&mut runner).unwrap().current())
}

/// One of several strategies, the earlier the simpler.
pub fn one_of<T: std::fmt::Debug + 'static>(
    of: impl IntoIterator<Item = BoxedStrategy<T>>,
) -> Union<BoxedStrategy<T>> {
    Union::new(of)
}
