//! Papers (材料): photographs and PDFs that go with a letter, each sealed apart from it and sent in parts.
//!
//! A letter with papers draws a key of its own for them and carries it inside, with what each paper is called and how long
//! it is: whoever opens the letter opens its papers, and nobody else does, the server included. A paper is one age v1 file
//! for that key, whose plain text is padded with zero bytes to one of few lengths; its address is the SHA-256 of the sealed
//! bytes, which the letter names, so that it can be missing, but never be another.
//!
//! In the open stand, beside the letter, the addresses and the lengths ([`Announced`]). The server takes what was announced
//! once the letter is there, in parts of [`limits::PART_BYTES`], the last one shorter, in any order and each as often as
//! it is sent.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    envelope::{self, EnvelopeError},
    hash::{is_hex, sha256_hex},
    limits::{LETTER_PAPERS, PAPER_BYTES, PART_BYTES},
};

/// Hexadecimal digits of a paper's address.
pub const ID_HEX: usize = 64;

/// Shortest padded plain text of a paper, in bytes (64 KiB).
pub const LEAST_PLAIN: usize = 64 * 1024;

/// What an age file for one X25519 recipient begins with.
const BEGINS: &[u8] = b"age-encryption.org/v1\n-> X25519 ";

/// Bytes of an age file before its first chunk: its one recipient (C2SP `age`), the line that ends the header, the nonce.
const HEADER: usize = 22 + (10 + 43 + 1) + (43 + 1) + (4 + 43 + 1) + 16;

/// What a header may be longer by: some programs add a recipient of nothing, of any length, so that readers stay used to
/// what they do not know.
const GREASE: u64 = 256;

/// A chunk of an age file, and what its seal adds.
const CHUNK: usize = 64 * 1024;
const TAG: usize = 16;

/// What goes with a letter: inside it, sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enclosures {
    /// `AGE-SECRET-KEY-1…`, drawn for this letter alone: opens each of its papers.
    pub key: String,
    /// The papers, in the sender's order.
    pub papers: Vec<EnclosedPaper>,
}

/// What code about one letter's papers calls one of them; the documents' lists have papers of their own
/// (`policies::model::Paper`).
pub type Paper = EnclosedPaper;

/// One paper, as only those who open the letter see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnclosedPaper {
    /// SHA-256 of the sealed bytes, hex: its address.
    pub id: String,
    /// What the sender calls it.
    pub name: String,
    /// Id of the item in the document's list of papers that it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wanted: Option<String>,
    /// What it is.
    pub media: Media,
    /// Bytes of its content, without the padding.
    pub bytes: u64,
    /// What the sender's browser took out of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<Removed>,
}

/// What papers may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Media {
    /// A photograph.
    Jpeg,
    /// A picture of a screen, a drawing.
    Png,
    /// A document.
    Pdf,
}

impl Media {
    /// Its media type.
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
        }
    }

    /// The end of a file's name.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Pdf => "pdf",
        }
    }

    /// What content is by its first bytes, whatever anybody calls it.
    pub fn of(content: &[u8]) -> Option<Self> {
        let begins: [(&[u8], Self); 3] =
            [(b"\xff\xd8\xff", Self::Jpeg), (b"\x89PNG\r\n\x1a\n", Self::Png), (b"%PDF-", Self::Pdf)];
        begins.into_iter().find(|(begin, _)| content.starts_with(begin)).map(|(_, media)| media)
    }
}

/// What a browser takes out of a picture before it is sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Removed {
    /// Where it was taken.
    Place,
    /// When it was taken.
    Time,
    /// What took it: maker, model, serial number.
    Device,
    /// A smaller picture inside, which may show what was cut off.
    Thumbnail,
    /// Anything else that is no picture.
    #[serde(other)]
    Other,
}

/// A paper that will come, as it is said in the open beside the letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Announced {
    /// SHA-256 of the sealed bytes, hex.
    pub id: String,
    /// How many sealed bytes there are: one of the lengths that papers have.
    pub bytes: u64,
}

/// How much of a paper has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PaperStanding {
    /// Its address.
    pub id: String,
    /// How many sealed bytes there are in all.
    pub bytes: u64,
    /// The parts that are there, by their numbers from 0 on.
    pub parts: Vec<u32>,
    /// All of them are, and they are what was announced.
    pub whole: bool,
}

/// The papers of a case, in the order in which they were announced.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CasePapers {
    /// Each with what is there of it.
    pub papers: Vec<PaperStanding>,
}

/// Says that a part is durable. The same part again gets the same answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PartKept {
    /// Its paper.
    pub paper: String,
    /// Its number.
    pub part: u32,
    /// The paper is complete, and it is what was announced.
    pub whole: bool,
}

