//! Bytes that are nearly what they should be: something good with a few edits, or nothing but noise. For the tests of
//! every reader that meets what strangers send. How many are tried: `PROPTEST_CASES` (256 where nothing is said). What
//! once failed is kept by proptest beside the test and tried first.

use proptest::{collection::vec, prelude::*, sample::Index};

/// What readers trip over, in any format.
const AWKWARD: [&str; 20] = [
    "\0",
    "\n",
    "\r\n",
    "\u{feff}",
    "\u{202e}",
    "𠮷",
    "{",
    "}",
    "[",
    "\"",
    "\\u",
    ",",
    ".",
    "-",
    "=",
    "%",
    "/",
    "AAAA",
    "1e999",
    "18446744073709551616",
];

/// One edit of some bytes.
#[derive(Clone, Debug)]
enum Edit {
    /// Another byte at a place.
    Other(Index, u8),
    /// Everything from a place on is gone.
    Cut(Index),
    /// So much from a place on is gone.
    Without(Index, usize),
    /// A stretch stands twice.
    Twice(Index, usize),
    /// Something awkward stands between.
    Between(Index, usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        4 => (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Edit::Other(at, byte)),
        1 => any::<Index>().prop_map(Edit::Cut),
        2 => (any::<Index>(), 1..40usize).prop_map(|(at, length)| Edit::Without(at, length)),
        2 => (any::<Index>(), 1..40usize).prop_map(|(at, length)| Edit::Twice(at, length)),
        3 => (any::<Index>(), 0..AWKWARD.len()).prop_map(|(at, which)| Edit::Between(at, which)),
    ]
}

impl Edit {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let place = |at: &Index, bytes: &Vec<u8>| if bytes.is_empty() { 0 } else { at.index(bytes.len()) };
        match self {
            Self::Other(at, byte) => {
                let at = place(at, bytes);
                if let Some(there) = bytes.get_mut(at) {
                    *there = *byte;
                }
            }
            Self::Cut(at) => bytes.truncate(place(at, bytes)),
            Self::Without(at, length) => {
                let at = place(at, bytes);
                bytes.drain(at..at.saturating_add(*length).min(bytes.len()));
            }
            Self::Twice(at, length) => {
                let at = place(at, bytes);
                let end = at.saturating_add(*length).min(bytes.len());
                let again = bytes.get(at..end).unwrap_or_default().to_vec();
                bytes.splice(end..end, again);
            }
            Self::Between(at, which) => {
                let at = place(at, bytes);
                bytes.splice(at..at, AWKWARD.get(*which).unwrap_or(&"").bytes());
            }
        }
    }
}

/// One of the good ones with up to six edits, rarely none; one time in eight noise.
pub fn bytes(good: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let edited = (proptest::sample::select(good), vec(edit(), 0..6)).prop_map(|(mut bytes, edits)| {
        edits.iter().for_each(|edit| edit.apply(&mut bytes));
        bytes
    });
    prop_oneof![7 => edited, 1 => vec(any::<u8>(), 0..400)]
}

/// The same for readers of text: what is no UTF-8 is replaced, as a form or a header would.
pub fn text(good: &[&str]) -> impl Strategy<Value = String> {
    bytes(good.iter().map(|text| text.as_bytes().to_vec()).collect())
        .prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use proptest::test_runner::{Config, TestRunner};

    use super::*;

    #[test]
    fn most_are_near_and_some_are_what_they_should_be() {
        let (same, near) = (Cell::new(0), Cell::new(0));
        let config = Config { cases: 2000, failure_persistence: None, ..Config::default() };
        let ran = TestRunner::new(config).run(&text(&["a good text of some length"]), |text| {
            same.set(same.get() + i32::from(text == "a good text of some length"));
            near.set(near.get() + i32::from(text.contains("good") || text.contains("text")));
            Ok(())
        });
        assert!(ran.is_ok());
        assert!((100..1000).contains(&same.get()), "{} of 2000 are as they were", same.get());
        assert!(near.get() > 1200, "{} of 2000 are near", near.get());
    }
}
