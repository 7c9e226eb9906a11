//! The outside of a sealed envelope: what can be checked without any key.
//!
//! An envelope is an age v1 file (binary form) in standard base64 with padding. Its plain text has one of
//! the lengths of [`padded_len`], so that a length says little and a file that was cut off shows.

use data_encoding::BASE64;
use thiserror::Error;

use crate::limits::{ENVELOPE_CHARS, RECIPIENTS};

/// Shortest plain text, in bytes: messages look alike.
pub const LEAST_PLAIN: usize = 4096;

/// What the plain text of a letter that opens a case fills, in bytes, so that nobody can tell a tip-off from an
/// application by its size. A letter that is longer fills twice as much, or twice that.
pub const OPENING_PLAIN: usize = 32 * 1024;

const VERSION: &[u8] = b"age-encryption.org/v1\n";
const NONCE: usize = 16;
const TAG: usize = 16;
const CHUNK: usize = 64 * 1024;

/// Why an envelope is refused from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum EnvelopeError {
    /// Longer than [`ENVELOPE_CHARS`].
    #[error("the envelope is too large")]
    TooLarge,
    /// Not standard base64.
    #[error("the envelope is not base64")]
    Encoding,
    /// Not an age v1 file for X25519 recipients.
    #[error("the envelope is not an age file for X25519 recipients")]
    Header,
    /// Cut off, or not padded to a length of [`padded_len`].
    #[error("the envelope was cut off or is not padded")]
    Length,
}

/// What the outside shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outside {
    /// How many keys can open it.
    pub recipients: usize,
    /// Length of the padded plain text, bytes.
    pub plain_len: usize,
}

/// The length to which a plain text of `len` bytes is padded: at least [`LEAST_PLAIN`], else rounded up
/// so that only the highest bits of the length remain (Padmé: at most 12 % longer).
///
/// Source: Nikitin et al., *Reducing Metadata Leakage from Encrypted Files*, PETS 2019.
///
/// ```
/// use protocol::envelope::padded_len;
/// assert_eq!(padded_len(10), 4096);
/// assert_eq!(padded_len(4097), 4352);
/// assert_eq!(padded_len(padded_len(70_000)), padded_len(70_000));
/// ```
pub fn padded_len(len: usize) -> usize {
    if len <= LEAST_PLAIN {
        return LEAST_PLAIN;
    }
    let exponent = len.ilog2();
    let kept = exponent.ilog2().saturating_add(1);
    let mask = 1usize.checked_shl(exponent.saturating_sub(kept)).unwrap_or(1).saturating_sub(1);
    len.saturating_add(mask) & !mask
}

/// The length to which the plain text of a letter that opens a case is padded.
///
/// ```
/// use protocol::envelope::opening_len;
/// assert_eq!([1, 32_768, 32_769].map(opening_len), [32_768, 32_768, 65_536]);
/// ```
pub fn opening_len(len: usize) -> usize {
    let mut bucket = OPENING_PLAIN;
    while bucket < len {
        bucket = bucket.saturating_mul(2);
    }
    bucket
}

/// [`pad`] for a letter that opens a case.
pub fn pad_opening(mut json: Vec<u8>) -> Vec<u8> {
    json.resize(opening_len(json.len()), b' ');
    json
}

/// [`check`] for a letter that opens a case: it must fill its bucket.
///
/// # Errors
/// [`EnvelopeError`].
pub fn check_opening(envelope: &str) -> Result<Outside, EnvelopeError> {
    let outside = check(envelope)?;
    if opening_len(outside.plain_len) == outside.plain_len { Ok(outside) } else { Err(EnvelopeError::Length) }
}

/// A letter's JSON as it is sealed: with spaces at its end, which JSON ignores, so that its length says little.
pub fn pad(mut json: Vec<u8>) -> Vec<u8> {
    json.resize(padded_len(json.len()), b' ');
    json
}

/// Checks an envelope without opening it.
///
/// # Errors
/// [`EnvelopeError`].
pub fn check(envelope: &str) -> Result<Outside, EnvelopeError> {
    if envelope.len() > ENVELOPE_CHARS {
        return Err(EnvelopeError::TooLarge);
    }
    let bytes = BASE64.decode(envelope.as_bytes()).map_err(|_| EnvelopeError::Encoding)?;
    check_bytes(&bytes)
}

