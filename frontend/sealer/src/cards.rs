//! The offices' cards, held against the root keys that are compiled in.

use chrono::{DateTime, NaiveDate};
use protocol::{
    addressee::{Addressee, Mail},
    card::{Card, CardError, Root, Roots},
    case::Event,
    history::{Owner, authors},
    signed::{Authorship, fits, key_bytes},
    trail::TrailHead,
};

use sealer::ops::{CheckedCard, Failure, OfficeCard, OwnersKey, Reader};

/// The roots of this build, as `cargo xtask build` wrote them; none where cargo was called without it.
const ROOTS: Option<&str> = option_env!("ANJU_ROOTS");

/// Beijing is eight hours ahead of UTC all year.
const OFFSET_SECS: u64 = 8 * 3600;

/// The roots that cards are held against.
pub(super) struct Cards(Roots);

impl Default for Cards {
    fn default() -> Self {
        // A list that cannot be read is refused by the build already; here it trusts nobody.
        Self(Roots::parse(ROOTS.unwrap_or_default()).unwrap_or_default())
    }
}

impl Cards {
    /// The card, if it is good.
    pub(super) fn check(&self, card: &OfficeCard) -> Result<(Card, &Root), Failure> {
        let signed = card.signed.as_ref().ok_or(Failure::NoCard)?;
        signed.check(&self.0, &card.office, card.at_least, day(card.now)).map_err(|error| match error {
            CardError::NoRoot => Failure::NoCard,
            CardError::Forged | CardError::Unreadable => Failure::ForgedCard,
            CardError::Expired => Failure::ExpiredCard,
            CardError::RolledBack => Failure::OldCard,
        })
    }

    /// What a page is told of a good card.
    pub(super) fn told(&self, card: &OfficeCard, mail: Mail) -> Result<CheckedCard, Failure> {
        let today = day(card.now);
        let (card, root) = self.check(card)?;
        let readers = card.readers(today);
        Ok(CheckedCard {
            fingerprint: root.fingerprint(),
            version: card.version,
            not_after: card.not_after.to_string(),
            demonstration: root.demonstration,
            recipients: card.recipients_for(mail).len(),
            readers: readers
                .into_iter()
                .map(|(officer, _)| Reader { kid: officer.kid.clone(), role: officer.role })
                .collect(),
            counters: card.counters.clone(),
        })
    }

    /// To whom the keys of a case are sealed: those whose mail it is, and further readers by their key ids.
    pub(super) fn recipients(
        &self,
        card: &OfficeCard,
        mail: Mail,
        also: &[String],
    ) -> Result<Vec<String>, Failure> {
        let (checked, _) = self.check(card)?;
        let readers = checked.readers(day(card.now));
        let mut recipients: Vec<String> =
            checked.recipients_for(mail).into_iter().map(str::to_owned).collect();
        for kid in also {
            let reader = readers.iter().find(|(officer, _)| officer.kid == *kid);
            let (_, recipient) = reader.ok_or(Failure::BadRecipient)?;
            if recipients.iter().all(|one| one != recipient) {
                recipients.push((*recipient).to_owned());
            }
        }
        Ok(recipients)
    }

    /// Whether a saved head is of a trail of the card's office, and signed by somebody on the card.
    pub(super) fn is_signed(&self, card: &OfficeCard, head: &TrailHead) -> Result<bool, Failure> {
        let (checked, _) = self.check(card)?;
        let signer = checked.signers().into_iter().find(|one| one.kid == head.kid);
        Ok(signer.is_some_and(|one| {
            let signed_by = |key| fits(&key, &head.signed_text(), &head.signature);
            head.list == Addressee::of(one.role).list(&card.office)
                && key_bytes(&one.public_key).is_some_and(signed_by)
        }))
    }

    /// Who each event is of.
    pub(super) fn authors(
        &self,
        card: &OfficeCard,
        lookup: &str,
        events: &[Event],
        owner: &OwnersKey,
    ) -> Result<Vec<Authorship>, Failure> {
        let (checked, _) = self.check(card)?;
        let owner = match owner {
            OwnersKey::Derived(key) => Owner::Derived(key),
            OwnersKey::Letter(key) => Owner::Letter(key),
            OwnersKey::Unknown => Owner::Unknown,
        };
        Ok(authors((&card.office, lookup), events, &checked.signers(), owner))
    }
}

/// The day in Beijing; one after every card's last for a moment that no calendar holds.
fn day(now: u64) -> NaiveDate {
    let at = i64::try_from(now.saturating_add(OFFSET_SECS)).unwrap_or(i64::MAX);
    DateTime::from_timestamp(at, 0).map_or(NaiveDate::MAX, |time| time.date_naive())
}

#[cfg(test)]
pub(super) mod tests {
    #![allow(clippy::unwrap_used)]
    use protocol::CaseKind;
    use protocol::card::{CardOfficer, CardRecipient, Holder, Supervision};
    use protocol::case::{Action, Actor};
    use protocol::chain;
    use protocol::keyfile::KeyFile;
    use protocol::staff::public_key;
    use sealer::ops::{Reply, Request};

