//! The date on which things are assessed, told once from outside so that rendering reads no clock.

use chrono::{DateTime, NaiveDate, TimeDelta};
use yew::prelude::*;

/// Today in Beijing, as a context.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Today(pub NaiveDate);

/// Today in Beijing (UTC+8, no summer time), whatever zone the device is set to. Browser only.
pub fn today_in_beijing() -> NaiveDate {
    // Milliseconds since 1970 fit an i64 for any date a browser can hold.
    #[allow(clippy::cast_possible_truncation)]
    let now = js_sys::Date::now() as i64;
    DateTime::from_timestamp_millis(now)
        .and_then(|utc| utc.checked_add_signed(TimeDelta::hours(8)))
        .map_or_else(NaiveDate::default, |there| there.date_naive())
}

/// Today, as the app was told. 1970-01-01 outside a provider.
#[hook]
pub fn use_today() -> NaiveDate {
    use_context::<Today>().map_or_else(NaiveDate::default, |today| today.0)
}
