//! Signatures on what happens to a case: the officer's on each act, the owner's on messages and on taking it back.
//!
//! Whoever keeps the store can write rows and compute hashes; it cannot make these. What is signed is a text of lines
//! (no JSON, so that a few lines of any language check it), by Ed25519 (RFC 8032):
//!
//! ```text
//! anju act v1          anju owner v1
//! <office>             <office>
//! <look-up id>         <look-up id>
//! <head seen>          <head seen>
//! <key id>             <Unix seconds>
//! <role>               message | withdraw
//! <Unix seconds>       <SHA-256 of the envelope, hex, or nothing>
//! <stage or nothing>
//! <day or nothing>
//! <SHA-256 of the envelope, hex, or nothing>
//! ```
//!
//! Setting a case aside is an act of its own, `anju aside v1`: the same lines up to the time, then `unopened`, `unusable`
//! or `back`. So is passing it on, `anju pass v1`: then the key id and the role of who receives it, and the SHA-256 of the
//! envelope with the letters' keys.
//!
//! One act may be two events, a move and a message: both carry the one signature, so that neither can be kept back
//! alone. A signature says what its maker knew: that the history had come to the head seen, and the time by their clock.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{case::Aside, desk::Role};

/// A signature as it stands with an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// When it was made, Unix seconds by the signer's clock.
    pub at: u64,
    /// The head of the case as the signer saw it.
    pub seen: String,
    /// Ed25519, standard base64.
    pub signature: String,
}

/// What an officer does, as it is signed.
#[derive(Clone, Copy, Debug)]
pub struct Act<'a> {
    /// Office id.
    pub office: &'a str,
    /// Look-up id.
    pub lookup: &'a str,
    /// The head that the officer saw.
    pub seen: &'a str,
    /// Key id.
    pub kid: &'a str,
    /// Role of the key.
    pub role: Role,
    /// Unix seconds.
    pub at: u64,
    /// Stage and day of a move.
    pub movement: Option<(&'a str, NaiveDate)>,
    /// SHA-256 of a message's envelope, hex.
    pub envelope_hash: Option<&'a str>,
    /// The case is set aside, or brought back: then there is neither of them.
    pub aside: Option<Aside>,
    /// Key id and role of whom the case is passed on to; then the hash is that of the keys' envelope.
    pub passed_on: Option<(&'a str, Role)>,
}

impl Act<'_> {
    /// The text that is signed.
    pub fn text(&self) -> String {
        let Self { office, lookup, seen, kid, at, .. } = self;
        let who = format!("{office}\n{lookup}\n{seen}\n{kid}\n{}\n{at}", self.role.id());
        if let Some(aside) = self.aside {
            return format!("anju aside v1\n{who}\n{}", aside.id());
        }
        if let Some((to, role)) = self.passed_on {
            let hash = self.envelope_hash.unwrap_or_default();
            return format!("anju pass v1\n{who}\n{to}\n{}\n{hash}", role.id());
        }
        let (stage, on) = self.movement.map_or(("", String::new()), |(stage, on)| (stage, on.to_string()));
        let hash = self.envelope_hash.unwrap_or_default();
        format!("anju act v1\n{who}\n{stage}\n{on}\n{hash}")
    }
}

/// What the owner does, as it is signed.
#[derive(Clone, Copy, Debug)]
pub struct OwnersAct<'a> {
    /// Office id.
    pub office: &'a str,
    /// Look-up id.
    pub lookup: &'a str,
    /// The head that the owner saw.
    pub seen: &'a str,
    /// Unix seconds.
    pub at: u64,
    /// SHA-256 of a message's envelope, hex; none: the case is taken back.
    pub envelope_hash: Option<&'a str>,
}

impl OwnersAct<'_> {
    /// The text that is signed.
    pub fn text(&self) -> String {
        let Self { office, lookup, seen, at, .. } = self;
        let verb = if self.envelope_hash.is_some() { "message" } else { "withdraw" };
        let hash = self.envelope_hash.unwrap_or_default();
        format!("anju owner v1\n{office}\n{lookup}\n{seen}\n{at}\n{verb}\n{hash}")
    }
}

/// What is known of an event's author.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Authorship {
    /// Signed by the key that it names.
    Signed,
    /// Of before there were signatures: nobody can tell.
    Unsigned,
    /// Not by whom it says.
    Forged,
}

/// The key in standard base64 of thirty-two bytes.
pub fn key_bytes(text: &str) -> Option<[u8; 32]> {
    data_encoding::BASE64.decode(text.as_bytes()).ok()?.try_into().ok()
}

/// Whether a signature (standard base64) over a text is of this key (RFC 8032, strict).
#[cfg(feature = "staff")]
pub fn fits(public_key: &[u8; 32], text: &str, signature: &str) -> bool {
    let signature: Option<[u8; 64]> =
        data_encoding::BASE64.decode(signature.as_bytes()).ok().and_then(|bytes| bytes.try_into().ok());
    let key = ed25519_dalek::VerifyingKey::from_bytes(public_key).ok();
    key.zip(signature).is_some_and(|(key, signature)| {
        key.verify_strict(text.as_bytes(), &ed25519_dalek::Signature::from_bytes(&signature)).is_ok()
    })
}

/// Signs a text with an Ed25519 seed; standard base64.
#[cfg(feature = "keys")]
pub fn sign(seed: &[u8; 32], text: &str) -> String {
    use ed25519_dalek::Signer;
    let signature = ed25519_dalek::SigningKey::from_bytes(seed).sign(text.as_bytes());
    data_encoding::BASE64.encode(&signature.to_bytes())
}

/// An officer's act signed with the seed of their key.
#[cfg(feature = "keys")]
pub fn sign_act(seed: &[u8; 32], act: &Act<'_>) -> Signed {
    Signed { at: act.at, seen: act.seen.to_owned(), signature: sign(seed, &act.text()) }
}

/// An owner's act signed with the seed of the receipt's key.
#[cfg(feature = "keys")]
pub fn sign_owner(seed: &[u8; 32], act: &OwnersAct<'_>) -> Signed {
    Signed { at: act.at, seen: act.seen.to_owned(), signature: sign(seed, &act.text()) }
}
