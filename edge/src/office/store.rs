//! An office in SQLite: an index line per case, and the audit trail.

use protocol::{
    chain,
    desk::{AuditAction, AuditRow, AuditTrail},
    limits::TRAIL_ROWS,
};
use serde::Deserialize;
use worker::{Result, SqlStorage, SqlStorageValue, Storage};

use super::{
    Deed, Delivery,
    admission::{Day, PaperAdmission},
    inbox,
};
use crate::{
    auth::Staff,
    sql::{Schema, atomically, integer, parse, text, whole, word},
};

/// The tables of an office.
pub(super) const SCHEMA: Schema = Schema {
    now: include_str!("../../schemas/office.sql"),
    steps: &[
        include_str!("../../migrations/office-1.sql"),
        include_str!("../../migrations/office-2.sql"),
        include_str!("../../migrations/office-3.sql"),
        include_str!("../../migrations/office-4.sql"),
        include_str!("../../migrations/office-5.sql"),
        include_str!("../../migrations/office-6.sql"),
    ],
};

#[derive(Deserialize)]
struct Row {
    json: String,
}

#[derive(Deserialize)]
struct Count {
    n: f64,
}

#[derive(Deserialize)]
struct Came {
    tip_off: f64,
    n: f64,
    chars: f64,
}

/// Makes the tables where there are none yet.
pub(super) fn prepare(storage: &Storage) -> Result<()> {
    if SCHEMA.is_there(storage)? {
        return Ok(());
    }
    let sql = storage.sql();
    atomically(storage, move || SCHEMA.make(&sql))
}

/// What came in since a second: letters, but those by a ticket; messages are counted only while the object is awake.
pub(super) fn received_since(sql: &SqlStorage, start: u64) -> Result<Day> {
    let sorts: Vec<Came> = sql
        .exec(
            "SELECT kind = 'tip_off' AS tip_off, count(*) AS n, sum(chars) AS chars FROM entry \
             WHERE received_at >= ? \
             AND lookup NOT IN (SELECT spent_by FROM ticket WHERE spent_by IS NOT NULL) GROUP BY 1",
            vec![integer(start)],
        )?
        .to_array()?;
    Ok(sorts.iter().fold(Day::default(), |day, came| {
        let [count, chars] = [came.n, came.chars].map(whole);
        if came.tip_off > 0.5 {
            Day { tip_offs: count, tip_off_chars: chars, ..day }
        } else {
            Day { applications: count, other_chars: chars, ..day }
        }
    }))
}

/// Takes news of a case: an older one changes nothing, one that was taken before is taken once.
pub(super) fn deliver(storage: &Storage, list: String, deliveries: Vec<Delivery>) -> Result<()> {
    let sql = storage.sql();
    atomically(storage, move || deliveries.iter().try_for_each(|delivery| take(&sql, &list, delivery)))
}

fn take(sql: &SqlStorage, list: &str, delivery: &Delivery) -> Result<()> {
    let row = &delivery.row;
    let waits = row.waiting_for_office && !row.closed;
    sql.exec(
        "INSERT INTO entry (lookup, seq, kind, stage, standing, fresh, waiting, due, received_at, chars, json) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \
         ON CONFLICT (lookup) DO UPDATE SET seq = excluded.seq, stage = excluded.stage, \
         standing = excluded.standing, fresh = excluded.fresh, waiting = excluded.waiting, due = excluded.due, \
         json = excluded.json WHERE excluded.seq >= entry.seq",
        vec![
            row.lookup.as_str().into(),
            integer(delivery.seq),
            word(&row.kind)?,
            row.stage.as_str().into(),
            integer(inbox::standing(row)),
            integer((delivery.fresh && waits).into()),
            integer(waits.into()),
            inbox::due(row),
            integer(row.received_at),
            integer(delivery.chars),
            text(row)?,
        ],
    )?;
    if let Some(deed) = &delivery.deed {
        // What the server did by itself comes after the last event, and once.
        let source = match row.destroyed_at {
            Some(_) => format!("{}:destroyed", row.lookup),
            None => format!("{}:{}", row.lookup, delivery.seq),
        };
        let taken: Vec<Row> =
            sql.exec("SELECT json FROM audit WHERE source = ?", vec![source.as_str().into()])?.to_array()?;
        if taken.is_empty() {
            let at = row.destroyed_at.unwrap_or(row.updated_at);
            append(sql, list, deed, Some(&row.lookup), at, source.into())?;
        }
    }
    Ok(())
}

