//! Calculators: arithmetic to show, exact, with every step; it informs and decides nothing.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    book::{Compiled, NoVerdict, label_year, not_in_force},
    calendar::{WindowState, clock_due, window_in_force},
    facts::{self, Value},
    fault::{FactError, FactFault},
    model::{Calculator, CalculatorInput, CalculatorStep, FactKind, Measure, Per},
    program::{Fraction, Known, StepProgram},
    units::{
        area,
        date::{chinese_date, date_of, day_of},
        money,
    },
};

/// What a calculator gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calculation {
    /// Document id.
    pub document: String,
    /// Calculator id.
    pub calculator: String,
    /// The day reckoned on.
    #[serde(with = "crate::model::iso")]
    pub on: NaiveDate,
    /// Article it rests on.
    pub article: String,
    /// Why nothing is worked out: the document is not in force on the day. Then `steps` is empty.
    pub not_in_force: Option<NoVerdict>,
    /// Year to show beside the figures, where the document may be superseded.
    pub label_year: Option<i32>,
    /// Every step, in the order to show.
    pub steps: Vec<Figure>,
    /// Input ids that are missing, while some figure is unknown or a range.
    pub missing: Vec<String>,
    /// Whether a date leans on a year whose official calendar is not out.
    pub provisional: bool,
}

/// One step's figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Step id.
    pub id: String,
    /// What it is.
    pub label: String,
    /// How it is worked out, in words; may be empty.
    pub arithmetic: String,
    /// What it is measured in.
    pub unit: Measure,
    /// The period, where it is money for one.
    pub per: Option<Per>,
    /// Whether it is a result, and not only on the way to one.
    pub result: bool,
    /// Least, in the smallest unit, rounded down; none while it is unknown.
    pub least: Option<Value>,
    /// Most; equal to `least` when certain.
    pub most: Option<Value>,
    /// False where rounding down to the smallest unit left something out. Comparisons never round.
    pub exact: bool,
    /// Whether it is a date past the document's last day of force. Of a yearly date none is given then.
    pub beyond: bool,
    /// For reading: `每月 700.00 元`, `2026年3月1日`, a flag's sentence, `还算不出来`.
    pub shown: String,
}

/// Most combinations of unanswered choices that are tried for a range.
const MOST_COMBINATIONS: usize = 64;

/// Works out a calculator from its inputs, in their smallest units, on a day. A missing input leaves
/// the figures that need it unknown, or a range where it is a choice; none is ever assumed. No yearly
/// date is given past the document's last day of force, and any other date past it is marked.
///
/// # Errors
/// Every input that is unknown to the calculator, of the wrong kind or out of range, at
/// `inputs.<id>`; a calculator that the document does not have, at `calculator`.
///
/// ```
/// use policies::{Value, calculate, rulebook};
/// let doc = rulebook().document("yongshun-2023").unwrap();
/// let inputs = [("market_rent_month".to_owned(), Value::Number(100_000))].into();
/// let on = "2026-11-20".parse().unwrap();
/// let ceiling = calculate(doc, "rent_ceiling", &inputs, on).unwrap();
/// assert_eq!(ceiling.steps[0].shown, "每月 700.00 元");
/// ```
pub fn calculate(
    doc: &Compiled,
    calculator: &str,
    inputs: &BTreeMap<String, Value>,
    on: NaiveDate,
) -> Result<Calculation, Vec<FactError>> {
    let document = doc.document();
    let found = document.calculators.iter().zip(&doc.program.calculators).find(|(c, _)| c.id == calculator);
    let Some((calculator, program)) = found else {
        let message = "这份文件没有这个计算。";
        return Err(vec![FactError::new("calculator", FactFault::UnknownFact, message)]);
    };
    let values = fill(calculator, inputs, on)?;
    let not_in_force = not_in_force(document, on);
    let mut calculation = Calculation {
        document: document.id.clone(),
        calculator: calculator.id.clone(),
        on,
        article: calculator.cite.article.clone(),
        not_in_force,
        label_year: label_year(document),
        steps: Vec::new(),
        missing: Vec::new(),
        provisional: false,
    };
    if not_in_force.is_some() {
        return Ok(calculation);
    }
    let runs: Vec<Vec<Option<Number>>> = combinations(calculator, values)
        .into_iter()
        .map(|values| run(doc, program, values, on, &mut calculation.provisional))
        .collect();
    let steps = calculator.steps.iter().enumerate();
    calculation.steps = steps.map(|(i, step)| figure(step, i, &runs, document.valid_until)).collect();
    if calculation.steps.iter().any(|s| s.least.is_none() || s.least != s.most) {
        let missing = calculator.inputs.iter().filter(|input| !inputs.contains_key(&input.id));
        calculation.missing = missing.map(|input| input.id.clone()).collect();
    }
    Ok(calculation)
}

