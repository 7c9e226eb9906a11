//! Large text (大字版), high contrast (高对比) and dark (深色), remembered in this browser.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use crate::browser::stored;

/// Storage keys; `frontend/display.js` reads the same ones before the first paint.
const KEY: &str = "display";
/// Light or dark is kept apart: whoever never chose follows the system.
const DARK: &str = "dark";

/// Attributes of `<html>` by which the styles know, and their values.
const LARGE: (&str, &str) = ("data-text", "large");
const HIGH: (&str, &str) = ("data-contrast", "high");
const SCHEME: (&str, &str) = ("data-scheme", "dark");

/// How the pages are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Display {
    /// Large text and larger targets.
    pub large: bool,
    /// Black on white, or white on black where it is dark, with heavy borders.
    pub high: bool,
    /// Light on dark.
    pub dark: bool,
}

/// A switch was used, or what the page shows was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisplayAction {
    /// As the page is shown.
    Restore(Display),
    /// Large text on or off.
    ToggleLarge,
    /// High contrast on or off.
    ToggleHigh,
    /// Dark on or off.
    ToggleDark,
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

    /// The display after an action.
    pub fn after(self, action: DisplayAction) -> Self {
        match action {
            DisplayAction::Restore(shown) => shown,
            DisplayAction::ToggleLarge => Self { large: !self.large, ..self },
            DisplayAction::ToggleHigh => Self { high: !self.high, ..self },
            DisplayAction::ToggleDark => Self { dark: !self.dark, ..self },
        }
    }
}

const fn truth(on: bool) -> &'static str {
    if on { "true" } else { "false" }
}

/// Reads and changes the display.
pub type DisplayHandle = UseReducerHandle<Display>;

/// The display as `frontend/display.js` set it before the first paint.
#[hook]
pub fn use_display() -> DisplayHandle {
    let display = use_reducer(Display::default);
    {
        let dispatcher = display.dispatcher();
        use_effect_with((), move |()| {
            if let Some(root) = root() {
                let is = |(name, _): (&str, &str)| root.has_attribute(name);
                let shown = Display { large: is(LARGE), high: is(HIGH), dark: is(SCHEME) };
                dispatcher.dispatch(DisplayAction::Restore(shown));
            }
        });
    }
    display
}

/// Applies a choice to the page and remembers it. For handlers.
pub fn apply_display(display: Display, action: DisplayAction) {
    stored::save_text(KEY, display.to_text());
    if action == DisplayAction::ToggleDark {
        stored::save_text(DARK, truth(display.dark).to_owned());
    }
    if let Some(root) = root() {
        for ((name, value), on) in [(LARGE, display.large), (HIGH, display.high), (SCHEME, display.dark)] {
            // Setting a fixed attribute name cannot fail.
            let _ = if on { root.set_attribute(name, value) } else { root.remove_attribute(name) };
        }
    }
}

fn root() -> Option<Element> {
    web_sys::window()?.document()?.document_element()
}

#[cfg(test)]
mod tests {
    use super::{Display, DisplayAction};

    #[test]
    fn a_display_is_kept_as_the_pages_script_reads_it() {
        let display = Display { large: true, high: false, dark: true };
        assert_eq!(display.to_text(), r#"{"large":true,"high":false}"#);
        assert_eq!(display.after(DisplayAction::ToggleDark), Display { dark: false, ..display });
    }
}