fn check_bytes(bytes: &[u8]) -> Result<Outside, EnvelopeError> {
    let mut rest = bytes.strip_prefix(VERSION).ok_or(EnvelopeError::Header)?;
    let mut recipients = 0;
    loop {
        let line = take_line(&mut rest)?;
        if let Some(mac) = line.strip_prefix("--- ") {
            if mac.len() != 43 || recipients == 0 || recipients > RECIPIENTS {
                return Err(EnvelopeError::Header);
            }
            break;
        }
        let kind = line.strip_prefix("-> ").ok_or(EnvelopeError::Header)?;
        let kind = kind.split(' ').next().unwrap_or_default();
        if kind == "X25519" {
            recipients = recipients.saturating_add(1);
        } else if !kind.ends_with("-grease") {
            return Err(EnvelopeError::Header);
        }
        // The body of a stanza ends with the first line shorter than 64 characters.
        while take_line(&mut rest)?.len() == 64 {}
    }
    let sealed = rest.len().checked_sub(NONCE).ok_or(EnvelopeError::Length)?;
    let chunks = sealed.div_ceil(CHUNK + TAG);
    let plain_len = sealed.checked_sub(chunks.saturating_mul(TAG)).ok_or(EnvelopeError::Length)?;
    if padded_len(plain_len) == plain_len {
        Ok(Outside { recipients, plain_len })
    } else {
        Err(EnvelopeError::Length)
    }
}

fn take_line<'a>(rest: &mut &'a [u8]) -> Result<&'a str, EnvelopeError> {
    let end = rest.iter().position(|b| *b == b'\n').ok_or(EnvelopeError::Header)?;
    let (line, after) = rest.split_at(end);
    *rest = after.get(1..).unwrap_or_default();
    let line = std::str::from_utf8(line).map_err(|_| EnvelopeError::Header)?;
    if line.len() > 256 {
        return Err(EnvelopeError::Header);
    }
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_letter_fits_for_as_many_keys_as_there_may_be() {
        use crate::limits::{LETTER_BYTES, RECIPIENTS};
        // A stanza of X25519 with its body takes 98 bytes.
        let sealed = |plain: usize| {
            let header = VERSION.len() + 98 * RECIPIENTS + 48;
            BASE64.encode_len(header + NONCE + plain + plain.div_ceil(CHUNK) * TAG)
        };
        assert!(sealed(opening_len(LETTER_BYTES)) <= ENVELOPE_CHARS);
        assert!(sealed(opening_len(LETTER_BYTES + 1)) > ENVELOPE_CHARS);
    }

    #[test]
    fn padding_never_shortens_and_costs_at_most_an_eighth() {
        for len in (0..300_000).step_by(37) {
            let padded = padded_len(len);
            assert!(padded >= len.max(LEAST_PLAIN));
            assert!(padded <= LEAST_PLAIN || (padded - len) * 8 <= len);
            assert_eq!(padded_len(padded), padded);
        }
    }

    #[test]
    fn a_bucket_of_an_opening_letter_is_a_padded_length_and_fits_into_an_envelope() {
        for len in [0, OPENING_PLAIN, OPENING_PLAIN + 1, 100_000] {
            let bucket = opening_len(len);
            assert!(bucket >= len && padded_len(bucket) == bucket && bucket.is_multiple_of(OPENING_PLAIN));
            assert!(bucket.div_ceil(3) * 4 < ENVELOPE_CHARS, "{bucket}");
        }
    }

    #[test]
    fn what_is_not_an_age_file_is_refused() {
        assert_eq!(check("not base64!"), Err(EnvelopeError::Encoding));
        assert_eq!(check("QUJD"), Err(EnvelopeError::Header));
        assert_eq!(check(&"A".repeat(ENVELOPE_CHARS + 4)), Err(EnvelopeError::TooLarge));
        let bare = BASE64.encode(b"age-encryption.org/v1\n-> scrypt a 18\nAAAA\n--- x\n");
        assert_eq!(check(&bare), Err(EnvelopeError::Header));
    }
}