    use super::*;
    use crate::work::Desk;

    const OFFICE: &str = "yongshun-2023";
    const ROOT: [u8; 32] = [3; 32];
    /// 2026-11-27 in Beijing.
    const NOW: u64 = 1_795_708_800;

    fn card(recipient: &str) -> Card {
        Card {
            office: OFFICE.to_owned(),
            version: 2,
            not_after: NaiveDate::from_ymd_opt(2026, 11, 27).unwrap(),
            demonstration: true,
            recipients: vec![CardRecipient {
                recipient: recipient.to_owned(),
                holder: Holder::Officer("00".to_owned()),
                kinds: Vec::new(),
            }],
            staff: Vec::new(),
            supervision: Supervision::default(),
            counters: Vec::new(),
        }
    }

    fn office_card(card: &Card) -> OfficeCard {
        OfficeCard { office: OFFICE.to_owned(), signed: Some(card.sign(&ROOT)), at_least: 2, now: NOW }
    }

    /// Makes a desk trust the root of these tests, and gives the card of an office with one recipient.
    pub(crate) fn with_card(desk: &mut Desk, recipient: &str) -> OfficeCard {
        let roots = [Root::new("*", public_key(&ROOT), true)];
        desk.trust(Cards(roots.into_iter().collect()));
        office_card(&card(recipient))
    }

    /// The same, and the card names an officer.
    pub(crate) fn with_officer(desk: &mut Desk, key: &KeyFile) -> OfficeCard {
        with_card(desk, "age1a");
        let mut named = Card { recipients: Vec::new(), ..card("age1a") };
        named.enter(CardOfficer::of(key, None), &key.recipient);
        office_card(&named)
    }

    #[test]
    fn nothing_is_sealed_to_a_card_that_is_not_the_offices_of_today() {
        let mut desk = Desk::default();
        let good = with_card(&mut desk, "age1a");
        let check = |card: &OfficeCard| Request::CheckCard {
            card: card.clone(),
            mail: Mail::for_office(CaseKind::TipOff),
        };
        let told = desk.answer(check(&good));
        let Ok(Reply::Card(told)) = told else { unreachable!("{told:?}") };
        assert!(told.demonstration && told.version == 2 && told.recipients == 1);
        let mut more = card("age1a");
        more.recipients
            .push(CardRecipient { recipient: "age1host".to_owned(), ..more.recipients[0].clone() });
        let payload = more.sign(&ROOT).payload;
        let added = good.signed.clone().map(|signed| protocol::card::SignedCard { payload, ..signed });
        for (card, failure) in [
            (OfficeCard { signed: added, ..good.clone() }, Failure::ForgedCard),
            (OfficeCard { signed: Some(more.sign(&[4; 32])), ..good.clone() }, Failure::ForgedCard),
            (OfficeCard { office: "qujing-2018".to_owned(), ..good.clone() }, Failure::ForgedCard),
            (OfficeCard { signed: None, ..good.clone() }, Failure::NoCard),
            (OfficeCard { now: NOW + 86_400, ..good.clone() }, Failure::ExpiredCard),
            (OfficeCard { now: u64::MAX, ..good.clone() }, Failure::ExpiredCard),
            (OfficeCard { at_least: 3, ..good.clone() }, Failure::OldCard),
        ] {
            assert_eq!(desk.answer(check(&card)), Err(failure));
            let (mail, letter) = (Mail::for_office(CaseKind::TipOff), "{}".to_owned());
            let seal = Request::Seal { card, mail, also: None, letter, opening: true };
            assert_eq!(desk.answer(seal), Err(failure));
        }
        // What is for the supervisors goes nowhere as long as there is none.
        let mail = Mail::new(CaseKind::TipOff, Addressee::Supervisor);
        let told = desk.answer(Request::CheckCard { card: good.clone(), mail });
        assert!(matches!(told, Ok(Reply::Card(told)) if told.recipients == 0));
        let (card, letter) = (good.clone(), "{}".to_owned());
        let seal = Request::Seal { card, mail, also: Some("age1a".to_owned()), letter, opening: true };
        assert_eq!(desk.answer(seal), Err(Failure::NoSupervisor));
        // What is said of a history travels as it is.
        let first = chain::next(("aa", "genesis"), (0, 1), Actor::Applicant, Action::submitted(""), None);
        let (lookup, owner) = ("aa".to_owned(), OwnersKey::Unknown);
        let history = Request::CheckHistory { card: good.clone(), lookup, events: vec![first], owner };
        let reply = desk.answer(history).unwrap();
        assert_eq!(reply, Reply::History { authors: vec![Authorship::Unsigned] });
        let text = serde_json::to_string(&reply).unwrap();
        assert_eq!(text, r#"{"authors":["unsigned"]}"#);
        // A build that knows no root, and one whose root is no demonstration.
        desk.trust(Cards(Roots::default()));
        assert_eq!(desk.answer(check(&good)), Err(Failure::NoCard));
        desk.trust(Cards([Root::new("*", public_key(&ROOT), false)].into_iter().collect()));
        assert_eq!(desk.answer(check(&good)), Err(Failure::ForgedCard));
    }
}
