//! The window title.

use yew::prelude::*;

use crate::words::SITE;

/// Stands before the title of a page on which something is wrong.
const AT_FAULT: &str = "有错误：";

/// Sets the window title to `<page> · 安居`.
#[hook]
pub fn use_title(page: &str) {
    use_effect_with(page.to_owned(), |page| {
        if let Some(document) = web_sys::window().and_then(|window| window.document()) {
            document.set_title(&format!("{page} · {SITE}"));
        }
    });
}

/// Lets the window title say that something on the page is wrong, or no longer. For effects and handlers.
pub fn title_says_fault(any: bool) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        let title = document.title();
        let page = title.strip_prefix(AT_FAULT).unwrap_or(&title);
        document.set_title(&[if any { AT_FAULT } else { "" }, page].concat());
    }
}
