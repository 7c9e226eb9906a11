//! What somebody keeps of an audit trail: its latest line by number and hash, signed by the key that saw it. The trail that
//! is shown later must still have that line, or it was cut off, rolled back or written anew.
//!
//! As a file, and as it is signed (Ed25519, RFC 8032) without its last line:
//!
//! ```text
//! anju trail head v1
//! <list: the office id, or that with `:supervisor`>
//! <number of the line, from 0>
//! <hash of the line>
//! <Unix seconds>
//! <key id>
//! <signature, standard base64>
//! ```

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    desk::{AuditRow, AuditTrail},
    hash::is_hex,
};

const TITLE: &str = "anju trail head v1";
/// Hexadecimal digits of a hash.
const HASH_HEX: usize = 64;

/// A trail's latest line, as it was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrailHead {
    /// The list whose trail it is.
    pub list: String,
    /// Number of the line.
    pub seq: u64,
    /// Its hash.
    pub hash: String,
    /// When it was seen, Unix seconds.
    pub at: u64,
    /// The key that saw it.
    pub kid: String,
    /// Its signature over [`Self::signed_text`].
    pub signature: String,
}

/// A text is no saved head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("这个文件不是存下的审计末行，或者不完整。")]
pub struct NotATrailHead;

/// What a trail is to a head that was kept of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// The line is still there.
    Holds,
    /// The trail has another line in its place, or ends before it.
    Lost,
    /// The lines that were fetched begin after it.
    NotReached,
}

impl TrailHead {
    /// The latest line of a trail, not signed yet; none of an empty one.
    pub fn of(list: &str, trail: &AuditTrail, kid: &str, at: u64) -> Option<Self> {
        let AuditRow { seq, hash, .. } = trail.rows.last()?;
        let (list, hash, kid) = (list.to_owned(), hash.clone(), kid.to_owned());
        Some(Self { list, seq: *seq, hash, at, kid, signature: String::new() })
    }

    /// The text that is signed.
    pub fn signed_text(&self) -> String {
        let Self { list, seq, hash, at, kid, .. } = self;
        format!("{TITLE}\n{list}\n{seq}\n{hash}\n{at}\n{kid}")
    }

    /// The file's text.
    pub fn to_text(&self) -> String {
        [&self.signed_text(), "\n", &self.signature, "\n"].concat()
    }

    /// Reads a file's text.
    ///
    /// # Errors
    /// [`NotATrailHead`].
    pub fn parse(text: &str) -> Result<Self, NotATrailHead> {
        let lines: Vec<&str> = text.trim_start_matches('\u{feff}').trim().lines().map(str::trim).collect();
        let [TITLE, list, seq, hash, at, kid, signature] = lines.as_slice() else {
            return Err(NotATrailHead);
        };
        let (Ok(seq), Ok(at), true) = (seq.parse(), at.parse(), is_hex(hash, HASH_HEX)) else {
            return Err(NotATrailHead);
        };
        let owned = |text: &&str| (*text).to_owned();
        Ok(Self {
            list: owned(list),
            seq,
            hash: owned(hash),
            at,
            kid: owned(kid),
            signature: owned(signature),
        })
    }

    /// What the latest part of a trail is to this head. That its lines hold together is [`crate::chain::verify_audit`]'s.
    pub fn fits(&self, trail: &AuditTrail) -> Kept {
        match (trail.rows.first(), trail.rows.iter().find(|row| row.seq == self.seq)) {
            (_, Some(row)) if row.hash == self.hash => Kept::Holds,
            (Some(first), None) if first.seq > self.seq => Kept::NotReached,
            _ => Kept::Lost,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{
        chain::{AUDIT_START, next_audit},
        desk::{AuditAction, Role},
    };

    fn trail(count: u64) -> AuditTrail {
        let mut rows: Vec<AuditRow> = Vec::new();
        for seq in 0..count {
            let prev = rows.last().map_or(AUDIT_START, |row| row.hash.as_str()).to_owned();
            rows.push(next_audit("o", &prev, seq, 100 + seq, ("k", Role::Office), AuditAction::Listed, None));
        }
        AuditTrail { total: count, rows }
    }

    fn head(count: u64) -> TrailHead {
        TrailHead { signature: "AA==".into(), ..TrailHead::of("o", &trail(count), "k", 7).unwrap() }
    }

    #[test]
    fn a_trail_that_was_lost_rolled_back_or_written_anew_is_told_from_one_that_goes_on() {
        let kept = head(4);
        assert_eq!(kept.fits(&trail(4)), Kept::Holds);
        assert_eq!(kept.fits(&trail(9)), Kept::Holds);
        assert_eq!(kept.fits(&trail(3)), Kept::Lost, "rolled back");
        assert_eq!(kept.fits(&trail(0)), Kept::Lost, "lost whole");
        let mut anew = trail(9);
        for row in &mut anew.rows {
            row.hash = "0".repeat(64);
        }
        assert_eq!(kept.fits(&anew), Kept::Lost, "written anew");
        let mut late = trail(9);
        late.rows.drain(..5);
        assert_eq!(kept.fits(&late), Kept::NotReached);
        assert_eq!(TrailHead::of("o", &trail(0), "k", 7), None);
    }

    #[test]
    fn a_head_survives_its_file_and_nothing_else_is_one() {
        let kept = head(4);
        assert_eq!(TrailHead::parse(&kept.to_text()), Ok(kept.clone()));
        let windows = format!("\u{feff}{}\r\n", kept.to_text().replace('\n', "\r\n"));
        assert_eq!(TrailHead::parse(&windows), Ok(kept.clone()));
        for bad in [
            String::new(),
            kept.signed_text(),
            kept.to_text().replace("v1", "v2"),
            kept.to_text().replace("\n3\n", "\nthree\n"),
            kept.to_text().replace(&kept.hash, "00"),
            format!("{}more\n", kept.to_text()),
        ] {
            assert_eq!(TrailHead::parse(&bad), Err(NotATrailHead), "{bad}");
        }
    }
}
