//! The office key file: one text that the stock `age -i` accepts and the desk opens.
//!
//! ```text
//! # anju office key v1
//! # office: yongshun-2023
//! # role: office
//! # kid: 3f9c…
//! # signing: <base64 of the Ed25519 seed>
//! # recipient: age1…
//! AGE-SECRET-KEY-1…
//! AGE-SECRET-KEY-1… (of before, where the key was changed)
//! ```
//!
//! The age key opens the office's mail, those of before what was sealed to them; the seed signs. Whoever holds the file is
//! the office: one for a real office is locked with a passphrase ([`crate::locked`]).

use data_encoding::{BASE64, HEXLOWER};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::{
    desk::Role,
    identity::{self, IdentityError},
    staff,
};

const TITLE: &str = "# anju office key v1";

/// Why a text is not a key file. Messages are for officers.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum KeyFileError {
    /// It does not begin as one.
    #[error("这不是安居的办公密钥文件")]
    NotAKeyFile,
    /// A line is missing or wrong.
    #[error("密钥文件不完整或已损坏：{0}")]
    Line(&'static str),
    /// Its parts do not belong together.
    #[error("密钥文件前后不一致：{0}")]
    Mismatch(&'static str),
}

/// A staff member's keys. `Debug` shows only what is public.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyFile {
    /// Office id.
    pub office: String,
    /// Role.
    pub role: Role,
    /// Key id: first 16 hexadecimal digits of the SHA-256 of the public signing key.
    pub kid: String,
    /// Ed25519 seed.
    pub signing: [u8; 32],
    /// age recipient.
    pub recipient: String,
    /// age secret key.
    pub identity: String,
    /// age secret keys that this one took the place of: they still open what was sealed to them.
    pub earlier: Vec<String>,
}

impl std::fmt::Debug for KeyFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeyFile({} {} {})", self.office, self.role.id(), self.kid)
    }
}

impl KeyFile {
    /// New keys from the system's secure random source. `identity` may be shared: all keys of an office that
    /// must open the same mail carry the same age secret key, or each its own and mail is sealed to all.
    ///
    /// # Errors
    /// [`IdentityError::Random`].
    pub fn generate(office: &str, role: Role) -> Result<Self, IdentityError> {
        let signing = identity::random::<32>()?;
        let identity = identity::identity_from_bytes(&identity::random::<32>()?);
        Ok(Self {
            office: office.to_owned(),
            role,
            kid: kid(&staff::public_key(&signing)),
            recipient: identity::recipient_of(&identity)?,
            signing,
            identity,
            earlier: Vec::new(),
        })
    }

    /// The key that takes this one's place: new in everything but office and role, and it opens what this one opened.
    ///
    /// # Errors
    /// [`IdentityError::Random`].
    pub fn successor(&self) -> Result<Self, IdentityError> {
        let earlier = std::iter::once(&self.identity).chain(&self.earlier).cloned().collect();
        Ok(Self { earlier, ..Self::generate(&self.office, self.role)? })
    }

    /// The public signing key, base64: what the edge's `OFFICES` holds as `public_key`.
    pub fn public_key(&self) -> String {
        BASE64.encode(&staff::public_key(&self.signing))
    }

    /// The file's text.
    pub fn to_text(&self) -> String {
        let text = format!(
            "{TITLE}\n# office: {}\n# role: {}\n# kid: {}\n# signing: {}\n# recipient: {}\n{}\n",
            self.office,
            self.role.id(),
            self.kid,
            BASE64.encode(&self.signing),
            self.recipient,
            self.identity
        );
        self.earlier.iter().fold(text, |text, identity| [&text, identity, "\n"].concat())
    }

