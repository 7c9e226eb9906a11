//! What is too large for [`stored`]: bytes with a text beside them, in the browser's database (IndexedDB).
//!
//! Whatever this page put there or took from it, it holds as well: on a shared computer, on a page that leaves nothing behind,
//! and where the browser refuses, that is all there is of it, and it goes with the page.

use std::cell::RefCell;

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransactionMode};

use super::stored::{self, DATABASE};

/// The one table of the database.
const TABLE: &str = "files";

/// Bytes under a key, with a text beside them.
#[derive(Clone, Debug)]
pub struct Shelved {
    /// The key.
    pub key: String,
    /// The text.
    pub text: String,
    /// The bytes, which stay outside the program's own memory.
    pub bytes: Uint8Array,
}

thread_local! {
    /// What this page has seen, and whether the browser keeps it.
    static SEEN: RefCell<Vec<(Shelved, bool)>> = const { RefCell::new(Vec::new()) };
}

/// Puts something there, in the place of what has its key. False: only this page holds it.
pub async fn put(one: Shelved) -> bool {
    let kept = !is_apart()
        && write(|table| {
            let value = Array::of3(&JsValue::from_str(&one.key), &JsValue::from_str(&one.text), &one.bytes);
            table.put_with_key(&value, &JsValue::from_str(&one.key))
        })
        .await
        .is_ok();
    SEEN.with_borrow_mut(|seen| {
        seen.retain(|(other, _)| other.key != one.key);
        seen.push((one, kept));
    });
    kept
}

/// Everything whose key begins so, by key.
pub async fn under(prefix: &str) -> Vec<Shelved> {
    let apart = is_apart();
    let mut found = if apart { Vec::new() } else { read(prefix).await.unwrap_or_default() };
    SEEN.with_borrow_mut(|seen| {
        let is_there = |one: &Shelved, found: &[Shelved]| found.iter().any(|other| other.key == one.key);
        // What the browser had and has no longer was taken away by another page.
        seen.retain(|(one, kept)| apart || !kept || !one.key.starts_with(prefix) || is_there(one, &found));
        let only_here = seen.iter().filter(|(one, kept)| one.key.starts_with(prefix) && (apart || !kept));
        let only_here: Vec<Shelved> = only_here.map(|(one, _)| one.clone()).collect();
        found.retain(|one| !is_there(one, &only_here));
        seen.retain(|(one, _)| !is_there(one, &found));
        seen.extend(found.iter().map(|one| (one.clone(), true)));
        found.extend(only_here);
    });
    found.sort_by(|one, other| one.key.cmp(&other.key));
    found
}

/// Whether what this page holds is apart from what the browser keeps.
fn is_apart() -> bool {
    stored::keeps_nothing() || stored::is_shared()
}

/// Whether the browser keeps everything that this page put there.
pub fn is_lasting() -> bool {
    SEEN.with_borrow(|seen| seen.iter().all(|(_, kept)| *kept))
}

/// Removes everything whose key begins so.
pub async fn remove_under(prefix: &str) {
    SEEN.with_borrow_mut(|seen| seen.retain(|(one, _)| !one.key.starts_with(prefix)));
    if stored::keeps_nothing() {
        // Not even an empty database.
        return;
    }
    // A browser that refuses has kept nothing either.
    let _ = write(|table| table.delete(&range(prefix)?)).await;
}

async fn read(prefix: &str) -> Result<Vec<Shelved>, JsValue> {
    let database = open().await?;
    let found = async {
        let table = database.transaction_with_str(TABLE)?.object_store(TABLE)?;
        let found = answer(&table.get_all_with_key(&range(prefix)?)?).await?;
        Ok(Array::from(&found).iter().filter_map(|value| shelved(&value)).collect())
    }
    .await;
    database.close();
    found
}

fn shelved(value: &JsValue) -> Option<Shelved> {
    let value = value.dyn_ref::<Array>()?;
    let bytes = value.get(2).dyn_into::<Uint8Array>().ok()?;
    Some(Shelved { key: value.get(0).as_string()?, text: value.get(1).as_string()?, bytes })
}

/// Does one thing to the table, and waits until it is durable.
async fn write(change: impl FnOnce(&IdbObjectStore) -> Result<IdbRequest, JsValue>) -> Result<(), JsValue> {
    let database = open().await?;
    let done = async {
        let transaction = database.transaction_with_str_and_mode(TABLE, IdbTransactionMode::Readwrite)?;
        change(&transaction.object_store(TABLE)?)?;
        let ended = Promise::new(&mut |resolve, reject| {
            transaction.set_oncomplete(Some(&resolve));
            transaction.set_onabort(Some(&reject));
            transaction.set_onerror(Some(&reject));
        });
        JsFuture::from(ended).await
    }
    .await;
    database.close();
    done.map(drop)
}

/// The database, open for one thing only, so that no page is in another's way.
async fn open() -> Result<IdbDatabase, JsValue> {
    let factory = web_sys::window().and_then(|window| window.indexed_db().ok().flatten());
    let opening = factory.ok_or(JsValue::UNDEFINED)?.open_with_u32(DATABASE, 1)?;
    let request = opening.clone();
    let create = Closure::once(move || {
        let database = request.result().ok().and_then(|found| found.dyn_into::<IdbDatabase>().ok());
        // Where the table cannot be made, nothing can be put into it, and that is told then.
        let _ = database.map(|database| database.create_object_store(TABLE));
    });
    opening.set_onupgradeneeded(Some(create.as_ref().unchecked_ref()));
    answer(&opening).await?.dyn_into()
}

async fn answer(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let answered = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(answered).await?;
    request.result()
}

fn range(prefix: &str) -> Result<JsValue, JsValue> {
    let after = JsValue::from_str(&[prefix, "\u{ffff}"].concat());
    IdbKeyRange::bound(&JsValue::from_str(prefix), &after).map(JsValue::from)
}
