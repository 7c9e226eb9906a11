//! The address of this site, and what stands behind its `#`. For effects and handlers.

use wasm_bindgen::JsValue;

/// The address of a page of this site: `https://…/status`.
pub fn address_of(path: &str) -> String {
    let origin = web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default();
    [&origin, path].concat()
}

/// Leaves for an empty page that takes the place of this one in the history.
pub fn leave() {
    if let Some(window) = web_sys::window() {
        // A refused move (the page is being left already) leaves nothing to do.
        let _ = window.location().replace("about:blank");
    }
}

/// What stands behind the `#` of the address, if anything, taken out of the address and of the browser's history.
pub fn take_fragment() -> Option<String> {
    let window = web_sys::window()?;
    let hash = window.location().hash().ok()?;
    let fragment = hash.strip_prefix('#').filter(|fragment| !fragment.is_empty())?;
    let path = window.location().pathname().ok()?;
    window.history().ok()?.replace_state_with_url(&JsValue::NULL, "", Some(&path)).ok()?;
    Some(fragment.to_owned())
}
