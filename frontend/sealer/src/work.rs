//! The work itself, without a browser: one request in, one reply out.

use data_encoding::{BASE64, HEXLOWER};
use protocol::{
    addressee::Addressee,
    envelope,
    handover::{FileKeys, Handover},
    hash::sha256_hex,
    identity,
    keyfile::{KeyFile, KeyFileError},
    locked::{self, LockError},
    proof::{self, Subject},
    receipt::{self, ReceiptCode},
    seal::{self, SealError},
    signed::{OwnersAct, sign, sign_owner},
    staff::{self, Claims},
    trail::TrailHead,
};
use sealer::ops::{Failure, OfficeKey, PaperKey, Receipt, Reply, Request};

use super::{cards::Cards, qr};

/// Nonces tried before giving up, sixty-four times as many as it takes on average: that fails once in e^64.
fn most_nonces(bits: u32) -> u64 {
    1u64.checked_shl(bits.saturating_add(6)).unwrap_or(u64::MAX)
}

/// What one worker remembers: the office's keys, once loaded. They never leave it.
#[derive(Default)]
pub(super) struct Desk {
    key: Option<KeyFile>,
    cards: Cards,
}

impl Desk {
    /// Does what is asked.
    pub(super) fn answer(&mut self, request: Request) -> Result<Reply, Failure> {
        match request {
            Request::NewReceipt => {
                let entropy = identity::random::<16>().map_err(|_| Failure::NoRandomness)?;
                keys_of(&ReceiptCode::from_entropy(entropy))
            }
            Request::DeriveReceipt { code } => {
                keys_of(&ReceiptCode::parse(&code).map_err(|_| Failure::NotAReceipt)?)
            }
            Request::DrawCode { page, code, pin } => {
                let code = ReceiptCode::parse(&code).map_err(|_| Failure::NotAReceipt)?;
                qr::draw(&[&page, "#", &code.plain(), ".", &pin].concat())
                    .map(Reply::Drawn)
                    .ok_or(Failure::NotAReceipt)
            }
            Request::CheckCard { card, mail } => self.cards.told(&card, mail).map(Reply::Card),
            Request::Seal { card, mail, also, letter, opening } => {
                let (checked, _) = self.cards.check(&card)?;
                let mut recipients = checked.recipients_for(mail);
                if recipients.is_empty() && mail.addressee == Addressee::Supervisor {
                    return Err(Failure::NoSupervisor);
                }
                recipients.extend(also.as_deref());
                sealed(&recipients, letter, opening)
            }
            Request::CheckHistory { card, lookup, events, owner } => {
                let authors = self.cards.authors(&card, &lookup, &events, &owner)?;
                Ok(Reply::History { authors })
            }
            Request::SignOwner { signing, office, lookup, seen, at, envelope_hash } => {
                let seed = HEXLOWER.decode(signing.as_bytes()).ok().and_then(|seed| seed.try_into().ok());
                let (office, lookup, seen) = (&office, &lookup, &seen);
                let act = OwnersAct { office, lookup, seen, at, envelope_hash: envelope_hash.as_deref() };
                Ok(Reply::Act(sign_owner(&seed.ok_or(Failure::Unreadable)?, &act)))
            }
            Request::SignAct { lookup, event } => {
                let at = event.signed_at;
                Ok(Reply::Act(event.signed_by(self.key()?, &lookup, at).signed()))
            }
            Request::SignTrail { head } => {
                let key = self.key()?;
                let head = TrailHead { kid: key.kid.clone(), ..head };
                let signature = sign(&key.signing, &head.signed_text());
                Ok(Reply::Trail(TrailHead { signature, ..head }))
            }
            Request::CheckTrail { card, head } => {
                let good = self.cards.is_signed(&card, &head)?;
                Ok(Reply::TrailChecked { good })
            }
            Request::Open { identity, envelope } => opened(&identity, &envelope),
            Request::NewPaperKey => {
                let (key, recipient) = identity::drawn().map_err(|_| Failure::NoRandomness)?;
                Ok(Reply::PaperKey(PaperKey { key, recipient }))
            }
            Request::SealPaper { recipient, content } => seal_paper(&recipient, &content),
            Request::OpenPaper { key, sealed, bytes } => {
                let sealed = BASE64.decode(sealed.as_bytes()).map_err(|_| Failure::Unreadable)?;
                let content = seal::open_paper(&key, &sealed, bytes).map_err(failure)?;
                Ok(Reply::OpenedPaper { content: BASE64.encode(&content) })
            }
            Request::Prove { subject, stamp, bits, from, count } => {
                if from >= most_nonces(bits) {
                    return Err(Failure::NoProof);
                }
                let proof = proof::search_slice(&Subject::from_text(subject), stamp, bits, from, count);
                Ok(Reply::Proved { proof })
            }
            Request::LoadKeyFile { text, passphrase } => {
                let key = KeyFile::parse(&unlocked(text, &passphrase)?).map_err(|wrong| match wrong {
                    KeyFileError::NotAKeyFile => Failure::NotAKeyFile,
                    KeyFileError::Line(_) | KeyFileError::Mismatch(_) => Failure::DamagedKeyFile,
                })?;
                let open_half = OfficeKey {
                    office: key.office.clone(),
                    role: key.role.id().to_owned(),
                    kid: key.kid.clone(),
                    recipient: key.recipient.clone(),
                };
                self.key = Some(key);
                Ok(Reply::Office(open_half))
            }
            Request::ForgetKeyFile => {
                self.key = None;
                Ok(Reply::Forgotten)
            }
            Request::OpenWithOffice { envelope, seq, handover } => {
                let opened =
                    self.identities()?.map(|identity| opened(identity, &envelope)).find(Result::is_ok);
                match (opened, handover) {
                    (Some(opened), _) => opened,
                    (None, Some(handover)) => {
                        let key = self.handed_on(&handover)?.of(seq).ok_or(Failure::CannotOpen)?;
                        letter(seal::open_with_file_key(key, &envelope).map_err(failure)?)
                    }
                    (None, None) => Err(Failure::CannotOpen),
                }
            }
            Request::HandOn { card, mail, envelopes, handover, also } => {
                let (checked, _) = self.cards.check(&card)?;
                let keys = self.file_keys(&envelopes, handover.as_ref())?;
                let plain = serde_json::to_vec(&keys).map_err(|_| Failure::Unreadable)?;
                let recipients = self.cards.recipients(&card, mail, &also)?;
                let recipients: Vec<&str> = recipients.iter().map(String::as_str).collect();
                let envelope = seal::seal_envelope(&recipients, &envelope::pad(plain)).map_err(failure)?;
                Ok(Reply::HandedOn(Handover { card: checked.version, envelope }))
            }
            Request::SignStaff { method, path, body_hash, now } => {
                let key = self.key()?;
                let holder = (key.kid.as_str(), key.office.as_str(), key.role);
                let claims = Claims { body: body_hash, ..Claims::new(holder, now, &method, &path, &[]) };
                Ok(Reply::Signed { token: staff::sign(&key.signing, &claims) })
            }
        }
    }

