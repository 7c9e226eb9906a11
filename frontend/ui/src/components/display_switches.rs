//! Large text, high contrast and dark, as three switches.

use yew::prelude::*;

use crate::hooks::{DisplayAction, apply_display, use_display};

/// Large text, high contrast and dark, as three switches.
#[component]
pub fn DisplaySwitches() -> Html {
    let display = use_display();
    let switch = |says: &'static str, test: &'static str, on: bool, action: DisplayAction| {
        let display = display.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            apply_display(display.after(action), action);
            display.dispatch(action);
        });
        html! {
            <button type="button" class="switch" aria-pressed={on.to_string()} data-test={test} {onclick}>{ says }</button>
        }
    };
    html! {
        <div class="switches" role="group" aria-label="显示方式">
            { switch("大字版", "large-text", display.large, DisplayAction::ToggleLarge) }
            { switch("高对比", "high-contrast", display.high, DisplayAction::ToggleHigh) }
            { switch("深色", "dark", display.dark, DisplayAction::ToggleDark) }
        </div>
    }
}

/// For the gallery.
#[cfg(feature = "states")]
pub(super) fn states() -> Vec<super::State> {
    vec![super::State::new("switches", html! { <DisplaySwitches /> })]
}
