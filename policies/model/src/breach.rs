//! Breaches: what people can report, as the document has it.

use serde::{Deserialize, Serialize};

#[cfg(feature = "whole")]
use super::Cite;

/// A way in which a flat or a subsidy is misused (违规), as a tip-off names it.
#[cfg(feature = "whole")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Breach {
    /// Stable id: `sublet`.
    pub id: String,
    /// Short name: `转租`.
    pub label: String,
    /// How it looks from outside, in plain words of ours.
    pub says: String,
    /// Which of the kinds it is that every office knows.
    pub like: Misuse,
    /// Source.
    pub cite: Cite,
}

/// Kinds of misuse that every office knows, whatever its document calls them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Misuse {
    /// 转租.
    Sublet,
    /// 转借.
    Lent,
    /// 空置.
    Idle,
    /// 改变用途.
    OtherUse,
    /// 不符合条件仍占用.
    NotEligible,
    /// 违规领补贴.
    Subsidy,
    /// 其他.
    Other,
}
