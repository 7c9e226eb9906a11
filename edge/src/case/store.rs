//! A case in SQLite: one head, its events with what was written, and the outbox.

use protocol::{
    case::{Event, SealedMessage},
    handover::Handover,
    limits::{ENVELOPE_CHARS, EVENTS_AT_ONCE},
};
use serde::Deserialize;
use worker::{Result, SqlStorage, SqlStorageValue, Storage};

use super::{
    file::{CaseFile, Change},
    shelf,
};
use crate::{
    office::Delivery,
    sql::{Schema, atomically, integer, optional, parse, text, whole},
};

/// The tables of a case.
pub(super) const SCHEMA: Schema = Schema {
    now: include_str!("../../schemas/case.sql"),
    steps: &[
        include_str!("../../migrations/case-1.sql"),
        include_str!("../../migrations/case-2.sql"),
        include_str!("../../migrations/case-3.sql"),
    ],
};

#[derive(Deserialize)]
struct Row {
    json: String,
}

#[derive(Deserialize)]
struct Content {
    content: String,
}

/// An event with the request that asked for it, as it lies in its row.
#[derive(Deserialize)]
struct Bare {
    seq: f64,
    json: String,
    request: Option<String>,
    content: Option<String>,
}

#[derive(Deserialize)]
struct Enveloped {
    number: f64,
    sealed: String,
}

/// An outbox line with its number.
#[derive(Deserialize)]
pub(super) struct Queued {
    pub(super) n: f64,
    json: String,
}

impl Queued {
    pub(super) fn delivery(&self) -> Result<Delivery> {
        parse(&self.json)
    }
}

/// Reads where the case stands. The tables must be there.
pub(super) fn load(sql: &SqlStorage) -> Result<Option<CaseFile>> {
    let heads: Vec<Row> = sql.exec("SELECT json FROM head", None)?.to_array()?;
    heads.first().map(|head| parse(&head.json)).transpose()
}

/// The hash of what a request id carried, if it was used before.
pub(super) fn seen(sql: &SqlStorage, request: &str) -> Result<Option<String>> {
    let found: Vec<Content> =
        sql.exec("SELECT content FROM event WHERE request = ?", vec![request.into()])?.to_array()?;
    Ok(found.into_iter().next().map(|row| row.content))
}

/// So many events from a number on.
pub(super) fn events(sql: &SqlStorage, from: u64) -> Result<Vec<Event>> {
    let rows: Vec<Row> = sql
        .exec(
            "SELECT json FROM event WHERE seq >= ? ORDER BY seq LIMIT ?",
            vec![integer(from), integer(EVENTS_AT_ONCE.into())],
        )?
        .to_array()?;
    rows.iter().map(|row| parse(&row.json)).collect()
}

/// The sealed letter; empty once it is gone.
pub(super) fn letter(sql: &SqlStorage) -> Result<String> {
    let rows: Vec<Enveloped> = sql
        .exec(
            "SELECT seq AS number, envelope AS sealed FROM event WHERE seq = 0 AND envelope IS NOT NULL",
            None,
        )?
        .to_array()?;
    Ok(rows.into_iter().next().map(|row| row.sealed).unwrap_or_default())
}

/// The keys of its envelopes, where somebody handed them on.
pub(super) fn handover(sql: &SqlStorage) -> Result<Option<Handover>> {
    let rows: Vec<Row> = sql.exec("SELECT json FROM handover", None)?.to_array()?;
    rows.first().map(|row| parse(&row.json)).transpose()
}

/// The messages from a number on, as many as one envelope may have characters, and at least one.
pub(super) fn thread(sql: &SqlStorage, from: u64) -> Result<Vec<SealedMessage>> {
    let (mut messages, mut chars, mut from) = (Vec::new(), 0usize, from.max(1));
    // One by one: whatever is read of a row beyond its place would be read of all the others too.
    while let Some(message) = message(sql, from)? {
        chars = chars.saturating_add(message.envelope.len());
        if chars > ENVELOPE_CHARS && !messages.is_empty() {
            break;
        }
        from = message.seq.saturating_add(1);
        messages.push(message);
    }
    Ok(messages)
}

