//! What both kinds of Durable Object need of SQLite.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use worker::{
    Error, Result, SqlStorage, SqlStorageValue, Storage,
    js_sys::{Function, Reflect},
    wasm_bindgen::{JsCast, JsValue, closure::Closure},
};

use crate::worker_shell::log;

/// The tables of an object: how they are made, and how an older file gets there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Schema {
    /// Makes all tables as they are now and writes the version down.
    pub(crate) now: &'static str,
    /// From version 1 to 2, from 2 to 3 …; each writes its version down.
    pub(crate) steps: &'static [&'static str],
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

#[derive(Deserialize)]
struct Version {
    version: f64,
}

impl Schema {
    /// Whether the tables are there, brought up to date; writes nothing where there is no file yet.
    pub(crate) fn is_there(self, storage: &Storage) -> Result<bool> {
        let sql = storage.sql();
        let Some(version) = version(&sql)? else { return Ok(false) };
        let done = usize::try_from(version).unwrap_or(usize::MAX).saturating_sub(1);
        if done > self.steps.len() {
            log("a file was written by a newer version than this one");
            return Err(broken());
        }
        let missing = self.steps.get(done..).unwrap_or_default();
        if !missing.is_empty() {
            atomically(storage, move || missing.iter().try_for_each(|step| run(&sql, step)))?;
        }
        Ok(true)
    }

    /// Makes the tables of a new file. Within a transaction.
    pub(crate) fn make(self, sql: &SqlStorage) -> Result<()> {
        run(sql, self.now)
    }
}

/// The version of a file; `None` where nothing was written. Before versions were written down there was one.
fn version(sql: &SqlStorage) -> Result<Option<u64>> {
    let tables: Vec<Named> = sql
        .exec(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name IN ('meta', 'event', 'entry')",
            None,
        )?
        .to_array()?;
    if tables.iter().any(|table| table.name == "meta") {
        let versions: Vec<Version> = sql.exec("SELECT version FROM meta", None)?.to_array()?;
        return Ok(versions.first().map(|row| whole(row.version)));
    }
    Ok((!tables.is_empty()).then_some(1))
}

/// Runs the statements of a file; `exec` takes all of them at once.
fn run(sql: &SqlStorage, file: &str) -> Result<()> {
    sql.exec(file, None).map(|_| ())
}

/// Runs writes in one transaction: an error takes all of them back. (`BEGIN` is refused in a Durable Object.)
pub(crate) fn atomically(storage: &Storage, work: impl FnOnce() -> Result<()> + 'static) -> Result<()> {
    let raw: &JsValue = storage.as_raw().as_ref();
    let transaction: Function = Reflect::get(raw, &JsValue::from_str("transactionSync"))?.dyn_into()?;
    let work = Closure::once(move || work().map_err(JsValue::from));
    transaction.call1(raw, work.as_ref())?;
    Ok(())
}

/// A value as JSON text.
pub(crate) fn text<T: Serialize>(value: &T) -> Result<SqlStorageValue> {
    serde_json::to_string(value).map(SqlStorageValue::String).map_err(|_| broken())
}

/// A value whose JSON is a text, as that text.
pub(crate) fn word<T: Serialize>(value: &T) -> Result<SqlStorageValue> {
    let json = serde_json::to_value(value).map_err(|_| broken())?;
    json.as_str().map(SqlStorageValue::from).ok_or_else(broken)
}

/// A text, or nothing.
pub(crate) fn optional(value: Option<String>) -> SqlStorageValue {
    value.map_or(SqlStorageValue::Null, SqlStorageValue::String)
}

/// A value from JSON text.
pub(crate) fn parse<T: DeserializeOwned>(json: &str) -> Result<T> {
    serde_json::from_str(json).map_err(|_| broken())
}

/// What is kept is not as it was written.
pub(crate) fn broken() -> Error {
    Error::RustError("a stored value has another shape".into())
}

/// SQLite's integers travel as floats in JavaScript: exact below 2^53, which seconds and counts never reach.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub(crate) fn whole(value: f64) -> u64 {
    value as u64
}

/// The largest number that JavaScript carries exactly.
const MOST: i64 = (1 << 53) - 1;

/// A number for an integer column.
pub(crate) fn integer(value: u64) -> SqlStorageValue {
    SqlStorageValue::Integer(i64::try_from(value).unwrap_or(i64::MAX).min(MOST))
}
