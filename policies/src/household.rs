//! What is known of a household: facts by id, any of which may be missing.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A fact's value in its smallest unit. JSON: `true`, `350000`, `"2024-03-01"` or `"dibao"`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Yes or no.
    YesNo(bool),
    /// Fen, 0.01 m², months or a count.
    Number(i64),
    /// A calendar date.
    Date(NaiveDate),
    /// The id of a choice.
    Choice(String),
}

/// Facts of one household. A missing id is an unknown, never a default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Household {
    /// Household facts by id.
    #[serde(default)]
    pub facts: BTreeMap<String, Value>,
    /// Person facts by id, one map per person; their order never matters.
    #[serde(default)]
    pub people: Vec<BTreeMap<String, Value>>,
}