fn message(sql: &SqlStorage, from: u64) -> Result<Option<SealedMessage>> {
    let rows: Vec<Enveloped> = sql
        .exec(
            "SELECT seq AS number, envelope AS sealed FROM event \
             WHERE seq >= ? AND envelope IS NOT NULL ORDER BY seq LIMIT 1",
            vec![integer(from)],
        )?
        .to_array()?;
    let message = |row: Enveloped| SealedMessage { seq: whole(row.number), envelope: row.sealed };
    Ok(rows.into_iter().next().map(message))
}

/// Writes a change in one transaction: all of it is kept, or nothing. `new`: the tables are not there yet.
pub(super) fn save(storage: &Storage, new: bool, file: CaseFile, change: Change) -> Result<()> {
    let sql = storage.sql();
    atomically(storage, move || {
        if new {
            SCHEMA.make(&sql)?;
        }
        write(&sql, &file, change)
    })
}

fn write(sql: &SqlStorage, file: &CaseFile, change: Change) -> Result<()> {
    sql.exec("INSERT OR REPLACE INTO head (one, json) VALUES (1, ?)", vec![text(file)?])?;
    if change.forget {
        sql.exec("UPDATE event SET envelope = NULL", None)?;
        sql.exec("DELETE FROM handover", None)?;
        shelf::clear(sql)?;
    }
    shelf::announce(sql, &change.papers, file.updated_at)?;
    if let Some(handover) = &change.handover {
        sql.exec("INSERT OR REPLACE INTO handover (one, json) VALUES (1, ?)", vec![text(handover)?])?;
    }
    let (mut request, mut content) = change.request.unzip();
    for (event, envelope) in change.events {
        sql.exec(
            "INSERT INTO event (seq, json, request, content, envelope) VALUES (?, ?, ?, ?, ?)",
            vec![
                integer(event.seq),
                text(&event)?,
                optional(request.take()),
                optional(content.take()),
                optional(envelope),
            ],
        )?;
    }
    for delivery in &change.outbox {
        sql.exec("INSERT INTO outbox (json) VALUES (?)", vec![text(delivery)?])?;
    }
    Ok(())
}

/// Throws the whole file away and writes a new one with what happened and nothing that was written: what is only deleted
/// stays in free pages and in the write-ahead log. Everything must have reached the office before: were the power cut
/// between the two, nothing would be left here.
pub(super) async fn write_anew(storage: &Storage, file: CaseFile) -> Result<()> {
    let sql = storage.sql();
    let events: Vec<Bare> =
        sql.exec("SELECT seq, json, request, content FROM event ORDER BY seq", None)?.to_array()?;
    storage.delete_all().await?;
    let sql = storage.sql();
    atomically(storage, move || {
        SCHEMA.make(&sql)?;
        write(&sql, &file, Change::default())?;
        for event in events {
            sql.exec(
                "INSERT INTO event (seq, json, request, content) VALUES (?, ?, ?, ?)",
                vec![
                    SqlStorageValue::Float(event.seq),
                    event.json.into(),
                    optional(event.request),
                    optional(event.content),
                ],
            )?;
        }
        Ok(())
    })
}

/// Whether something still has to reach the office's index.
pub(super) fn has_outbox(sql: &SqlStorage) -> Result<bool> {
    let found: Vec<serde::de::IgnoredAny> =
        sql.exec("SELECT 1 AS one WHERE EXISTS (SELECT 1 FROM outbox)", None)?.to_array()?;
    Ok(!found.is_empty())
}

/// What still has to reach the office's index, oldest first.
pub(super) fn outbox(sql: &SqlStorage) -> Result<Vec<Queued>> {
    sql.exec("SELECT n, json FROM outbox ORDER BY n", None)?.to_array()
}

/// Forgets outbox lines up to a number: the office has them.
pub(super) fn delivered(sql: &SqlStorage, last: f64) -> Result<()> {
    sql.exec("DELETE FROM outbox WHERE n <= ?", vec![SqlStorageValue::Float(last)])?;
    Ok(())
}
