//! The stateless assessment route.

use chrono::NaiveDate;
use policies::household::Household;
use serde::{Deserialize, Serialize};

pub use policies::assessment::Assessment;

/// Asks for an [`Assessment`]. Nothing of it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AssessRequest {
    /// Document id, e.g. `yongshun-2023`.
    pub document: String,
    /// The application date.
    #[serde(with = "policies::iso")]
    #[cfg_attr(feature = "schema", schemars(with = "NaiveDate"))]
    pub on: NaiveDate,
    /// What is known.
    pub household: Household,
}
