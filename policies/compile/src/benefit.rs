//! Amounts: the rows of a benefit with the steps that they name, and the days on which each counts.

use super::{
    Dictionary, Problem,
    cel::{Compiler, Unit},
    document::optional,
    shared::{self, Shared},
    source::{Source, Step},
    spans::Span,
};
use policies_model::{
    Benefit, BenefitRow, Document, Measure, Pays,
    program::{Cond, Expr, Row},
};

/// What the benefits of a document become.
pub(super) struct Amounts {
    pub(super) rows: Vec<Vec<Row>>,
    pub(super) steps: Vec<Vec<Expr>>,
    /// The rows as they are told: with one before each that names a constant, for the days on which nobody knows it.
    pub(super) told: Vec<Vec<BenefitRow>>,
}

/// Compiles every benefit.
pub(super) fn amounts(
    source: &Source<'_>,
    document: &Document,
    dictionary: &Dictionary,
    constants: &[Shared],
    problems: &mut Vec<Problem>,
) -> Amounts {
    let mut all = Amounts { rows: Vec::new(), steps: Vec::new(), told: Vec::new() };
    for (i, benefit) in document.benefits.iter().enumerate() {
        let mut reader = Reader { source, document, dictionary, benefit, i, problems };
        let shared = reader.steps(constants);
        all.steps.push(shared.iter().skip(constants.len()).map(|step| step.expr.clone()).collect());
        let (mut rows, mut told) = (Vec::new(), Vec::new());
        for (n, row) in benefit.rows.iter().enumerate() {
            reader.row(n, row, &shared, &mut rows, &mut told);
        }
        all.rows.push(rows);
        all.told.push(told);
    }
    all
}

struct Reader<'r, 't> {
    source: &'r Source<'t>,
    document: &'r Document,
    dictionary: &'r Dictionary,
    benefit: &'r Benefit,
    i: usize,
    problems: &'r mut Vec<Problem>,
}

impl Reader<'_, '_> {
    fn wrong(&mut self, list: &str, n: usize, key: &str, message: &str) {
        let path = [Step::Key("benefits"), Step::At(self.i), Step::Key(list), Step::At(n), Step::Key(key)];
        self.problems.push(self.source.problem(&path, format!("benefit `{}`: {message}", self.benefit.id)));
    }

    /// The constants, then the steps of this benefit.
    fn steps(&mut self, constants: &[Shared]) -> Vec<Shared> {
        let mut shared = constants.to_vec();
        for (n, step) in self.benefit.steps.iter().enumerate() {
            if let Err(message) = shared::free(&step.id, &shared, self.dictionary) {
                self.wrong("steps", n, "id", &message);
            }
            if step.label.trim().is_empty() || step.arithmetic.trim().is_empty() {
                self.wrong("steps", n, "label", "a step wants a label and its arithmetic in words");
            }
            let names = self.dictionary.names(&shared);
            let mut compiler = Compiler::new(&names);
            let wanted = match step.unit {
                Measure::Money => Some(Unit::Money),
                Measure::Area => Some(Unit::Area),
                Measure::Count => Some(Unit::Number),
                Measure::Date | Measure::Flag => None,
            };
            let read = compiler.quantity(&step.gives);
            let (mentions, uses) = (compiler.mentions, compiler.uses);
            let (expr, unit) = match read {
                Ok((expr, unit)) => {
                    if Some(unit) != wanted {
                        let message =
                            format!("step `{}`: this is {}, not what `unit` says", step.id, unit.name());
                        self.wrong("steps", n, "unit", &message);
                    }
                    (expr, unit)
                }
                Err(message) => {
                    self.wrong("steps", n, "gives", &format!("step `{}`: {message}", step.id));
                    (Expr::Const(1), wanted.unwrap_or(Unit::Number))
                }
            };
            shared.push(Shared { id: step.id.clone(), expr, unit, mentions, uses, unknown: Vec::new() });
        }
        shared
    }

    fn row(
        &mut self,
        n: usize,
        row: &BenefitRow,
        shared: &[Shared],
        rows: &mut Vec<Row>,
        told: &mut Vec<BenefitRow>,
    ) {
        let names = self.dictionary.names(shared);
        let mut compiler = Compiler::new(&names);
        let when = optional(&mut compiler, &row.when).unwrap_or_else(|m| {
            self.wrong("rows", n, "when", &m);
            Cond::Always(false)
        });
        let when = if row.perhaps.trim().is_empty() {
            when
        } else {
            let perhaps = compiler.condition(&row.perhaps).unwrap_or_else(|m| {
                self.wrong("rows", n, "perhaps", &m);
                Cond::Always(false)
            });
            // Under an answer that leaves it open it is open, whatever else holds.
            let plainly = compiler.condition(&format!("!({})", row.perhaps)).unwrap_or(Cond::Always(true));
            Cond::Any(vec![Cond::All(vec![when, plainly]), Cond::All(vec![perhaps, Cond::Open])])
        };
        let span = Span::new(row.valid_from, row.valid_until);
        let path = [Step::Key("benefits"), Step::At(self.i), Step::Key("rows"), Step::At(n)];
        span.check(self.source, &path, self.document, self.problems);
        let when = span.narrow(when);
        let amount = match &row.pays {
            Pays::Ask(says) if says.trim().is_empty() => Err("`ask` wants what to tell".to_owned()),
            Pays::Ask(_) => Ok(nobody_knows()),
            Pays::Fixed(text) | Pays::Computed(text) => {
                compiler.quantity(text).and_then(|(expr, unit)| match (&row.pays, &expr, unit) {
                    (_, _, u) if u != Unit::Money => Err("an amount must be money".to_owned()),
                    (Pays::Fixed(_), Expr::Const(_), _) | (Pays::Computed(_), _, _) => Ok(expr),
                    _ => Err("a fixed amount is a literal such as yuan(525); otherwise write `computed`"
                        .to_owned()),
                })
            }
        };
        let amount = amount.unwrap_or_else(|m| {
            self.wrong("rows", n, "pays", &m);
            Expr::Const(0)
        });
        for (days, says) in shared::unknown(&compiler.uses, shared) {
            let when = if when == Cond::Always(true) {
                days.clone()
            } else {
                Cond::All(vec![days.clone(), when.clone()])
            };
            rows.push(Row { when, amount: nobody_knows() });
            told.push(BenefitRow { pays: Pays::Ask(says.clone()), ..row.clone() });
        }
        rows.push(Row { when, amount });
        told.push(row.clone());
    }
}

/// An amount that no fact tells.
fn nobody_knows() -> Expr {
    Expr::If(Box::new(Cond::Open), Box::new(Expr::Today), Box::new(Expr::Today))
}
