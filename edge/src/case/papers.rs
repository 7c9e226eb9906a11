//! The papers of a case: what was announced with a letter, and the parts that come of it. They are no events: the letter
//! itself names them by their hashes, and so does whatever binds the letter.

use protocol::{
    desk::Role,
    error::ErrorCode,
    limits::{CASE_PAPER_BYTES, CASE_PAPERS, PAPER_SECS},
    paper::{self, Announced, PaperStanding, PartKept},
};
use serde::{Deserialize, Serialize};

use super::file::CaseFile;

/// What is asked about the papers of a case.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub struct PapersCall {
    /// Who asks.
    pub by: By,
    /// What for.
    pub ask: PapersAsk,
}

/// Who asks about papers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// Whoever gives a token with this hash.
    Receipt(String),
    /// Somebody of the office, in a role.
    Staff {
        /// The office that signed.
        office: String,
        /// The role of the key that signed.
        role: Role,
    },
}

/// What for.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PapersAsk {
    /// What has come.
    List,
    /// One part.
    Read {
        /// Its paper.
        paper: String,
        /// Its number.
        part: u32,
    },
    /// To keep a part.
    Keep {
        /// Its paper.
        paper: String,
        /// Its number.
        part: u32,
        /// Standard base64.
        bytes: String,
        /// Bytes of papers of a sort that the office takes a day.
        most: u64,
    },
}

/// What a case answers about its papers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PapersAnswer {
    /// What has come.
    List(Vec<PaperStanding>),
    /// A part: standard base64.
    Part(String),
    /// It is durable.
    Kept(PartKept),
}

/// A paper that was announced, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// What was announced.
    pub announced: Announced,
    /// When, Unix seconds.
    pub at: u64,
    /// Whether any part is there.
    pub begun: bool,
    /// Whether all of them are.
    pub whole: bool,
}

impl Registered {
    /// Whether a part that is not there yet may come now.
    ///
    /// # Errors
    /// `unknown_paper`, `part_invalid`, `paper_late`.
    pub fn takes(&self, part: u32, bytes: &[u8], now: u64) -> Result<(), ErrorCode> {
        let length = self.announced.part_len(part).ok_or(ErrorCode::UnknownPaper)?;
        if bytes.len() != length || part == 0 && !paper::begins_sealed(bytes) {
            return Err(ErrorCode::PartInvalid);
        }
        if now > self.at.saturating_add(PAPER_SECS) { Err(ErrorCode::PaperLate) } else { Ok(()) }
    }
}

impl CaseFile {
    /// Counts papers that are announced: a case holds so many, and so many bytes of them.
    pub(super) fn announce(&mut self, papers: &[Announced]) -> Result<(), ErrorCode> {
        let count = self.papers.saturating_add(papers.len());
        let bytes = self.paper_bytes.saturating_add(paper::total(papers));
        if count > CASE_PAPERS {
            return Err(ErrorCode::TooManyPapers);
        }
        if bytes > CASE_PAPER_BYTES {
            return Err(ErrorCode::PapersTooLarge);
        }
        (self.papers, self.paper_bytes) = (count, bytes);
        Ok(())
    }

    /// Whether the case takes parts of its papers.
    ///
    /// # Errors
    /// `case_closed`, `set_aside`.
    pub fn takes_papers(&self) -> Result<(), ErrorCode> {
        if self.is_gone() {
            Err(ErrorCode::CaseClosed)
        } else if self.aside {
            Err(ErrorCode::SetAside)
        } else {
            Ok(())
        }
    }

    /// Whether somebody may ask about its papers, and send some.
    ///
    /// # Errors
    /// `unknown_case`, `role_forbidden`.
    pub fn admits(&self, by: &By) -> Result<(), ErrorCode> {
        match by {
            By::Receipt(token_hash) => self.owner(token_hash),
            By::Staff { office, role } => self.of(office, *role),
        }
    }
}