    /// Trusts other roots than those of the build.
    #[cfg(test)]
    pub(super) fn trust(&mut self, cards: Cards) {
        self.cards = cards;
    }

    fn key(&self) -> Result<&KeyFile, Failure> {
        self.key.as_ref().ok_or(Failure::NoKeyFile)
    }

    /// The office's secret keys, the present one first.
    fn identities(&self) -> Result<impl Iterator<Item = &String>, Failure> {
        let key = self.key()?;
        Ok(std::iter::once(&key.identity).chain(&key.earlier))
    }

    /// The keys that were handed on.
    fn handed_on(&self, handover: &Handover) -> Result<FileKeys, Failure> {
        let mut opened = self.identities()?.map(|identity| seal::open_envelope(identity, &handover.envelope));
        let plain = opened.find_map(Result::ok).ok_or(Failure::CannotOpen)?;
        serde_json::from_slice(&plain).map_err(|_| Failure::CannotOpen)
    }

    /// The key of each envelope, by the office's own keys or as it was handed on before.
    fn file_keys(
        &self,
        envelopes: &[(u64, String)],
        handover: Option<&Handover>,
    ) -> Result<FileKeys, Failure> {
        let before = handover.and_then(|handover| self.handed_on(handover).ok()).unwrap_or_default();
        let mut keys = FileKeys::default();
        for (seq, envelope) in envelopes {
            let own = self.identities()?.find_map(|identity| seal::file_key(identity, envelope).ok());
            keys.add(*seq, &own.or_else(|| before.of(*seq)).ok_or(Failure::CannotOpen)?);
        }
        Ok(keys)
    }
}

