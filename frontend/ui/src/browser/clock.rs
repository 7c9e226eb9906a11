//! The device's clock. For effects and handlers.

use chrono::NaiveDate;

use crate::words::day;

/// Now, Unix milliseconds. For effects and handlers.
pub fn now_millis() -> u64 {
    // Positive and far below 2^53 for any date a device holds.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let now = js_sys::Date::now() as u64;
    now
}

/// Now, Unix seconds. For effects and handlers.
pub fn now_secs() -> u64 {
    now_millis() / 1_000
}

/// Today in Beijing (UTC+8, no summer time), whatever zone the device is set to. Browser only.
pub fn today_in_beijing() -> NaiveDate {
    day(now_secs())
}