/// A step's number, and whether nothing was rounded away.
type Number = (i64, bool);

/// Inputs by slot, checked.
fn fill(
    calculator: &Calculator,
    inputs: &BTreeMap<String, Value>,
    on: NaiveDate,
) -> Result<Vec<Option<i64>>, Vec<FactError>> {
    let mut errors = Vec::new();
    for id in inputs.keys().filter(|id| calculator.inputs.iter().all(|i| i.id != **id)) {
        let message = "没有这一项，请检查名称。";
        errors.push(FactError::new(format!("inputs.{id}"), FactFault::UnknownFact, message));
    }
    let mut values = Vec::new();
    for input in &calculator.inputs {
        let settled = inputs.get(&input.id).filter(|value| !leaves_open(input, value));
        let read = settled.map(|value| number(input, value, on));
        values.push(read.transpose().unwrap_or_else(|(code, message)| {
            errors.push(FactError::new(format!("inputs.{}", input.id), code, message));
            None
        }));
    }
    if errors.is_empty() { Ok(values) } else { Err(errors) }
}

fn number(input: &CalculatorInput, value: &Value, on: NaiveDate) -> Result<i64, (FactFault, String)> {
    let number = facts::number(input.into(), value, on)?;
    if input.range().is_some_and(|(least, _)| number < least) {
        return Err((FactFault::TooSmall, format!("“{}”要大于零，请核对。", input.label)));
    }
    Ok(number)
}

/// Whether an answer settles nothing.
fn leaves_open(input: &CalculatorInput, value: &Value) -> bool {
    matches!(value, Value::Choice(id) if input.open.contains(id))
}

/// The values with every way to settle the choices that are missing; the values alone where there
/// are too many.
fn combinations(calculator: &Calculator, values: Vec<Option<i64>>) -> Vec<Vec<Option<i64>>> {
    let mut all = vec![values.clone()];
    for (slot, input) in calculator.inputs.iter().enumerate() {
        let open = values.get(slot).copied().flatten().is_none();
        let Some((least, most)) = input.range() else { continue };
        if !open || !matches!(input.kind, FactKind::Choice { .. } | FactKind::YesNo) {
            continue;
        }
        let settles = |answer: &i64| match &input.kind {
            FactKind::Choice { choices } => {
                let choice = usize::try_from(*answer).ok().and_then(|at| choices.get(at));
                choice.is_some_and(|choice| !input.open.contains(&choice.id))
            }
            _ => true,
        };
        let answered = all.iter().flat_map(|values| {
            (least..=most).filter(settles).map(move |answer| {
                let mut values = values.clone();
                if let Some(place) = values.get_mut(slot) {
                    *place = Some(answer);
                }
                values
            })
        });
        all = answered.collect();
    }
    if all.len() > MOST_COMBINATIONS { vec![values] } else { all }
}

