//! The work itself, without a browser: one request in, one reply out.

use protocol::{
    envelope, identity,
    keyfile::{KeyFile, KeyFileError},
    proof::{self, Subject},
    receipt::{self, ReceiptCode},
    seal::{self, SealError},
    staff::{self, Claims},
};
use sealer::ops::{Failure, OfficeKey, Receipt, Reply, Request};

use super::qr;

/// Nonces tried before giving up, sixty-four times as many as it takes on average: that fails once in e^64.
fn most_nonces(bits: u32) -> u64 {
    1u64.checked_shl(bits.saturating_add(6)).unwrap_or(u64::MAX)
}

/// What one worker remembers: the office's keys, once loaded. They never leave it.
#[derive(Default)]
pub(super) struct Desk {
    key: Option<KeyFile>,
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
            Request::Seal { recipients, letter, opening } => sealed(&recipients, letter, opening),
            Request::Open { identity, envelope } => opened(&identity, &envelope),
            Request::Prove { subject, stamp, bits } => {
                proof::search_slice(&Subject::from_text(subject), stamp, bits, 0, most_nonces(bits))
                    .map(|proof| Reply::Proved { proof })
                    .ok_or(Failure::NoProof)
            }
            Request::LoadKeyFile { text } => {
                let key = KeyFile::parse(&text).map_err(|wrong| match wrong {
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
            Request::OpenWithOffice { envelope } => opened(&self.key()?.identity, &envelope),
            Request::SignStaff { method, path, body_hash, now } => {
                let key = self.key()?;
                let holder = (key.kid.as_str(), key.office.as_str(), key.role);
                let claims = Claims { body: body_hash, ..Claims::new(holder, now, &method, &path, &[]) };
                Ok(Reply::Signed { token: staff::sign(&key.signing, &claims) })
            }
        }
    }

    fn key(&self) -> Result<&KeyFile, Failure> {
        self.key.as_ref().ok_or(Failure::NoKeyFile)
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
    }))
}

fn sealed(recipients: &[String], letter: String, opening: bool) -> Result<Reply, Failure> {
    let pad = if opening { envelope::pad_opening } else { envelope::pad };
    let plain = pad(letter.into_bytes());
    let recipients: Vec<&str> = recipients.iter().map(String::as_str).collect();
    seal::seal_envelope(&recipients, &plain).map(|envelope| Reply::Sealed { envelope }).map_err(failure)
}

fn opened(identity: &str, envelope: &str) -> Result<Reply, Failure> {
    let plain = seal::open_envelope(identity, envelope).map_err(failure)?;
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
    use protocol::{desk::Role, routes::Route};

    use super::*;

    fn receipt(desk: &mut Desk, request: Request) -> Receipt {
        match desk.answer(request).unwrap() {
            Reply::Receipt(receipt) => receipt,
            other => panic!("not a receipt: {other:?}"),
        }
    }

    fn seal_to(desk: &mut Desk, recipient: &str, letter: &str) -> String {
        let (recipients, letter) = (vec![recipient.to_owned()], letter.to_owned());
        let request = Request::Seal { recipients, letter, opening: false };
        match desk.answer(request).unwrap() {
            Reply::Sealed { envelope } => envelope,
            other => panic!("not sealed: {other:?}"),
        }
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
        let loaded = desk.answer(Request::LoadKeyFile { text: file.to_text() }).unwrap();
        assert!(matches!(loaded, Reply::Office(key) if key.recipient == file.recipient));
        let Ok(Reply::Signed { token }) = desk.answer(sign.clone()) else { panic!("not signed") };
        let claims = staff::verify(&token, &staff::public_key(&file.signing)).unwrap();
        assert_eq!(claims.fit(1_000, "GET", &inbox, b""), Ok(()));
        let envelope = seal_to(&mut desk, &file.recipient, "{}");
        let opened = desk.answer(Request::OpenWithOffice { envelope });
        assert_eq!(opened, Ok(Reply::Opened { letter: "{}".to_owned() }));
        desk.answer(Request::ForgetKeyFile).unwrap();
        assert_eq!(desk.answer(sign), Err(Failure::NoKeyFile));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let mut desk = Desk::default();
        let code = "12345678901234567890".to_owned();
        assert_eq!(desk.answer(Request::DeriveReceipt { code }), Err(Failure::NotAReceipt));
        let text = "hello".to_owned();
        assert_eq!(desk.answer(Request::LoadKeyFile { text }), Err(Failure::NotAKeyFile));
        let text = "# anju office key v1\n# office: qujing-2018\n".to_owned();
        assert_eq!(desk.answer(Request::LoadKeyFile { text }), Err(Failure::DamagedKeyFile));
        let seal = Request::Seal { recipients: Vec::new(), letter: "{}".to_owned(), opening: true };
        assert_eq!(desk.answer(seal), Err(Failure::BadRecipient));
        let open = Request::Open { identity: String::new(), envelope: "AAAA".to_owned() };
        assert_eq!(desk.answer(open), Err(Failure::CannotOpen));
    }
}
