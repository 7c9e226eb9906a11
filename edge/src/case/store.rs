//! A case in SQLite: one head, its events, the request ids seen, and the outbox.

use std::collections::BTreeMap;

use protocol::{CaseKind, case::Event};
use serde::Deserialize;
use worker::{Result, SqlStorage, SqlStorageValue, Storage};

use super::file::{CaseFile, Change};
use crate::{
    office::Delivery,
    sql::{atomically, integer, parse, schema, text, whole},
};

const SCHEMA: &str = include_str!("../../schemas/case.sql");

#[derive(Deserialize)]
struct Head {
    office: String,
    kind: String,
    lookup: String,
    token_hash: String,
    reply_to: String,
    envelope: String,
    genesis: String,
    stage: String,
    received_at: f64,
    withdrawn: f64,
}

#[derive(Deserialize)]
struct Row {
    json: String,
}

#[derive(Deserialize)]
struct Request {
    id: String,
    content: String,
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

/// Reads the case; `None` where there is none. Writes nothing.
pub(super) fn load(sql: &SqlStorage) -> Result<Option<CaseFile>> {
    if !exists(sql)? {
        return Ok(None);
    }
    let heads: Vec<Head> = sql.exec("SELECT * FROM head", None)?.to_array()?;
    let Some(head) = heads.into_iter().next() else { return Ok(None) };
    let events: Vec<Row> = sql.exec("SELECT json FROM event ORDER BY seq", None)?.to_array()?;
    let events = events.iter().map(|row| parse::<Event>(&row.json)).collect::<Result<_>>()?;
    let requests: Vec<Request> = sql.exec("SELECT id, content FROM request", None)?.to_array()?;
    let requests: BTreeMap<_, _> =
        requests.into_iter().map(|request| (request.id, request.content)).collect();
    Ok(Some(CaseFile {
        office: head.office,
        kind: parse::<CaseKind>(&head.kind)?,
        lookup: head.lookup,
        token_hash: head.token_hash,
        reply_to: head.reply_to,
        envelope: head.envelope,
        genesis: head.genesis,
        stage: head.stage,
        received_at: whole(head.received_at),
        withdrawn: head.withdrawn > 0.5,
        events,
        requests,
    }))
}

/// Writes a change in one transaction: all of it is kept, or nothing.
pub(super) fn save(storage: &Storage, file: CaseFile, change: Change) -> Result<()> {
    let sql = storage.sql();
    atomically(storage, move || write(&sql, &file, &change))
}

fn write(sql: &SqlStorage, file: &CaseFile, change: &Change) -> Result<()> {
    if change.head {
        schema(sql, SCHEMA)?;
        sql.exec(
            "INSERT OR REPLACE INTO head (one, office, kind, lookup, token_hash, reply_to, envelope, genesis, \
             stage, received_at, withdrawn) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            vec![
                file.office.as_str().into(),
                text(&file.kind)?,
                file.lookup.as_str().into(),
                file.token_hash.as_str().into(),
                file.reply_to.as_str().into(),
                file.envelope.as_str().into(),
                file.genesis.as_str().into(),
                file.stage.as_str().into(),
                integer(file.received_at),
                integer(u64::from(file.withdrawn)),
            ],
        )?;
    }
    let kept = file.events.len().saturating_sub(change.events);
    for event in file.events.iter().skip(kept) {
        sql.exec("INSERT INTO event (seq, json) VALUES (?, ?)", vec![integer(event.seq), text(event)?])?;
    }
    if let Some((id, content)) = &change.request {
        sql.exec(
            "INSERT INTO request (id, content) VALUES (?, ?)",
            vec![id.as_str().into(), content.as_str().into()],
        )?;
    }
    for delivery in &change.outbox {
        sql.exec("INSERT INTO outbox (json) VALUES (?)", vec![text(delivery)?])?;
    }
    Ok(())
}

/// What still has to reach the office's index, oldest first.
pub(super) fn outbox(sql: &SqlStorage) -> Result<Vec<Queued>> {
    if !exists(sql)? {
        return Ok(Vec::new());
    }
    sql.exec("SELECT n, json FROM outbox ORDER BY n", None)?.to_array()
}

/// Forgets outbox lines up to a number: the office has them.
pub(super) fn delivered(sql: &SqlStorage, last: f64) -> Result<()> {
    sql.exec("DELETE FROM outbox WHERE n <= ?", vec![SqlStorageValue::Float(last)])?;
    Ok(())
}

fn exists(sql: &SqlStorage) -> Result<bool> {
    let found: Vec<serde::de::IgnoredAny> = sql
        .exec("SELECT 1 AS one FROM sqlite_master WHERE type = 'table' AND name = 'head'", None)?
        .to_array()?;
    Ok(!found.is_empty())
}
