//! Calculators: arithmetic of the document that is shown beside a verdict and decides nothing.

use serde::{Deserialize, Serialize};

use super::{Asked, Cite, FactKind, Per};
#[cfg(not(feature = "whole"))]
use crate::left_out::LeftOut;

/// One calculator. Its inputs are its own: the self-check never asks for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Calculator {
    /// Stable id: `rent_ceiling`.
    pub id: String,
    /// `租金最高多少`.
    pub label: String,
    /// Plain words: what it works out, and what the result does not mean.
    #[cfg(feature = "whole")]
    pub says: String,
    #[cfg(not(feature = "whole"))]
    says: LeftOut,
    /// What a person types.
    #[cfg(feature = "whole")]
    pub inputs: Vec<CalculatorInput>,
    #[cfg(not(feature = "whole"))]
    inputs: LeftOut,
    /// The arithmetic, in the order to show.
    #[cfg(feature = "whole")]
    pub steps: Vec<CalculatorStep>,
    #[cfg(not(feature = "whole"))]
    steps: LeftOut,
    /// Source.
    pub cite: Cite,
}

/// Something a person types into a calculator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CalculatorInput {
    /// Stable id within the calculator; steps name it.
    pub id: String,
    /// Short name.
    pub label: String,
    /// The question a person reads.
    pub question: String,
    /// What to count, where to find it.
    #[serde(default)]
    pub help: String,
    /// Kind and unit; anything but a ratio.
    pub kind: FactKind,
    /// Zero makes no sense and is refused, so that a step may divide by it.
    #[serde(default)]
    pub positive: bool,
    /// Choices that settle nothing, such as "not assessed yet": they count as not answered, so that
    /// what hangs on them is a range.
    #[serde(default)]
    pub open: Vec<String>,
}

impl<'a> From<&'a CalculatorInput> for Asked<'a> {
    fn from(input: &'a CalculatorInput) -> Self {
        Self { id: &input.id, label: &input.label, kind: &input.kind, open_ended: None }
    }
}

impl CalculatorInput {
    /// Smallest and largest integer it admits, as [`FactKind::range`].
    pub fn range(&self) -> Option<(i64, i64)> {
        self.kind.range().map(|(least, most)| (if self.positive { least.max(1) } else { least }, most))
    }
}

/// One line of a calculator's arithmetic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CalculatorStep {
    /// Stable id within the calculator; later steps may name it.
    pub id: String,
    /// What it is: `每月最多收`.
    pub label: String,
    /// How it is worked out, in words: `市场租金 × 70%`.
    #[serde(default)]
    pub arithmetic: String,
    /// CEL over the inputs, `today` and earlier steps. With `clock`: the day of the clock's event.
    /// Empty with `window`.
    #[serde(default)]
    pub gives: String,
    /// A clock of this document: the step is its last day.
    #[serde(default)]
    pub clock: Option<String>,
    /// A window of this document: the step is its last day, of the one open today or the next.
    #[serde(default)]
    pub window: Option<String>,
    /// What it is measured in.
    pub unit: Measure,
    /// The period, where it is money for one.
    #[serde(default)]
    pub per: Option<Per>,
    /// Whether it is a result, and not only on the way to one.
    #[serde(default)]
    pub result: bool,
    /// For a flag: what it means when it holds.
    #[serde(default)]
    pub yes: String,
    /// For a flag: what it means when it does not.
    #[serde(default)]
    pub no: String,
}

/// What a step is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Fen.
    Money,
    /// 0.01 m².
    Area,
    /// A calendar date.
    Date,
    /// A plain number.
    Count,
    /// Yes or no.
    Flag,
}
