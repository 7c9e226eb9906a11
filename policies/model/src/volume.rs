//! Documents that lie beside a program and not in it: whoever looks at one place loads that place's document, and no
//! place makes another's pages heavier.

use serde::{Deserialize, Serialize};

use crate::program::Book;

/// What a program without documents carries: the dictionary, the calendars, and of each document as much as is told
/// before its place is chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// The documents in it are short: a name, a title, how they stand, which services there are.
    pub book: Book,
    /// One per document: where it is complete.
    pub volumes: Vec<Volume>,
}

/// A file that holds one complete document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Volume {
    /// See [`fingerprint`].
    pub fingerprint: u64,
}

impl Volume {
    /// The volume of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self { fingerprint: fingerprint(bytes) }
    }

    /// Whether these are its bytes.
    pub fn is(&self, bytes: &[u8]) -> bool {
        fingerprint(bytes) == self.fingerprint
    }
}

/// FNV-1a over all bytes, 64 bit: tells a file that was cut short or belongs to another release. It keeps no attacker
/// out; whoever could change the file could change the program.
pub fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_less_or_another_is_told() {
        let volume = Volume::of(b"abc");
        assert!(volume.is(b"abc") && !volume.is(b"ab") && !volume.is(b"abd"));
        // The published test value of FNV-1a for "a".
        assert_eq!(fingerprint(b"a"), 0xaf63_dc4c_8601_ec8c);
    }
}
