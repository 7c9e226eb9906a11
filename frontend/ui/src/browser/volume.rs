//! The documents that are loaded beside this program.

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

/// Takes what `boot.js` loaded for this page into the rulebook. Where nothing came, or something else, the page says so.
/// For the start of a program.
pub fn take_volume() {
    let loaded = Reflect::get(&js_sys::global(), &JsValue::from_str("anjuVolume"));
    if let Some(bytes) = loaded.ok().and_then(|loaded| loaded.dyn_into::<Uint8Array>().ok()) {
        policies::add_volume(&bytes.to_vec());
    }
}

/// Where the document of an id lies, as the page tells that is of no place.
#[cfg(feature = "whole")]
pub fn volume_address(id: &str) -> Option<String> {
    told(&format!("meta[name=volume][data-of=\"{id}\"]"))
}

/// What the page's head tells the program.
pub fn told(selector: &str) -> Option<String> {
    let document = web_sys::window()?.document()?;
    document.query_selector(selector).ok()??.get_attribute("content")
}
