//! What the two sides are told of the offices: public keys only.

use std::collections::BTreeMap;

use anyhow::Result;
use protocol::config::{OfficeConfig, PortalConfig};
use protocol::desk::Role;
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
    // An auditor reads what is open and nothing else, so nobody's mail is sealed to that key.
    for OfficeKey { key, .. } in keys.iter().filter(|office| office.key.role != Role::Auditor) {
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use protocol::keyfile::KeyFile;

    use super::*;

    #[test]
    fn mail_is_sealed_to_everyone_in_the_office_but_the_auditor() {
        let keys: Vec<OfficeKey> = [Role::Office, Role::Town, Role::Auditor]
            .map(|role| OfficeKey { file: "x".into(), key: KeyFile::generate("qujing-2018", role).unwrap() })
            .to_vec();
        let config: PortalConfig = serde_json::from_slice(&for_pages(&keys, "", 8).unwrap()).unwrap();
        let expected = [&keys[0].key.recipient, &keys[1].key.recipient];
        assert_eq!(config.offices["qujing-2018"].recipients.iter().collect::<Vec<_>>(), expected);
        let staff = for_worker(&keys).unwrap();
        assert!(keys.iter().all(|office| staff.contains(&office.key.kid)), "all of them sign");
    }
}
