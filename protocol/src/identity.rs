//! age keys as text: a secret key from thirty-two bytes, the recipient that belongs to it, and where such bytes come
//! from. Small enough for tools that make and read office keys and never seal anything.

use bech32::{Bech32, Hrp, primitives::decode::CheckedHrpstring};
use curve25519_dalek::MontgomeryPoint;
use thiserror::Error;

use crate::recipient;

/// Prefix of a secret key; age writes it in capitals.
const SECRET: &str = "age-secret-key-";

/// Why there is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum IdentityError {
    /// The secret key is not `AGE-SECRET-KEY-1…`.
    #[error("the secret key is not AGE-SECRET-KEY-1…")]
    Malformed,
    /// The secure random source failed.
    #[error("no secure random numbers")]
    Random,
}

/// The recipient (`age1…`) that belongs to a secret key: its X25519 public key (RFC 7748), in Bech32 as age writes it.
///
/// # Errors
/// [`IdentityError::Malformed`].
pub fn recipient_of(identity: &str) -> Result<String, IdentityError> {
    let text = CheckedHrpstring::new::<Bech32>(identity).map_err(|_| IdentityError::Malformed)?;
    if text.hrp() != Hrp::parse_unchecked(SECRET) {
        return Err(IdentityError::Malformed);
    }
    let bytes: Vec<u8> = text.byte_iter().collect();
    let secret: [u8; 32] = bytes.try_into().map_err(|_| IdentityError::Malformed)?;
    let public = MontgomeryPoint::mul_base_clamped(secret).to_bytes();
    bech32::encode::<Bech32>(Hrp::parse_unchecked(recipient::PREFIX), &public)
        .map_err(|_| IdentityError::Malformed)
}

/// The age secret key whose scalar is these 32 bytes.
pub(crate) fn identity_from_bytes(secret: &[u8; 32]) -> String {
    bech32::encode_upper::<Bech32>(Hrp::parse_unchecked(SECRET), secret).unwrap_or_default()
}

/// A new age secret key with the recipient that belongs to it.
///
/// # Errors
/// [`IdentityError::Random`].
pub fn drawn() -> Result<(String, String), IdentityError> {
    let identity = identity_from_bytes(&random()?);
    let recipient = recipient_of(&identity)?;
    Ok((identity, recipient))
}

/// Random bytes from the system's secure source.
///
/// # Errors
/// [`IdentityError::Random`].
pub fn random<const N: usize>() -> Result<[u8; N], IdentityError> {
    let mut bytes = [0u8; N];
    getrandom::fill(&mut bytes).map_err(|_| IdentityError::Random)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_no_secret_key_has_no_recipient() {
        let key = identity_from_bytes(&[7; 32]);
        let recipient = recipient_of(&key).unwrap();
        let short = bech32::encode_upper::<Bech32>(Hrp::parse_unchecked(SECRET), &[7; 31]).unwrap();
        let other = bech32::encode_upper::<bech32::Bech32m>(Hrp::parse_unchecked(SECRET), &[7; 32]).unwrap();
        for wrong in ["", "AGE-SECRET-KEY-1", &recipient, &short, &other, &key.replacen('1', "2", 1)] {
            assert_eq!(recipient_of(wrong), Err(IdentityError::Malformed), "{wrong}");
        }
    }

    #[cfg(feature = "seal")]
    #[test]
    fn age_names_the_same_recipient() {
        for n in 0..=20 {
            let key = identity_from_bytes(&random().unwrap());
            assert!(key.starts_with("AGE-SECRET-KEY-1"), "{n}");
            let theirs = key.parse::<age::x25519::Identity>().unwrap().to_public().to_string();
            assert_eq!(recipient_of(&key).unwrap(), theirs);
        }
    }
}
