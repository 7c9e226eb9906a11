//! `config.json` beside the static pages: where the API is, and to whom each office's mail is sealed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The file's name, at the root of the site.
pub const FILE: &str = "config.json";

/// The portal's configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortalConfig {
    /// Origin of the API without a slash at the end, e.g. `https://api.example.gov.cn`; empty: the pages' own origin.
    #[serde(default)]
    pub api: String,
    /// Leading zero bits of the proof of work the edge asks for.
    pub proof_bits: u32,
    /// Offices by id (the document id).
    pub offices: BTreeMap<String, OfficeConfig>,
}

/// One office's public keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeConfig {
    /// age recipients (`age1…`), at least one: everyone in the office who may open its mail.
    pub recipients: Vec<String>,
}
