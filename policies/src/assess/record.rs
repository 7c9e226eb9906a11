//! A saved assessment that anyone can replay offline.

use serde::{Deserialize, Serialize};

use super::{assess, assessment::Assessment};
use crate::{
    book::{Compiled, Rulebook},
    facts::Household,
    fault::FactError,
};

/// What was asked, under which text, and what was answered. The document's id and hash and the date
/// stand in the assessment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record<'d> {
    /// The facts that were given.
    pub household: Household,
    /// What the engine said.
    pub assessment: Assessment<'d>,
}

/// How a replay came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Replay<'d> {
    /// The same text gives the same assessment, to the byte.
    Same,
    /// The same text gives another assessment: the record was altered, or another engine wrote it.
    Differs(Box<Assessment<'d>>),
    /// The document's text is another one today; this is what it says now.
    OtherText(Box<Assessment<'d>>),
    /// This rulebook does not hold the document.
    UnknownDocument,
}

impl<'d> Record<'d> {
    /// Assesses and keeps both sides.
    ///
    /// # Errors
    /// As [`assess`].
    pub fn new(
        doc: &'d Compiled,
        household: Household,
        on: chrono::NaiveDate,
    ) -> Result<Self, Vec<FactError>> {
        let assessment = assess(doc, &household, on)?;
        Ok(Self { household, assessment })
    }

    /// Assesses the recorded facts again on the recorded date and compares.
    ///
    /// # Errors
    /// As [`assess`]: facts that this rulebook does not admit.
    pub fn replay<'b>(&self, book: &'b Rulebook) -> Result<Replay<'b>, Vec<FactError>> {
        let Some(doc) = book.document(&self.assessment.document) else {
            return Ok(Replay::UnknownDocument);
        };
        let now = assess(doc, &self.household, self.assessment.on)?;
        Ok(if now == self.assessment {
            Replay::Same
        } else if now.document_hash == self.assessment.document_hash {
            Replay::Differs(Box::new(now))
        } else {
            Replay::OtherText(Box::new(now))
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{Outcome, rulebook};

    #[test]
    fn a_record_replays_and_an_altered_one_is_noticed() {
        let book = rulebook();
        let doc = book.document("qujing-2018").unwrap();
        let on = chrono::NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
        let mut record = Record::new(doc, Household::default(), on).unwrap();
        let json = serde_json::to_string(&record).unwrap();
        record = serde_json::from_str(&json).unwrap();
        assert_eq!(record.replay(book), Ok(Replay::Same));
        record.assessment.outcome = Some(Outcome::Eligible);
        assert!(matches!(record.replay(book), Ok(Replay::Differs(_))));
        record.assessment.document_hash = "0".into();
        assert!(matches!(record.replay(book), Ok(Replay::OtherText(_))));
        record.assessment.document = "elsewhere".into();
        assert_eq!(record.replay(book), Ok(Replay::UnknownDocument));
    }
}
