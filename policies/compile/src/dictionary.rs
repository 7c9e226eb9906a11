//! The dictionary of facts: kinds, ratios and when a question makes sense.

use serde::Deserialize;

use super::{
    File, Problem, bounds,
    cel::{Compiler, Named, Names, Unit},
    shared::Shared,
    source::{GAP, Source, Step},
};
use policies_model::{
    Fact, FactKind, FromPeople, RatioUnit, Scope,
    program::{Cond, Expr, Slot},
};

/// The compiled dictionary.
pub struct Dictionary {
    /// The facts, in the file's order.
    pub facts: Vec<Fact>,
    /// One per fact: what a ratio is.
    pub(super) ratios: Vec<Option<(Expr, Unit)>>,
    /// One per fact: the integers it may have.
    pub(super) ranges: Vec<Option<(i64, i64)>>,
    /// One per fact: when its question makes sense.
    pub asked_if: Vec<Cond>,
    /// One per fact: the facts a ratio is computed from.
    pub parts: Vec<Vec<Slot>>,
}

impl Dictionary {
    /// What expressions may name.
    pub(super) fn names<'n>(&'n self, shared: &'n [Shared]) -> Names<'n> {
        Names {
            facts: self.facts.iter().map(Named::from).collect(),
            ratios: &self.ratios,
            ranges: &self.ranges,
            shared,
        }
    }
}

/// The whole file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Facts {
    fact: Vec<Fact>,
}

/// Reads and checks `facts.toml`.
pub(super) fn read(file: File<'_>) -> Result<Dictionary, Vec<Problem>> {
    let mut source = Source::parse(file.name, file.text)?;
    let (mut problems, facts) = source.mend::<Facts>();
    let Some(Facts { fact: facts }) = facts else { return Err(problems) };
    for (i, fact) in facts.iter().enumerate() {
        if facts.iter().take(i).any(|f| f.id == fact.id) {
            problems.push(source.problem(&at(i, "id"), format!("a second fact is called `{}`", fact.id)));
        }
    }
    for (i, fact) in facts.iter().enumerate() {
        check(&source, i, fact, &facts, &mut problems);
    }
    let none: Vec<Option<(Expr, Unit)>> = vec![None; facts.len()];
    let ranges: Vec<_> = facts.iter().map(|f| f.kind.range()).collect();
    let plain =
        Names { facts: facts.iter().map(Named::from).collect(), ratios: &none, ranges: &ranges, shared: &[] };
    let mut ratios = Vec::new();
    let mut parts = Vec::new();
    for (i, fact) in facts.iter().enumerate() {
        let (ratio, mentions) = match &fact.kind {
            FactKind::Ratio { numerator, denominator, unit } => {
                match ratio(&plain, numerator, denominator, *unit) {
                    Ok((r, m)) => (Some(r), m),
                    Err((key, message)) => {
                        problems.push(
                            source.problem(&ratio_at(i, key), format!("ratio `{}`: {message}", fact.id)),
                        );
                        (None, Vec::new())
                    }
                }
            }
            _ => (None, Vec::new()),
        };
        ratios.push(ratio);
        parts.push(mentions);
    }
    let names = Names {
        facts: facts.iter().map(Named::from).collect(),
        ratios: &ratios,
        ranges: &ranges,
        shared: &[],
    };
    let mut asked_if = Vec::new();
    for (i, fact) in facts.iter().enumerate() {
        asked_if.push(if fact.asked_if.is_empty() {
            Cond::Always(true)
        } else {
            Compiler::new(&names).condition(&fact.asked_if).unwrap_or_else(|message| {
                // What names a ratio that is told already only follows from it.
                let told = facts.iter().zip(&ratios).any(|(ratio, known)| {
                    let is_ratio = matches!(ratio.kind, FactKind::Ratio { .. });
                    is_ratio && known.is_none() && message.contains(&format!("`{}`", ratio.id))
                });
                if !told {
                    problems.push(source.problem(&at(i, "asked_if"), format!("`{}`: {message}", fact.id)));
                }
                Cond::Always(true)
            })
        });
    }
    problems.retain(|problem| !problem.message.contains(GAP));
    if problems.is_empty() {
        Ok(Dictionary { facts, ratios, ranges, asked_if, parts })
    } else {
        Err(problems)
    }
}

const fn at(i: usize, key: &str) -> [Step<'_>; 3] {
    [Step::Key("fact"), Step::At(i), Step::Key(key)]
}

const fn ratio_at(i: usize, key: &str) -> [Step<'_>; 5] {
    [Step::Key("fact"), Step::At(i), Step::Key("kind"), Step::Key("ratio"), Step::Key(key)]
}

