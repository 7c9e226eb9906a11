//! The date on which things are assessed, told once from outside so that rendering reads no clock.

use chrono::NaiveDate;
use yew::prelude::*;

/// Today in Beijing, as a context.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Today(pub NaiveDate);

/// Today, as the app was told. 1970-01-01 outside a provider.
#[hook]
pub fn use_today() -> NaiveDate {
    use_context::<Today>().map_or_else(NaiveDate::default, |today| today.0)
}
