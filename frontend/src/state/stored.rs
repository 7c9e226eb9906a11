//! What this site keeps in the browser. Every key begins with [`PREFIX`], so that one button on a
//! shared computer forgets all of it.
//!
//! Call from effects and handlers only, never while rendering. A browser that refuses storage
//! (private window, full disk) loses nothing but the memory: reading gives `None`, and writing says
//! whether it worked, so that the page can tell.

use serde::{Serialize, de::DeserializeOwned};
use web_sys::Storage;

/// Every key of this site begins so.
pub const PREFIX: &str = "anju.";

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// Reads the value under `PREFIX + key`; `None` where it is absent or no longer readable.
pub fn load<T: DeserializeOwned>(key: &str) -> Option<T> {
    let text = storage()?.get_item(&format!("{PREFIX}{key}")).ok()??;
    serde_json::from_str(&text).ok()
}

/// Writes the value under `PREFIX + key`. False: the browser refused.
pub fn save<T: Serialize>(key: &str, value: &T) -> bool {
    let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(value)) else {
        return false;
    };
    storage.set_item(&format!("{PREFIX}{key}"), &text).is_ok()
}

/// Removes what lies under `PREFIX + key`.
pub fn forget(key: &str) {
    if let Some(storage) = storage() {
        // A failed removal leaves nothing to do: the browser refuses storage altogether.
        let _ = storage.remove_item(&format!("{PREFIX}{key}"));
    }
}

/// Forgets everything this site keeps in this browser.
pub fn forget_everything() {
    let Some(storage) = storage() else { return };
    let keys: Vec<String> = (0..storage.length().unwrap_or(0))
        .filter_map(|index| storage.key(index).ok().flatten())
        .filter(|key| key.starts_with(PREFIX))
        .collect();
    for key in keys {
        let _ = storage.remove_item(&key);
    }
}
