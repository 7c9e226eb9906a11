//! Large text (大字版) and high contrast (高对比), remembered in this browser.

use std::rc::Rc;

use yew::prelude::*;

use crate::browser::stored;

/// Storage key; `boot.js` reads the same one before the first paint.
const KEY: &str = "display";

/// How the pages are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Display {
    /// Large text and larger targets.
    pub large: bool,
    /// Black on white with heavy borders.
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
    /// As kept: JSON, for the page's own script to read.
    fn to_text(self) -> String {
        ["{\"large\":", truth(self.large), ",\"high\":", truth(self.high), "}"].concat()
    }

    /// Reads what [`Display::to_text`] wrote.
    fn of_text(text: &str) -> Self {
        Self { large: text.contains("\"large\":true"), high: text.contains("\"high\":true") }
    }

    /// The display after an action.
    pub fn after(self, action: DisplayAction) -> Self {
        match action {
            DisplayAction::Restore(stored) => stored,
            DisplayAction::ToggleLarge => Self { large: !self.large, ..self },
            DisplayAction::ToggleHigh => Self { high: !self.high, ..self },
        }
    }
}

const fn truth(on: bool) -> &'static str {
    if on { "true" } else { "false" }
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
            if let Some(text) = stored::load_text(KEY) {
                dispatcher.dispatch(DisplayAction::Restore(Display::of_text(&text)));
            }
        });
    }
    display
}

/// Applies a choice to the page and remembers it. For handlers.
pub fn apply_display(display: Display) {
    stored::save_text(KEY, display.to_text());
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

#[cfg(test)]
mod tests {
    use super::Display;

    #[test]
    fn a_display_is_kept_as_the_pages_script_reads_it() {
        let display = Display { large: true, high: false };
        assert_eq!(display.to_text(), r#"{"large":true,"high":false}"#);
        assert_eq!(Display::of_text(&display.to_text()), display);
        assert_eq!(Display::of_text(""), Display::default());
    }
}
