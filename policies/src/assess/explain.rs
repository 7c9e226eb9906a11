//! The reasons for an outcome: every requirement of every category with what it used, what it lacks and how far it
//! is from each line, and the money with its arithmetic.

use super::assessment::{CategoryResult, Margin, MoneyRange, MoneyStep, RequirementResult, Text, WithoutSum};
use crate::{
    book::{Compiled, Dictionary},
    model::{Pays, Requirement},
    program::{Answer, Cond, Expr, Known, NO_FACT, Op, Outcome, Row, Rule, Slot, Standing, Weighed},
    units::order::sorted_once,
};

/// How each requirement and each category of a document stands, and for each requirement the facts whose absence keeps it
/// unknown; none where it is not.
#[derive(Debug, Default)]
pub(crate) struct Missing {
    slots: Vec<Slot>,
    ends: Vec<usize>,
    pub(crate) weighed: Vec<Weighed>,
    pub(crate) standings: Vec<Standing>,
}

impl Missing {
    /// Of the requirement at an index.
    pub(crate) fn of(&self, rule: u16) -> &[Slot] {
        let rule = usize::from(rule);
        let start = rule.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(rule).and_then(|end| self.slots.get(start..*end)).unwrap_or_default()
    }

    /// The overall outcome.
    pub(crate) fn outcome(&self) -> Outcome {
        self.standings.iter().max().map_or(Outcome::NotEligible, |best| best.outcome())
    }
}

/// Every category with its requirements, and what each requirement lacks. A requirement is answered once; the
/// categories that share it get copies.
pub(crate) fn categories<'d>(doc: &'d Compiled, known: &Known<'_>) -> (Vec<CategoryResult<'d>>, Missing) {
    let mut missing = Missing::default();
    let mut answered: Vec<(usize, Option<RequirementResult<'d>>)> =
        Vec::with_capacity(doc.program.rules.len());
    for (index, (requirement, rule)) in doc.document().requirements.iter().zip(&doc.program.rules).enumerate()
    {
        let reads = doc.plan.rule(index);
        let result =
            reasons(&doc.dictionary, known, requirement, rule, reads.map_or(&[], |r| &r.facts), &mut missing);
        answered.push((reads.map_or(0, |r| r.categories), Some(result)));
    }
    // The last category that names a requirement gets the original.
    let mut give = |index: &u16| {
        let (left, kept) = answered.get_mut(usize::from(*index))?;
        *left = left.saturating_sub(1);
        if *left == 0 { kept.take() } else { kept.clone() }
    };
    let mut all = Vec::with_capacity(doc.program.categories.len());
    for (category, requires) in doc.document().categories.iter().zip(&doc.program.categories) {
        let weighed = requires.iter().filter_map(|rule| missing.weighed.get(usize::from(*rule)));
        let standing = Standing::of(weighed.copied());
        missing.standings.push(standing);
        let mut requirements = Vec::with_capacity(requires.len());
        requirements.extend(requires.iter().filter_map(&mut give));
        all.push(CategoryResult {
            id: Text::Borrowed(&category.id),
            outcome: standing.outcome(),
            requirements,
        });
    }
    (all, missing)
}

fn reasons<'d>(
    dictionary: &'d Dictionary,
    known: &Known<'_>,
    requirement: &'d Requirement,
    rule: &Rule,
    reads: &[Slot],
    missing: &mut Missing,
) -> RequirementResult<'d> {
    let weighed = known.weighed(rule);
    missing.weighed.push(weighed);
    let answer = weighed.answer;
    let start = missing.slots.len();
    if answer == Answer::Unknown {
        let mut lacks = Vec::new();
        known.missing(&rule.holds, &mut lacks);
        rule.ask.iter().for_each(|when| known.missing(when, &mut lacks));
        missing.slots.extend(lacks);
    }
    missing.ends.push(missing.slots.len());
    let mut margins = Vec::new();
    known.margins(&rule.holds, dictionary, &mut margins);
    let holding = rule.ask.iter().enumerate().filter(|(_, when)| known.truth(when) == Some(true));
    let names = |slots: &[Slot]| slots.iter().map(|slot| dictionary.id(*slot)).collect();
    RequirementResult {
        id: Text::Borrowed(&requirement.id),
        article: Text::Borrowed(&requirement.cite.article),
        answer,
        used: reads.iter().filter(|s| known.get(**s).is_some()).map(|s| dictionary.id(*s)).collect(),
        missing: missing.slots.get(start..).map(names).unwrap_or_default(),
        margins,
        ask: holding.map(|(i, _)| i).collect(),
    }
}

