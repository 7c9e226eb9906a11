//! Staff requests: a compact JWS (RFC 7515) signed with Ed25519 (`EdDSA`, RFC 8037), bound to one method,
//! path and body, valid for at most five minutes.
//!
//! `Authorization: Staff <header>.<claims>.<signature>`. A token repeated within its life can only repeat the
//! very same request, and every writing request carries an id that makes repetition harmless.

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    desk::Role,
    hash::sha256_hex,
    limits::{TOKEN_SECS, TOKEN_SKEW_SECS},
};

const HEADER: &str = r#"{"alg":"EdDSA","typ":"anju-staff"}"#;

/// What a token claims.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claims {
    /// Key id.
    pub kid: String,
    /// Office id.
    pub office: String,
    /// Role the key claims; must be the one registered.
    pub role: Role,
    /// Issued, Unix seconds.
    pub iat: u64,
    /// Valid until, Unix seconds; at most 300 after `iat`.
    pub exp: u64,
    /// `GET` or `POST`.
    pub method: String,
    /// Path of the request, from `/api/`, with its query: [`crate::routes::with_query`].
    pub path: String,
    /// SHA-256 of the body, hex (of nothing for `GET`).
    pub body: String,
}

impl Claims {
    /// Claims for one request made `now`.
    pub fn new(
        (kid, office, role): (&str, &str, Role),
        now: u64,
        method: &str,
        path: &str,
        body: &[u8],
    ) -> Self {
        Self {
            kid: kid.to_owned(),
            office: office.to_owned(),
            role,
            iat: now,
            exp: now.saturating_add(TOKEN_SECS),
            method: method.to_owned(),
            path: path.to_owned(),
            body: sha256_hex(body),
        }
    }

    /// Whether the token is of now and made for this request.
    ///
    /// # Errors
    /// [`TokenError::Expired`], [`TokenError::OtherRequest`].
    pub fn fit(&self, now: u64, method: &str, path: &str, body: &[u8]) -> Result<(), TokenError> {
        let life = self.exp.checked_sub(self.iat).ok_or(TokenError::Expired)?;
        if life > TOKEN_SECS || now > self.exp || self.iat > now.saturating_add(TOKEN_SKEW_SECS) {
            return Err(TokenError::Expired);
        }
        if self.method != method || self.path != path || self.body != sha256_hex(body) {
            return Err(TokenError::OtherRequest);
        }
        Ok(())
    }
}

/// Why a token is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TokenError {
    /// Not three parts of base64url with the expected header.
    #[error("the token is malformed")]
    Malformed,
    /// Signed by another key, or altered.
    #[error("the signature does not fit")]
    Signature,
    /// Too old, too long-lived, or from the future.
    #[error("the token is not valid now")]
    Expired,
    /// Made for another method, path or body.
    #[error("the token was made for another request")]
    OtherRequest,
}

struct Parts {
    claims: Claims,
    #[cfg(feature = "staff")]
    signed: String,
    #[cfg(feature = "staff")]
    signature: [u8; 64],
}

fn split(token: &str) -> Result<Parts, TokenError> {
    let decode = |part: &str| BASE64URL_NOPAD.decode(part.as_bytes()).map_err(|_| TokenError::Malformed);
    let mut parts = token.split('.');
    let (Some(header), Some(claims), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(TokenError::Malformed);
    };
    if decode(header)? != HEADER.as_bytes() {
        return Err(TokenError::Malformed);
    }
    let _signature: [u8; 64] = decode(signature)?.try_into().map_err(|_| TokenError::Malformed)?;
    Ok(Parts {
        claims: serde_json::from_slice(&decode(claims)?).map_err(|_| TokenError::Malformed)?,
        #[cfg(feature = "staff")]
        signed: format!("{header}.{claims}"),
        #[cfg(feature = "staff")]
        signature: _signature,
    })
}

/// The claims of a token, *unchecked*: only to find the key that must have signed it.
///
/// # Errors
/// [`TokenError::Malformed`].
pub fn peek(token: &str) -> Result<Claims, TokenError> {
    split(token).map(|parts| parts.claims)
}