/// Every step in order; dates that clocks and windows give become known to the steps after them.
fn run(
    doc: &Compiled,
    program: &[StepProgram],
    mut values: Vec<Option<i64>>,
    on: NaiveDate,
    provisional: &mut bool,
) -> Vec<Option<Number>> {
    let document = doc.document();
    let whole = |q: Fraction| i64::try_from(q.floor()).ok().map(|n| (n, q.top.rem_euclid(q.bottom) == 0));
    let mut numbers = Vec::new();
    for step in program {
        let known = Known { values: &values, today: day_of(on) };
        let number = match step {
            StepProgram::Quantity(expr) => known.quantity(expr).and_then(whole),
            StepProgram::Flag(cond) => known.truth(cond).map(|b| (i64::from(b), true)),
            StepProgram::Clock(clock, from) => {
                let from = known.quantity(from).and_then(whole).and_then(|(day, _)| date_of(day));
                from.zip(document.clocks.get(usize::from(*clock))).map(|(from, clock)| {
                    let due = clock_due(clock, from);
                    *provisional |= due.provisional;
                    (day_of(due.last_day), true)
                })
            }
            StepProgram::Window(window) => {
                let state =
                    document.windows.get(usize::from(*window)).and_then(|w| window_in_force(document, w, on));
                match state {
                    Some(WindowState::Open { until } | WindowState::Closed { until, .. }) => {
                        Some((day_of(until), true))
                    }
                    Some(WindowState::Over { .. } | WindowState::Beyond { .. }) | None => None,
                }
            }
        };
        values.push(number.map(|(n, _)| n));
        numbers.push(number);
    }
    numbers
}

fn figure(
    step: &CalculatorStep,
    at: usize,
    runs: &[Vec<Option<Number>>],
    last_day: Option<NaiveDate>,
) -> Figure {
    let numbers: Option<Vec<Number>> = runs.iter().map(|run| run.get(at).copied().flatten()).collect();
    let numbers = numbers.unwrap_or_default();
    let ends = numbers.iter().map(|(n, _)| *n).min().zip(numbers.iter().map(|(n, _)| *n).max());
    // A flag that can turn out both ways is unknown.
    let ends = ends.filter(|(least, most)| step.unit != Measure::Flag || least == most);
    let exact = numbers.iter().all(|(_, exact)| *exact);
    // A window gives no date only where its next one lies past the last day of force.
    let beyond = last_day.filter(|last| match ends {
        Some((_, most)) => step.unit == Measure::Date && most > day_of(*last),
        None => step.window.is_some(),
    });
    let words = match (ends, beyond.map(chinese_date)) {
        (Some(ends), None) => shown(step, ends, exact),
        (Some(ends), Some(last)) => {
            format!("{}。文件只管到{last}，以后怎么办请问窗口", shown(step, ends, exact))
        }
        (None, Some(last)) => format!("文件只管到{last}，往后没有规定"),
        (None, None) => "还算不出来".to_owned(),
    };
    Figure {
        id: step.id.clone(),
        label: step.label.clone(),
        arithmetic: step.arithmetic.clone(),
        unit: step.unit,
        per: step.per,
        result: step.result,
        least: ends.and_then(|(least, _)| value(step.unit, least)),
        most: ends.and_then(|(_, most)| value(step.unit, most)),
        exact,
        beyond: beyond.is_some(),
        shown: words,
    }
}

fn value(unit: Measure, n: i64) -> Option<Value> {
    match unit {
        Measure::Money | Measure::Area | Measure::Count => Some(Value::Number(n)),
        Measure::Date => date_of(n).map(Value::Date),
        Measure::Flag => Some(Value::YesNo(n != 0)),
    }
}

fn shown(step: &CalculatorStep, (least, most): (i64, i64), exact: bool) -> String {
    let one = |n: i64| match step.unit {
        Measure::Money => format!("{} 元", money::format(n)),
        Measure::Area => format!("{} ㎡", area::format(n)),
        Measure::Count => n.to_string(),
        Measure::Date => date_of(n).map_or_else(String::new, chinese_date),
        Measure::Flag => (if n == 0 { &step.no } else { &step.yes }).clone(),
    };
    let period = step.per.map_or_else(String::new, |per| format!("每{} ", per.word()));
    let more = if exact { "" } else { "多一点" };
    if least == most {
        format!("{period}{}{more}", one(least))
    } else {
        format!("{period}{} 至 {}{more}", one(least), one(most))
    }
}
