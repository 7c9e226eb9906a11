//! The address of this site, and what stands behind its `#`. For effects and handlers.

use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::Event;

/// The address of a page of this site: `https://…/status`.
pub fn address_of(path: &str) -> String {
    let origin = web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default();
    [&origin, path].concat()
}

/// Leaves at once for the site's first page, which takes the place of this one in the history: what was shown is gone from the
/// screen before that, and nobody is asked whether to stay.
pub fn leave() {
    let Some(window) = web_sys::window() else { return };
    let unasked = Closure::<dyn Fn(Event)>::new(|event: Event| event.stop_immediate_propagation());
    // Before those that would ask; where it is refused, the browser asks.
    let _ = window.add_event_listener_with_callback_and_bool(
        "beforeunload",
        unasked.as_ref().unchecked_ref(),
        true,
    );
    unasked.forget();
    if let Some(body) = window.document().and_then(|document| document.body()) {
        body.set_hidden(true);
    }
    // A refused move (the page is being left already) leaves nothing to do.
    let _ = window.location().replace("/");
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
