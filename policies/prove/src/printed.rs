//! A number of a program as its file prints it, with its line.

use policies::{
    iso,
    model::{Document, Pays, date::date_of, date::day_of, decimal::hundredths},
    money,
    program::Place,
};
use policies_compile::{Source, Step};

use crate::Text;

/// A number as it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Printed {
    /// As the file has it: `yuan(3500)`; or the bare number where it stands in the dictionary.
    pub(crate) text: String,
    /// Line, from 1.
    pub(crate) line: usize,
    unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Money,
    Area,
    Months,
    Days,
    Date,
    Plain,
    /// It is not written in the document: a part of a ratio.
    Ratio,
}

impl Printed {
    /// Another value in the same unit.
    pub(crate) fn of_value(&self, value: i64) -> String {
        match self.unit {
            Unit::Money => format!("{} yuan", money::format(value)),
            Unit::Area => format!("{} m²", money::format(value)),
            Unit::Months => format!("{} months", value.abs()),
            Unit::Days => format!("{value} days"),
            Unit::Date => date_of(value).map_or_else(|| value.to_string(), |day| day.to_string()),
            Unit::Plain | Unit::Ratio => value.to_string(),
        }
    }

    /// Where it is not written in the document itself.
    pub(crate) fn is_of_a_ratio(&self) -> bool {
        self.unit == Unit::Ratio
    }
}

/// The name of what stands at a place, the way to it, and its text.
pub(crate) struct Spot<'d> {
    /// `requirement `income``.
    pub(crate) what: String,
    /// The id of the requirement, benefit or calculator.
    pub(crate) item: &'d str,
    way: Vec<Step<'static>>,
    texts: Vec<&'d str>,
}

impl<'d> Spot<'d> {
    /// Of a place in a document.
    pub(crate) fn of(document: &'d Document, place: Place) -> Option<Self> {
        let key = Step::Key;
        Some(match place {
            Place::Holds(i) => {
                let requirement = document.requirements.get(i)?;
                Self {
                    item: &requirement.id,
                    what: format!("requirement `{}`", requirement.id),
                    way: vec![key("requirements"), Step::At(i), key("holds")],
                    texts: vec![&requirement.holds],
                }
            }
            Place::Ask(i, n) => {
                let requirement = document.requirements.get(i)?;
                Self {
                    item: &requirement.id,
                    what: format!("requirement `{}`, ask {}", requirement.id, n.saturating_add(1)),
                    way: vec![key("requirements"), Step::At(i), key("ask"), Step::At(n), key("when")],
                    texts: vec![&requirement.ask.get(n)?.when],
                }
            }
            Place::When(i, n) | Place::Pays(i, n) => {
                let benefit = document.benefits.get(i)?;
                let row = benefit.rows.get(n)?;
                let (Pays::Fixed(pays) | Pays::Computed(pays) | Pays::Ask(pays)) = &row.pays;
                let of_condition = matches!(place, Place::When(..));
                Self {
                    item: &benefit.id,
                    what: format!("benefit `{}`, row “{}”", benefit.id, row.label),
                    way: vec![
                        key("benefits"),
                        Step::At(i),
                        key("rows"),
                        Step::At(n),
                        key(if of_condition { "when" } else { "pays" }),
                    ],
                    texts: if of_condition { vec![&row.when, &row.perhaps] } else { vec![pays] },
                }
            }
            Place::Step(i, n) => {
                let calculator = document.calculators.get(i)?;
                let step = calculator.steps.get(n)?;
                Self {
                    item: &calculator.id,
                    what: format!("calculator `{}`, step `{}`", calculator.id, step.id),
                    way: vec![key("calculators"), Step::At(i), key("steps"), Step::At(n), key("gives")],
                    texts: vec![&step.gives],
                }
            }
        })
    }

    /// The `nth` number of this value at the spot, from 0, as the file prints it.
    pub(crate) fn printed(&self, written: &Text, value: i64, nth: usize) -> Printed {
        let all = self.texts.iter().flat_map(|text| numbers(text));
        let alike: Vec<_> = all.filter(|(_, of, _)| of.unsigned_abs() == value.unsigned_abs()).collect();
        let (text, unit) = match alike.get(nth).or_else(|| alike.first()) {
            Some((text, _, unit)) => ((*text).to_owned(), *unit),
            None => (value.to_string(), Unit::Ratio),
        };
        let line = Source::plain(&written.name, &written.text)
            .map_or(1, |source| source.line_of(&self.way, if unit == Unit::Ratio { "" } else { &text }));
        Printed { text, line, unit }
    }
}

/// The numbers of an expression as they are written, each with its value in the smallest unit.
pub(crate) fn numbers(text: &str) -> Vec<(&str, i64, Unit)> {
    let mut all = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '"') {
        rest = rest.get(at..).unwrap_or_default();
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        let word = rest.get(..end).unwrap_or_default();
        // A text stands for a choice, unless a call holds it.
        if let Some(inner) = rest.strip_prefix('"') {
            rest = inner.split_once('"').map_or("", |(_, after)| after);
            continue;
        }
        let call = rest.get(end..).and_then(|after| after.strip_prefix('(')?.split_once(')'));
        let called = call.and_then(|(argument, _)| {
            let (value, unit) = called(word, argument.trim().trim_matches('"'))?;
            let whole = rest.get(..end.saturating_add(argument.len()).saturating_add(2))?;
            Some((whole, value, unit))
        });
        let length = called.map_or(end, |(whole, ..)| whole.len());
        all.extend(called.or_else(|| Some((word, word.parse().ok()?, Unit::Plain))));
        rest = rest.get(length..).unwrap_or_default();
    }
    all
}

/// The value of `yuan(…)` and its like.
fn called(name: &str, argument: &str) -> Option<(i64, Unit)> {
    let whole = || argument.parse::<i64>().ok();
    Some(match name {
        "yuan" => (hundredths(argument).ok()?, Unit::Money),
        "m2" => (hundredths(argument).ok()?, Unit::Area),
        "months" => (whole()?, Unit::Months),
        "years" => (whole()?.checked_mul(12)?, Unit::Months),
        "days" => (whole()?, Unit::Days),
        "date" => (day_of(iso::read(argument)?), Unit::Date),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_as_they_are_written() {
        let text =
            r#"home_m2 < m2("13.5") * people && tier == "t2" ? x1 >= today - years(2) : 12 > yuan(3500)"#;
        let all: Vec<_> = numbers(text).into_iter().map(|(text, value, _)| (text, value)).collect();
        assert_eq!(all, [("m2(\"13.5\")", 1350), ("years(2)", 24), ("12", 12), ("yuan(3500)", 350_000)]);
        let (text, value, unit) = numbers("sold < date(\"2023-08-22\")").remove(0);
        assert_eq!((text, value, unit), ("date(\"2023-08-22\")", 19_591, Unit::Date));
    }
}
