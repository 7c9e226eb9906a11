//! A household that would notice: one of whom a document says something else once a number is another.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, Months, NaiveDate};
use policies::{
    Assessment, Compiled, Household, Value, assess,
    assessment::RequirementResult,
    calculate,
    model::{FactKind, date::date_of, walk::Part},
    program::{Book, Place, Slot},
};

use crate::{printed::Spot, shift::Watchers};

/// How many households are tried.
const TRIED: u64 = 2_000;

/// How often it is looked where something turns.
const TURNS: u64 = 150;

/// What is said, item by item: an id, and the word or the figure.
pub(crate) type Said = Vec<(String, String)>;

/// Values by fact or input.
type Told = BTreeMap<String, Value>;

/// What can be told of one fact: values at and beside the number; and between which numbers it lies, if it is one.
struct Candidates {
    fact: String,
    values: Vec<Value>,
    range: Option<(i64, i64)>,
}

impl Candidates {
    fn of(fact: &str, kind: &FactKind, range: (i64, i64), numbers: &[i64], on: NaiveDate) -> Self {
        let is_number =
            matches!(kind, FactKind::Money | FactKind::Area | FactKind::Months | FactKind::Count { .. });
        let values = values(kind, range, numbers, on);
        Self { fact: fact.to_owned(), values, range: is_number.then_some(range) }
    }
}

/// A household, or the inputs of a calculator, of whom something else is said once a number is another.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The calculator, where it is about one.
    pub calculator: Option<String>,
    /// The day.
    pub on: NaiveDate,
    /// Facts or inputs.
    pub told: BTreeMap<String, Value>,
    /// What is said now, by outcome, `category.requirement`, benefit or step.
    pub said: Vec<(String, String)>,
    /// What of it differs once the number is another.
    pub differs: Vec<(String, String)>,
}

impl Proposal {
    /// Whether something else is said of it by another version.
    pub(crate) fn notices(&self, doc: &Compiled) -> bool {
        said(doc, self.calculator.as_deref(), &self.told, self.on).is_some_and(|said| said != self.said)
    }

    /// What is said now and what would be, for a remark: the first of all that is said, and two that differ.
    pub fn remark(&self) -> String {
        let items = |of: &[(String, String)]| {
            of.iter().map(|(id, said)| format!("{id} {said}")).collect::<Vec<_>>().join(", ")
        };
        let now: Vec<_> = self
            .differs
            .iter()
            .filter_map(|(id, _)| self.said.iter().find(|(i, _)| i == id))
            .cloned()
            .collect();
        format!("{}; with the other number {}", items(&now), items(&self.differs))
    }

    /// What is told, as an example writes it, a line each.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        self.told
            .iter()
            .map(|(id, value)| format!("{id} = {}", serde_json::to_string(value).unwrap_or_default()))
    }
}

/// What a version says of a household, or of a calculator's inputs; nothing where it refuses them.
fn said(doc: &Compiled, calculator: Option<&str>, told: &Told, on: NaiveDate) -> Option<Said> {
    match calculator {
        Some(id) => {
            let found = calculate(doc, id, told, on).ok()?;
            Some(found.steps.iter().map(|step| (step.id.clone(), step.shown.clone())).collect())
        }
        None => {
            let household = Household { facts: told.clone(), people: Vec::new() };
            Some(answers(&assess(doc, &household, on).ok()?))
        }
    }
}

/// Looks for one that the two versions of a document answer otherwise.
pub(crate) fn household(
    book: &Book,
    place: Place,
    [before, after]: [&Compiled; 2],
    number: i64,
    watchers: &Watchers<'_>,
) -> Option<Proposal> {
    let document = before.document();
    let part = book.documents.first()?.program.at(place)?;
    let calculator = match place {
        Place::Step(at, _) => Some(document.calculators.get(at)?),
        _ => None,
    };
    let mut bases: Vec<(Told, NaiveDate)> = match calculator {
        Some(calculator) => {
            let mine = watchers.figures.iter().filter(|example| example.calculator == calculator.id);
            mine.map(|example| (example.inputs.clone(), example.on)).collect()
        }
        None => watchers.examples.iter().map(|e| (e.household.facts.clone(), e.on)).collect(),
    };
    if bases.is_empty() {
        let on = document.valid_from.or(document.issued).or(NaiveDate::from_ymd_opt(2026, 3, 2))?;
        bases.push((Told::new(), on));
    }
    let (_, on) = *bases.first().as_ref()?;
    let candidates: Vec<_> = match calculator {
        Some(calculator) => {
            let inputs = calculator.inputs.iter();
            inputs.filter_map(|i| Some(Candidates::of(&i.id, &i.kind, i.range()?, &[number], *on))).collect()
        }
        None => {
            let (slots, numbers) = read_in(part, &book.parts);
            let facts = slots.iter().filter_map(|slot| book.facts.get(usize::from(*slot)));
            facts
                .filter_map(|f| Some(Candidates::of(&f.id, &f.kind, f.kind.range()?, &numbers, *on)))
                .collect()
        }
    };
    let id = calculator.map(|calculator| calculator.id.as_str());
    let differs = |told: &Told, on| difference(&said(before, id, told, on)?, &said(after, id, told, on)?);
    // Rather one that is decided either way than one of whom something is not known.
    let decided = |told: &Told, on| {
        differs(told, on).filter(|then| {
            let of_requirements = then.iter().filter(|(id, _)| id.contains('.'));
            let now = said(before, id, told, on).unwrap_or_default();
            let mut both = of_requirements
                .chain(now.iter().filter(|(id, _)| then.iter().any(|(t, _)| t == id && id.contains('.'))));
            both.all(|(_, said)| said != "unknown")
        })
    };
    // What is said of the item that the number stands in.
    let item = Spot::of(document, place)?.item;
    let of_item = |told: &Told, on| -> Said {
        let all = said(before, id, told, on).unwrap_or_default();
        let is_it = |path: &str| path == item || path.rsplit_once('.').is_some_and(|(_, last)| last == item);
        all.into_iter().filter(|(path, _)| id.is_some() || is_it(path)).collect()
    };
    let found = search(&bases, &candidates, decided)
        .or_else(|| turning(&bases, &candidates, of_item, decided))
        .or_else(|| turning(&bases, &candidates, of_item, differs))
        .or_else(|| search(&bases, &candidates, differs));
    let (told, on, differs) = found?;
    let said = said(before, id, &told, on)?;
    Some(Proposal { calculator: id.map(str::to_owned), on, told, said, differs })
}

