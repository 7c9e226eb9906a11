//! What both kinds of Durable Object need of SQLite.

use serde::{Serialize, de::DeserializeOwned};
use worker::{
    Error, Result, SqlStorage, SqlStorageValue, Storage,
    js_sys::{Function, Reflect},
    wasm_bindgen::{JsCast, JsValue, closure::Closure},
};

/// Runs writes in one transaction: an error takes all of them back. (`BEGIN` is refused in a Durable Object.)
pub(crate) fn atomically(storage: &Storage, work: impl FnOnce() -> Result<()> + 'static) -> Result<()> {
    let raw: &JsValue = storage.as_raw().as_ref();
    let transaction: Function = Reflect::get(raw, &JsValue::from_str("transactionSync"))?.dyn_into()?;
    let work = Closure::once(move || work().map_err(JsValue::from));
    transaction.call1(raw, work.as_ref())?;
    Ok(())
}

/// Creates the tables of a schema file that are not there yet; `exec` takes the statements of a whole file.
pub(crate) fn schema(sql: &SqlStorage, file: &str) -> Result<()> {
    sql.exec(file, None).map(|_| ())
}

/// A value as JSON text.
pub(crate) fn text<T: Serialize>(value: &T) -> Result<SqlStorageValue> {
    serde_json::to_string(value).map(SqlStorageValue::String).map_err(|_| broken())
}

/// A value from JSON text.
pub(crate) fn parse<T: DeserializeOwned>(json: &str) -> Result<T> {
    serde_json::from_str(json).map_err(|_| broken())
}

fn broken() -> Error {
    Error::RustError("a stored value has another shape".into())
}

/// SQLite's integers travel as floats in JavaScript: exact below 2^53, which seconds and counts never reach.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub(crate) fn whole(value: f64) -> u64 {
    value as u64
}

/// A number for an integer column.
pub(crate) fn integer(value: u64) -> SqlStorageValue {
    SqlStorageValue::Integer(i64::try_from(value).unwrap_or(i64::MAX))
}
