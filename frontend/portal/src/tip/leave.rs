//! Leaving at once: by a button that stays in sight, and by a key.

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;
use yew::prelude::*;

use super::draft;
use ui::{
    browser::leave,
    components::{Button, Look},
    hooks::use_window_event,
};

/// Within how many milliseconds the key is to be pressed again.
const AGAIN_MS: u32 = 1_500;

/// Props of [`Leave`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct LeaveProps {
    /// The place whose tip-off is being written; none where it is on its way already.
    #[prop_or_default]
    pub(crate) place: Option<AttrValue>,
}

/// The bar with the button. The key is Esc, twice: once alone closes what an input method offers.
#[component]
pub(crate) fn Leave(props: &LeaveProps) -> Html {
    let pressed = use_state(|| None::<Timeout>);
    let go = {
        let place = props.place.clone();
        Callback::from(move |()| {
            if let Some(place) = &place {
                draft::forget(place);
            }
            leave();
        })
    };
    let on_key = {
        let (pressed, go) = (pressed.clone(), go.clone());
        Callback::from(move |event: Event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
            // What is being composed with an input method ends with the same key.
            if event.key() != "Escape" || event.repeat() || event.is_composing() {
                return;
            }
            if pressed.is_some() {
                go.emit(());
                return;
            }
            let over = pressed.setter();
            pressed.set(Some(Timeout::new(AGAIN_MS, move || over.set(None))));
        })
    };
    use_window_event("keydown", true, on_key);
    html! {
        <div class="leave no-print">
            <Button look={Look::Secondary} onclick={go.reform(|_: MouseEvent| ())} test="tip-quit">{ "离开" }</Button>
            <p class="leave__says" role="status">
                if pressed.is_some() { { "再按一次 Esc 就离开。" } } else { { "清掉写的，换成本站首页；也可以连按两次 Esc。" } }
            </p>
        </div>
    }
}
