//! What this site keeps in the browser. Every key begins with [`PREFIX`], so that one button on a
//! shared computer forgets all of it.
//!
//! On a shared computer (公用电脑) everything goes to the tab's own storage instead, which vanishes
//! when the tab is closed.
//!
//! Call from effects and handlers only, never while rendering. Where a browser refuses storage
//! (private window, full disk) values live as long as the page: writing says so, so that the page can tell.
//! A page that is to leave nothing behind ([`keep_nothing`]) is treated as if the browser refused.

#[cfg(feature = "whole")]
use std::cell::Cell;
use std::cell::RefCell;

use serde::{Serialize, de::DeserializeOwned};
use web_sys::{Event, Storage};

/// Every key of this site begins so.
pub const PREFIX: &str = "anju.";

/// The database for what is too large for the browser's storage.
pub(super) const DATABASE: &str = "anju";

/// What is only ever kept in the tab, under a key of its own so that it never moves out.
const TAB: &str = "anju.tab.";

/// Marks this tab as one on a shared computer; lives in the tab's own storage.
const SHARED: &str = "anju.shared";

thread_local! {
    /// What the browser refused to keep.
    static REFUSED: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
}

#[cfg(feature = "whole")]
thread_local! {
    /// See [`keep_nothing`].
    static NOTHING: Cell<bool> = const { Cell::new(false) };
}

/// What is kept even by a page that keeps nothing: what was asked for by a press of its own (receipts under a name, the
/// display), and by how new a card each office was known, without which an old one could be served; no tip-off adds to that.
#[cfg(feature = "whole")]
const KEPT_ALL_THE_SAME: [&str; 5] =
    ["anju.receipts", "anju.receipt", "anju.display", "anju.dark", "anju.card."];

/// From now on this page reads nothing that the browser keeps and adds nothing to it, or does again. What lies there stays.
#[cfg(feature = "whole")]
pub fn keep_nothing(on: bool) {
    NOTHING.set(on);
}

/// Whether this page adds nothing to what the browser keeps: see [`keep_nothing`].
#[cfg(feature = "whole")]
pub fn keeps_nothing() -> bool {
    NOTHING.get()
}

/// Whether what lies under a key is kept by this page.
#[cfg(feature = "whole")]
fn keeps(key: &str) -> bool {
    let of_a_card = |kept: &str| kept.ends_with('.') && key.starts_with(kept);
    !keeps_nothing() || KEPT_ALL_THE_SAME.iter().any(|kept| *kept == key || of_a_card(kept))
}

/// Only pages that carry the documents whole can be told to keep nothing.
#[cfg(not(feature = "whole"))]
const fn keeps(_: &str) -> bool {
    true
}

fn lasting() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

fn of_this_tab() -> Option<Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}

/// Where a key lies.
fn storage(key: &str) -> Option<Storage> {
    match (keeps(key), is_shared()) {
        (false, _) => None,
        (true, true) => of_this_tab(),
        (true, false) => lasting(),
    }
}

/// Where a key lies that is kept in the tab alone.
fn tab_storage(key: &str) -> Option<Storage> {
    if keeps(key) { of_this_tab() } else { None }
}

/// Whether this tab treats the computer as shared.
pub fn is_shared() -> bool {
    of_this_tab().is_some_and(|storage| storage.get_item(SHARED).ok().flatten().is_some())
}

/// Treats the computer as shared, or not: what this site keeps moves over, and nothing stays behind.
pub fn set_shared(on: bool) {
    if on == is_shared() {
        return;
    }
    let Some(tab) = of_this_tab() else { return };
    let (from, to) = if on { (lasting(), Some(tab.clone())) } else { (Some(tab.clone()), lasting()) };
    let moving = from.as_ref().map(keys).unwrap_or_default();
    for key in moving.into_iter().filter(|key| !key.starts_with(TAB)) {
        if let Some(from) = &from {
            if let (Some(text), Some(to)) = (from.get_item(&key).ok().flatten(), &to) {
                let _ = to.set_item(&key, &text);
            }
            let _ = from.remove_item(&key);
        }
    }
    if on {
        forget_files();
    }
    // A tab without storage of its own cannot be marked; then nothing was moved either.
    let _ = if on { tab.set_item(SHARED, "1") } else { tab.remove_item(SHARED) };
}

