//! Files: saving a text as one, reading one that was chosen, printing, copying.

use wasm_bindgen::JsCast;
#[cfg(feature = "whole")]
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
#[cfg(feature = "whole")]
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};
use web_sys::{Event, HtmlInputElement};

/// What became of a file that was to be saved.
#[cfg(feature = "whole")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// The browser has it.
    Offered,
    /// The browser refused.
    Refused,
    /// WeChat's own browser saves nothing, and would not say so.
    InWechat,
}

#[cfg(feature = "whole")]
impl Saved {
    /// Whether the browser has it.
    pub fn is_offered(self) -> bool {
        self == Self::Offered
    }
}

#[cfg(feature = "whole")]
fn blob(bytes: &js_sys::Uint8Array, mime: &str) -> Option<Blob> {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    Blob::new_with_u8_array_sequence_and_options(&js_sys::Array::of1(bytes), &options).ok()
}

/// Offers bytes as a file. For handlers.
#[cfg(feature = "whole")]
pub fn save_bytes(name: &str, bytes: impl Into<js_sys::Uint8Array>, mime: &str) -> Saved {
    save(name, || blob(&bytes.into(), mime))
}

/// The files chosen in the input that an event comes from. The input is emptied, so that the same can be chosen again.
#[cfg(feature = "whole")]
pub fn chosen_files(event: &Event) -> Vec<web_sys::File> {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some((input, files)) = input.and_then(|input| input.files().map(|files| (input, files))) else {
        return Vec::new();
    };
    let chosen = (0..files.length()).filter_map(|place| files.get(place)).collect();
    input.set_value("");
    chosen
}

/// Offers a text as a file. For handlers.
#[cfg(feature = "whole")]
pub fn save_file(name: &str, text: &str) -> Saved {
    save_file_as(name, "text/plain;charset=utf-8", text)
}

/// The same of another media type.
#[cfg(feature = "whole")]
pub fn save_file_as(name: &str, media: &str, text: &str) -> Saved {
    save(name, || text_blob(media, text))
}

#[cfg(feature = "whole")]
fn save(name: &str, blob: impl FnOnce() -> Option<Blob>) -> Saved {
    if super::in_wechat() {
        return Saved::InWechat;
    }
    blob().and_then(|blob| offer(name, &blob)).map_or(Saved::Refused, |()| Saved::Offered)
}

#[cfg(feature = "whole")]
fn text_blob(media: &str, text: &str) -> Option<Blob> {
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let options = BlobPropertyBag::new();
    options.set_type(media);
    Blob::new_with_str_sequence_and_options(&parts, &options).ok()
}

#[cfg(feature = "whole")]
fn offer(name: &str, blob: &Blob) -> Option<()> {
    let address = Url::create_object_url_with_blob(blob).ok()?;
    let document = web_sys::window()?.document()?;
    let anchor = document.create_element("a").ok()?.dyn_into::<HtmlAnchorElement>().ok()?;
    anchor.set_href(&address);
    anchor.set_download(name);
    anchor.click();
    // The click has handed the blob over; the address is no longer needed once it is being saved.
    gloo_timers::callback::Timeout::new(10_000, move || {
        let _ = Url::revoke_object_url(&address);
    })
    .forget();
    Some(())
}

/// The first file chosen in the input that an event comes from, as text; `None` if none was chosen or
/// it cannot be read. The input is emptied, so that the same file can be chosen again.
pub fn chosen_file(event: &Event) -> Option<impl Future<Output = Option<String>> + use<>> {
    let input = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
    let file = input.files()?.get(0)?;
    let text = file.text();
    input.set_value("");
    Some(async move { JsFuture::from(text).await.ok()?.as_string() })
}

/// The first file chosen in the input that an event comes from, as bytes; `None` if none was chosen. What comes later is
/// `None` where it is larger than `most` bytes or cannot be read. The input is emptied, so that the same file can be chosen again.
#[cfg(feature = "whole")]
pub fn chosen_bytes(event: &Event, most: usize) -> Option<impl Future<Output = Option<Vec<u8>>> + use<>> {
    let input = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
    let file = input.files()?.get(0)?;
    let fits = file.size() <= f64::from(u32::try_from(most).unwrap_or(u32::MAX));
    let bytes = fits.then(|| file.array_buffer());
    input.set_value("");
    Some(async move {
        let buffer = JsFuture::from(bytes?).await.ok()?;
        Some(js_sys::Uint8Array::new(&buffer).to_vec())
    })
}

/// Opens the browser's print dialogue. For handlers.
pub fn print_page() {
    if let Some(window) = web_sys::window() {
        // Where printing is not possible (some web views) nothing happens; the page offers other ways.
        let _ = window.print();
    }
}

/// The same for one element of the page alone: the style sheet hides the rest while the page is marked so.
#[cfg(feature = "whole")]
pub fn print_alone(id: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    let Some(document) = document else { return };
    let marked = [document.document_element(), document.get_element_by_id(id)];
    for element in marked.iter().flatten() {
        // A mark that cannot be set leaves the whole page to be printed.
        let _ = element.set_attribute("data-print", "alone");
    }
    print_page();
    for element in marked.iter().flatten() {
        let _ = element.remove_attribute("data-print");
    }
}

/// Loads the page anew.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        // A refused reload (the page is being left already) leaves nothing to do.
        let _ = window.location().reload();
    }
}

/// Copies a text. False: the browser refused.
pub async fn copy_text(text: String) -> bool {
    let Some(window) = web_sys::window() else { return false };
    if !window.is_secure_context() {
        return false;
    }
    JsFuture::from(window.navigator().clipboard().write_text(&text)).await.is_ok()
}
