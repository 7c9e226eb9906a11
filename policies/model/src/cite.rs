//! Where a rule comes from, and how far it is our own reading.

#[cfg(not(feature = "whole"))]
use crate::left_out::LeftOut;
use serde::{Deserialize, Serialize};

/// The place in the document that an item rests on. In a data file its three
/// keys stand directly in the item; the compiler gathers them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Cite {
    /// Article or section as the document numbers it, e.g. `第十条` or `二（一）`.
    pub article: String,
    /// Line ids of `policies/INVENTORY.md` that this item serves, e.g. `["YS-16"]`.
    #[cfg(feature = "whole")]
    #[serde(default)]
    pub inventory: Vec<String>,
    #[cfg(not(feature = "whole"))]
    inventory: LeftOut,
    /// Ids of [`Reading`]s in the same document that this item leans on, e.g. `["A-23"]`.
    #[serde(default)]
    pub readings: Vec<String>,
}

/// An ambiguity of the document and the reading this project took: ours, never the authority's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// `A-nn` as in `policies/INVENTORY.md`.
    pub id: String,
    /// What is unclear, in one plain Chinese sentence.
    pub unclear: String,
    /// How we read it, in one plain Chinese sentence.
    pub reading: String,
}
