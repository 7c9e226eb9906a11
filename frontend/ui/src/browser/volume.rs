//! A document that lies apart, from this site.

use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// Loads a volume by its name under `/assets`. `None`: it did not come. For effects and handlers.
pub async fn load_volume(name: &str) -> Option<Vec<u8>> {
    let address = ["/assets/", name].concat();
    let response = JsFuture::from(web_sys::window()?.fetch_with_str(&address)).await.ok()?;
    let response: Response = response.dyn_into().ok().filter(Response::ok)?;
    let buffer = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}
