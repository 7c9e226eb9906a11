//! What the two sides are told of the offices: what their cards say.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use protocol::card::{Card, CardOfficer, SignedCard};
use protocol::config::{OfficeConfig, PortalConfig};
use serde::Serialize;

/// Leading zero bits of the proof of work, the same on both sides.
pub const PROOF_BITS: u32 = protocol::limits::PROOF_BITS;

#[derive(Serialize)]
struct Office {
    staff: Vec<CardOfficer>,
}

/// `config.json` for the pages: every office's card. `api` is the Worker's origin; empty: the pages' own.
///
/// # Errors
/// When a card cannot be read.
pub fn for_pages(cards: &[SignedCard], api: &str, proof_bits: u32) -> Result<Vec<u8>> {
    let mut offices = BTreeMap::<String, OfficeConfig>::new();
    for signed in cards {
        let card = said(signed)?;
        let recipients = card.recipients.into_iter().map(|one| one.recipient).collect();
        offices.insert(card.office, OfficeConfig { card: Some(signed.clone()), recipients });
    }
    Ok(serde_json::to_vec(&PortalConfig { api: api.to_owned(), proof_bits, offices })?)
}

/// The Worker's variable `OFFICES`: whose signatures each office's desk requests may carry.
///
/// # Errors
/// When a card cannot be read.
pub fn for_worker(cards: &[SignedCard]) -> Result<String> {
    let mut offices = BTreeMap::<String, Office>::new();
    for signed in cards {
        let card = said(signed)?;
        offices.insert(card.office.clone(), Office { staff: card.signers() });
    }
    Ok(serde_json::to_string(&offices)?)
}

fn said(signed: &SignedCard) -> Result<Card> {
    serde_json::from_str(&signed.payload).context("a card's payload")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use protocol::{desk::Role, keyfile::KeyFile};

    use super::*;
    use crate::{cards, keys::OfficeKey};

    #[test]
    fn both_sides_are_told_what_the_card_says() {
        let keys: Vec<OfficeKey> = [Role::Office, Role::Auditor]
            .map(|role| OfficeKey { file: "x".into(), key: KeyFile::generate("qujing-2018", role).unwrap() })
            .to_vec();
        let cards = cards::demonstration(&keys);
        let config: PortalConfig = serde_json::from_slice(&for_pages(&cards, "", 8).unwrap()).unwrap();
        let office = &config.offices["qujing-2018"];
        assert_eq!(office.card.as_ref(), cards.first());
        assert_eq!(office.recipients, [keys[0].key.recipient.clone()]);
        let staff = for_worker(&cards).unwrap();
        assert!(keys.iter().all(|office| staff.contains(&office.key.kid)), "all of them sign");
    }
}
