//! The office's card: to whom its mail is sealed and whose signatures are its own, signed by the office's root key, which
//! is kept offline.
//!
//! What is signed is the payload's text as it travels, after the line [`SIGNED_AS`], by Ed25519 (RFC 8032): nobody has to
//! write JSON in one certain way to check it. The root's public half is compiled into the sealer ([`Roots`]), so that
//! whoever only serves the configuration can neither add a recipient nor an officer, nor serve a card of before.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    CaseKind,
    addressee::{Addressee, Mail},
    counter::Counter,
    desk::Role,
};

/// What stands before the payload where it is signed.
pub const SIGNED_AS: &str = "anju office card v1\n";

/// A card as it travels.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedCard {
    /// A [`Card`] as JSON.
    pub payload: String,
    /// Ed25519 signature over [`SIGNED_AS`] and the payload, standard base64.
    pub signature: String,
}

/// What a card says, once its signature was checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Office id.
    pub office: String,
    /// 1, 2, 3 …: a browser that has seen a version takes none before it.
    pub version: u64,
    /// The last day on which mail is sealed by it.
    #[serde(with = "policies::iso")]
    pub not_after: NaiveDate,
    /// Made for trying things out: signed by a key that everybody has.
    #[serde(default)]
    pub demonstration: bool,
    /// Who opens the office's mail.
    pub recipients: Vec<CardRecipient>,
    /// Whose signatures count, or counted up to a last day: nobody who ever signed is left out.
    pub staff: Vec<CardOfficer>,
    /// Who opens what is said about the office itself, and signs for it: apart from the others, so that a sealer of before
    /// there were supervisors seals nothing to them.
    #[serde(default, skip_serializing_if = "Supervision::is_empty")]
    pub supervision: Supervision,
    /// Where the office is reached, in the order to show.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counters: Vec<Counter>,
}

/// Those who look after an office.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supervision {
    /// Who opens what is for them.
    pub recipients: Vec<CardRecipient>,
    /// Whose signatures count for it, or counted up to a last day.
    pub staff: Vec<CardOfficer>,
}

impl Supervision {
    /// Whether the office never had any.
    pub fn is_empty(&self) -> bool {
        self.recipients.is_empty() && self.staff.is_empty()
    }
}

/// Somebody who opens the office's mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardRecipient {
    /// age recipient (`age1…`).
    pub recipient: String,
    /// Who holds the key.
    pub holder: Holder,
    /// The kinds of case whose mail it opens; none named: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<CaseKind>,
}

/// Who holds a key that opens mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// An officer, by the id of their signing key.
    Officer(String),
    /// Nobody who works with it: a key that is kept offline, for the day on which the others are lost.
    Recovery,
}

/// Somebody who signs for the office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardOfficer {
    /// Key id.
    pub kid: String,
    /// What the key may do.
    pub role: Role,
    /// Ed25519 public key, standard base64.
    pub public_key: String,
    /// The last day on which it signs; none: as long as the card says nothing else.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "policies::iso::option")]
    pub last_day: Option<NaiveDate>,
}

impl CardOfficer {
    /// Whether the key signs on a day.
    pub fn signs_on(&self, day: NaiveDate) -> bool {
        self.last_day.is_none_or(|last| day <= last)
    }
}

impl Card {
    /// Who opens some mail: those of the office, or its supervisors with the recovery key. An office without supervisors
    /// has nobody who opens theirs.
    pub fn recipients_for(&self, mail: Mail) -> Vec<&str> {
        let supervisors = &self.supervision.recipients;
        let theirs = |one: &&CardRecipient| one.holder == Holder::Recovery && !supervisors.is_empty();
        let recipients: Vec<&CardRecipient> = match mail.addressee {
            Addressee::Office if mail.supervised => self.recipients.iter().chain(supervisors).collect(),
            Addressee::Office => self.recipients.iter().collect(),
            Addressee::Supervisor => {
                supervisors.iter().chain(self.recipients.iter().filter(theirs)).collect()
            }
        };
        let of_kind = |one: &&CardRecipient| one.kinds.is_empty() || one.kinds.contains(&mail.kind);
        recipients.into_iter().filter(of_kind).map(|one| one.recipient.as_str()).collect()
    }

