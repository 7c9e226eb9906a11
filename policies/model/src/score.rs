//! Points for those who wait.

use serde::{Deserialize, Serialize};

use super::Cite;

/// Points that a document gives: the more, the earlier one's turn. Who has as many comes in the order of a date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Score {
    /// `轮候积分`.
    pub label: String,
    /// Plain words.
    pub says: String,
    /// What points are given for, in the order to show.
    pub items: Vec<ScoreItem>,
    /// The date fact by which those with as many points come one after another, the earlier first; absent: they are equal.
    #[serde(default)]
    pub then: Option<String>,
    /// Source.
    pub cite: Cite,
}

/// One thing that points are given for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ScoreItem {
    /// Stable id.
    pub id: String,
    /// `轮候年限`.
    pub label: String,
    /// CEL: a plain number, rounded down to whole points once, at the end.
    pub points: String,
    /// Source.
    pub cite: Cite,
}
