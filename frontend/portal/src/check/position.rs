//! Which question an address stands for, so that the browser's own back button works.

use crate::{
    route::Route,
    router::{Location, Navigator},
};
use ui::place::Doc;

/// The query of a self-check address: an index, nothing personal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Position {
    /// Index of the question.
    pub(super) n: Option<usize>,
    /// Whether one reply is being changed from the result page.
    pub(super) change: bool,
}

impl Position {
    /// The position an address gives; none where it gives none or nonsense.
    pub(super) fn of(location: &Location) -> Self {
        Self {
            n: location.value("n").and_then(|n| n.parse().ok()),
            change: location.value("change").is_some(),
        }
    }
}

/// Goes to a question of a place.
pub(super) fn go_to_question(navigator: Option<&Navigator>, doc: Doc, position: Position) {
    let route = Route::Check { place: doc.place.id.clone() };
    let n = position.n.map(|n| n.to_string());
    let mut query: Vec<(&str, &str)> = n.iter().map(|n| ("n", n.as_str())).collect();
    if position.change {
        query.push(("change", "1"));
    }
    if let Some(navigator) = navigator {
        navigator.push_with_query(&route, &query);
    }
}
