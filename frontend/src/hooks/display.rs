//! Large text (大字版) and high contrast (高对比), remembered in this browser.

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use yew::prelude::*;

use crate::state::stored;

/// Storage key; `boot.js` reads the same one before the first paint.
const KEY: &str = "display";

/// How the pages are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Display {
    /// Large text and larger targets.
    #[serde(default)]
    pub large: bool,
    /// Black on white with heavy borders.
    #[serde(default)]
    pub high: bool,
}

/// A switch was used, or the stored choice was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisplayAction {
    /// The remembered choice.
    Restore(Display),
    /// Large text on or off.
    ToggleLarge,
    /// High contrast on or off.
    ToggleHigh,
}

impl Reducible for Display {
    type Action = DisplayAction;

    fn reduce(self: Rc<Self>, action: DisplayAction) -> Rc<Self> {
        Rc::new(self.after(action))
    }
}

impl Display {
    /// The display after an action.
    pub fn after(self, action: DisplayAction) -> Self {
        match action {
            DisplayAction::Restore(stored) => stored,
            DisplayAction::ToggleLarge => Self { large: !self.large, ..self },
            DisplayAction::ToggleHigh => Self { high: !self.high, ..self },
        }
    }
}

/// Reads and changes the display.
pub type DisplayHandle = UseReducerHandle<Display>;

/// The display, restored from this browser; a switch is applied to `<html>` and remembered.
#[hook]
pub fn use_display() -> DisplayHandle {
    let display = use_reducer(Display::default);
    {
        let dispatcher = display.dispatcher();
        use_effect_with((), move |()| {
            if let Some(stored) = stored::load(KEY) {
                dispatcher.dispatch(DisplayAction::Restore(stored));
            }
        });
    }
    display
}

/// Applies a choice to the page and remembers it. For handlers.
pub fn apply_display(display: Display) {
    stored::save(KEY, &display);
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    if let Some(root) = root {
        for (name, on, value) in
            [("data-text", display.large, "large"), ("data-contrast", display.high, "high")]
        {
            // Setting a fixed attribute name cannot fail.
            let _ = if on { root.set_attribute(name, value) } else { root.remove_attribute(name) };
        }
    }
}
