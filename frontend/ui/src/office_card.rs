//! An office's card as this browser knows it: the one that the site gives, and the highest version seen so far.

use protocol::{CaseKind, addressee::Mail, card::SignedCard, config::PortalConfig};
use sealer::ops::{CheckedCard, OfficeCard};

use crate::{
    browser::{now_secs, stored},
    sealing::{Sealer, SealerError},
};

/// The card that a site gives of an office.
pub fn given(config: &PortalConfig, office: &str) -> Option<SignedCard> {
    config.offices.get(office).and_then(|known| known.card.clone())
}

/// The card of an office, to be handed to the sealer, which checks it. For effects and handlers.
pub fn office_card(config: &PortalConfig, office: &str) -> OfficeCard {
    of_now(given(config, office), office)
}

/// [`office_card`] of a card that was [`given`] before. For effects and handlers.
pub fn of_now(signed: Option<SignedCard>, office: &str) -> OfficeCard {
    OfficeCard {
        office: office.to_owned(),
        signed,
        at_least: stored::load(&key(office)).unwrap_or_default(),
        now: now_secs(),
    }
}

/// Has a card checked, and remembers its version, so that none before it is taken here again; but not after a tip-off,
/// which leaves nothing behind in this browser. For effects and handlers.
///
/// # Errors
/// See [`SealerError`].
pub async fn check(sealer: &Sealer, card: OfficeCard, mail: Mail) -> Result<CheckedCard, SealerError> {
    let (office, seen) = (card.office.clone(), card.at_least);
    let checked = sealer.check_card(card, mail).await?;
    if checked.version > seen && mail.kind != CaseKind::TipOff {
        // Where the browser keeps nothing, an old card is seen by its last day alone.
        let _ = stored::save(&key(&office), &checked.version);
    }
    Ok(checked)
}

fn key(office: &str) -> String {
    ["card.", office].concat()
}
