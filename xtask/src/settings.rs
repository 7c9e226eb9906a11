//! What the two sides are told of the offices: public keys only.

use std::collections::BTreeMap;

use anyhow::Result;
use protocol::config::{OfficeConfig, PortalConfig};
use serde::Serialize;

use crate::keys::OfficeKey;

/// Leading zero bits of the proof of work, the same on both sides.
pub const PROOF_BITS: u32 = protocol::limits::PROOF_BITS;

#[derive(Serialize)]
struct Office<'a> {
    staff: Vec<Staff<'a>>,
}

#[derive(Serialize)]
struct Staff<'a> {
    kid: &'a str,
    role: &'static str,
    public_key: String,
}

/// `config.json` for the pages: to whom each office's mail is sealed. `api` is the Worker's origin; empty: the pages' own.
///
/// # Errors
/// None in practice: every field has a JSON form.
pub fn for_pages(keys: &[OfficeKey], api: &str, proof_bits: u32) -> Result<Vec<u8>> {
    let mut offices = BTreeMap::<String, OfficeConfig>::new();
    for OfficeKey { key, .. } in keys {
        let recipients = &mut offices.entry(key.office.clone()).or_default().recipients;
        if !recipients.contains(&key.recipient) {
            recipients.push(key.recipient.clone());
        }
    }
    Ok(serde_json::to_vec(&PortalConfig { api: api.to_owned(), proof_bits, offices })?)
}

/// The Worker's variable `OFFICES`: whose signatures each office's desk requests may carry.
///
/// # Errors
/// None in practice: every field has a JSON form.
pub fn for_worker(keys: &[OfficeKey]) -> Result<String> {
    let mut offices = BTreeMap::<&str, Office>::new();
    for OfficeKey { key, .. } in keys {
        offices.entry(&key.office).or_insert_with(|| Office { staff: Vec::new() }).staff.push(Staff {
            kid: &key.kid,
            role: key.role.id(),
            public_key: key.public_key(),
        });
    }
    Ok(serde_json::to_string(&offices)?)
}
