//! The browser's back button leads from a case to the inbox, not away from the desk (and its key).
//!
//! The address stays `/desk/`: nothing of a case is ever in it.

use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use yew::prelude::*;

fn history() -> Option<web_sys::History> {
    web_sys::window()?.history().ok()
}

/// Notes that a case was opened.
pub(crate) fn enter() {
    if let Some(history) = history() {
        // Without an entry, the back button leaves the desk: no worse than any page.
        let _ = history.push_state(&JsValue::from_str("case"), "");
    }
}

/// Takes the note back when the case is left by another way.
pub(crate) fn leave() {
    if let Some(history) = history() {
        let on_case = history.state().is_ok_and(|state| state.as_string().as_deref() == Some("case"));
        if on_case {
            let _ = history.back();
        }
    }
}

/// Calls `on_back` when the browser goes back.
#[hook]
pub(crate) fn use_back(on_back: Callback<()>) {
    use_effect_with((), move |()| {
        let listener = Closure::<dyn Fn()>::new(move || on_back.emit(()));
        let window = web_sys::window();
        if let Some(window) = &window {
            let _ = window.add_event_listener_with_callback("popstate", listener.as_ref().unchecked_ref());
        }
        move || {
            if let Some(window) = window {
                let _ =
                    window.remove_event_listener_with_callback("popstate", listener.as_ref().unchecked_ref());
            }
        }
    });
}
