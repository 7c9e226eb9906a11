//! The date on which things are assessed, told from outside so that rendering reads no clock.

use chrono::NaiveDate;
use gloo_timers::callback::Interval;
use yew::prelude::*;

use crate::browser::today_in_beijing;

/// How often the clock is looked at, in milliseconds.
const LOOKS_EVERY_MS: u32 = 10_000;

/// Today in Beijing, as a context.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Today(pub NaiveDate);

/// Today, as the app was told. 1970-01-01 outside a provider.
#[hook]
pub fn use_today() -> NaiveDate {
    use_context::<Today>().map_or_else(NaiveDate::default, |today| today.0)
}

/// The day as it goes by, from the one that the app was started on: a page left open over midnight is of the new day.
#[hook]
pub fn use_day(start: NaiveDate) -> NaiveDate {
    let day = use_state_eq(|| start);
    let setter = day.setter();
    use_effect_with((), move |()| {
        let timer = Interval::new(LOOKS_EVERY_MS, move || setter.set(today_in_beijing()));
        move || drop(timer)
    });
    *day
}
