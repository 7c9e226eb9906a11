//! The browser's side of the worker: takes requests, answers them one by one.

use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::js_sys::{Array, Uint8Array, global};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use sheets::{
    ops::{READY, Refusal, Reply},
    work::answer,
};

/// Listens for as long as the worker lives, and says that it is ready.
pub(super) fn start() {
    let Ok(scope) = global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    let listener = {
        let scope = scope.clone();
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let parts = Array::from(&event.data());
            let text = parts.get(0).as_string().unwrap_or_default();
            let file = parts.get(1).dyn_into::<Uint8Array>().map(|bytes| bytes.to_vec()).unwrap_or_default();
            let (reply, bytes) = match serde_json::from_str(&text) {
                Ok(request) => answer(&request, &file),
                Err(_) => (Reply::Refused(Refusal::Failed), None),
            };
            let told = serde_json::to_string(&reply).unwrap_or_default();
            let bytes = bytes.map_or(JsValue::UNDEFINED, |bytes| Uint8Array::from(bytes.as_slice()).into());
            // What was made of plain texts and bytes can always be cloned to the page.
            let _ = scope.post_message(&Array::of2(&told.into(), &bytes));
        })
    };
    scope.set_onmessage(Some(listener.as_ref().unchecked_ref()));
    listener.forget();
    let _ = scope.post_message(&READY.into());
}
