//! The server's clock, for counting down; what is decided by time is decided by the server.

use gloo_timers::callback::Interval;
use yew::prelude::*;

use crate::{
    api::{Api, fetch_config, server_time},
    browser::now_secs,
};

/// How often a countdown is refreshed, in milliseconds.
const TICK_MS: u32 = 10_000;

/// Now by the server's clock, refreshed every ten seconds; `None` until the server said, or could not be asked
/// (then by the device's own). A phone that is a day ahead must not cost anyone a time limit.
#[hook]
pub fn use_server_now() -> Option<u64> {
    let now = use_now();
    let ahead = use_state(|| None::<i64>);
    {
        let ahead = ahead.setter();
        use_effect_with((), move |()| {
            wasm_bindgen_futures::spawn_local(async move {
                let server = match fetch_config().await {
                    Ok(config) => server_time(&Api::of(&config)).await.unwrap_or_else(now_secs),
                    Err(_) => now_secs(),
                };
                ahead.set(Some(signed(server).saturating_sub(signed(now_secs()))));
            });
        });
    }
    Some(now?.saturating_add_signed((*ahead)?))
}

fn signed(secs: u64) -> i64 {
    i64::try_from(secs).unwrap_or(i64::MAX)
}

/// Now, Unix seconds, refreshed every ten seconds; `None` until the page has been shown.
#[hook]
fn use_now() -> Option<u64> {
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
