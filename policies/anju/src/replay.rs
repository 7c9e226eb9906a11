//! `anju replay`.

use std::path::Path;

use anju::households;
use policies::{Outcome, Record, Replay, rulebook};

use crate::{input, output};

pub(crate) fn run(path: &Path) -> Result<(), String> {
    let text = input::text(path)?;
    let record: Record = serde_json::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?;
    let id = &record.assessment.document;
    match record.replay(rulebook()).map_err(|e| households::lines(&e))? {
        Replay::Same => {
            output::line(&format!("{id} on {}: the same assessment, to the byte", record.assessment.on))
        }
        Replay::Differs(now) => Err(format!(
            "{id}: the same text gives another assessment: recorded {}, now {}",
            word(record.assessment.outcome),
            word(now.outcome)
        )),
        Replay::OtherText(now) => Err(format!(
            "{id}: the text has changed since ({} then, {} now): recorded {}, now {}",
            record.assessment.document_hash,
            now.document_hash,
            word(record.assessment.outcome),
            word(now.outcome)
        )),
        Replay::UnknownDocument => Err(format!("no document is called `{id}`")),
    }
}

const fn word(outcome: Option<Outcome>) -> &'static str {
    match outcome {
        Some(Outcome::Eligible) => "eligible",
        Some(Outcome::NotEligible) => "not eligible",
        Some(Outcome::Unknown) => "unknown",
        Some(Outcome::Ask) => "ask",
        None => "no verdict",
    }
}
