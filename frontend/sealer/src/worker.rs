//! The browser's side of the worker: takes messages, answers them one by one.

use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use sealer::ops::{Answer, Call, Failure, READY, Reply};

use super::work::Desk;

/// Listens for calls for as long as the worker lives, and says that it is ready.
pub(super) fn start() {
    let Ok(scope) = web_sys::js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    let mut desk = Desk::default();
    let listener = {
        let scope = scope.clone();
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let text = event.data().as_string().unwrap_or_default();
            if let Ok(Call { id, request }) = serde_json::from_str(&text) {
                post(&scope, &Answer { id, outcome: desk.answer(request) });
            } else if let Some(id) = number(&text) {
                post(&scope, &Answer { id, outcome: Err(Failure::Unreadable) });
            }
        })
    };
    scope.set_onmessage(Some(listener.as_ref().unchecked_ref()));
    listener.forget();
    post(&scope, &Answer { id: READY, outcome: Ok(Reply::Ready) });
}

/// The number of a call whose request this version does not know, so that it gets an answer too.
fn number(text: &str) -> Option<u64> {
    serde_json::from_str::<serde_json::Value>(text).ok()?.get("id")?.as_u64()
}

fn post(scope: &DedicatedWorkerGlobalScope, answer: &Answer) {
    // An answer that has no text is one, too: whoever asked would wait for ever.
    let told =
        answer.to_text().or_else(|_| Answer { id: answer.id, outcome: Err(Failure::Unreadable) }.to_text());
    if let Ok(text) = told {
        // A string can always be cloned to the page.
        let _ = scope.post_message(&text.into());
    }
}