fn keys_of(code: &ReceiptCode) -> Result<Reply, Failure> {
    let keys = receipt::derive(code).map_err(|_| Failure::CannotDerive)?;
    Ok(Reply::Receipt(Receipt {
        code: code.plain(),
        token_hash: receipt::token_hash(&keys.token).ok_or(Failure::CannotDerive)?,
        lookup: keys.lookup,
        token: keys.token,
        identity: keys.identity,
        recipient: keys.recipient,
        signing: HEXLOWER.encode(&keys.signing),
        owner_key: keys.owner_key,
    }))
}

fn seal_paper(recipient: &str, content: &str) -> Result<Reply, Failure> {
    let content = BASE64.decode(content.as_bytes()).map_err(|_| Failure::Unreadable)?;
    let sealed = seal::seal_paper(recipient, content).map_err(failure)?;
    Ok(Reply::SealedPaper { id: sha256_hex(&sealed), sealed: BASE64.encode(&sealed) })
}

/// The text of a key file, unlocked where it is locked.
fn unlocked(text: String, passphrase: &str) -> Result<String, Failure> {
    if !locked::is_locked(&text) {
        return Ok(text);
    }
    if passphrase.is_empty() {
        return Err(Failure::LockedKeyFile);
    }
    locked::unlock(&text, passphrase).map_err(|error| match error {
        LockError::Passphrase => Failure::WrongPassphrase,
        LockError::Short | LockError::Malformed | LockError::Random => Failure::DamagedKeyFile,
    })
}

fn sealed(recipients: &[&str], letter: String, opening: bool) -> Result<Reply, Failure> {
    let pad = if opening { envelope::pad_opening } else { envelope::pad };
    let plain = pad(letter.into_bytes());
    seal::seal_envelope(recipients, &plain).map(|envelope| Reply::Sealed { envelope }).map_err(failure)
}

fn opened(identity: &str, envelope: &str) -> Result<Reply, Failure> {
    letter(seal::open_envelope(identity, envelope).map_err(failure)?)
}

fn letter(plain: Vec<u8>) -> Result<Reply, Failure> {
    let text = String::from_utf8(plain).map_err(|_| Failure::CannotOpen)?;
    Ok(Reply::Opened { letter: text.trim_end_matches(' ').to_owned() })
}

