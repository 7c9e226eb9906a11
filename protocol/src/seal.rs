//! Sealing and opening envelopes: age v1 files for X25519 recipients, so that the stock `age` command
//! opens what is sealed here and the other way round.

use std::io::{Read, Write};

use std::cell::Cell;

use age::x25519;
use age_core::{
    format::{FileKey, Stanza},
    secrecy::ExposeSecret,
};
use data_encoding::BASE64;
use thiserror::Error;

use crate::{
    handover::FILE_KEY_BYTES,
    limits::{ENVELOPE_CHARS, RECIPIENTS},
    paper,
};

/// Why something could not be sealed or opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SealError {
    /// No recipient, too many, or one that is not `age1…`.
    #[error("a recipient is missing or is not an age1… key")]
    Recipient,
    /// The secret key is not `AGE-SECRET-KEY-1…`.
    #[error("the secret key is not AGE-SECRET-KEY-1…")]
    Identity,
    /// This key does not open this envelope, or it was altered or cut off.
    #[error("this key does not open this envelope, or the envelope is damaged")]
    Open,
    /// It would exceed [`ENVELOPE_CHARS`].
    #[error("the letter is too long")]
    TooLarge,
    /// The secure random source failed.
    #[error("no secure random numbers")]
    Random,
}

/// Seals bytes to one or more recipients (`age1…`). Gives the binary age file.
///
/// # Errors
/// [`SealError::Recipient`].
pub fn seal(recipients: &[&str], plain: &[u8]) -> Result<Vec<u8>, SealError> {
    if recipients.is_empty() || recipients.len() > RECIPIENTS {
        return Err(SealError::Recipient);
    }
    let parsed: Vec<x25519::Recipient> =
        recipients.iter().map(|r| r.parse().map_err(|_| SealError::Recipient)).collect::<Result<_, _>>()?;
    let encryptor = age::Encryptor::with_recipients(parsed.iter().map(|r| r as &dyn age::Recipient))
        .map_err(|_| SealError::Recipient)?;
    let mut sealed = Vec::with_capacity(plain.len().saturating_add(1024));
    let mut writer = encryptor.wrap_output(&mut sealed).map_err(|_| SealError::Random)?;
    writer.write_all(plain).map_err(|_| SealError::Random)?;
    writer.finish().map_err(|_| SealError::Random)?;
    Ok(sealed)
}

/// Opens an age file with a secret key (`AGE-SECRET-KEY-1…`).
///
/// # Errors
/// [`SealError::Identity`], [`SealError::Open`].
pub fn open(identity: &str, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
    let identity: x25519::Identity = identity.parse().map_err(|_| SealError::Identity)?;
    read(&identity, sealed)
}

fn read(identity: &dyn age::Identity, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
    let decryptor = age::Decryptor::new(sealed).map_err(|_| SealError::Open)?;
    let mut reader = decryptor.decrypt(std::iter::once(identity)).map_err(|_| SealError::Open)?;
    let mut plain = Vec::new();
    reader.read_to_end(&mut plain).map_err(|_| SealError::Open)?;
    Ok(plain)
}

/// An identity that remembers the key of the file that it opened.
struct Catching {
    identity: x25519::Identity,
    caught: Cell<Option<[u8; FILE_KEY_BYTES]>>,
}

impl age::Identity for Catching {
    fn unwrap_stanza(&self, stanza: &Stanza) -> Option<Result<FileKey, age::DecryptError>> {
        let unwrapped = self.identity.unwrap_stanza(stanza)?;
        if let Ok(key) = &unwrapped {
            self.caught.set(Some(*key.expose_secret()));
        }
        Some(unwrapped)
    }
}

/// Whoever knows the key of a file needs none of those that it is sealed to.
struct Known([u8; FILE_KEY_BYTES]);

