//! Calculators: their inputs are their own small dictionary, and each step may name the ones before.

use super::{
    Problem, bounds,
    cel::{Compiler, Named, Names, Unit},
    dictionary::is_id,
    source::{Source, Step},
};
use policies_model::{
    Calculator, CalculatorStep, Document, FactKind, Measure, RatioUnit,
    program::{Cond, Expr, Slot, StepProgram},
};

/// Compiles every calculator of a document.
pub(super) fn programs(
    source: &Source<'_>,
    document: &Document,
    problems: &mut Vec<Problem>,
) -> Vec<Vec<StepProgram>> {
    let calculators = document.calculators.iter().enumerate();
    calculators
        .map(|(i, calculator)| {
            let mut scope = Scope { document, named: Vec::new(), ratios: Vec::new(), ranges: Vec::new() };
            let mut wrong = |path: &[Step<'_>], message: String| {
                let message = format!("calculator `{}`: {message}", calculator.id);
                problems.push(
                    source.problem(&[&[Step::Key("calculators"), Step::At(i)], path].concat(), message),
                );
            };
            for (n, input) in calculator.inputs.iter().enumerate() {
                let path = [Step::Key("inputs"), Step::At(n)];
                if let Err(message) = scope.free(&input.id) {
                    wrong(&path, message);
                }
                if input.question.is_empty() || input.label.is_empty() {
                    wrong(&path, format!("`{}` wants a label and a question", input.id));
                }
                if matches!(input.kind, FactKind::Ratio { .. }) {
                    wrong(&path, format!("`{}`: a ratio is no input; write it as a step", input.id));
                }
                for open in &input.open {
                    if input.kind.choice(open).is_none() {
                        wrong(&path, format!("`{}` has no choice `{open}` to leave open", input.id));
                    }
                }
                scope.add(&input.id, input.kind.clone(), None, input.range());
            }
            let mut mentions = Vec::new();
            let mut steps = Vec::new();
            // Steps that cannot be compiled: whatever names one is not told apart.
            let mut broken: Vec<&str> = Vec::new();
            for (n, step) in calculator.steps.iter().enumerate() {
                let path = [Step::Key("steps"), Step::At(n)];
                if let Err(message) = scope.free(&step.id).and_then(|()| words(step)) {
                    wrong(&path, message);
                }
                steps.push(scope.step(step, &mut mentions).unwrap_or_else(|message| {
                    let gives = [Step::Key("steps"), Step::At(n), Step::Key("gives")];
                    if !broken.iter().any(|id| names(&step.gives, id)) {
                        wrong(&gives, format!("step `{}`: {message}", step.id));
                    }
                    broken.push(&step.id);
                    scope.add(&step.id, fraction(), None, None);
                    StepProgram::Quantity(Expr::Const(0))
                }));
            }
            if broken.is_empty() {
                for message in overall(calculator, &mentions) {
                    wrong(&[], message);
                }
            }
            steps
        })
        .collect()
}

/// Whether an expression names something.
fn names(expression: &str, id: &str) -> bool {
    expression.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == id)
}

/// What is wrong with the calculator beyond any one line of it.
fn overall(calculator: &Calculator, mentions: &[Slot]) -> Vec<String> {
    let idle = (0..).zip(&calculator.inputs).filter(|(slot, _)| !mentions.contains(slot));
    let mut wrong: Vec<String> = idle.map(|(_, input)| format!("no step uses `{}`", input.id)).collect();
    if !calculator.steps.iter().any(|s| s.result) {
        wrong.push("no step is a result".to_owned());
    }
    wrong
}

/// What a step's words must say.
fn words(step: &CalculatorStep) -> Result<(), String> {
    let flag = step.unit == Measure::Flag;
    if step.label.is_empty() {
        Err(format!("step `{}` has no label", step.id))
    } else if flag == (step.yes.is_empty() || step.no.is_empty()) {
        Err(format!("step `{}`: a flag, and only a flag, says what yes and what no means", step.id))
    } else if step.per.is_some() && step.unit != Measure::Money {
        Err(format!("step `{}`: only money is per a period", step.id))
    } else {
        Ok(())
    }
}

/// What the next step may name.
struct Scope<'d> {
    document: &'d Document,
    /// Inputs, then steps: their names and kinds.
    named: Vec<(&'d str, FactKind)>,
    ratios: Vec<Option<(Expr, Unit)>>,
    ranges: Vec<Option<(i64, i64)>>,
}

impl<'d> Scope<'d> {
    fn free(&self, id: &str) -> Result<(), String> {
        if !is_id(id) || id == "today" {
            Err(format!("`{id}` is not an id: lower-case letters, digits and _ only"))
        } else if self.named.iter().any(|(known, _)| *known == id) {
            Err(format!("two inputs or steps are called `{id}`"))
        } else {
            Ok(())
        }
    }

