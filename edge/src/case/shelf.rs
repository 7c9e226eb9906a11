//! The papers of a case in SQLite: a row for each that was announced, a row for each part. Parts are read one by one, so
//! that no more than one is ever in memory.

use data_encoding::HEXLOWER;
use protocol::paper::{Announced, PaperStanding};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use worker::{Result, SqlStorage, SqlStorageValue};

use super::papers::Registered;
use crate::sql::{broken, integer, whole};

#[derive(Deserialize)]
struct Row {
    n: f64,
    id: String,
    bytes: f64,
    at: f64,
    whole: f64,
}

#[derive(Deserialize)]
struct Part {
    paper: f64,
    part: f64,
}

#[derive(Deserialize)]
struct Count {
    n: f64,
}

#[derive(Deserialize)]
struct Same {
    same: f64,
}

const PAPERS: &str = "SELECT n, id, bytes, at, whole FROM paper";

/// Writes down what was announced; what was announced before stays as it is.
pub(super) fn announce(sql: &SqlStorage, papers: &[Announced], at: u64) -> Result<()> {
    papers.iter().try_for_each(|paper| {
        let values = vec![paper.id.as_str().into(), integer(paper.bytes), integer(at)];
        sql.exec("INSERT OR IGNORE INTO paper (id, bytes, at) VALUES (?, ?, ?)", values).map(drop)
    })
}

/// Every paper with the parts that are there.
pub(super) fn list(sql: &SqlStorage) -> Result<Vec<PaperStanding>> {
    let rows: Vec<Row> = sql.exec(&format!("{PAPERS} ORDER BY n"), None)?.to_array()?;
    let parts: Vec<Part> = sql.exec("SELECT paper, part FROM part ORDER BY paper, part", None)?.to_array()?;
    let of = |n: u64| {
        let parts = parts.iter().filter(move |part| whole(part.paper) == n);
        parts.filter_map(|part| u32::try_from(whole(part.part)).ok()).collect()
    };
    let standing = |row: Row| PaperStanding {
        parts: of(whole(row.n)),
        id: row.id,
        bytes: whole(row.bytes),
        whole: row.whole > 0.5,
    };
    Ok(rows.into_iter().map(standing).collect())
}

/// A paper by its address, with its number on the shelf.
pub(super) fn find(sql: &SqlStorage, id: &str) -> Result<Option<(u64, Registered)>> {
    let rows: Vec<Row> = sql.exec(&format!("{PAPERS} WHERE id = ?"), vec![id.into()])?.to_array()?;
    let Some(row) = rows.into_iter().next() else { return Ok(None) };
    let begun = sql.exec("SELECT 1 FROM part WHERE paper = ? LIMIT 1", vec![row.n.into()])?.raw().next();
    let announced = Announced { id: row.id, bytes: whole(row.bytes) };
    let registered =
        Registered { announced, at: whole(row.at), begun: begun.is_some(), whole: row.whole > 0.5 };
    Ok(Some((whole(row.n), registered)))
}

/// Whether a part is there with these bytes, or with others; none where it is not there.
pub(super) fn has(sql: &SqlStorage, (n, part): (u64, u32), bytes: &[u8]) -> Result<Option<bool>> {
    let values = vec![bytes.to_vec().into(), integer(n), integer(part.into())];
    let found: Vec<Same> =
        sql.exec("SELECT bytes = ? AS same FROM part WHERE paper = ? AND part = ?", values)?.to_array()?;
    Ok(found.first().map(|found| found.same > 0.5))
}

/// The bytes of a part.
pub(super) fn part(sql: &SqlStorage, (n, part): (u64, u32)) -> Result<Option<Vec<u8>>> {
    let values = vec![integer(n), integer(part.into())];
    let mut rows = sql.exec("SELECT bytes FROM part WHERE paper = ? AND part = ?", values)?.raw();
    match rows.next().transpose()?.and_then(|row| row.into_iter().next()) {
        None => Ok(None),
        Some(SqlStorageValue::Blob(bytes)) => Ok(Some(bytes)),
        Some(_) => Err(broken()),
    }
}

/// Keeps a part.
pub(super) fn keep(sql: &SqlStorage, (n, part): (u64, u32), bytes: Vec<u8>) -> Result<()> {
    let values = vec![integer(n), integer(part.into()), bytes.into()];
    sql.exec("INSERT INTO part (paper, part, bytes) VALUES (?, ?, ?)", values).map(drop)
}

/// Marks a paper whose parts are all there, where they are what was announced: `None` while some are missing. Of one that
/// is not what was announced nothing stays.
pub(super) fn complete(sql: &SqlStorage, n: u64, announced: &Announced) -> Result<Option<bool>> {
    let counted = "SELECT count(*) AS n FROM part WHERE paper = ?";
    let there: Vec<Count> = sql.exec(counted, vec![integer(n)])?.to_array()?;
    if there.first().map_or(0, |count| whole(count.n)) < announced.parts().into() {
        return Ok(None);
    }
    let (mut hash, mut bytes) = (Sha256::new(), 0u64);
    for number in 0..announced.parts() {
        let part = part(sql, (n, number))?.ok_or_else(broken)?;
        bytes = bytes.saturating_add(u64::try_from(part.len()).unwrap_or(u64::MAX));
        hash.update(&part);
    }
    let good = bytes == announced.bytes && HEXLOWER.encode(&hash.finalize()) == announced.id;
    let then =
        if good { "UPDATE paper SET whole = 1 WHERE n = ?" } else { "DELETE FROM part WHERE paper = ?" };
    sql.exec(then, vec![integer(n)])?;
    Ok(Some(good))
}

/// Empties the shelf.
pub(super) fn clear(sql: &SqlStorage) -> Result<()> {
    sql.exec("DELETE FROM part", None)?;
    sql.exec("DELETE FROM paper", None).map(drop)
}
