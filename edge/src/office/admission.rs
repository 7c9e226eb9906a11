//! How much work a letter must bring: as much as is configured, and more while more comes in than an office can read.
//! Nobody is turned away; whoever floods an office pays for it in time.

use protocol::challenge::Sort;
use serde::{Deserialize, Serialize};

use super::tickets::Brought;

/// What an installation asks for and how much it takes before it asks for more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Leading zero bits of a proof of work while little comes in.
    pub bits: u32,
    /// Letters a day of one sort that an office takes at that price.
    pub letters: u64,
    /// Characters of letters and messages a day that it takes at that price.
    pub chars: u64,
    /// Bytes of papers of one sort a day that it takes at all.
    pub papers: u64,
}

/// Each time that much more came in than an office takes, a proof is this many bits harder: four times the work.
const STEP: u64 = 2;

/// The most that is asked for beyond the usual: sixty-four times the work, some seconds for a letter on a phone.
pub const HARDEST: u64 = 6;

/// A letter or a message that asks to be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Admission {
    /// What it is.
    pub sort: Sort,
    /// Characters of its envelope.
    pub chars: u64,
    /// The work in its proof.
    pub bits: u32,
    /// The ticket that a letter brings.
    #[serde(default)]
    pub ticket: Option<Brought>,
}

/// A paper of which a first part asks to be taken. With more than its share of a day none is: the letter is in, and its
/// papers wait where they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperAdmission {
    /// What it goes with.
    pub sort: Sort,
    /// Its sealed bytes.
    pub bytes: u64,
    /// Bytes of papers of one sort a day that the office takes.
    pub most: u64,
}

impl PaperAdmission {
    /// The word under which its sort is counted.
    pub fn word(&self) -> &'static str {
        if self.sort == Sort::TipOff { "tip_off" } else { "other" }
    }

    /// Whether it is taken after so many bytes of its sort.
    pub fn fits_after(&self, came: u64) -> bool {
        came.saturating_add(self.bytes) <= self.most
    }
}

/// What came in on one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// Tip-offs.
    pub tip_offs: u64,
    /// Other letters.
    pub applications: u64,
    /// Characters of the tip-offs.
    pub tip_off_chars: u64,
    /// Characters of everything else.
    pub other_chars: u64,
}

impl Day {
    /// The bits that the next one of a sort must bring.
    pub fn bits(&self, terms: Terms, sort: Sort) -> u32 {
        let times = |came: u64, taken: u64| came.checked_div(taken).unwrap_or(u64::MAX);
        let over = match sort {
            Sort::TipOff => times(self.tip_offs, terms.letters).max(times(self.tip_off_chars, terms.chars)),
            Sort::Application => {
                times(self.applications, terms.letters).max(times(self.other_chars, terms.chars))
            }
            Sort::Message => times(self.other_chars, terms.chars),
        };
        let harder = over.saturating_mul(STEP).min(HARDEST);
        terms.bits.saturating_add(u32::try_from(harder).unwrap_or_default())
    }

    /// The same day with one more.
    #[must_use]
    pub fn and(self, sort: Sort, chars: u64) -> Self {
        let more = |count: u64, by: u64| count.saturating_add(by);
        match sort {
            Sort::TipOff => Self {
                tip_offs: more(self.tip_offs, 1),
                tip_off_chars: more(self.tip_off_chars, chars),
                ..self
            },
            Sort::Application => Self {
                applications: more(self.applications, 1),
                other_chars: more(self.other_chars, chars),
                ..self
            },
            Sort::Message => Self { other_chars: more(self.other_chars, chars), ..self },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TERMS: Terms = Terms { bits: 18, letters: 10, chars: 1000, papers: 0 };

    fn after(count: u64, sort: Sort, chars: u64) -> Day {
        (0..count).fold(Day::default(), |day, _| day.and(sort, chars))
    }

    #[test]
    fn beyond_the_number_a_day_the_work_grows_and_nobody_is_refused() {
        for (count, bits) in [(0, 18), (9, 18), (10, 20), (19, 20), (20, 22), (30, 24), (40, 24), (5_000, 24)]
        {
            assert_eq!(after(count, Sort::TipOff, 1).bits(TERMS, Sort::TipOff), bits, "{count}");
        }
    }

    #[test]
    fn a_flood_of_one_sort_makes_nothing_dearer_for_the_other() {
        let flood = after(5_000, Sort::TipOff, 1_000);
        assert_eq!(flood.bits(TERMS, Sort::Application), 18);
        assert_eq!(flood.bits(TERMS, Sort::Message), 18);
        assert_eq!(after(5_000, Sort::Application, 1).bits(TERMS, Sort::TipOff), 18);
    }

    #[test]
    fn few_but_huge_ones_count_too() {
        assert_eq!(after(1, Sort::Application, 999).bits(TERMS, Sort::Application), 18);
        assert_eq!(after(2, Sort::Application, 500).bits(TERMS, Sort::Application), 20);
        assert_eq!(after(4, Sort::Message, 500).bits(TERMS, Sort::Message), 22);
    }

    #[test]
    fn an_office_that_takes_nothing_asks_for_the_most() {
        let none = Terms { letters: 0, ..TERMS };
        assert_eq!(Day::default().bits(none, Sort::TipOff), 24);
    }

    #[test]
    fn papers_are_taken_up_to_their_share_of_a_day() {
        let paper = PaperAdmission { sort: Sort::Application, bytes: 10, most: 100 };
        assert_eq!([0, 90, 91, u64::MAX].map(|came| paper.fits_after(came)), [true, true, false, false]);
        assert_ne!(paper.word(), PaperAdmission { sort: Sort::TipOff, ..paper }.word());
    }
}