    /// Who opens mail of the office, or what is about it, with the key that they sign with: to them a case can be passed on.
    pub fn readers(&self, today: NaiveDate) -> Vec<(&CardOfficer, &str)> {
        let staff = || self.staff.iter().chain(&self.supervision.staff);
        let holders = self.recipients.iter().chain(&self.supervision.recipients);
        let reader = |one: &'_ CardRecipient| match &one.holder {
            Holder::Officer(kid) => staff().find(|officer| officer.kid == *kid && officer.signs_on(today)),
            Holder::Recovery => None,
        };
        holders.filter_map(|one| Some((reader(one)?, one.recipient.as_str()))).collect()
    }

    /// Everybody whose signature counts or counted, supervisors among them.
    pub fn signers(&self) -> Vec<CardOfficer> {
        self.staff.iter().chain(&self.supervision.staff).cloned().collect()
    }
}

/// Why a card is not used. `Display` is for whoever makes cards; pages have their own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CardError {
    /// No root is known for the office.
    #[error("no root key is known for this office")]
    NoRoot,
    /// Not signed by the office's root, or altered since.
    #[error("the card is not signed by the office's root key")]
    Forged,
    /// Signed, but what it says is no card of this office.
    #[error("the card is not one of this office")]
    Unreadable,
    /// Its last day is over.
    #[error("the card's last day is over")]
    Expired,
    /// A later version was seen before.
    #[error("a later version of the card was seen before")]
    RolledBack,
}

/// An office's root key: the public half.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    office: String,
    /// Ed25519 public key.
    pub public_key: [u8; 32],
    /// Its private half is known to everybody.
    pub demonstration: bool,
}

impl Root {
    /// A root of one office, or of every office (`*`).
    pub fn new(office: &str, public_key: [u8; 32], demonstration: bool) -> Self {
        Self { office: office.to_owned(), public_key, demonstration }
    }

    /// The key in twenty hexadecimal digits (80 bits of SHA-256), in groups of four, for people who compare it with
    /// the notice at the counter.
    pub fn fingerprint(&self) -> String {
        let named = [b"anju root v1\n".as_slice(), &self.public_key].concat();
        let digits = crate::hash::sha256_hex(&named).to_uppercase();
        let groups = digits.as_bytes().chunks(4).take(5);
        let words: Vec<&str> = groups.filter_map(|group| std::str::from_utf8(group).ok()).collect();
        words.join(" ")
    }
}

/// The root keys that a sealer was built with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roots(Vec<Root>);

impl Roots {
    /// Reads a list: a line (or what stands between semicolons) is an office id, or `*` for every office, then the public
    /// key in standard base64, then perhaps `demonstration`. Empty lines and what follows a `#` count for nothing.
    ///
    /// # Errors
    /// The first line that cannot be read.
    pub fn parse(list: &str) -> Result<Self, &str> {
        let lines = list.split(['\n', ';']).map(|line| line.split('#').next().unwrap_or_default().trim());
        lines
            .filter(|line| !line.is_empty())
            .map(|line| root(line).ok_or(line))
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// The list as [`Self::parse`] reads it, in one line.
    pub fn to_text(&self) -> String {
        let line = |root: &Root| {
            let key = data_encoding::BASE64.encode(&root.public_key);
            let mark = if root.demonstration { " demonstration" } else { "" };
            format!("{} {key}{mark}", root.office)
        };
        self.0.iter().map(line).collect::<Vec<_>>().join("; ")
    }

    /// The root of an office.
    pub fn of(&self, office: &str) -> Option<&Root> {
        self.0
            .iter()
            .find(|root| root.office == office)
            .or_else(|| self.0.iter().find(|root| root.office == "*"))
    }

    /// Every root.
    pub fn all(&self) -> &[Root] {
        &self.0
    }
}

impl FromIterator<Root> for Roots {
    fn from_iter<I: IntoIterator<Item = Root>>(roots: I) -> Self {
        Self(roots.into_iter().collect())
    }
}

fn root(line: &str) -> Option<Root> {
    let mut words = line.split_whitespace();
    let (office, key, mark) = (words.next()?, words.next()?, words.next());
    let public_key = data_encoding::BASE64.decode(key.as_bytes()).ok()?.try_into().ok()?;
    let known = matches!(mark, None | Some("demonstration")) && words.next().is_none();
    known.then(|| Root::new(office, public_key, mark.is_some()))
}

#[cfg(feature = "staff")]
impl SignedCard {
    /// Checks the signature by the office's root, then what it says: the office, that the demonstration mark is the
    /// root's, that no later version was seen (`at_least`) and that `today` is not after its last day.
    ///
    /// # Errors
    /// [`CardError`].
    pub fn check<'r>(
        &self,
        roots: &'r Roots,
        office: &str,
        at_least: u64,
        today: NaiveDate,
    ) -> Result<(Card, &'r Root), CardError> {
        let root = roots.of(office).ok_or(CardError::NoRoot)?;
        let text = [SIGNED_AS, &self.payload].concat();
        if !crate::signed::fits(&root.public_key, &text, &self.signature) {
            return Err(CardError::Forged);
        }
        let card: Card = serde_json::from_str(&self.payload).map_err(|_| CardError::Unreadable)?;
        if card.office != office || card.demonstration != root.demonstration {
            return Err(CardError::Unreadable);
        }
        if card.version < at_least {
            return Err(CardError::RolledBack);
        }
        if today > card.not_after { Err(CardError::Expired) } else { Ok((card, root)) }
    }
}

