//! Money: what the document gives, and the bounds on what a tenant pays.

#[cfg(feature = "whole")]
use chrono::NaiveDate;
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
    /// The same as a table out of a spreadsheet, separated by commas or tabs: its rows follow [`Benefit::rows`]. The head
    /// names a fact over each key and, last, 元.
    #[cfg(feature = "whole")]
    #[serde(default)]
    pub table: String,
    #[cfg(not(feature = "whole"))]
    table: LeftOut,
    /// Quantities that its rows name, each worked out once and shown.
    #[cfg(feature = "whole")]
    #[serde(default)]
    pub steps: Vec<AmountStep>,
    #[cfg(not(feature = "whole"))]
    steps: LeftOut,
    /// What the household pays (租金) and not what it is given.
    #[serde(default)]
    pub owed: bool,
    /// How often it is paid, where that is another period than the one that the amount is for.
    #[cfg(feature = "whole")]
    #[serde(default)]
    pub paid_every: Option<Rhythm>,
    #[cfg(not(feature = "whole"))]
    paid_every: LeftOut,
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
    /// First day on which it counts; absent: from the document's first.
    #[cfg(feature = "whole")]
    #[serde(default, with = "crate::iso::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<NaiveDate>"))]
    pub valid_from: Option<NaiveDate>,
    #[cfg(not(feature = "whole"))]
    valid_from: LeftOut,
    /// Last day on which it counts, included; absent: to the document's last.
    #[cfg(feature = "whole")]
    #[serde(default, with = "crate::iso::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<NaiveDate>"))]
    pub valid_until: Option<NaiveDate>,
    #[cfg(not(feature = "whole"))]
    valid_until: LeftOut,
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
    /// Nobody but the office can say: what to tell the resident, in plain words.
    Ask(String),
}

/// A quantity that rows share: `缺的面积`.
#[cfg(feature = "whole")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AmountStep {
    /// Stable id, by which rows and later steps name it.
    pub id: String,
    /// What it is called in the arithmetic shown.
    pub label: String,
    /// The arithmetic in words: `15平方米 × 人数 − 现有面积，最多40平方米`.
    pub arithmetic: String,
    /// CEL expression over facts, constants and the steps before.
    pub gives: String,
    /// What it is measured in: money, area or count.
    pub unit: super::Measure,
}

/// How often money changes hands.
#[cfg(feature = "whole")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Rhythm {
    /// Every month.
    Month,
    /// Every quarter.
    Quarter,
    /// Every half year.
    HalfYear,
    /// Every year.
    Year,
}

#[cfg(feature = "whole")]
impl Rhythm {
    /// The period in Chinese, as it stands after 每.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Month => "月",
            Self::Quarter => "季度",
            Self::HalfYear => "半年",
            Self::Year => "年",
        }
    }

    /// How many months lie between two payments.
    pub const fn months(self) -> i64 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::HalfYear => 6,
            Self::Year => 12,
        }
    }
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
    /// How many months the period has.
    pub const fn months(self) -> i64 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }

    /// The period in Chinese, as it stands after 每 or ／.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Month => "月",
            Self::Quarter => "季度",
            Self::Year => "年",
        }
    }
}
