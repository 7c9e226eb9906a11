//! A household that would notice: one of whom a document says something else once a number is another.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, Months, NaiveDate};
use policies::{
    Assessment, Calculation, Compiled, Household, Value, assess,
    assessment::RequirementResult,
    calculate,
    model::{Fact, FactKind, date::date_of, walk::Part},
    program::{Book, Place, Slot},
};

use crate::shift::Watchers;

/// How many households are tried.
const TRIED: u64 = 6_000;

/// Values by fact or input.
type Told = BTreeMap<String, Value>;

/// What can be told of one fact: values at and beside the number.
struct Candidates(String, Vec<Value>);

/// A household, or a calculator's inputs, that the two versions answer otherwise, as an example writes it.
pub(crate) fn household(
    book: &Book,
    place: Place,
    versions: [&Compiled; 2],
    number: i64,
    watchers: &Watchers<'_>,
) -> Option<String> {
    let part = book.documents.first()?.program.at(place)?;
    if let Place::Step(at, _) = place {
        let calculator = versions.first()?.document().calculators.get(at)?;
        let mine = || watchers.figures.iter().filter(|example| example.calculator == calculator.id);
        let bases: Vec<_> = mine().map(|example| (example.inputs.clone(), example.on)).collect();
        let candidates = calculator.inputs.iter().filter_map(|input| {
            Some(Candidates(
                input.id.clone(),
                values(&input.kind, input.range()?, &[number], first_day(&bases)),
            ))
        });
        let differs = |told: &Told, on| {
            let [was, is] = versions.map(|doc| calculate(doc, &calculator.id, told, on).ok());
            let shown =
                |found: &Calculation| found.steps.iter().map(|s| (s.id.clone(), s.shown.clone())).collect();
            difference(shown(&was?), shown(&is?))
        };
        let (told, on, differs) = search(&bases, &candidates.collect::<Vec<_>>(), differs)?;
        return Some(format!("    {differs}\n    on = \"{on}\"\n    [inputs]{}", written(&told)));
    }
    let bases: Vec<_> = watchers.examples.iter().map(|e| (e.household.facts.clone(), e.on)).collect();
    let (slots, numbers) = read_in(part, &book.parts);
    let facts = slots.iter().filter_map(|slot| book.facts.get(usize::from(*slot)));
    let candidates = facts.filter_map(|fact: &Fact| {
        let near = values(&fact.kind, fact.kind.range()?, &numbers, first_day(&bases));
        Some(Candidates(fact.id.clone(), near))
    });
    let differs = |told: &Told, on| {
        let household = Household { facts: told.clone(), people: Vec::new() };
        let [was, is] = versions.map(|doc| assess(doc, &household, on).ok());
        difference(answers(&was?), answers(&is?))
    };
    let (told, on, differs) = search(&bases, &candidates.collect::<Vec<_>>(), differs)?;
    Some(format!("    {differs}\n    on = \"{on}\"\n    [household.facts]{}", written(&told)))
}

/// What is said of a household, item by item.
fn answers(found: &Assessment<'_>) -> Vec<(String, String)> {
    let mut all: Vec<_> = found.outcome.iter().map(|outcome| ("outcome".to_owned(), word(outcome))).collect();
    for category in &found.categories {
        let of = |r: &RequirementResult<'_>| (format!("{}.{}", category.id, r.id), word(&r.answer));
        all.extend(category.requirements.iter().map(of));
    }
    all.extend(
        found.money.iter().map(|sum| (sum.benefit.to_string(), format!("[{}, {}]", sum.least, sum.most))),
    );
    all
}

/// As an example writes it.
fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default().trim_matches('"').to_owned()
}

/// What is said otherwise, as a remark in the example's file: the first of all that is said, and two that differ.
fn difference(was: Vec<(String, String)>, is: Vec<(String, String)>) -> Option<String> {
    let other = |id: &str| is.iter().find(|(known, _)| known == id).map_or("nothing", |(_, said)| said);
    let differs = |(id, said): &&(String, String)| other(id) != said;
    let differing: Vec<_> = was.iter().filter(differs).take(3).collect();
    let first = was.first().filter(|first| !differing.contains(first) && !differing.is_empty());
    let told: Vec<_> = first.into_iter().chain(differing).take(3).collect();
    let now = told.iter().map(|(id, said)| format!("{id} {said}")).collect::<Vec<_>>().join(", ");
    let then = told.iter().map(|(id, _)| format!("{id} {}", other(id))).collect::<Vec<_>>().join(", ");
    (!told.is_empty()).then(|| format!("# {now}; with the other number {then}"))
}