/// Checks the signature (RFC 8032, strict) and gives the claims. Call [`Claims::fit`] next.
///
/// # Errors
/// [`TokenError`].
#[cfg(feature = "staff")]
pub fn verify(token: &str, public_key: &[u8; 32]) -> Result<Claims, TokenError> {
    let parts = split(token)?;
    let key = ed25519_dalek::VerifyingKey::from_bytes(public_key).map_err(|_| TokenError::Signature)?;
    let signature = ed25519_dalek::Signature::from_bytes(&parts.signature);
    key.verify_strict(parts.signed.as_bytes(), &signature).map_err(|_| TokenError::Signature)?;
    Ok(parts.claims)
}

/// Signs claims with an Ed25519 seed.
#[cfg(feature = "seal")]
pub fn sign(seed: &[u8; 32], claims: &Claims) -> String {
    use ed25519_dalek::Signer;
    let claims = serde_json::to_vec(claims).unwrap_or_default();
    let signed = format!("{}.{}", BASE64URL_NOPAD.encode(HEADER.as_bytes()), BASE64URL_NOPAD.encode(&claims));
    let signature = ed25519_dalek::SigningKey::from_bytes(seed).sign(signed.as_bytes());
    format!("{signed}.{}", BASE64URL_NOPAD.encode(&signature.to_bytes()))
}

/// The public key of an Ed25519 seed.
#[cfg(feature = "keys")]
pub fn public_key(seed: &[u8; 32]) -> [u8; 32] {
    ed25519_dalek::SigningKey::from_bytes(seed).verifying_key().to_bytes()
}

#[cfg(all(test, feature = "seal"))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn claims() -> Claims {
        let who = ("00112233", "yongshun-2023", Role::Town);
        Claims::new(who, 1000, "POST", "/api/desk/yongshun-2023/cases", b"{}")
    }

    #[test]
    fn a_token_is_good_for_one_request_and_five_minutes() {
        let token = sign(&[7; 32], &claims());
        assert_eq!(peek(&token).unwrap(), claims());
        let read = verify(&token, &public_key(&[7; 32])).unwrap();
        assert_eq!(read, claims());
        let path = "/api/desk/yongshun-2023/cases";
        assert_eq!(read.fit(1300, "POST", path, b"{}"), Ok(()));
        assert_eq!(read.fit(940, "POST", path, b"{}"), Ok(()));
        assert_eq!(read.fit(1301, "POST", path, b"{}"), Err(TokenError::Expired));
        assert_eq!(read.fit(939, "POST", path, b"{}"), Err(TokenError::Expired));
        assert_eq!(read.fit(1000, "GET", path, b"{}"), Err(TokenError::OtherRequest));
        assert_eq!(read.fit(1000, "POST", "/api/x", b"{}"), Err(TokenError::OtherRequest));
        assert_eq!(read.fit(1000, "POST", path, b"{ }"), Err(TokenError::OtherRequest));
        let long = Claims { exp: 2000, ..claims() };
        assert_eq!(long.fit(1000, "POST", path, b"{}"), Err(TokenError::Expired));
    }

    #[test]
    fn other_keys_and_changed_tokens_are_refused() {
        let token = sign(&[7; 32], &claims());
        assert_eq!(verify(&token, &public_key(&[8; 32])), Err(TokenError::Signature));
        let other = sign(&[7; 32], &Claims { role: Role::Office, ..claims() });
        let mut mixed: Vec<&str> = other.split('.').collect();
        if let Some(last) = mixed.last_mut() {
            *last = token.rsplit('.').next().unwrap();
        }
        assert_eq!(verify(&mixed.join("."), &public_key(&[7; 32])), Err(TokenError::Signature));
        for broken in ["", "a.b", "a.b.c", &format!("{token}.x"), "e30.e30.AA"] {
            assert_eq!(peek(broken), Err(TokenError::Malformed));
        }
    }
}