const fn failure(error: SealError) -> Failure {
    match error {
        SealError::Recipient => Failure::BadRecipient,
        SealError::Identity | SealError::Open => Failure::CannotOpen,
        SealError::TooLarge => Failure::TooLong,
        SealError::Random => Failure::NoRandomness,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use protocol::{CaseKind, addressee::Mail, desk::Role, routes::Route};

    use super::*;
    use crate::cards::tests::{with_card, with_officer};

    fn receipt(desk: &mut Desk, request: Request) -> Receipt {
        match desk.answer(request).unwrap() {
            Reply::Receipt(receipt) => receipt,
            other => panic!("not a receipt: {other:?}"),
        }
    }

    fn seal_to(desk: &mut Desk, recipient: &str, letter: &str) -> String {
        let (card, letter) = (with_card(desk, recipient), letter.to_owned());
        let mail = Mail::for_office(CaseKind::TipOff);
        let request = Request::Seal { card, mail, also: None, letter, opening: false };
        match desk.answer(request).unwrap() {
            Reply::Sealed { envelope } => envelope,
            other => panic!("not sealed: {other:?}"),
        }
    }

    fn with_office(desk: &mut Desk, envelope: String, handover: Option<Handover>) -> Result<Reply, Failure> {
        desk.answer(Request::OpenWithOffice { envelope, seq: 0, handover })
    }

    fn hold(desk: &mut Desk, key: &KeyFile) {
        desk.answer(Request::LoadKeyFile { text: key.to_text(), passphrase: String::new() }).unwrap();
    }

    #[test]
    fn who_came_later_opens_what_somebody_handed_on_and_hands_it_on_again() {
        let mut desk = Desk::default();
        let keys = [Role::Office, Role::Department, Role::Office]
            .map(|role| KeyFile::generate("yongshun-2023", role).unwrap());
        let [first, second, third] = &keys;
        let (one, other) =
            (seal_to(&mut desk, &first.recipient, "{}"), seal_to(&mut desk, &first.recipient, "[]"));
        let mail = Mail::for_office(CaseKind::TipOff);
        let hand_on = |desk: &mut Desk, to: &KeyFile, handover| {
            let (card, envelopes) = (with_officer(desk, to), vec![(0, one.clone()), (1, other.clone())]);
            desk.answer(Request::HandOn { card, mail, envelopes, handover, also: Vec::new() })
        };
        hold(&mut desk, second);
        assert_eq!(with_office(&mut desk, one.clone(), None), Err(Failure::CannotOpen));
        assert_eq!(
            hand_on(&mut desk, second, None),
            Err(Failure::CannotOpen),
            "it cannot hand on what it cannot open"
        );
        hold(&mut desk, first);
        let Ok(Reply::HandedOn(to_second)) = hand_on(&mut desk, second, None) else {
            panic!("not handed on")
        };
        hold(&mut desk, second);
        let read = with_office(&mut desk, one.clone(), Some(to_second.clone()));
        assert_eq!(read, Ok(Reply::Opened { letter: "{}".to_owned() }));
        let swapped = with_office(&mut desk, other.clone(), Some(to_second.clone()));
        assert_eq!(swapped, Err(Failure::CannotOpen), "a key is for one envelope");
        let Ok(Reply::HandedOn(to_third)) = hand_on(&mut desk, third, Some(to_second.clone())) else {
            panic!("nor again")
        };
        hold(&mut desk, third);
        assert_eq!(with_office(&mut desk, one.clone(), Some(to_second)), Err(Failure::CannotOpen));
        assert!(with_office(&mut desk, one.clone(), Some(to_third)).is_ok());
    }

    #[test]
    fn a_code_gives_the_same_keys_again_and_opens_its_mail() {
        let mut desk = Desk::default();
        let made = receipt(&mut desk, Request::NewReceipt);
        let again = receipt(&mut desk, Request::DeriveReceipt { code: made.code.clone() });
        assert_eq!(made, again);
        let envelope = seal_to(&mut desk, &made.recipient, "{\"名\":\"𠮷·测试\"}");
        let request = Request::Open { identity: made.identity, envelope };
        let letter = "{\"名\":\"𠮷·测试\"}".to_owned();
        assert_eq!(desk.answer(request), Ok(Reply::Opened { letter }));
    }

    #[test]
    fn a_paper_opens_with_the_key_of_its_letter_and_another_letter_has_another() {
        let mut desk = Desk::default();
        let mut draw = || match desk.answer(Request::NewPaperKey) {
            Ok(Reply::PaperKey(key)) => key,
            other => panic!("no key: {other:?}"),
        };
        let (ours, other) = (draw(), draw());
        assert_ne!(ours, other);
        let (recipient, content) = (ours.recipient.clone(), BASE64.encode(b"\xff\xd8\xff photo"));
        let Ok(Reply::SealedPaper { id, sealed }) =
            desk.answer(Request::SealPaper { recipient, content: content.clone() })
        else {
            panic!("not sealed")
        };
        assert_eq!(id, sha256_hex(&BASE64.decode(sealed.as_bytes()).unwrap()));
        let mut open = |key: &str, sealed: &str, bytes| {
            let (key, sealed) = (key.to_owned(), sealed.to_owned());
            desk.answer(Request::OpenPaper { key, sealed, bytes })
        };
        assert_eq!(open(&ours.key, &sealed, 9), Ok(Reply::OpenedPaper { content }));
        assert_eq!(open(&other.key, &sealed, 9), Err(Failure::CannotOpen));
        assert_eq!(open(&ours.key, &sealed.replace('A', "B"), 9), Err(Failure::CannotOpen));
        assert_eq!(open(&ours.key, "no base64", 9), Err(Failure::Unreadable));
        let long = BASE64.encode(&vec![0; protocol::limits::PAPER_BYTES + 1]);
        let refused = desk.answer(Request::SealPaper { recipient: ours.recipient, content: long });
        assert_eq!(refused, Err(Failure::TooLong));
    }

    #[test]
    fn short_letters_look_alike_from_outside() {
        let mut desk = Desk::default();
        let made = receipt(&mut desk, Request::NewReceipt);
        let lengths = ["{}", "{\"text\":\"一句比较长的话\"}"]
            .map(|letter| envelope::check(&seal_to(&mut desk, &made.recipient, letter)).unwrap().plain_len);
        assert_eq!(lengths, [envelope::LEAST_PLAIN; 2]);
    }

    #[test]
    fn the_office_signs_and_opens_only_with_its_key_file() {
        let mut desk = Desk::default();
        let inbox = Route::Inbox { office: "yongshun-2023" }.to_path();
        let sign = Request::SignStaff {
            method: "GET".to_owned(),
            path: inbox.clone(),
            body_hash: protocol::hash::sha256_hex(b""),
            now: 1_000,
        };
        assert_eq!(desk.answer(sign.clone()), Err(Failure::NoKeyFile));
        let file = KeyFile::generate("yongshun-2023", Role::Office).unwrap();
        let loaded =
            desk.answer(Request::LoadKeyFile { text: file.to_text(), passphrase: String::new() }).unwrap();
        assert!(matches!(loaded, Reply::Office(key) if key.recipient == file.recipient));
        let Ok(Reply::Signed { token }) = desk.answer(sign.clone()) else { panic!("not signed") };
        let claims = staff::verify(&token, &staff::public_key(&file.signing)).unwrap();
        assert_eq!(claims.fit(1_000, "GET", &inbox, b""), Ok(()));
        let envelope = seal_to(&mut desk, &file.recipient, "{}");
        assert_eq!(with_office(&mut desk, envelope, None), Ok(Reply::Opened { letter: "{}".to_owned() }));
        desk.answer(Request::ForgetKeyFile).unwrap();
        assert_eq!(desk.answer(sign), Err(Failure::NoKeyFile));
    }

    #[test]
    fn what_was_seen_of_a_trail_is_signed_and_checked_by_the_card() {
        let mut desk = Desk::default();
        let file = KeyFile::generate("yongshun-2023", Role::Auditor).unwrap();
        let list = "yongshun-2023".to_owned();
        let (hash, kid, signature) = ("0".repeat(64), String::new(), String::new());
        let head = TrailHead { list, seq: 3, hash, at: 1_000, kid, signature };
        let sign = Request::SignTrail { head };
        assert_eq!(desk.answer(sign.clone()), Err(Failure::NoKeyFile));
        desk.answer(Request::LoadKeyFile { text: file.to_text(), passphrase: String::new() }).unwrap();
        let Ok(Reply::Trail(head)) = desk.answer(sign) else { panic!("not signed") };
        let card = with_officer(&mut desk, &file);
        let good = |desk: &mut Desk, head: TrailHead| {
            let checked = desk.answer(Request::CheckTrail { card: card.clone(), head });
            checked == Ok(Reply::TrailChecked { good: true })
        };
        assert!(good(&mut desk, head.clone()));
        for other in [
            TrailHead { seq: 2, ..head.clone() },
            TrailHead { kid: "00".to_owned(), ..head.clone() },
            TrailHead { list: "qujing-2018".to_owned(), ..head.clone() },
            TrailHead { signature: String::new(), ..head.clone() },
        ] {
            assert!(!good(&mut desk, other.clone()), "{other:?}");
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        let mut desk = Desk::default();
        let code = "12345678901234567890".to_owned();
        assert_eq!(desk.answer(Request::DeriveReceipt { code }), Err(Failure::NotAReceipt));
        let text = "hello".to_owned();
        assert_eq!(
            desk.answer(Request::LoadKeyFile { text, passphrase: String::new() }),
            Err(Failure::NotAKeyFile)
        );
        let text = "# anju office key v1\n# office: qujing-2018\n".to_owned();
        assert_eq!(
            desk.answer(Request::LoadKeyFile { text, passphrase: String::new() }),
            Err(Failure::DamagedKeyFile)
        );
        let card = with_card(&mut desk, "age1nobody");
        let (mail, letter) = (Mail::for_office(CaseKind::TipOff), "{}".to_owned());
        let seal = Request::Seal { card, mail, also: None, letter, opening: true };
        assert_eq!(desk.answer(seal), Err(Failure::BadRecipient));
        let open = Request::Open { identity: String::new(), envelope: "AAAA".to_owned() };
        assert_eq!(desk.answer(open), Err(Failure::CannotOpen));
    }

    #[test]
    fn a_locked_key_file_asks_for_its_passphrase_and_one_that_was_changed_opens_what_came_before() {
        let mut desk = Desk::default();
        let before = KeyFile::generate("yongshun-2023", Role::Office).unwrap();
        let envelope = seal_to(&mut desk, &before.recipient, "{}");
        let now = before.successor().unwrap();
        let text = locked::lock(&now.to_text(), "一句长一点的口令，不止十二个字").unwrap();
        let load =
            |passphrase: &str| Request::LoadKeyFile { text: text.clone(), passphrase: passphrase.to_owned() };
        assert_eq!(desk.answer(load("")), Err(Failure::LockedKeyFile));
        assert_eq!(desk.answer(load("另一句")), Err(Failure::WrongPassphrase));
        let loaded = desk.answer(load("一句长一点的口令，不止十二个字"));
        assert!(matches!(loaded, Ok(Reply::Office(key)) if key.kid == now.kid));
        assert_eq!(with_office(&mut desk, envelope, None), Ok(Reply::Opened { letter: "{}".to_owned() }));
    }
}