    /// Reads a file's text and checks that its parts belong together.
    ///
    /// # Errors
    /// [`KeyFileError`], in words for an officer.
    pub fn parse(text: &str) -> Result<Self, KeyFileError> {
        let text = text.trim_start_matches('\u{feff}');
        if text.lines().next().map(str::trim) != Some(TITLE) {
            return Err(KeyFileError::NotAKeyFile);
        }
        let field = |name: &'static str| {
            text.lines()
                .filter_map(|line| line.trim().strip_prefix("# ")?.strip_prefix(name))
                .find_map(|rest| rest.strip_prefix(':').map(str::trim))
                .ok_or(KeyFileError::Line(name))
        };
        let signing: [u8; 32] = BASE64
            .decode(field("signing")?.as_bytes())
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or(KeyFileError::Line("signing"))?;
        let mut identities = text
            .lines()
            .map(str::trim)
            .filter(|line| line.starts_with("AGE-SECRET-KEY-1"))
            .map(str::to_owned);
        let identity = identities.next().ok_or(KeyFileError::Line("AGE-SECRET-KEY"))?;
        let file = Self {
            office: field("office")?.to_owned(),
            role: Role::from_id(field("role")?).ok_or(KeyFileError::Line("role"))?,
            kid: field("kid")?.to_owned(),
            signing,
            recipient: field("recipient")?.to_owned(),
            identity,
            earlier: identities.collect(),
        };
        let recipient =
            identity::recipient_of(&file.identity).map_err(|_| KeyFileError::Line("AGE-SECRET-KEY"))?;
        if recipient != file.recipient {
            return Err(KeyFileError::Mismatch("recipient"));
        }
        if kid(&staff::public_key(&signing)) != file.kid {
            return Err(KeyFileError::Mismatch("kid"));
        }
        Ok(file)
    }
}

/// Key id of a public signing key.
pub fn kid(public_key: &[u8; 32]) -> String {
    let digest = Sha256::digest(public_key);
    HEXLOWER.encode(digest.get(..8).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_file_round_trips() {
        let file = KeyFile::generate("yongshun-2023", Role::Office).unwrap();
        assert_eq!(KeyFile::parse(&file.to_text()), Ok(file.clone()));
        let windows = format!("\u{feff}{}", file.to_text().replace('\n', "\r\n"));
        assert_eq!(KeyFile::parse(&windows), Ok(file.clone()));
        assert!(!format!("{file:?}").contains("SECRET"));
    }

    #[test]
    fn a_successor_is_another_key_that_still_has_those_of_before() {
        let first = KeyFile::generate("yongshun-2023", Role::Town).unwrap();
        let third = first.successor().unwrap().successor().unwrap();
        assert!(third.kid != first.kid && third.recipient != first.recipient && third.role == Role::Town);
        assert_eq!((third.earlier.len(), third.earlier.last()), (2, Some(&first.identity)));
        assert_eq!(KeyFile::parse(&third.to_text()), Ok(third));
    }

    #[test]
    fn a_damaged_file_is_named() {
        let file = KeyFile::generate("yongshun-2023", Role::Town).unwrap();
        let other = KeyFile::generate("yongshun-2023", Role::Town).unwrap();
        let text = file.to_text();
        assert_eq!(KeyFile::parse(""), Err(KeyFileError::NotAKeyFile));
        assert_eq!(KeyFile::parse(&file.identity), Err(KeyFileError::NotAKeyFile));
        let cut: String = text.lines().take(4).collect::<Vec<_>>().join("\n");
        assert_eq!(KeyFile::parse(&cut), Err(KeyFileError::Line("signing")));
        let mixed = text.replace(&file.identity, &other.identity);
        assert_eq!(KeyFile::parse(&mixed), Err(KeyFileError::Mismatch("recipient")));
        let mixed = text.replace(&file.kid, &other.kid);
        assert_eq!(KeyFile::parse(&mixed), Err(KeyFileError::Mismatch("kid")));
        let mixed = text.replace("# role: town", "# role: king");
        assert_eq!(KeyFile::parse(&mixed), Err(KeyFileError::Line("role")));
    }
}
