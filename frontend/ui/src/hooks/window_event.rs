//! Listening to the window: connection back, about to leave.

use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::Event;
use yew::prelude::*;

/// Calls back whenever the window sends an event of this name, while `active`.
#[hook]
pub fn use_window_event(name: &'static str, active: bool, callback: Callback<Event>) {
    use_effect_with((name, active, callback), |(name, active, callback)| {
        let name = *name;
        let listening = active.then(|| {
            let callback = callback.clone();
            let closure = Closure::<dyn FnMut(Event)>::new(move |event| callback.emit(event));
            if let Some(window) = web_sys::window() {
                // Only fails for a null listener.
                let _ = window.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
            }
            closure
        });
        move || {
            if let (Some(closure), Some(window)) = (listening, web_sys::window()) {
                let _ = window.remove_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
            }
        }
    });
}