impl age::Identity for Known {
    fn unwrap_stanza(&self, _: &Stanza) -> Option<Result<FileKey, age::DecryptError>> {
        Some(Ok(FileKey::new(Box::new(self.0))))
    }
}

/// The key of the age file in an envelope, by a secret key that opens it: see [`crate::handover`].
///
/// # Errors
/// [`SealError::Identity`], [`SealError::Open`].
pub fn file_key(identity: &str, envelope: &str) -> Result<[u8; FILE_KEY_BYTES], SealError> {
    let identity = identity.parse().map_err(|_| SealError::Identity)?;
    let catching = Catching { identity, caught: Cell::new(None) };
    read(&catching, &BASE64.decode(envelope.as_bytes()).map_err(|_| SealError::Open)?)?;
    catching.caught.take().ok_or(SealError::Open)
}

/// Opens the age file in an envelope by its own key.
///
/// # Errors
/// [`SealError::Open`].
pub fn open_with_file_key(key: [u8; FILE_KEY_BYTES], envelope: &str) -> Result<Vec<u8>, SealError> {
    read(&Known(key), &BASE64.decode(envelope.as_bytes()).map_err(|_| SealError::Open)?)
}

/// [`seal`] as an envelope: standard base64, checked against the size limit.
///
/// # Errors
/// [`SealError`].
pub fn seal_envelope(recipients: &[&str], padded: &[u8]) -> Result<String, SealError> {
    let envelope = BASE64.encode(&seal(recipients, padded)?);
    if envelope.len() > ENVELOPE_CHARS { Err(SealError::TooLarge) } else { Ok(envelope) }
}

/// [`open`] for an envelope in standard base64.
///
/// # Errors
/// [`SealError`].
pub fn open_envelope(identity: &str, envelope: &str) -> Result<Vec<u8>, SealError> {
    open(identity, &BASE64.decode(envelope.as_bytes()).map_err(|_| SealError::Open)?)
}

/// Seals the content of a paper: padded, for the key of its letter alone.
///
/// # Errors
/// [`SealError::TooLarge`], [`SealError::Recipient`].
pub fn seal_paper(recipient: &str, content: Vec<u8>) -> Result<Vec<u8>, SealError> {
    seal(&[recipient], &paper::pad(content).map_err(|_| SealError::TooLarge)?)
}