/// Every benefit that has an amount, with the rows that are still possible; and those of which no sum can be said.
pub(crate) fn money<'d>(doc: &'d Compiled, known: &Known<'_>) -> (Vec<MoneyRange<'d>>, Vec<WithoutSum<'d>>) {
    let (mut all, mut without) = (Vec::new(), Vec::new());
    let tables = doc.program.benefits.iter().zip(&doc.program.keys);
    for (benefit, (rows, keys)) in doc.document().benefits.iter().zip(tables) {
        let mut paid = Vec::new();
        let Some(perhaps_none) = known.each_amount(rows, keys, &mut |row, amount| paid.push((row, amount)))
        else {
            let mut lacks = known.missing_in_amounts(rows);
            lacks.retain(|slot| keys.iter().all(|(key, _)| key != slot));
            let certain = rows.iter().position(|row| known.truth(&row.when) == Some(true));
            if lacks.is_empty() {
                // Whoever tells which row applies is told a sum, or whom to ask.
                let before = certain.and_then(|at| rows.get(..at)).unwrap_or(rows);
                before.iter().for_each(|row| known.missing(&row.when, &mut lacks));
            }
            let row = certain.and_then(|at| benefit.rows.get(at)).filter(|_| lacks.is_empty());
            without.push(WithoutSum {
                benefit: Text::Borrowed(&benefit.id),
                ask: row.and_then(|row| match &row.pays {
                    Pays::Ask(says) => Some(Text::Borrowed(says.as_str())),
                    _ => None,
                }),
                missing: lacks.into_iter().map(|slot| doc.dictionary.id(slot)).collect(),
            });
            continue;
        };
        let paid = sorted_once(paid);
        let amounts = || paid.iter().map(|(_, amount)| *amount);
        let Some((least, most)) = amounts().min().zip(amounts().max()) else {
            continue;
        };
        let step = |(row, amount): &(usize, i64)| {
            let row = benefit.rows.get(*row)?;
            Some(MoneyStep { label: Text::Borrowed(&row.label), amount: *amount })
        };
        all.push(MoneyRange {
            benefit: Text::Borrowed(&benefit.id),
            least: if perhaps_none { 0 } else { least },
            most,
            per: benefit.per,
            owed: benefit.owed,
            steps: paid.iter().filter_map(step).collect(),
        });
    }
    (all, without)
}

impl Known<'_> {
    /// Adds the facts whose absence keeps a condition unknown, each once.
    pub(crate) fn missing(&self, cond: &Cond, into: &mut Vec<Slot>) {
        if self.truth(cond).is_some() {
            return;
        }
        match cond {
            Cond::Always(_) | Cond::Open => {}
            Cond::Flag(slot, _) | Cond::OneOf(slot, _) | Cond::Line(slot, _, _) => once(*slot, into),
            Cond::Compare(left, _, right, _) => {
                self.missing_in(left, into);
                self.missing_in(right, into);
            }
            Cond::All(inner) | Cond::Any(inner) => inner.iter().for_each(|c| self.missing(c, into)),
        }
    }

    /// Adds the facts that a quantity still lacks, each once.
    pub(crate) fn missing_in(&self, expr: &Expr, into: &mut Vec<Slot>) {
        if let Expr::If(test, yes, no) = expr {
            self.missing(test, into);
            match self.truth(test) {
                Some(true) => self.missing_in(yes, into),
                Some(false) => self.missing_in(no, into),
                None => {
                    self.missing_in(yes, into);
                    self.missing_in(no, into);
                }
            }
            return;
        }
        let mut all = Vec::new();
        expr.facts(&mut all);
        for slot in all.into_iter().filter(|s| self.get(*s).is_none()) {
            once(slot, into);
        }
    }

    /// The facts that the amounts of the rows that may apply still lack, each once.
    fn missing_in_amounts(&self, rows: &[Row]) -> Vec<Slot> {
        let mut lacks = Vec::new();
        for row in rows {
            let truth = self.truth(&row.when);
            if truth != Some(false) {
                self.missing_in(&row.amount, &mut lacks);
            }
            if truth == Some(true) {
                break;
            }
        }
        lacks
    }

    fn margins<'d>(&self, cond: &Cond, dictionary: &'d Dictionary, into: &mut Vec<Margin<'d>>) {
        let (slot, margin) = match cond {
            Cond::Line(slot, op, line) => {
                let Some(value) = self.get(*slot) else { return };
                (*slot, Some((value, 1, *op, *line, op.holds(&value, line))))
            }
            Cond::Compare(left, op, right, about) => (*about, self.margin(left, *op, right)),
            Cond::All(inner) => {
                inner.iter().for_each(|c| self.margins(c, dictionary, into));
                return;
            }
            Cond::Any(inner) => {
                let own = inner.iter().filter(|c| !self.is_another_case(c));
                own.for_each(|c| self.margins(c, dictionary, into));
                return;
            }
            Cond::Always(_) | Cond::Open | Cond::Flag(..) | Cond::OneOf(..) => return,
        };
        // What is about the day alone is no distance of the household's.
        if let Some((numerator, denominator, op, line, holds)) = margin
            && slot != NO_FACT
        {
            let op = Text::Borrowed(op.sign());
            into.push(Margin { fact: dictionary.id(slot), numerator, denominator, op, line, holds });
        }
    }

    /// Whether an alternative is about somebody else, by a yes/no or a choice that does not hold, so
    /// that its lines say nothing about this household: `past_bar == "deceit" && bar_started_on < …`.
    fn is_another_case(&self, alternative: &Cond) -> bool {
        let Cond::All(parts) = alternative else { return false };
        let kind = |part: &&Cond| matches!(part, Cond::Flag(..) | Cond::OneOf(..));
        parts.iter().filter(kind).any(|part| self.truth(part) == Some(false))
    }

    fn margin(&self, left: &Expr, op: Op, right: &Expr) -> Option<(i64, i64, Op, i64, bool)> {
        let (own, line) = (self.quantity(left)?, self.quantity(right)?);
        if line.bottom != 1 {
            return None;
        }
        Some((
            i64::try_from(own.top).ok()?,
            i64::try_from(own.bottom).ok()?,
            op,
            i64::try_from(line.top).ok()?,
            own.compare(op, line)?,
        ))
    }
}

fn once(slot: Slot, into: &mut Vec<Slot>) {
    if !into.contains(&slot) {
        into.push(slot);
    }
}