type Ratio = ((Expr, Unit), Vec<Slot>);

fn ratio(
    names: &Names<'_>,
    numerator: &str,
    denominator: &str,
    unit: RatioUnit,
) -> Result<Ratio, (&'static str, String)> {
    let mut compiler = Compiler::new(names);
    let (top, top_unit) = compiler.quantity(numerator).map_err(|m| ("numerator", m))?;
    let (bottom, bottom_unit) = compiler.quantity(denominator).map_err(|m| ("denominator", m))?;
    let wanted = match unit {
        RatioUnit::Money => Unit::Money,
        RatioUnit::Area => Unit::Area,
        RatioUnit::Number => Unit::Number,
    };
    if top_unit != wanted {
        return Err(("numerator", format!("the numerator is not {}", unit.name())));
    }
    if bottom_unit != Unit::Number {
        return Err(("denominator", "the denominator must be a plain number".to_owned()));
    }
    let quotient = bounds::quotient(top, bottom, names.ranges).map_err(|m| ("denominator", m))?;
    Ok(((quotient, wanted), compiler.mentions))
}

fn check(source: &Source<'_>, i: usize, fact: &Fact, facts: &[Fact], problems: &mut Vec<Problem>) {
    let mut wrong = |key: &str, message: String| problems.push(source.problem(&at(i, key), message));
    if !is_id(&fact.id) {
        wrong("id", format!("`{}` is not an id: lower-case letters, digits and _ only", fact.id));
    }
    if fact.label.is_empty() {
        wrong("label", format!("`{}` has no label", fact.id));
    }
    let asked = !matches!(fact.kind, FactKind::Ratio { .. }) && fact.from_people.is_none();
    if asked && fact.question.is_empty() {
        wrong("question", format!("`{}` has no question", fact.id));
    }
    match &fact.kind {
        FactKind::Count { least, most } if least > most || *least < 0 => {
            wrong("kind", format!("`{}`: 0 ≤ least ≤ most does not hold", fact.id));
        }
        FactKind::Choice { choices } => {
            if choices.len() < 2 {
                wrong("kind", format!("`{}` wants at least two choices", fact.id));
            }
            for (n, choice) in choices.iter().enumerate() {
                if choices.iter().take(n).any(|c| c.id == choice.id) {
                    wrong("kind", format!("`{}` has two choices `{}`", fact.id, choice.id));
                }
                if !is_id(&choice.id) {
                    wrong("kind", format!("`{}`: `{}` is not an id", fact.id, choice.id));
                }
            }
        }
        _ => {}
    }
    if let Some(open) = &fact.open_ended {
        let fits = fact.kind == FactKind::Months
            && fact.kind.range().is_some_and(|(least, most)| (least..=most).contains(&open.value));
        if !fits || open.label.is_empty() {
            wrong(
                "open_ended",
                format!("`{}`: only months within their range can be left open, by a label", fact.id),
            );
        }
    }
    if let Some(from) = &fact.from_people {
        let person = |id: &str| facts.iter().find(|f| f.id == *id && f.scope == Scope::Person);
        let fault = match from {
            FromPeople::Count => match fact.kind {
                FactKind::Count { .. } => None,
                _ => Some("only a count follows from the number of people".to_owned()),
            },
            FromPeople::Sum(id) => match person(id) {
                None => Some(format!("no person fact is called `{id}`")),
                Some(p) if std::mem::discriminant(&p.kind) != std::mem::discriminant(&fact.kind) => {
                    Some(format!("`{id}` is of another kind"))
                }
                Some(_)
                    if matches!(
                        fact.kind,
                        FactKind::YesNo | FactKind::Date { .. } | FactKind::Choice { .. }
                    ) =>
                {
                    Some("only numbers can be summed".to_owned())
                }
                Some(_) => None,
            },
            FromPeople::Any(id) => match person(id) {
                Some(p) if p.kind == FactKind::YesNo && fact.kind == FactKind::YesNo => None,
                _ => Some(format!("no yes/no person fact is called `{id}`, or this is no yes/no fact")),
            },
            FromPeople::ApplicantBirth { .. } => match fact.kind {
                FactKind::Date { future: false } => None,
                _ => Some("a birth is a date that has been".to_owned()),
            },
        };
        if let Some(fault) = fault {
            wrong("from_people", format!("`{}`: {fault}", fact.id));
        }
        if fact.scope == Scope::Person {
            wrong("scope", format!("`{}`: only a household fact follows from people", fact.id));
        }
    }
}

/// Whether a text can be an id.
pub(super) fn is_id(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}