/// Why a list of papers is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum AnnouncedError {
    /// More than [`LETTER_PAPERS`].
    #[error("a letter has too many papers")]
    TooMany,
    /// An id that is none or comes twice, a length that no paper has.
    #[error("what was announced is no paper")]
    Malformed,
}

impl Announced {
    /// In how many parts it comes.
    pub fn parts(&self) -> u32 {
        u32::try_from(self.bytes.div_ceil(PART_BYTES as u64)).unwrap_or(u32::MAX)
    }

    /// The length of a part in bytes; none where there is no such part.
    pub fn part_len(&self, part: u32) -> Option<usize> {
        let from = u64::from(part).checked_mul(PART_BYTES as u64)?;
        let rest = self.bytes.checked_sub(from).filter(|rest| *rest > 0)?;
        usize::try_from(rest.min(PART_BYTES as u64)).ok()
    }
}

/// Checks what is announced with one letter.
///
/// # Errors
/// [`AnnouncedError`].
pub fn check(papers: &[Announced]) -> Result<(), AnnouncedError> {
    if papers.len() > LETTER_PAPERS {
        return Err(AnnouncedError::TooMany);
    }
    let fits = |(place, paper): (usize, &Announced)| {
        let once = !papers.iter().take(place).any(|other| other.id == paper.id);
        once && is_hex(&paper.id, ID_HEX) && is_a_length(paper.bytes)
    };
    if papers.iter().enumerate().all(fits) { Ok(()) } else { Err(AnnouncedError::Malformed) }
}

/// Sealed bytes of several papers together.
pub fn total(papers: &[Announced]) -> u64 {
    papers.iter().fold(0, |sum, paper| sum.saturating_add(paper.bytes))
}

/// Hash of what is announced, hex: a line for each of address and length.
pub fn digest(papers: &[Announced]) -> String {
    let lines: Vec<String> = papers.iter().map(|paper| format!("{} {}", paper.id, paper.bytes)).collect();
    sha256_hex(lines.join("\n").as_bytes())
}

/// Some content with what is announced beside it, as one hash; the content's own where nothing is.
pub fn bound(content: String, papers: &[Announced]) -> String {
    if papers.is_empty() { content } else { sha256_hex(format!("{content}\n{}", digest(papers)).as_bytes()) }
}

/// The length to which the plain text of a paper is padded: at least [`LEAST_PLAIN`], else rounded up so that only its
/// three highest bits remain. Four lengths each time it doubles, at most a quarter longer: a length says how large a
/// picture is about, and not which.
///
/// ```
/// use protocol::paper::padded_len;
/// assert_eq!([0, 65_536, 65_537, 400_000].map(padded_len), [65_536, 65_536, 81_920, 458_752]);
/// ```
pub fn padded_len(len: usize) -> usize {
    let len = len.max(LEAST_PLAIN);
    let step = 1usize.checked_shl(len.ilog2().saturating_sub(2)).unwrap_or(1);
    len.div_ceil(step).saturating_mul(step)
}

/// The least length of the age file of a padded plain text.
pub fn sealed_len(padded: usize) -> usize {
    let seals = padded.div_ceil(CHUNK).saturating_mul(TAG);
    HEADER.saturating_add(padded).saturating_add(seals)
}

/// Whether a paper can have so many sealed bytes.
fn is_a_length(bytes: u64) -> bool {
    let mut padded = LEAST_PLAIN;
    while padded <= PAPER_BYTES {
        let more = bytes.checked_sub(sealed_len(padded) as u64);
        if more.is_some_and(|more| more <= GREASE) {
            return true;
        }
        padded = padded_len(padded.saturating_add(1));
    }
    false
}

/// Content as it is sealed: with zero bytes at its end, of which the letter says how many are not its own.
///
/// # Errors
/// [`EnvelopeError::TooLarge`] for more than [`PAPER_BYTES`].
pub fn pad(mut content: Vec<u8>) -> Result<Vec<u8>, EnvelopeError> {
    if content.len() > PAPER_BYTES {
        return Err(EnvelopeError::TooLarge);
    }
    content.resize(padded_len(content.len()), 0);
    Ok(content)
}

/// Whether the first part of a paper looks sealed: nothing in the open is ever taken for a paper.
pub fn begins_sealed(first: &[u8]) -> bool {
    first.starts_with(BEGINS)
}

