//! The document that was loaded beside this program.

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
