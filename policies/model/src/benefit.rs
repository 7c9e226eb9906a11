//! Money: what the document gives, and the bounds on what a tenant pays.

use serde::{Deserialize, Serialize};

use super::Cite;
#[cfg(not(feature = "whole"))]
use crate::left_out::LeftOut;

/// A sum a household gets, or a rule about money that the document sets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Benefit {
    /// Stable id: `subsidy`.
    pub id: String,
    /// `租赁补贴`.
    pub label: String,
    /// Plain words.
    pub says: String,
    /// Money per what.
    pub per: Per,
    /// The amount: first row whose condition holds; an unknown row widens the range.
    /// Empty: the document gives no amount (then `says` tells who sets it).
    #[serde(default)]
    pub rows: Vec<BenefitRow>,
    /// What the sum leaves open (how far it reaches, that it may be given and not must, per person or per household),
    /// one plain sentence each, to be shown beside it; empty: nothing.
    #[serde(default)]
    pub open: Vec<String>,
    /// Source.
    pub cite: Cite,
}

/// One row of an amount table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BenefitRow {
    /// CEL; empty: otherwise.
    #[cfg(feature = "whole")]
    #[serde(default)]
    pub when: String,
    #[cfg(not(feature = "whole"))]
    when: LeftOut,
    /// CEL: where this holds, nobody knows yet whether the row applies, whatever is told: the range widens.
    /// Empty: never.
    #[cfg(feature = "whole")]
    #[serde(default)]
    pub perhaps: String,
    #[cfg(not(feature = "whole"))]
    perhaps: LeftOut,
    /// What the row is called in the arithmetic shown: `城镇低保`.
    pub label: String,
    /// How much.
    pub pays: Pays,
}

/// An amount: fixed, or computed exactly from facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Pays {
    /// Fixed, in CEL units: `yuan(525)`.
    Fixed(String),
    /// CEL expression giving fen, rounded down to a fen once, at the end.
    Computed(String),
}

/// The period an amount is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// Month.
    Month,
    /// Quarter.
    Quarter,
    /// Year.
    Year,
}

impl Per {
    /// The period in Chinese, as it stands after 每 or ／.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Month => "月",
            Self::Quarter => "季度",
            Self::Year => "年",
        }
    }
}
