//! The receipt code (查询码): 20 digits that are the whole account.
//!
//! Nineteen random digits and a check digit. From the code the browser derives, each under a label of its
//! own: the look-up id of the case, the token that proves possession, and the age key that opens the
//! replies. The edge sees the look-up id and the token, keeps only the token's hash, and never sees the
//! code; the office never sees it either.
//!
//! # Guessing a receipt, database in hand
//!
//! There are 10^19 codes. Each guess costs one Argon2id of 64 MiB and three passes: about 0.15 s on
//! one processor core, and on a graphics card of 1 TB/s at best some 2,500 guesses per second, because each
//! guess moves about 400 MB through its memory. All codes share one salt, so a guess is tried against every
//! stored look-up id at once. With one million cases stored, one in 10^13 codes is in use:
//!
//! * first hit on *any* case after 10^13 guesses on average: 1.5 × 10^12 core-seconds, or about 48,000
//!   core-years; 4 × 10^9 seconds, or about 127 years, on one such card; with a thousand cards, seven weeks;
//! * a *given* case: half of 10^19 guesses, 5 × 10^5 times as much: 6 × 10^7 card-years.
//!
//! What such a hit opens is the thread of messages and the stage. The application itself is sealed to the office
//! only and no receipt opens it. Over the network each guess is a request for one look-up id of 128 bits.

use std::fmt;

#[cfg(feature = "seal")]
mod derive;
#[cfg(feature = "seal")]
pub use derive::{DeriveError, ReceiptKeys, derive};

use data_encoding::HEXLOWER;
use thiserror::Error;

use crate::{
    digits::{self, Misread, digit, joins},
    hash::sha256_hex,
};

/// Digits of a code, check digit included.
pub const DIGITS: usize = 20;

/// Length of a look-up id, in hexadecimal digits.
pub const LOOKUP_HEX: usize = 32;

/// Length of a token and of its hash, in hexadecimal digits.
pub const TOKEN_HEX: usize = 64;

/// Why what was typed is not a receipt code. Messages are for residents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ReceiptError {
    /// Something other than digits, spaces and dashes.
    #[error("查询码只有数字，请去掉其他字符")]
    Character,
    /// Not 20 digits.
    #[error("查询码是 20 位数字，现在有 {0} 位")]
    Length(usize),
    /// The check digit says no.
    #[error("查询码有误：可能输错了一位，或两位数字颠倒了，请对照回执再核对一遍")]
    Check,
}

/// A receipt code whose check digit is right. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct ReceiptCode([u8; DIGITS]);

impl ReceiptCode {
    /// A code from 16 random bytes; the caller takes them from the system's secure source.
    ///
    /// The remainder of 2^128 by 10^19 favours no code by more than 1 part in 10^19.
    pub fn from_entropy(entropy: [u8; 16]) -> Self {
        const CODES: u128 = 10u128.pow(19);
        Self(digits::checked(u128::from_be_bytes(entropy) % CODES))
    }

    /// Reads what a person types: spaces, dashes, full-width digits and signs that show nothing are fine.
    ///
    /// # Errors
    /// [`ReceiptError`], in words for a resident.
    ///
    /// ```
    /// use protocol::receipt::ReceiptCode;
    /// let code = ReceiptCode::from_entropy([7; 16]);
    /// assert_eq!(ReceiptCode::parse(&code.grouped()), Ok(code));
    /// ```
    pub fn parse(typed: &str) -> Result<Self, ReceiptError> {
        digits::read(typed).map(Self).map_err(|misread| match misread {
            Misread::Character => ReceiptError::Character,
            Misread::Length(count) => ReceiptError::Length(count),
            Misread::Check => ReceiptError::Check,
        })
    }