/// Reads the value under `PREFIX + key`; `None` where it is absent or no longer readable.
pub fn load<T: DeserializeOwned>(key: &str) -> Option<T> {
    serde_json::from_str(&load_text(key)?).ok()
}

/// Reads the text under `PREFIX + key`.
pub fn load_text(key: &str) -> Option<String> {
    read(storage, &under(key))
}

/// Writes the value under `PREFIX + key`. False: the browser refused, and only this page holds it.
pub fn save<T: Serialize>(key: &str, value: &T) -> bool {
    serde_json::to_string(value).is_ok_and(|text| save_text(key, text))
}

/// Writes a text under `PREFIX + key`. False: the browser refused, and only this page holds it.
pub fn save_text(key: &str, text: String) -> bool {
    write(storage, under(key), text)
}

/// Whether what lies under `PREFIX + key` outlives this page: the browser refused nothing there.
pub fn is_lasting(key: &str) -> bool {
    let key = under(key);
    REFUSED.with_borrow(|refused| refused.iter().all(|(refused, _)| *refused != key))
}

/// Removes what lies under `PREFIX + key`.
pub fn forget(key: &str) {
    drop_from(storage, &under(key));
}

/// Keeps a text until the tab is closed: what must outlive a reload and nothing else. Refused, it lives as long as the page.
pub fn save_for_tab(key: &str, text: &str) {
    write(tab_storage, [TAB, key].concat(), text.to_owned());
}

/// Reads what [`save_for_tab`] kept.
pub fn load_for_tab(key: &str) -> Option<String> {
    read(tab_storage, &[TAB, key].concat())
}

/// Forgets what [`save_for_tab`] kept.
pub fn forget_for_tab(key: &str) {
    drop_from(tab_storage, &[TAB, key].concat());
}

/// What was refused is read from this page, anything else from where it lies.
fn read(from: fn(&str) -> Option<Storage>, key: &str) -> Option<String> {
    REFUSED
        .with_borrow(|refused| {
            refused.iter().find(|(refused, _)| refused == key).map(|(_, text)| text.clone())
        })
        .or_else(|| from(key)?.get_item(key).ok()?)
}

fn write(to: fn(&str) -> Option<Storage>, key: String, text: String) -> bool {
    let kept = to(&key).is_some_and(|storage| storage.set_item(&key, &text).is_ok());
    REFUSED.with_borrow_mut(|refused| {
        refused.retain(|(refused, _)| *refused != key);
        if !kept {
            refused.push((key, text));
        }
    });
    kept
}

fn drop_from(from: fn(&str) -> Option<Storage>, key: &str) {
    REFUSED.with_borrow_mut(|refused| refused.retain(|(refused, _)| refused != key));
    // A failed removal leaves nothing to do: the browser refuses storage altogether.
    let _ = from(key).map(|storage| storage.remove_item(key));
}

fn under(key: &str) -> String {
    [PREFIX, key].concat()
}

fn keys(storage: &Storage) -> Vec<String> {
    (0..storage.length().unwrap_or(0))
        .filter_map(|index| storage.key(index).ok().flatten())
        .filter(|key| key.starts_with(PREFIX) && key != SHARED)
        .collect()
}

/// Drops the database with all files. What a page shows of them it goes on holding until it is left.
fn forget_files() {
    let factory = web_sys::window().and_then(|window| window.indexed_db().ok().flatten());
    // A browser without one has kept nothing there.
    let _ = factory.map(|factory| factory.delete_database(DATABASE));
}

/// Forgets everything this site keeps in this browser.
pub fn forget_everything() {
    forget_files();
    REFUSED.with_borrow_mut(Vec::clear);
    for storage in [lasting(), of_this_tab()].into_iter().flatten() {
        for key in keys(&storage) {
            let _ = storage.remove_item(&key);
        }
    }
    forget_pages();
}

/// Asks `boot.js` to forget the pages that are kept for days without a network: they are the same for everybody, but tell
/// which places were looked at.
fn forget_pages() {
    if let (Some(window), Ok(event)) = (web_sys::window(), Event::new("anju-forget")) {
        // Nobody stops this event, so that there is nothing to learn from the answer.
        let _ = window.dispatch_event(&event);
    }
}
