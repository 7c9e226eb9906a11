//! `anju replay`.

use std::path::Path;

use policies::{Record, Replay, rulebook};

use crate::input;

pub(crate) fn run(path: &Path) -> Result<(), String> {
    let text = input::text(path)?;
    let record: Record = serde_json::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?;
    let id = &record.assessment.document;
    match record.replay(rulebook()).map_err(|e| input::lines(&e))? {
        Replay::Same => {
            println!("{id} on {}: the same assessment, to the byte", record.assessment.on);
            Ok(())
        }
        Replay::Differs(now) => Err(format!(
            "{id}: the same text gives another assessment: recorded {:?}, now {:?}",
            record.assessment.outcome, now.outcome
        )),
        Replay::OtherText(now) => Err(format!(
            "{id}: the text has changed since ({} then, {} now): recorded {:?}, now {:?}",
            record.assessment.document_hash, now.document_hash, record.assessment.outcome, now.outcome
        )),
        Replay::UnknownDocument => Err(format!("no document is called `{id}`")),
    }
}
