//! Which question an address stands for, so that the browser's own back button works.

use serde::{Deserialize, Serialize};
use yew_router::prelude::*;

use crate::{route::Route, state::place::Doc};

/// The query of a self-check address: an index, nothing personal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Position {
    /// Index of the question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) n: Option<usize>,
    /// Whether one reply is being changed from the result page.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) change: bool,
}

impl Position {
    /// The position an address gives; none where it gives none or nonsense.
    pub(super) fn of(location: Option<&Location>) -> Self {
        location.and_then(|location| location.query::<Position>().ok()).unwrap_or_default()
    }
}

/// Goes to a question of a place.
pub(super) fn go_to_question(navigator: Option<&Navigator>, doc: Doc, position: Position) {
    let route = Route::Check { place: doc.place.id.clone() };
    if let Some(navigator) = navigator
        && navigator.push_with_query(&route, position).is_err()
    {
        navigator.push(&route);
    }
}
