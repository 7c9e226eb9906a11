//! Large text and high contrast, as two switches.

use yew::prelude::*;

use crate::hooks::{DisplayAction, apply_display, use_display};

/// Large text and high contrast, as two switches.
#[component]
pub fn DisplaySwitches() -> Html {
    let display = use_display();
    let toggle = |action: DisplayAction| {
        let display = display.clone();
        Callback::from(move |_: MouseEvent| {
            apply_display(display.after(action));
            display.dispatch(action);
        })
    };
    html! {
        <div class="switches" role="group" aria-label="显示方式">
            <button
                type="button"
                class="switch"
                aria-pressed={display.large.to_string()}
                data-test="large-text"
                onclick={toggle(DisplayAction::ToggleLarge)}
            >
                { "大字版" }
            </button>
            <button
                type="button"
                class="switch"
                aria-pressed={display.high.to_string()}
                data-test="high-contrast"
                onclick={toggle(DisplayAction::ToggleHigh)}
            >
                { "高对比" }
            </button>
        </div>
    }
}

/// For the gallery.
#[cfg(feature = "states")]
pub(super) fn states() -> Vec<super::State> {
    vec![super::State::new("switches", html! { <DisplaySwitches /> })]
}
