//! What an assessment says: advice with reasons, never a decision.
//!
//! Serialised with `serde_json` it is byte-identical in the browser, on the edge and natively.

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use crate::{
    book::NoVerdict,
    program::{Answer, Outcome},
};
use crate::{facts::Value, model::Per};

/// A name out of a document: borrowed from the rulebook that decided, owned where an assessment was read back.
pub type Text<'d> = Cow<'d, str>;

/// The assessment of one household under one document on one date. It borrows its names from the rulebook;
/// one that was read back from a file lives on its own as `Assessment<'static>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Assessment<'d> {
    /// Document id.
    pub document: Text<'d>,
    /// SHA-256 of the document's data, hex: which text decided.
    pub document_hash: Text<'d>,
    /// The application date.
    #[serde(with = "crate::model::iso")]
    #[cfg_attr(feature = "schema", schemars(with = "NaiveDate"))]
    pub on: NaiveDate,
    /// Why there is no verdict; then `outcome` is `None` and the lists are empty.
    pub no_verdict: Option<NoVerdict>,
    /// Year to label the verdict with, where the document may be superseded.
    pub label_year: Option<i32>,
    /// Overall outcome. A category that can at best end in [`Outcome::Ask`] does not keep it unknown once another has
    /// ended there.
    pub outcome: Option<Outcome>,
    /// Every category, in the document's order.
    pub categories: Vec<CategoryResult<'d>>,
    /// Money: range while facts are missing. One entry per benefit with an amount.
    pub money: Vec<MoneyRange<'d>>,
    /// Benefits of which no sum can be said yet, not even a range, with what must be told before.
    #[serde(default)]
    pub without_sum: Vec<WithoutSum<'d>>,
    /// Household fact ids that can still change the outcome or the money, best question first.
    pub questions: Vec<Text<'d>>,
    /// Smallest single changes that would turn "not eligible" into "eligible", each confirmed by
    /// re-assessment; empty where no single change does.
    pub changes: Vec<Change<'d>>,
    /// Under "not eligible": the first day on which time alone turns a category, each confirmed by
    /// re-assessment on that day and the day before; empty where no day within the dates of force does.
    #[serde(default)]
    pub first_days: Vec<FirstDay<'d>>,
}

impl<'d> Assessment<'d> {
    /// The result for a category, by its id.
    pub fn category(&self, id: &str) -> Option<&CategoryResult<'d>> {
        self.categories.iter().find(|result| result.id == id)
    }
}

/// The result for one category.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CategoryResult<'d> {
    /// Category id.
    pub id: Text<'d>,
    /// Its outcome.
    pub outcome: Outcome,
    /// Every requirement, in order.
    pub requirements: Vec<RequirementResult<'d>>,
}

impl<'d> CategoryResult<'d> {
    /// The result for a requirement, by its id.
    pub fn requirement(&self, id: &str) -> Option<&RequirementResult<'d>> {
        self.requirements.iter().find(|result| result.id == id)
    }
}

/// The result for one requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RequirementResult<'d> {
    /// Requirement id.
    pub id: Text<'d>,
    /// Article it rests on.
    pub article: Text<'d>,
    /// The answer.
    pub answer: Answer,
    /// Facts that its condition mentions and that are known, in order of mention.
    pub used: Vec<Text<'d>>,
    /// Facts whose absence keeps it unknown.
    pub missing: Vec<Text<'d>>,
    /// How far from each line that was compared.
    pub margins: Vec<Margin<'d>>,
    /// Indices into the requirement's `ask` list that hold.
    pub ask: Vec<usize>,
}

/// Distance of a quantity from a line. All numbers in the smallest unit of the quantity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Margin<'d> {
    /// Fact or ratio id.
    pub fact: Text<'d>,
    /// Numerator of the household's own value.
    pub numerator: i64,
    /// Denominator (1 unless a ratio).
    pub denominator: i64,
    /// `<=`, `<`, `>=`, `>`, `==`.
    pub op: Text<'d>,
    /// The line; for dates, days since 1970-01-01.
    pub line: i64,
    /// Whether the comparison holds.
    pub holds: bool,
}

/// What a benefit comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MoneyRange<'d> {
    /// Benefit id.
    pub benefit: Text<'d>,
    /// Least, in fen.
    pub least: i64,
    /// Most, in fen. Equal to `least` when certain.
    pub most: i64,
    /// Period.
    pub per: Per,
    /// The household pays it (租金) and is not given it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub owed: bool,
    /// The rows of the table that are still possible, with their labels and amounts in fen: the
    /// arithmetic to show.
    pub steps: Vec<MoneyStep<'d>>,
}

/// A benefit of which no sum can be said yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WithoutSum<'d> {
    /// Benefit id.
    pub benefit: Text<'d>,
    /// The facts to tell, so that a sum or a range can be said.
    pub missing: Vec<Text<'d>>,
    /// What to tell the resident where all is told and nobody but the office can say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask: Option<Text<'d>>,
}

/// One line of arithmetic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MoneyStep<'d> {
    /// Label of the row.
    pub label: Text<'d>,
    /// Amount in fen for one period.
    pub amount: i64,
}

/// A single change that would flip a "no".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Change<'d> {
    /// Category that would become eligible.
    pub category: Text<'d>,
    /// Requirement that fails now.
    pub requirement: Text<'d>,
    /// Article.
    pub article: Text<'d>,
    /// The household fact to change.
    pub fact: Text<'d>,
    /// Its value now.
    pub from: Value,
    /// The nearest value that flips it.
    pub to: Value,
}

/// The day from which on a category is no longer out of reach, everything but the date unchanged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FirstDay<'d> {
    /// Category that fails until then.
    pub category: Text<'d>,
    /// First application date on which it is not "not eligible".
    #[serde(with = "crate::model::iso")]
    #[cfg_attr(feature = "schema", schemars(with = "NaiveDate"))]
    pub day: NaiveDate,
    /// What it is on that day: eligible, ask, or unknown while facts are missing.
    pub outcome: Outcome,
    /// Requirement that fails up to the day before.
    pub requirement: Text<'d>,
    /// Article.
    pub article: Text<'d>,
    /// The fact that is compared with the day.
    pub fact: Text<'d>,
    /// The fact's date, which is counted from; absent where the fact is no date.
    #[serde(default, with = "crate::model::iso::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<NaiveDate>"))]
    pub since: Option<NaiveDate>,
}