    /// The code in whatever a person pastes: the code alone, a line with its label, the whole saved file, the address that
    /// the QR picture holds.
    ///
    /// # Errors
    /// As for [`parse`](Self::parse), where no code stands in it, or more than one.
    ///
    /// ```
    /// use protocol::receipt::ReceiptCode;
    /// let code = ReceiptCode::from_entropy([7; 16]);
    /// let pasted = format!("收到时间：2026年11月26日 14:05\r\n查询码：{}\r\n", code.grouped());
    /// assert_eq!(ReceiptCode::find(&pasted), Ok(code));
    /// ```
    pub fn find(pasted: &str) -> Result<Self, ReceiptError> {
        let whole = Self::parse(pasted);
        if whole.is_ok() {
            return whole;
        }
        let ends = |c: char| c == '\n' || !(digit(c).is_some() || joins(c));
        let mut found: Option<Self> = None;
        for code in pasted.split(ends).filter_map(|part| Self::parse(part).ok()) {
            if found.as_ref().is_some_and(|other| *other != code) {
                return whole;
            }
            found = Some(code);
        }
        found.map_or(whole, Ok)
    }

    /// Twenty digits without spaces: what keys are derived from.
    pub fn plain(&self) -> String {
        digits::plain(&self.0)
    }

    /// Five groups of four, for reading aloud and printing.
    pub fn grouped(&self) -> String {
        digits::grouped(&self.0, 4)
    }
}

impl fmt::Debug for ReceiptCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReceiptCode(…)")
    }
}

/// What the edge keeps of a token: SHA-256 of its 32 bytes. `None` if `token` is not 64 hexadecimal digits.
pub fn token_hash(token: &str) -> Option<String> {
    if token.len() != TOKEN_HEX {
        return None;
    }
    HEXLOWER.decode(token.as_bytes()).ok().map(|bytes| sha256_hex(&bytes))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    fn codes() -> impl Iterator<Item = ReceiptCode> {
        (0u8..64).map(|n| {
            ReceiptCode::from_entropy(std::array::from_fn(|i| {
                n.wrapping_mul(37).wrapping_add(u8::try_from(i).unwrap().wrapping_mul(91))
            }))
        })
    }

    #[test]
    fn every_single_wrong_digit_is_caught() {
        for code in codes() {
            let plain = code.plain().into_bytes();
            for place in 0..DIGITS {
                for digit in b'0'..=b'9' {
                    let mut typed = plain.clone();
                    typed[place] = digit;
                    let read = ReceiptCode::parse(std::str::from_utf8(&typed).unwrap());
                    assert_eq!(read.is_ok(), digit == plain[place]);
                }
            }
        }
    }

    #[test]
    fn every_swap_of_neighbours_is_caught() {
        for code in codes() {
            let plain = code.plain().into_bytes();
            for place in 0..DIGITS - 1 {
                let mut typed = plain.clone();
                typed.swap(place, place + 1);
                let read = ReceiptCode::parse(std::str::from_utf8(&typed).unwrap());
                assert_eq!(read.is_ok(), typed == plain);
            }
        }
    }

    #[test]
    fn people_type_as_they_like() {
        let code = ReceiptCode::from_entropy([3; 16]);
        let wide: String = code
            .plain()
            .chars()
            .map(|c| char::from_u32(c as u32 - '0' as u32 + '０' as u32).unwrap())
            .collect();
        assert_eq!(ReceiptCode::parse(&wide), Ok(code.clone()));
        let pasted = format!("\u{feff}\u{202d}{}\u{202c}", code.grouped().replace(' ', "\u{a0}\u{2060}"));
        assert_eq!(ReceiptCode::parse(&pasted), Ok(code.clone()));
        assert_eq!(ReceiptCode::parse(&format!(" {}\n", code.grouped().replace(' ', "-"))), Ok(code));
        assert_eq!(ReceiptCode::parse("1234"), Err(ReceiptError::Length(4)));
        assert_eq!(ReceiptCode::parse(""), Err(ReceiptError::Length(0)));
        assert_eq!(ReceiptCode::parse("12a4"), Err(ReceiptError::Character));
    }

    #[test]
    fn a_code_is_twenty_digits_and_stays_secret_in_debug() {
        let code = ReceiptCode::from_entropy([255; 16]);
        assert_eq!(code.plain().len(), DIGITS);
        assert_eq!(code.grouped().len(), DIGITS + 4);
        assert!(!format!("{code:?}").contains(char::is_numeric));
    }

    #[test]
    fn a_token_hash_needs_a_whole_token() {
        assert_eq!(token_hash("00"), None);
        assert_eq!(token_hash(&"g".repeat(64)), None);
        assert_eq!(token_hash(&"0".repeat(64)), Some(sha256_hex(&[0; 32])));
    }
}
