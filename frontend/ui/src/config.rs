//! `config.json`, fetched once: where the API is and to whom things are sealed.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The portal's static configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct PortalConfig {
    /// Origin of the API, without a slash at the end; empty: the same origin.
    #[serde(default)]
    pub api: String,
    /// Leading zero bits that a proof of work must show.
    pub proof_bits: u8,
    /// Offices by document id.
    pub offices: BTreeMap<String, OfficeConfig>,
}

/// What the portal must know of one office.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct OfficeConfig {
    /// age recipients of the office's opening keys.
    pub recipients: Vec<String>,
}