const _: () = assert!(PAPER_BYTES.is_multiple_of(LEAST_PLAIN) && envelope::LEAST_PLAIN < LEAST_PLAIN);

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use crate::limits::{CASE_PAPER_BYTES, PAPER_SEALED};

    fn announced(id: u8, padded: usize) -> Announced {
        Announced { id: format!("{id:02x}").repeat(32), bytes: sealed_len(padded) as u64 }
    }

    #[test]
    fn a_length_is_one_of_few_and_costs_at_most_a_quarter() {
        let lengths: std::collections::BTreeSet<usize> =
            (0..=PAPER_BYTES).step_by(4_099).chain([PAPER_BYTES]).map(padded_len).collect();
        assert_eq!(lengths.len(), 28);
        assert_eq!(lengths.last(), Some(&PAPER_BYTES));
        for len in (LEAST_PLAIN..PAPER_BYTES).step_by(7_919) {
            let padded = padded_len(len);
            assert!(padded >= len && (padded - len) * 4 < len && padded_len(padded) == padded, "{len}");
        }
    }

    #[test]
    fn only_lengths_of_papers_are_announced() {
        for padded in [LEAST_PLAIN, 81_920, PAPER_BYTES] {
            let good = announced(1, padded);
            assert_eq!(check(std::slice::from_ref(&good)), Ok(()));
            let most = Announced { bytes: good.bytes + GREASE, ..good.clone() };
            assert_eq!(check(std::slice::from_ref(&most)), Ok(()));
            for bytes in [good.bytes - 1, most.bytes + 1, 0, 200, u64::MAX] {
                let wrong = Announced { bytes, ..good.clone() };
                assert_eq!(check(&[wrong]), Err(AnnouncedError::Malformed), "{bytes}");
            }
        }
        assert!(sealed_len(PAPER_BYTES) + 256 <= PAPER_SEALED && PAPER_SEALED as u64 <= CASE_PAPER_BYTES);
        let too_long = announced(1, padded_len(PAPER_BYTES + 1));
        assert_eq!(check(&[too_long]), Err(AnnouncedError::Malformed));
    }

    #[test]
    fn a_letter_has_so_many_papers_and_each_once() {
        let papers = |count: usize| -> Vec<Announced> {
            (0..count).map(|id| announced(u8::try_from(id).unwrap(), LEAST_PLAIN)).collect()
        };
        assert_eq!(check(&[]), Ok(()));
        assert_eq!(check(&papers(LETTER_PAPERS)), Ok(()));
        assert_eq!(check(&papers(LETTER_PAPERS + 1)), Err(AnnouncedError::TooMany));
        let twice = [papers(1), papers(1)].concat();
        assert_eq!(check(&twice), Err(AnnouncedError::Malformed));
        let capitals = Announced { id: "A".repeat(ID_HEX), ..announced(1, LEAST_PLAIN) };
        assert_eq!(check(&[capitals]), Err(AnnouncedError::Malformed));
    }

    #[test]
    fn parts_make_up_the_whole_and_no_more() {
        for padded in [LEAST_PLAIN, 458_752, PAPER_BYTES] {
            let paper = announced(1, padded);
            let lengths: Vec<usize> = (0..paper.parts()).map(|part| paper.part_len(part).unwrap()).collect();
            assert_eq!(lengths.iter().sum::<usize>() as u64, paper.bytes);
            assert!(lengths[..lengths.len() - 1].iter().all(|len| *len == PART_BYTES));
            assert_eq!(paper.part_len(paper.parts()), None);
            assert_eq!(paper.part_len(u32::MAX), None);
        }
        let exact = Announced { bytes: PART_BYTES as u64, ..announced(1, LEAST_PLAIN) };
        assert_eq!((exact.parts(), exact.part_len(0), exact.part_len(1)), (1, Some(PART_BYTES), None));
    }

    #[test]
    fn nothing_announced_changes_nothing() {
        let content = "a".repeat(64);
        assert_eq!(bound(content.clone(), &[]), content);
        let (one, two) = (announced(1, LEAST_PLAIN), announced(2, LEAST_PLAIN));
        let with = |papers: &[Announced]| bound(content.clone(), papers);
        let mut hashes = vec![content.clone()];
        for papers in [vec![one.clone()], vec![two.clone()], vec![one.clone(), two.clone()], vec![two, one]] {
            hashes.push(with(&papers));
        }
        hashes.sort();
        hashes.dedup();
        assert_eq!(hashes.len(), 5, "each list is bound as it is");
    }

    #[test]
    fn content_is_what_it_is_whatever_it_is_called() {
        assert_eq!(Media::of(b"\xff\xd8\xff\xe0"), Some(Media::Jpeg));
        assert_eq!(Media::of(b"%PDF-1.7"), Some(Media::Pdf));
        assert_eq!(Media::of(b"\x89PNG\r\n\x1a\n\0"), Some(Media::Png));
        assert_eq!(Media::of(b"<html>"), None);
        assert_eq!(serde_json::from_str::<Removed>(r#""voice""#).unwrap(), Removed::Other);
    }
}