#[cfg(feature = "keys")]
impl CardOfficer {
    /// The holder of a key file, up to a last day.
    pub fn of(key: &crate::keyfile::KeyFile, last_day: Option<NaiveDate>) -> Self {
        Self { kid: key.kid.clone(), role: key.role, public_key: key.public_key(), last_day }
    }
}

#[cfg(feature = "keys")]
impl Card {
    /// Enters somebody who signs, and opens the mail of their role by an age recipient: a supervisor that of the
    /// supervisors, an auditor, who reads what is open and nothing else, none.
    pub fn enter(&mut self, officer: CardOfficer, recipient: &str) {
        let Self { recipients, staff, supervision, .. } = self;
        let holder = Holder::Officer(officer.kid.clone());
        let recipient = CardRecipient { recipient: recipient.to_owned(), holder, kinds: Vec::new() };
        let (opening, signing) = match officer.role {
            Role::Supervisor => (Some(&mut supervision.recipients), &mut supervision.staff),
            Role::Auditor => (None, staff),
            _ => (Some(recipients), staff),
        };
        signing.push(officer);
        if let Some(opening) =
            opening.filter(|all| all.iter().all(|one| one.recipient != recipient.recipient))
        {
            opening.push(recipient);
        }
    }

    /// The card signed by a root's seed.
    pub fn sign(&self, root: &[u8; 32]) -> SignedCard {
        let payload = serde_json::to_string(self).unwrap_or_default();
        let signature = crate::signed::sign(root, &[SIGNED_AS, &payload].concat());
        SignedCard { payload, signature }
    }
}

