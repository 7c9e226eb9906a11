//! Who asks: the receipt's token, or a staff signature.

use protocol::{
    authorization::Authorization,
    desk::Role,
    error::ErrorCode,
    receipt::token_hash,
    staff::{self, TokenError},
};
use serde::{Deserialize, Serialize};

use crate::settings::Settings;

/// A staff key that signed the request at hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staff {
    /// Key id.
    pub kid: String,
    /// The registered role.
    pub role: Role,
}

/// Hash of the token in `Authorization: Receipt <token>`.
///
/// # Errors
/// `receipt_missing`.
pub fn receipt(authorization: Option<&str>) -> Result<String, ErrorCode> {
    authorization.and_then(Authorization::receipt).and_then(token_hash).ok_or(ErrorCode::ReceiptMissing)
}

/// What a staff signature must be made for.
#[derive(Clone, Copy, Debug)]
pub struct Signed<'a> {
    /// The office whose desk is asked.
    pub office: &'a str,
    /// `GET` or `POST`.
    pub method: &'a str,
    /// Path from `/api/`, with its query.
    pub path: &'a str,
    /// Body as received.
    pub body: &'a [u8],
}

/// Checks `Authorization: Staff <token>` against the registered keys of the office.
///
/// # Errors
/// `signature_missing`, `signature_invalid`, `signature_expired`, `unknown_office`.
pub fn staff(
    settings: &Settings,
    authorization: Option<&str>,
    signed: Signed<'_>,
    now: u64,
) -> Result<Staff, ErrorCode> {
    if !settings.has_office(signed.office) {
        return Err(ErrorCode::UnknownOffice);
    }
    let token = authorization.and_then(Authorization::staff).ok_or(ErrorCode::SignatureMissing)?;
    let peeked = staff::peek(token).map_err(refused)?;
    let key = settings.key(signed.office, &peeked.kid).ok_or(ErrorCode::SignatureInvalid)?;
    if !key.signs_at(now) {
        return Err(ErrorCode::SignatureInvalid);
    }
    let claims = staff::verify(token, &key.public_key).map_err(refused)?;
    claims.fit(now, signed.method, signed.path, signed.body).map_err(refused)?;
    if claims.office != signed.office || claims.role != key.role {
        return Err(ErrorCode::SignatureInvalid);
    }
    Ok(Staff { kid: claims.kid, role: key.role })
}

fn refused(error: TokenError) -> ErrorCode {
    match error {
        TokenError::Expired => ErrorCode::SignatureExpired,
        TokenError::Malformed | TokenError::Signature | TokenError::OtherRequest => {
            ErrorCode::SignatureInvalid
        }
    }
}
