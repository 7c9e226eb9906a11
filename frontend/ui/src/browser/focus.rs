//! Moving focus. For effects and handlers.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::NodeRef;

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

/// Brings the element with this id into view, unfolded with everything around it. For handlers and effects.
pub fn show_by_id(id: &str) {
    let element = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element {
        let mut around = Some(element.clone());
        while let Some(fold) = around.and_then(|inner| inner.closest("details").ok().flatten()) {
            let _ = fold.set_attribute("open", "");
            around = fold.parent_element();
        }
        element.scroll_into_view();
        if let Ok(element) = element.dyn_into::<HtmlElement>() {
            element.set_tab_index(-1);
            let _ = element.focus();
        }
    }
}

/// Brings into view what the address names after its `#`, if it names something on this page.
pub fn show_named() {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    if let Some(id) = hash.strip_prefix('#').filter(|id| !id.is_empty()) {
        show_by_id(id);
    }
}

/// Focuses an element, if it is there and can take it. For handlers and effects.
pub fn focus(node: &NodeRef) {
    if let Some(element) = node.get().and_then(|node| node.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take focus leaves it where it is: nothing to repair.
        let _ = element.focus();
    }
}
