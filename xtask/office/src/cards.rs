//! The offices' cards: demonstration cards made here, real ones read and checked before a build takes them in.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use chrono::NaiveDate;
use protocol::card::{Card, CardOfficer, Root, Roots, SignedCard, Supervision};
use protocol::staff;

use crate::keys::OfficeKey;

/// The ending of a card's file.
pub const EXTENSION: &str = "card.json";

/// The seed of the demonstration root. It stands here for everybody to read, so that a fresh clone runs and nobody can
/// take what it signs for real: a sealer that trusts it says on its pages that this is a demonstration.
pub const DEMONSTRATION_SEED: [u8; 32] = *b"anju demonstration, not a secret";

/// The roots of a build for trying out: one for every office.
pub fn demonstration_roots() -> Roots {
    [Root::new("*", staff::public_key(&DEMONSTRATION_SEED), true)].into_iter().collect()
}

/// The roots that a file lists; without a file those of a demonstration.
///
/// # Errors
/// When the file cannot be read, lists nothing, or lists a key that everybody has.
pub fn roots(file: Option<&Path>) -> Result<Roots> {
    let Some(file) = file else { return Ok(demonstration_roots()) };
    let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let roots = Roots::parse(&text).map_err(|line| anyhow!("{}: not a root key: {line}", file.display()))?;
    if roots.all().is_empty() {
        bail!("{} lists no root key", file.display());
    }
    let everybodys = staff::public_key(&DEMONSTRATION_SEED);
    if roots.all().iter().any(|root| root.demonstration || root.public_key == everybodys) {
        bail!("{} lists a demonstration key, whose private half everybody has", file.display());
    }
    Ok(roots)
}

/// The cards of offices whose key files were made for trying things out.
pub fn demonstration(keys: &[OfficeKey]) -> Vec<SignedCard> {
    demonstration_cards(keys).iter().map(|card| card.sign(&DEMONSTRATION_SEED)).collect()
}

/// What those cards say.
pub fn demonstration_cards(keys: &[OfficeKey]) -> Vec<Card> {
    let mut cards: Vec<Card> = Vec::new();
    for OfficeKey { key, .. } in keys {
        let place = cards.iter().position(|card| card.office == key.office).unwrap_or(cards.len());
        if place == cards.len() {
            cards.push(empty(&key.office));
        }
        let Some(card) = cards.get_mut(place) else { continue };
        card.enter(CardOfficer::of(key, None), &key.recipient);
    }
    cards
}

fn empty(office: &str) -> Card {
    Card {
        office: office.to_owned(),
        version: 1,
        // What everybody can sign needs no end.
        not_after: NaiveDate::from_ymd_opt(2099, 12, 31).unwrap_or(NaiveDate::MAX),
        demonstration: true,
        recipients: Vec::new(),
        staff: Vec::new(),
        supervision: Supervision::default(),
        counters: Vec::new(),
    }
}

/// Reads every card of a folder and holds it against the roots, so that no build serves what its own sealer refuses.
///
/// # Errors
/// When the folder cannot be read, or a card is not good on a day.
pub fn read_all(folder: &Path, roots: &Roots, today: NaiveDate) -> Result<Vec<SignedCard>> {
    let ending = [".", EXTENSION].concat();
    let mut cards = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let file = entry?.path();
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some(office) = name.strip_suffix(&ending) else { continue };
        let at = || file.display().to_string();
        let signed: SignedCard =
            serde_json::from_str(&fs::read_to_string(&file).with_context(at)?).with_context(at)?;
        signed.check(roots, office, 0, today).with_context(at)?;
        cards.push(signed);
    }
    if cards.is_empty() {
        bail!("{} holds no card (….{EXTENSION})", folder.display());
    }
    cards.sort_by(|a, b| a.payload.cmp(&b.payload));
    Ok(cards)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use protocol::addressee::{Addressee, Mail};
    use protocol::desk::Role;
    use protocol::keyfile::KeyFile;

    use super::*;

    fn keys() -> Vec<OfficeKey> {
        [Role::Office, Role::Town, Role::Auditor, Role::Supervisor]
            .map(|role| OfficeKey { file: "x".into(), key: KeyFile::generate("qujing-2018", role).unwrap() })
            .to_vec()
    }

    #[test]
    fn mail_is_sealed_to_everyone_in_the_office_but_those_who_look_after_it_and_all_of_them_sign() {
        let keys = keys();
        let signed = demonstration(&keys).remove(0);
        let roots = demonstration_roots();
        let today = NaiveDate::from_ymd_opt(2026, 11, 27).unwrap();
        let (card, root) = signed.check(&roots, "qujing-2018", 0, today).unwrap();
        let recipients: Vec<&str> = card.recipients.iter().map(|one| one.recipient.as_str()).collect();
        assert_eq!(recipients, [&keys[0].key.recipient, &keys[1].key.recipient]);
        let about = Mail::new(protocol::CaseKind::TipOff, Addressee::Supervisor);
        assert_eq!(card.recipients_for(about), [&keys[3].key.recipient]);
        assert!(keys.iter().all(|office| card.signers().iter().any(|one| one.kid == office.key.kid)));
        assert!(root.demonstration && card.demonstration);
    }

    #[test]
    fn a_build_takes_in_no_card_that_its_sealer_would_refuse() {
        let folder = std::env::temp_dir().join(format!("anju-cards-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let today = NaiveDate::from_ymd_opt(2026, 11, 27).unwrap();
        let root = [5; 32];
        let roots: Roots = [Root::new("qujing-2018", staff::public_key(&root), false)].into_iter().collect();
        let real = Card { demonstration: false, not_after: today, ..demonstration_cards(&keys()).remove(0) };
        let read = |signed: &SignedCard, today: NaiveDate| {
            fs::write(folder.join("qujing-2018.card.json"), serde_json::to_string(signed).unwrap()).unwrap();
            read_all(&folder, &roots, today).map_err(|error| format!("{error:#}"))
        };
        let signed = real.sign(&root);
        assert_eq!(read(&signed, today), Ok(vec![signed.clone()]));
        assert!(read(&signed, today.succ_opt().unwrap()).unwrap_err().contains("last day"));
        assert!(read(&real.sign(&DEMONSTRATION_SEED), today).unwrap_err().contains("not signed"));
        assert!(read(&demonstration(&keys())[0], today).unwrap_err().contains("not signed"));
        let list = folder.join("roots.txt");
        fs::write(&list, demonstration_roots().to_text()).unwrap();
        assert!(super::roots(Some(&list)).unwrap_err().to_string().contains("everybody"));
        let plain = demonstration_roots().to_text().replace(" demonstration", "");
        fs::write(&list, plain).unwrap();
        assert!(super::roots(Some(&list)).unwrap_err().to_string().contains("everybody"));
        fs::write(&list, roots.to_text()).unwrap();
        assert_eq!(super::roots(Some(&list)).unwrap(), roots);
        fs::remove_dir_all(&folder).unwrap();
    }
}
