//! Numbers with a name, and the years for which they are known.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Cite;

/// A number that conditions and amounts name: `average_rent`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Constant {
    /// Stable id, by which expressions name it.
    pub id: String,
    /// What it is called: `人均可支配收入`.
    pub label: String,
    /// What it is, the earliest first. Outside all of them nobody knows: what names it is to be asked about.
    pub values: Vec<ConstantValue>,
    /// Source.
    pub cite: Cite,
}

/// What a constant is from one day until another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ConstantValue {
    /// First application date for which it counts; absent: from the beginning.
    #[serde(default, with = "crate::iso::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<NaiveDate>"))]
    pub from: Option<NaiveDate>,
    /// Last application date for which it counts, included; absent: up to the next one, or without an end.
    #[serde(default, with = "crate::iso::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<NaiveDate>"))]
    pub until: Option<NaiveDate>,
    /// CEL: a literal such as `yuan(45990)`, or arithmetic over literals and the constants before.
    pub gives: String,
}