/// Opens a paper whose content has so many bytes.
///
/// # Errors
/// [`SealError::Identity`]; [`SealError::Open`], also where there are fewer.
pub fn open_paper(key: &str, sealed: &[u8], bytes: u64) -> Result<Vec<u8>, SealError> {
    let mut content = open(key, sealed)?;
    let length = usize::try_from(bytes).ok().filter(|length| *length <= content.len());
    content.truncate(length.ok_or(SealError::Open)?);
    Ok(content)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::envelope::{self, EnvelopeError, padded_len};
    use crate::identity::{identity_from_bytes, recipient_of};

    fn key(n: u8) -> (String, String) {
        let identity = identity_from_bytes(&[n; 32]);
        let recipient = recipient_of(&identity).unwrap();
        (identity, recipient)
    }

    #[test]
    fn the_key_of_a_file_opens_that_file_and_no_other() {
        let ((a, to_a), (b, _)) = (key(1), key(2));
        let sealed = |text: &str| seal_envelope(&[&to_a], text.as_bytes()).unwrap();
        let (one, other) = (sealed("一"), sealed("二"));
        let key = file_key(&a, &one).unwrap();
        assert_eq!(open_with_file_key(key, &one).unwrap(), "一".as_bytes());
        assert_eq!(open_with_file_key(key, &other), Err(SealError::Open));
        assert_eq!(open_with_file_key([0; FILE_KEY_BYTES], &one), Err(SealError::Open));
        assert_eq!(file_key(&b, &one), Err(SealError::Open));
        let mut keys = crate::handover::FileKeys::default();
        keys.add(3, &key);
        assert_eq!((keys.of(3), keys.of(0)), (Some(key), None));
    }

    #[test]
    fn both_recipients_open_and_nobody_else() {
        let ((a, to_a), (b, to_b), (c, _)) = (key(1), key(2), key(3));
        let sealed = seal(&[&to_a, &to_b], "阿依古丽·测试 𠮷".as_bytes()).unwrap();
        assert_eq!(open(&a, &sealed).unwrap(), "阿依古丽·测试 𠮷".as_bytes());
        assert_eq!(open(&b, &sealed).unwrap(), open(&a, &sealed).unwrap());
        assert_eq!(open(&c, &sealed), Err(SealError::Open));
        assert_eq!(open("AGE-SECRET-KEY-1", &sealed), Err(SealError::Identity));
        assert_eq!(seal(&[], b""), Err(SealError::Recipient));
        assert_eq!(seal(&["age1nothing"], b""), Err(SealError::Recipient));
    }

    #[test]
    fn a_changed_or_shortened_envelope_does_not_open() {
        let (identity, to) = key(4);
        let sealed = seal(&[&to], &[b' '; 4096]).unwrap();
        for at in [30, sealed.len() / 2, sealed.len() - 1] {
            let mut changed = sealed.clone();
            if let Some(byte) = changed.get_mut(at) {
                *byte ^= 1;
            }
            assert_eq!(open(&identity, &changed), Err(SealError::Open));
        }
        let cut = sealed.get(..sealed.len() - 1).unwrap();
        assert_eq!(open(&identity, cut), Err(SealError::Open));
    }

    #[test]
    fn a_paper_is_of_a_length_that_may_be_announced_and_opens_to_its_content_alone() {
        let ((key, to), (other, _)) = (key(6), key(7));
        for length in [0, 1, 65_536, 65_537, 400_000, crate::limits::PAPER_BYTES] {
            let content = vec![7; length];
            // How much is added to the header is drawn anew each time.
            for _ in 0..if length < 65_536 { 40 } else { 2 } {
                let sealed = seal_paper(&to, content.clone()).unwrap();
                let id = crate::hash::sha256_hex(&sealed);
                let announced = paper::Announced { id, bytes: sealed.len() as u64 };
                assert_eq!(paper::check(&[announced]), Ok(()), "{length}");
                assert!(paper::begins_sealed(&sealed) && !paper::begins_sealed(&content));
                assert_eq!(open_paper(&key, &sealed, length as u64).unwrap(), content);
                assert_eq!(open_paper(&other, &sealed, length as u64), Err(SealError::Open));
                let padded = paper::padded_len(length) as u64;
                assert!(open_paper(&key, &sealed, padded).is_ok());
                assert_eq!(open_paper(&key, &sealed, padded + 1), Err(SealError::Open));
            }
        }
        assert_eq!(seal_paper(&to, vec![0; crate::limits::PAPER_BYTES + 1]), Err(SealError::TooLarge));
    }

    #[test]
    fn the_outside_is_checked_without_a_key() {
        let (_, to) = key(5);
        for len in [0, 4096, 4097, 70_000, 140_000] {
            let plain = vec![b' '; padded_len(len)];
            let envelope = seal_envelope(&[&to, &to], &plain).unwrap();
            let outside = envelope::check(&envelope).unwrap();
            assert_eq!((outside.recipients, outside.plain_len), (2, plain.len()));
            let bytes = BASE64.decode(envelope.as_bytes()).unwrap();
            for cut in [1, 2, 17, 100, bytes.len() / 2] {
                let short = BASE64.encode(bytes.get(..bytes.len() - cut).unwrap());
                assert!(envelope::check(&short).is_err());
            }
        }
        let unpadded = seal_envelope(&[&to], b"short").unwrap();
        assert_eq!(envelope::check(&unpadded), Err(EnvelopeError::Length));
        assert_eq!(seal_envelope(&[&to], &vec![0; 200_000]), Err(SealError::TooLarge));
    }
}
