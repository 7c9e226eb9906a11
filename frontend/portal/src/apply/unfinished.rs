//! Whether something begun in this browser waits to be finished.

use yew::prelude::*;

use crate::apply::draft::saved;

/// Whether an application to a place was begun here and not sent; known after the first render.
#[hook]
pub(crate) fn use_unfinished(place: &str) -> bool {
    let unfinished = use_state(|| false);
    let setter = unfinished.setter();
    use_effect_with(place.to_owned(), move |place| setter.set(saved::is_unfinished(place)));
    *unfinished
}
