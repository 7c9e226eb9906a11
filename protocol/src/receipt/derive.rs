//! Keys of a receipt.

use argon2::{Algorithm, Argon2, Params, Version};
use data_encoding::{BASE64, HEXLOWER};
use hkdf::Hkdf;
use sha2::Sha256;
use thiserror::Error;

use super::ReceiptCode;
use crate::{identity, staff};

/// Memory of the derivation, KiB (64 MiB).
const MEMORY_KIB: u32 = 64 * 1024;
/// Passes over it.
const PASSES: u32 = 3;
/// Separates these keys from any other use of the same digits.
const SALT: &[u8] = b"anju receipt v1";

/// The derivation could not run: the device has no 64 MiB to spare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not enough memory to derive the receipt's keys")]
pub struct DeriveError;

/// What follows from a receipt code. `Debug` shows only what is public.
#[derive(Clone, PartialEq, Eq)]
pub struct ReceiptKeys {
    /// Look-up id of the case, 32 hexadecimal digits.
    pub lookup: String,
    /// Token for `Authorization: Receipt …`, 64 hexadecimal digits.
    pub token: String,
    /// age secret key that opens the office's replies.
    pub identity: String,
    /// age recipient to which the office seals them.
    pub recipient: String,
    /// Ed25519 seed with which the owner signs messages and taking the case back.
    pub signing: [u8; 32],
    /// The public half of it, standard base64.
    pub owner_key: String,
}

impl std::fmt::Debug for ReceiptKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ReceiptKeys({})", self.recipient)
    }
}

/// Derives the keys: Argon2id (64 MiB, three passes, one lane) over the 20 digits, then HKDF-SHA256
/// with one label per key. Takes some tenths of a second, on a cheap phone a few seconds.
///
/// # Errors
/// [`DeriveError`] where memory is short.
pub fn derive(code: &ReceiptCode) -> Result<ReceiptKeys, DeriveError> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, Some(32)).map_err(|_| DeriveError)?;
    let mut root = [0u8; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(code.plain().as_bytes(), SALT, &mut root)
        .map_err(|_| DeriveError)?;
    let keys = Hkdf::<Sha256>::new(None, &root);
    let mut lookup = [0u8; 16];
    let mut token = [0u8; 32];
    let mut secret = [0u8; 32];
    let mut signing = [0u8; 32];
    for (label, out) in [
        ("anju receipt v1 lookup", lookup.as_mut_slice()),
        ("anju receipt v1 token", token.as_mut_slice()),
        ("anju receipt v1 reply key", secret.as_mut_slice()),
        ("anju receipt v1 signing key", signing.as_mut_slice()),
    ] {
        keys.expand(label.as_bytes(), out).map_err(|_| DeriveError)?;
    }
    let identity = identity::identity_from_bytes(&secret);
    let recipient = identity::recipient_of(&identity).map_err(|_| DeriveError)?;
    Ok(ReceiptKeys {
        lookup: HEXLOWER.encode(&lookup),
        token: HEXLOWER.encode(&token),
        identity,
        recipient,
        owner_key: BASE64.encode(&staff::public_key(&signing)),
        signing,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::seal;
    use crate::{hash::is_hex, receipt::LOOKUP_HEX};

    #[test]
    fn keys_are_stable_distinct_and_open_what_is_sealed_to_them() {
        let code = ReceiptCode::from_entropy([9; 16]);
        let keys = derive(&code).unwrap();
        assert_eq!(derive(&ReceiptCode::parse(&code.grouped()).unwrap()).unwrap(), keys);
        assert!(is_hex(&keys.lookup, LOOKUP_HEX) && is_hex(&keys.token, 64));
        assert!(!keys.token.starts_with(&keys.lookup));
        let sealed = seal::seal(&[keys.recipient.as_str()], b"{}").unwrap();
        assert_eq!(seal::open(&keys.identity, &sealed).unwrap(), b"{}");
        assert_ne!(derive(&ReceiptCode::from_entropy([8; 16])).unwrap().lookup, keys.lookup);
        assert!(!format!("{keys:?}").contains(&keys.token));
        let text = "anju owner v1";
        let signature = crate::signed::sign(&keys.signing, text);
        let key = crate::signed::key_bytes(&keys.owner_key).unwrap();
        assert!(
            crate::signed::fits(&key, text, &signature) && !crate::signed::fits(&key, "other", &signature)
        );
    }
}
