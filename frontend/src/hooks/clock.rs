//! The device's clock, for counting down; what is decided by time is decided by the server.

use gloo_timers::callback::Interval;
use yew::prelude::*;

/// How often a countdown is refreshed, in milliseconds.
const TICK_MS: u32 = 10_000;

/// Now, Unix seconds. For effects and handlers.
pub fn now_secs() -> u64 {
    // Positive and far below 2^53 for any date a device holds.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::float_arithmetic)]
    let now = (js_sys::Date::now() / 1000.0) as u64;
    now
}

/// Now, Unix seconds, refreshed every ten seconds; `None` until the page has been shown.
#[hook]
pub fn use_now() -> Option<u64> {
    let now = use_state(|| None);
    {
        let now = now.setter();
        use_effect_with((), move |()| {
            now.set(Some(now_secs()));
            let timer = Interval::new(TICK_MS, move || now.set(Some(now_secs())));
            move || drop(timer)
        });
    }
    *now
}
