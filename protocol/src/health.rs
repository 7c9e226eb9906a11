//! Whether the server answers, and its clock.

use serde::{Deserialize, Serialize};

/// What the server says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Health {
    /// The server's clock, Unix seconds: a device's may be wrong by more than a proof or a signature may be old.
    pub now: u64,
    /// Always true: a server that cannot answer does not.
    pub ok: bool,
    /// Which release it is; empty of one from before this was told.
    #[serde(default)]
    pub version: String,
}