fn first_day(bases: &[(Told, NaiveDate)]) -> NaiveDate {
    bases.first().map_or(NaiveDate::from_yo_opt(2026, 1).unwrap_or_default(), |(_, on)| *on)
}

fn written(told: &Told) -> String {
    let line = |(id, value): (&String, &Value)| {
        format!("\n    {id} = {}", serde_json::to_string(value).unwrap_or_default())
    };
    told.iter().map(line).collect()
}

/// The facts that are read in a part, and the numbers that are written there.
fn read_in(part: Part<'_>, parts: &[Vec<Slot>]) -> (BTreeSet<Slot>, Vec<i64>) {
    let (mut read, mut numbers) = (BTreeSet::new(), BTreeSet::new());
    part.each(&mut |part| match part {
        Part::Fact(slot) => match parts.get(usize::from(**slot)) {
            Some(of_ratio) if !of_ratio.is_empty() => read.extend(of_ratio),
            _ => drop(read.insert(**slot)),
        },
        Part::Number(number) => drop(numbers.insert(**number)),
        Part::Cond(_) | Part::Expr(_) | Part::About(_) => {}
    });
    (read, numbers.into_iter().collect())
}

/// What a fact is tried with.
fn values(kind: &FactKind, (least, most): (i64, i64), numbers: &[i64], on: NaiveDate) -> Vec<Value> {
    match kind {
        FactKind::YesNo => [true, false].map(Value::YesNo).to_vec(),
        FactKind::Choice { choices } => choices.iter().map(|c| Value::Choice(c.id.clone())).collect(),
        FactKind::Date { future } => {
            let mut days = vec![on];
            for number in numbers {
                if let Ok(months) = u32::try_from(number.unsigned_abs()).map(Months::new) {
                    days.extend(on.checked_sub_months(months));
                    days.extend(on.checked_add_months(months));
                }
                days.extend(date_of(*number));
            }
            let beside = |day: NaiveDate| [day.pred_opt(), Some(day), day.checked_add_days(Days::new(1))];
            let days = days.into_iter().flat_map(beside).flatten();
            let known = days.filter(|day| *future || *day <= on);
            known.filter(|day| (1900..2200).contains(&chrono::Datelike::year(day))).map(Value::Date).collect()
        }
        FactKind::Money
        | FactKind::Area
        | FactKind::Months
        | FactKind::Count { .. }
        | FactKind::Ratio { .. } => {
            let factors =
                || std::iter::once(1).chain(numbers.iter().copied().filter(|n| (2..=100).contains(n)));
            let mut all = BTreeSet::from([least, least.saturating_add(1)]);
            for line in numbers {
                for factor in factors() {
                    for times in 1..=6 {
                        let product = line.saturating_mul(factor).saturating_mul(times);
                        all.extend([-1, 0, 1].map(|by| product.saturating_add(by).clamp(least, most)));
                    }
                }
            }
            if matches!(kind, FactKind::Count { .. }) {
                all.extend(least..=most.min(least.saturating_add(6)));
            }
            all.into_iter().map(Value::Number).collect()
        }
    }
}

/// The first that differs, with as little of it as still differs in the same way. Tried from the examples outwards: what is told there stays
/// as it is, but for a few facts that the number is about.
fn search(
    bases: &[(Told, NaiveDate)],
    candidates: &[Candidates],
    differs: impl Fn(&Told, NaiveDate) -> Option<String>,
) -> Option<(Told, NaiveDate, String)> {
    let alone = [(Told::new(), first_day(bases))];
    let bases = if bases.is_empty() { &alone } else { bases };
    let mut dice = Dice(1);
    for _ in 0..TRIED {
        let (mut told, on) = bases.get(dice.below(bases.len())).cloned()?;
        for Candidates(fact, values) in candidates {
            // Half of them, so that the rest fits the line as it stands in the example.
            if dice.below(2) == 0
                && let Some(value) = values.get(dice.below(values.len()))
            {
                told.insert(fact.clone(), value.clone());
            }
        }
        if let Some(difference) = differs(&told, on) {
            for id in told.keys().cloned().collect::<Vec<_>>() {
                let value = told.remove(&id);
                if differs(&told, on).as_ref() != Some(&difference) {
                    told.extend(value.map(|value| (id, value)));
                }
            }
            return Some((told, on, difference));
        }
    }
    None
}

/// Throws that are the same at every run.
struct Dice(u64);

impl Dice {
    /// A number below `end`.
    fn below(&mut self, end: usize) -> usize {
        // Knuth's MMIX generator; its high bits are the good ones.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % end.max(1)
    }
}
