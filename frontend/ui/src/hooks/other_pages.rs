//! Other pages of this site in the same browser: what one keeps, another may change.

use web_sys::Event;
use yew::prelude::*;

use super::use_window_event;

/// Calls back whenever another page may have changed what this browser keeps: it says so, or this page comes to the front
/// again after a time in which nothing could be said to it.
#[hook]
pub fn use_other_pages(callback: Callback<()>) {
    let heard = callback.reform(|_: Event| ());
    use_window_event("storage", true, heard.clone());
    use_window_event("focus", true, heard.clone());
    use_window_event("pageshow", true, heard);
}