/// What is said of a household, item by item.
fn answers(found: &Assessment<'_>) -> Said {
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

/// What is said otherwise after a change: the first of all that is said, and two that differ.
fn difference(was: &[(String, String)], is: &[(String, String)]) -> Option<Said> {
    let other = |id: &str| is.iter().find(|(known, _)| known == id).map_or("nothing", |(_, said)| said);
    let differing: Vec<_> = was.iter().filter(|(id, said)| other(id) != said).take(3).collect();
    let first = was.first().filter(|first| !differing.contains(first) && !differing.is_empty());
    let told: Vec<_> = first.into_iter().chain(differing).take(3).collect();
    let then = told.iter().map(|(id, _)| (id.clone(), other(id).to_owned())).collect();
    (!told.is_empty()).then_some(then)
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
        // Few, and at the numbers themselves: nobody multiplies people.
        FactKind::Count { .. } => {
            let near = numbers.iter().flat_map(|line| [-1, 0, 1].map(|by| line.saturating_add(by)));
            let few = least..=most.min(least.saturating_add(6));
            let all: BTreeSet<i64> = near.filter(|n| (least..=most).contains(n)).chain(few).collect();
            all.into_iter().map(Value::Number).collect()
        }
        FactKind::Money | FactKind::Area | FactKind::Months | FactKind::Ratio { .. } => {
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
            // On a line rather than beside it: that is what a document speaks of.
            let on_a_line = |n: &&i64| numbers.iter().any(|line| *line > 1 && **n > 0 && **n % line == 0);
            let often: Vec<i64> = all.iter().filter(on_a_line).copied().collect();
            all.iter().copied().chain(often).map(Value::Number).collect()
        }
    }
}

/// A household with what differs of it.
type Found = (Told, NaiveDate, Said);

/// One of the examples, with some of the facts that the number is about told otherwise.
fn altered(
    bases: &[(Told, NaiveDate)],
    candidates: &[Candidates],
    dice: &mut Dice,
) -> Option<(Told, NaiveDate)> {
    let (mut told, on) = bases.get(dice.below(bases.len())).cloned()?;
    for Candidates { fact, values, .. } in candidates {
        // Half of them, so that the rest fits the line as it stands in the example.
        if dice.below(2) == 0
            && let Some(value) = values.get(dice.below(values.len()))
        {
            told.insert(fact.clone(), value.clone());
        }
    }
    Some((told, on))
}

/// The first that differs. Tried from the examples outwards: what is told there stays as it is, but for a few facts.
fn search(
    bases: &[(Told, NaiveDate)],
    candidates: &[Candidates],
    differs: impl Fn(&Told, NaiveDate) -> Option<Said>,
) -> Option<Found> {
    let mut dice = Dice(1);
    for _ in 0..TRIED {
        let (told, on) = altered(bases, candidates, &mut dice)?;
        if let Some(difference) = differs(&told, on) {
            return Some((least(told, on, &difference, differs), on, difference));
        }
    }
    None
}

/// The first that differs where what is said of the item turns as a number grows: lines that no number of the file is a
/// multiple of, as after rounding, are found so.
fn turning(
    bases: &[(Told, NaiveDate)],
    candidates: &[Candidates],
    of_item: impl Fn(&Told, NaiveDate) -> Said,
    differs: impl Fn(&Told, NaiveDate) -> Option<Said>,
) -> Option<Found> {
    let numbers: Vec<_> = candidates.iter().filter_map(|c| Some((&c.fact, c.range?))).collect();
    let mut dice = Dice(2);
    for _ in 0..TURNS {
        let (told, on) = altered(bases, candidates, &mut dice)?;
        let (fact, (mut low, mut high)) = numbers.get(dice.below(numbers.len())).copied()?;
        let with = |number: i64| {
            let mut told = told.clone();
            told.insert(fact.clone(), Value::Number(number));
            told
        };
        let (first, last) = (of_item(&with(low), on), of_item(&with(high), on));
        if first == last {
            continue;
        }
        while high.saturating_sub(low) > 1 {
            let middle = low.midpoint(high);
            if of_item(&with(middle), on) == first { low = middle } else { high = middle }
        }
        for told in [with(low), with(high)] {
            if let Some(difference) = differs(&told, on) {
                return Some((least(told, on, &difference, differs), on, difference));
            }
        }
    }
    None
}

/// As little of it as still differs in the same way.
fn least(
    mut told: Told,
    on: NaiveDate,
    difference: &Said,
    differs: impl Fn(&Told, NaiveDate) -> Option<Said>,
) -> Told {
    for id in told.keys().cloned().collect::<Vec<_>>() {
        let value = told.remove(&id);
        if differs(&told, on).as_ref() != Some(difference) {
            told.extend(value.map(|value| (id, value)));
        }
    }
    told
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
