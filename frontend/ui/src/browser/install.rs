//! Putting the site on the device's screen, where the browser offers that.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// The offer that `boot.js` keeps when it comes, and how it is taken.
fn offer() -> Option<(JsValue, Function)> {
    let event = Reflect::get(&js_sys::global(), &JsValue::from_str("anjuInstall")).ok()?;
    let prompt = Reflect::get(&event, &JsValue::from_str("prompt")).ok()?.dyn_into().ok()?;
    Some((event, prompt))
}

/// Whether the browser offers it. For effects and handlers.
pub fn can_install() -> bool {
    offer().is_some()
}

/// Lets the browser ask the person. For handlers.
pub fn install() {
    if let Some((event, prompt)) = offer() {
        // An offer is good once; the browser says by itself what came of it.
        let _ = prompt.call0(&event);
    }
}
