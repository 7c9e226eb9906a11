//! What was tried, what came of it, and whether that holds.

use std::fmt;

use anyhow::{Result, ensure};
use protocol::error::ErrorCode;
use reqwest::RequestBuilder;

use super::Attack;
use crate::api;

/// One thing that was tried.
#[derive(Clone, Debug)]
pub struct Line {
    /// In a few words.
    pub tried: String,
    /// What the server did.
    pub came: String,
    /// Whether that is as it should be.
    pub verdict: Verdict,
}

/// What is to be said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// As it should be.
    Holds,
    /// Not as it should be.
    Broken,
    /// It could not be tried here.
    NotTried,
}

/// All that was tried in one attack.
#[derive(Clone, Debug)]
pub struct Report {
    attack: Attack,
    lines: Vec<Line>,
}

impl Report {
    /// Of an attack that has not begun.
    pub fn of(attack: Attack) -> Self {
        Self { attack, lines: Vec::new() }
    }

    /// Everything that was tried.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// What did not hold.
    pub fn broken(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.verdict == Verdict::Broken)
    }

    /// Holds the server to it.
    ///
    /// # Errors
    /// When something did not hold, or nothing was tried.
    pub fn holds(&self) -> Result<()> {
        let tried = self.lines.iter().any(|line| line.verdict != Verdict::NotTried);
        ensure!(tried && self.broken().next().is_none(), "{self}");
        Ok(())
    }

    /// Notes what came of something.
    pub fn note(&mut self, tried: impl Into<String>, came: impl Into<String>, holds: bool) {
        let verdict = if holds { Verdict::Holds } else { Verdict::Broken };
        self.lines.push(Line { tried: tried.into(), came: came.into(), verdict });
    }

    /// Notes what cannot be tried, and why.
    pub fn not_tried(&mut self, what: &str, why: &str) {
        self.lines.push(Line { tried: what.to_owned(), came: why.to_owned(), verdict: Verdict::NotTried });
    }

    /// Tries a request that must be refused with a code.
    pub async fn refused(&mut self, tried: &str, request: RequestBuilder, code: ErrorCode) {
        match api::refused(request, code).await {
            Ok(problem) => self.note(tried, format!("{} {}", problem.status, code.code()), true),
            Err(error) => self.note(tried, format!("{error:#}"), false),
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.attack.name())?;
        for Line { tried, came, verdict } in &self.lines {
            let verdict = match verdict {
                Verdict::Holds => "holds",
                Verdict::Broken => "DOES NOT HOLD",
                Verdict::NotTried => "not tried",
            };
            writeln!(f, "  {verdict:<13}  {tried}: {}", shortened(came))?;
        }
        Ok(())
    }
}

/// The beginning of what came: an answer may be a whole page.
fn shortened(came: &str) -> String {
    const CHARS: usize = 200;
    let line: String =
        came.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).take(CHARS).collect();
    if came.chars().count() > CHARS { format!("{line}…") } else { line }
}
