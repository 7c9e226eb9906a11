//! SHA-256 in hexadecimal, and the shape of ids.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// SHA-256 as 64 lower-case hexadecimal digits.
///
/// ```
/// assert!(protocol::hash::sha256_hex(b"").starts_with("e3b0c442"));
/// ```
pub fn sha256_hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

/// Whether `text` is exactly `length` lower-case hexadecimal digits.
pub fn is_hex(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// Whether `text` can be a request id: 16 to 64 of `0-9 a-z -`, chosen at random by the sender so
/// that sending again never does a thing twice.
pub fn is_request_id(text: &str) -> bool {
    (16..=64).contains(&text.len()) && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'z' | b'-'))
}