#[cfg(all(test, feature = "keys"))]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use crate::staff::public_key;

    const ROOT: [u8; 32] = [7; 32];

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, d).unwrap()
    }

    fn card() -> Card {
        let recipient = |n: &str, kinds| CardRecipient {
            recipient: n.into(),
            holder: Holder::Officer("00".into()),
            kinds,
        };
        Card {
            office: "yongshun-2023".into(),
            version: 3,
            not_after: day(20),
            demonstration: false,
            recipients: vec![recipient("age1all", vec![]), recipient("age1tips", vec![CaseKind::TipOff])],
            staff: vec![CardOfficer {
                kid: "00".into(),
                role: Role::Town,
                public_key: "AA==".into(),
                last_day: Some(day(10)),
            }],
            supervision: Supervision::default(),
            counters: Vec::new(),
        }
    }

    fn roots() -> Roots {
        [Root::new("yongshun-2023", public_key(&ROOT), false)].into_iter().collect()
    }

    fn error(signed: &SignedCard, office: &str, at_least: u64, today: u32) -> Option<CardError> {
        signed.check(&roots(), office, at_least, day(today)).err()
    }

    #[test]
    fn a_card_is_taken_up_to_its_last_day_and_not_after_a_later_one() {
        let signed = card().sign(&ROOT);
        let roots = roots();
        let (read, root) = signed.check(&roots, "yongshun-2023", 3, day(20)).unwrap();
        assert_eq!((read, root.demonstration), (card(), false));
        assert_eq!(error(&signed, "yongshun-2023", 3, 21), Some(CardError::Expired));
        assert_eq!(error(&signed, "yongshun-2023", 4, 20), Some(CardError::RolledBack));
        assert_eq!(error(&signed, "qujing-2018", 0, 20), Some(CardError::NoRoot));
    }

    #[test]
    fn an_added_recipient_another_root_or_a_false_mark_is_refused() {
        let signed = card().sign(&ROOT);
        let mut more = card();
        more.recipients.push(CardRecipient { recipient: "age1host".into(), ..more.recipients[0].clone() });
        let added = SignedCard { payload: more.sign(&ROOT).payload, ..signed.clone() };
        assert_eq!(error(&added, "yongshun-2023", 0, 20), Some(CardError::Forged));
        assert_eq!(error(&more.sign(&[8; 32]), "yongshun-2023", 0, 20), Some(CardError::Forged));
        let none = SignedCard { signature: String::new(), ..signed };
        assert_eq!(error(&none, "yongshun-2023", 0, 20), Some(CardError::Forged));
        let false_mark = Card { demonstration: true, ..card() }.sign(&ROOT);
        assert_eq!(error(&false_mark, "yongshun-2023", 0, 20), Some(CardError::Unreadable));
        let elsewhere = Card { office: "qujing-2018".into(), ..card() }.sign(&ROOT);
        assert_eq!(error(&elsewhere, "yongshun-2023", 0, 20), Some(CardError::Unreadable));
    }

    #[test]
    fn mail_of_a_kind_goes_to_those_who_open_it() {
        let card = card();
        let to = |kind| card.recipients_for(Mail::for_office(kind));
        assert_eq!(to(CaseKind::Application), ["age1all"]);
        assert_eq!(to(CaseKind::TipOff), ["age1all", "age1tips"]);
        let officer = &card.staff[0];
        assert!(officer.signs_on(day(10)) && !officer.signs_on(day(11)));
    }

    #[test]
    fn what_is_for_the_supervisors_goes_to_them_and_the_recovery_key_alone() {
        let mut card = card();
        card.recipients.push(CardRecipient {
            recipient: "age1recovery".into(),
            holder: Holder::Recovery,
            kinds: Vec::new(),
        });
        let about = Mail::new(CaseKind::TipOff, Addressee::Supervisor);
        assert!(card.recipients_for(about).is_empty(), "there is none yet");
        let holder = Holder::Officer("01".into());
        card.supervision.recipients =
            vec![CardRecipient { recipient: "age1supervisor".into(), holder, kinds: Vec::new() }];
        card.supervision.staff =
            vec![CardOfficer { kid: "01".into(), role: Role::Supervisor, ..card.staff[0].clone() }];
        assert_eq!(card.recipients_for(about), ["age1supervisor", "age1recovery"]);
        assert_eq!(
            card.recipients_for(Mail::for_office(about.kind)),
            ["age1all", "age1tips", "age1recovery"]
        );
        assert_eq!(card.signers().len(), 2);
        // A sealer of before there were supervisors reads the card as it knows it.
        let text = serde_json::to_string(&card).unwrap();
        let known: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert!(!known["recipients"].to_string().contains("age1supervisor"));
        assert!(!known["staff"].to_string().contains("supervisor"));
    }

    #[test]
    fn a_list_of_roots_is_read_or_its_bad_line_is_named() {
        let list: Roots =
            [Root::new("*", [1; 32], true), Root::new("o", [2; 32], false)].into_iter().collect();
        assert_eq!(Roots::parse(&list.to_text()), Ok(list.clone()));
        let lines = list.to_text().replace("; ", "\n# a word\n\n");
        assert_eq!(Roots::parse(&lines), Ok(list.clone()));
        assert_eq!(list.of("o").unwrap().public_key, [2; 32]);
        assert_eq!(list.of("p").unwrap().public_key, [1; 32]);
        assert!(Roots::parse("").unwrap().of("o").is_none());
        for bad in ["o AA==", "o", "o AAAA demo"] {
            assert_eq!(Roots::parse(bad), Err(bad));
        }
        let print = list.of("o").unwrap().fingerprint();
        assert_eq!((print.len(), print.split(' ').count()), (24, 5));
        assert_ne!(print, list.of("p").unwrap().fingerprint());
    }
}
