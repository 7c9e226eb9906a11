//! For tests: the rulebook with a place that exists in tests alone, and what a component says on it without a browser.
#![allow(clippy::unwrap_used)]

use chrono::NaiveDate;
use policies::trial;
use ui::place::Doc;
use worked::{SIXTH, with_sixth};
use yew::{BaseComponent, LocalServerRenderer};

/// What a component says before any effect has run, on the rulebook with the invented place.
pub(crate) fn rendered<C: BaseComponent>(props: C::Properties) -> String {
    put_on_trial();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let text = LocalServerRenderer::<C>::with_props(props).hydratable(false).render();
    tokio::task::LocalSet::new().block_on(&runtime, text)
}

/// The invented place's document.
pub(crate) fn sixth() -> Doc {
    put_on_trial();
    Doc::of_place(SIXTH, NaiveDate::MAX).unwrap()
}

fn put_on_trial() {
    trial::on_this_thread(&with_sixth().book);
}
