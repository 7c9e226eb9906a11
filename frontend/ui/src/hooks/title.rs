//! The window title.

use yew::prelude::*;

use crate::words::SITE;

/// Sets the window title to `<page> · 安居`.
#[hook]
pub fn use_title(page: &str) {
    use_effect_with(page.to_owned(), |page| {
        if let Some(document) = web_sys::window().and_then(|window| window.document()) {
            document.set_title(&format!("{page} · {SITE}"));
        }
    });
}
