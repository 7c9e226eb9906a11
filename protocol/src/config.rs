//! `config.json` beside the static pages: where the API is, and to whom each office's mail is sealed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::card::SignedCard;

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

/// One office, as the pages are told of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeConfig {
    /// Whose mail and signatures are the office's; nothing is sealed without. Where the API's host serves this file too, the
    /// signature on it is all that it is trusted for.
    #[serde(default)]
    pub card: Option<SignedCard>,
    /// For pages from before there were cards, which somebody may have open: age recipients, signed by nobody.
    #[serde(default)]
    pub recipients: Vec<String>,
}
