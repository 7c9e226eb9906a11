//! Questions in a place's own words.

use serde::{Deserialize, Serialize};

/// How a place asks for a fact of the dictionary, where its text wants other words: 本县 is another county elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// The fact's id.
    pub fact: String,
    /// The question.
    pub question: String,
}
