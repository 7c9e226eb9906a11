//! The worker that reads and writes spreadsheets: started for one file, gone after it, so that nobody else downloads it.

use std::{cell::RefCell, rc::Rc};

use crate::browser::told;
use futures_channel::oneshot;
use js_sys::{Array, Uint8Array};
use sheets::ops::{READY, Reply, Request};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

/// One request to a worker of its own; `None`: it did not load, or broke off.
pub async fn ask(request: &Request, file: &[u8]) -> Option<(Reply, Option<Vec<u8>>)> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let module = told("meta[name=sheets]")?;
    let worker = Worker::new_with_options(&module, &options).ok()?;
    let (sender, answer) = oneshot::channel::<Option<JsValue>>();
    let sender = Rc::new(RefCell::new(Some(sender)));
    let text = serde_json::to_string(request).ok()?;
    let asked = Array::of2(&text.into(), &Uint8Array::from(file));
    let on_message = {
        let (worker, sender) = (worker.clone(), Rc::clone(&sender));
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if event.data().as_string().as_deref() == Some(READY) {
                // A text and bytes can always be cloned to the worker.
                let _ = worker.post_message(&asked);
            } else if let Some(sender) = sender.borrow_mut().take() {
                // Whoever asked may have left the page.
                let _ = sender.send(Some(event.data()));
            }
        })
    };
    let on_error = Closure::<dyn FnMut(web_sys::Event)>::new(move |_: web_sys::Event| {
        if let Some(sender) = sender.borrow_mut().take() {
            let _ = sender.send(None);
        }
    });
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    let answer = answer.await;
    worker.set_onmessage(None);
    worker.set_onerror(None);
    worker.terminate();
    let parts = Array::from(&answer.ok()??);
    let reply = serde_json::from_str(&parts.get(0).as_string()?).ok()?;
    let bytes = parts.get(1).dyn_into::<Uint8Array>().ok().map(|bytes| bytes.to_vec());
    Some((reply, bytes))
}