/// Adds a reading to the audit trail.
pub(super) fn note(sql: &SqlStorage, list: &str, deed: &Deed, lookup: Option<&str>, now: u64) -> Result<()> {
    append(sql, list, deed, lookup, now, SqlStorageValue::Null)
}

fn append(
    sql: &SqlStorage,
    list: &str,
    deed: &Deed,
    lookup: Option<&str>,
    at: u64,
    source: SqlStorageValue,
) -> Result<()> {
    let last = last(sql)?;
    let (seq, prev) =
        last.map_or_else(|| (0, chain::AUDIT_START.to_owned()), |row| (row.seq.saturating_add(1), row.hash));
    let who = (deed.staff.kid.as_str(), deed.staff.role);
    let lookup = lookup.map(str::to_owned);
    let row = chain::next_audit(list, &prev, seq, at, who, deed.action.clone(), lookup);
    sql.exec(
        "INSERT INTO audit (seq, source, json) VALUES (?, ?, ?)",
        vec![integer(seq), source, text(&row)?],
    )?;
    Ok(())
}

fn last(sql: &SqlStorage) -> Result<Option<AuditRow>> {
    let rows: Vec<Row> = sql.exec("SELECT json FROM audit ORDER BY seq DESC LIMIT 1", None)?.to_array()?;
    rows.first().map(|row| parse(&row.json)).transpose()
}

/// Whether the trail's last line already says that this key did the same after a given second: a desk that asks every few
/// seconds must not bury everything else.
pub(super) fn just_did(
    sql: &SqlStorage,
    staff: &Staff,
    action: &AuditAction,
    lookup: Option<&str>,
    since: u64,
) -> Result<bool> {
    let same = |row: AuditRow| {
        row.kid == staff.kid && row.action == *action && row.lookup.as_deref() == lookup && row.at >= since
    };
    Ok(last(sql)?.is_some_and(same))
}

/// Bytes of papers of a sort that came in on a day.
pub(super) fn papers_on(sql: &SqlStorage, day: u64, paper: PaperAdmission) -> Result<u64> {
    let asked = "SELECT bytes AS n FROM papers WHERE day = ? AND sort = ?";
    let rows: Vec<Count> = sql.exec(asked, vec![integer(day), paper.word().into()])?.to_array()?;
    Ok(rows.first().map_or(0, |row| whole(row.n)))
}

/// Counts a paper; days before are forgotten.
pub(super) fn count_paper(sql: &SqlStorage, day: u64, paper: PaperAdmission) -> Result<()> {
    sql.exec("DELETE FROM papers WHERE day < ?", vec![integer(day)])?;
    sql.exec(
        "INSERT INTO papers (day, sort, bytes) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes",
        vec![integer(day), paper.word().into(), integer(paper.bytes)],
    )?;
    Ok(())
}

/// The latest lines of the audit trail before a number, oldest first.
pub(super) fn trail(sql: &SqlStorage, before: Option<u64>) -> Result<AuditTrail> {
    let rows: Vec<Row> = sql
        .exec(
            "SELECT json FROM audit WHERE seq < ? ORDER BY seq DESC LIMIT ?",
            vec![integer(before.unwrap_or(u64::MAX)), integer(TRAIL_ROWS.into())],
        )?
        .to_array()?;
    let total = last(sql)?.map_or(0, |last| last.seq.saturating_add(1));
    let rows = rows.iter().rev().map(|row| parse(&row.json)).collect::<Result<_>>()?;
    Ok(AuditTrail { rows, total })
}
