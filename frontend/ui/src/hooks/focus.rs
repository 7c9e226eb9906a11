//! Focus on navigation: a screen reader starts at the new page's heading.

use std::sync::atomic::{AtomicBool, Ordering};

use yew::prelude::*;

use crate::browser::focus;

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