    fn add(&mut self, id: &'d str, kind: FactKind, ratio: Option<(Expr, Unit)>, range: Option<(i64, i64)>) {
        self.named.push((id, kind));
        self.ratios.push(ratio);
        self.ranges.push(range);
    }

    /// Compiles a step and makes it known to the ones after it.
    fn step(&mut self, step: &'d CalculatorStep, mentions: &mut Vec<Slot>) -> Result<StepProgram, String> {
        let named = self.named.iter().map(|(id, kind)| Named { id, kind, of_person: false });
        let names = Names { facts: named.collect(), ratios: &self.ratios, ranges: &self.ranges, shared: &[] };
        let mut compiler = Compiler::new(&names);
        let at = |place: Option<usize>, what: &str| {
            place
                .and_then(|i| u16::try_from(i).ok())
                .ok_or_else(|| format!("this document has no such {what}"))
        };
        let (program, ratio) = match (&step.clock, &step.window) {
            (Some(_), Some(_)) => return Err("a step is a clock or a window, not both".to_owned()),
            (Some(clock), None) => {
                let clock = at(self.document.clocks.iter().position(|c| c.id == *clock), "clock")?;
                let (from, unit) = compiler.quantity(&step.gives)?;
                if unit != Unit::Date {
                    return Err(format!("a clock counts from a date, and this is {}", unit.name()));
                }
                (StepProgram::Clock(clock, from), None)
            }
            (None, Some(window)) => {
                if !step.gives.is_empty() {
                    return Err("a window needs no expression".to_owned());
                }
                let window = at(self.document.windows.iter().position(|w| w.id == *window), "window")?;
                (StepProgram::Window(window), None)
            }
            (None, None) if step.unit == Measure::Flag => match compiler.condition(&step.gives)? {
                Cond::Always(_) => return Err("this is decided beforehand".to_owned()),
                cond => (StepProgram::Flag(cond), None),
            },
            (None, None) => {
                let (expr, unit) = compiler.quantity(&step.gives)?;
                if Some(unit) != wanted(step.unit) {
                    return Err(format!("this is {}, not what `unit` says", unit.name()));
                }
                (StepProgram::Quantity(expr.clone()), Some((expr, unit)))
            }
        };
        let dated = matches!(program, StepProgram::Clock(..) | StepProgram::Window(_));
        let bounds = match &program {
            StepProgram::Quantity(expr) if whole_number(expr) => Some(bounds::of(expr, &self.ranges)?),
            _ => None,
        };
        if dated && step.unit != Measure::Date {
            return Err("a clock or a window gives a date".to_owned());
        }
        mentions.extend(compiler.mentions);
        let kind = if dated { FactKind::Date { future: true } } else { fraction() };
        let range = kind.range();
        // A whole number is kept as it is; only a fraction is written out in the steps that name it.
        let known = bounds.and_then(|b| i64::try_from(b.least).ok().zip(i64::try_from(b.most).ok()));
        if let Some((least, most)) = known {
            let kind = match step.unit {
                Measure::Money => FactKind::Money,
                Measure::Area => FactKind::Area,
                Measure::Date => FactKind::Date { future: true },
                Measure::Count | Measure::Flag => FactKind::Count { least, most },
            };
            self.add(&step.id, kind, None, known);
        } else {
            self.add(&step.id, kind, ratio, range);
        }
        Ok(program)
    }
}

/// Whether a quantity is a whole number of its smallest unit whatever the inputs are.
fn whole_number(expr: &Expr) -> bool {
    match expr {
        Expr::Const(_) | Expr::Fact(_) | Expr::Today | Expr::Moved(..) | Expr::Round(..) => true,
        Expr::Div(..) => false,
        Expr::Add(a, b) | Expr::Sub(a, b) | Expr::Mul(a, b) | Expr::Min(a, b) | Expr::Max(a, b) => {
            whole_number(a) && whole_number(b)
        }
        Expr::If(_, a, b) => whole_number(a) && whole_number(b),
    }
}

const fn wanted(measure: Measure) -> Option<Unit> {
    match measure {
        Measure::Money => Some(Unit::Money),
        Measure::Area => Some(Unit::Area),
        Measure::Date => Some(Unit::Date),
        Measure::Count => Some(Unit::Number),
        Measure::Flag => None,
    }
}

/// What a step is to later expressions: a fraction, until it is known to be a whole number.
const fn fraction() -> FactKind {
    FactKind::Ratio { numerator: String::new(), denominator: String::new(), unit: RatioUnit::Number }
}
