//! Watches for a desk that nobody touches, and for midnight.

use chrono::NaiveDate;
use gloo_timers::callback::Interval;
use wasm_bindgen::{JsCast, prelude::Closure};
use yew::prelude::*;

use super::idle::{Quiet, judge};
use ui::browser::{now_secs, today_in_beijing};

const LOOKS_EVERY_MS: u32 = 1000;
const TOUCHES: [&str; 3] = ["pointerdown", "keydown", "wheel"];

/// Keeps `today` up to date and, while a key is held, calls `on_idle` after a quiet spell. Gives the
/// seconds left when it is time to warn.
#[hook]
pub(crate) fn use_watch(held: bool, today: UseStateSetter<NaiveDate>, on_idle: Callback<()>) -> Option<u32> {
    let left = use_state(|| None);
    let touched = use_mut_ref(|| 0_u64);
    // The interval below outlives a render: it must lock what is there when it fires.
    let latest = use_mut_ref(Callback::noop);
    *latest.borrow_mut() = on_idle;

    let warned = left.setter();
    use_effect_with(held, move |held| {
        let held = *held;
        *touched.borrow_mut() = now_secs();
        warned.set(None);
        let last_day = std::cell::Cell::new(None);
        let touch = {
            let touched = touched.clone();
            Closure::<dyn Fn()>::new(move || *touched.borrow_mut() = now_secs())
        };
        let document = web_sys::window().and_then(|window| window.document());
        for name in TOUCHES {
            if let Some(document) = &document {
                let _ = document.add_event_listener_with_callback(name, touch.as_ref().unchecked_ref());
            }
        }
        let look = move || {
            let day = today_in_beijing();
            if last_day.replace(Some(day)) != Some(day) {
                today.set(day);
            }
            if !held {
                return;
            }
            let quiet = now_secs().saturating_sub(*touched.borrow());
            match judge(u32::try_from(quiet).unwrap_or(u32::MAX)) {
                Quiet::Fine => warned.set(None),
                Quiet::Warn(seconds) => warned.set(Some(seconds)),
                Quiet::Lock => {
                    let lock = latest.borrow().clone();
                    lock.emit(());
                }
            }
        };
        look();
        let interval = Interval::new(LOOKS_EVERY_MS, look);
        move || {
            drop(interval);
            for name in TOUCHES {
                if let Some(document) = &document {
                    let _ =
                        document.remove_event_listener_with_callback(name, touch.as_ref().unchecked_ref());
                }
            }
        }
    });
    *left
}
