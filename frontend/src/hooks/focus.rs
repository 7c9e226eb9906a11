//! Focus on navigation: a screen reader starts at the new page's heading.

use std::sync::atomic::{AtomicBool, Ordering};

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// False until the first page has been shown: on a fresh load the browser's own focus is right.
static NAVIGATED: AtomicBool = AtomicBool::new(false);

/// Moves focus to the heading (which needs `tabindex="-1"`) and scrolls to the top whenever `key`
/// changes, except on the first load.
#[hook]
pub fn use_focus_heading(key: &str) -> NodeRef {
    let heading = use_node_ref();
    use_effect_with((key.to_owned(), heading.clone()), |(_, heading)| {
        if NAVIGATED.swap(true, Ordering::Relaxed) {
            if let Some(window) = web_sys::window() {
                window.scroll_to_with_x_and_y(0.0, 0.0);
            }
            focus(heading);
        }
    });
    heading
}

/// Focuses the element with this id, if there is one. For handlers and effects.
pub fn focus_by_id(id: &str) {
    let element = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id(id))
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = element {
        let _ = element.focus();
    }
}

/// Brings the element with this id into view. For handlers and effects.
pub fn show_by_id(id: &str) {
    let element = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element {
        element.scroll_into_view();
        if let Ok(element) = element.dyn_into::<HtmlElement>() {
            element.set_tab_index(-1);
            let _ = element.focus();
        }
    }
}

/// Focuses an element, if it is there and can take it. For handlers and effects.
pub fn focus(node: &NodeRef) {
    if let Some(element) = node.get().and_then(|node| node.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take focus leaves it where it is: nothing to repair.
        let _ = element.focus();
    }
}
