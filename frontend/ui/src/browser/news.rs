//! The badge of an installed page. For effects and handlers.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Shows on the page's icon how many things are new, or nothing; browsers without badges do nothing.
pub fn show_news(count: u32) {
    let Some(navigator) = web_sys::window().map(|window| window.navigator()) else { return };
    let name = if count == 0 { "clearAppBadge" } else { "setAppBadge" };
    let found = Reflect::get(&navigator, &JsValue::from_str(name))
        .ok()
        .and_then(|found| found.dyn_into::<Function>().ok());
    if let Some(show) = found {
        // A promise that is refused where the page is not installed: nothing is lost by that.
        let shown =
            if count == 0 { show.call0(&navigator) } else { show.call1(&navigator, &JsValue::from(count)) };
        if let Ok(Ok(promise)) = shown.map(wasm_bindgen::JsCast::dyn_into::<js_sys::Promise>) {
            wasm_bindgen_futures::spawn_local(async move {
                let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
            });
        }
    }
}
