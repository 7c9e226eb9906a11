//! Where a page belongs: home, place.

use yew::prelude::*;

use crate::{frame::Go, route::Route};
use ui::place::Doc;

/// Props of [`PlaceTrail`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct PlaceTrailProps {
    /// The place's document.
    pub(crate) doc: Doc,
    /// Whether the page is the place's own, so that it need not link to itself.
    #[prop_or_default]
    pub(crate) at_place: bool,
}

/// The way back: 首页 › 永顺县.
#[component]
pub(crate) fn PlaceTrail(props: &PlaceTrailProps) -> Html {
    let place = &props.doc.document().place;
    html! {
        <nav class="trail" aria-label="所在位置">
            <Go to={Route::Home}>{ "首页" }</Go>
            <span aria-hidden="true">{ "›" }</span>
            if props.at_place {
                <span>{ &place.name }</span>
            } else {
                <Go to={Route::Place { place: place.id.clone() }} test="trail-place">{ &place.name }</Go>
            }
        </nav>
    }
}

/// The way back from a page that belongs to no place: 首页.
#[cfg(feature = "whole")]
#[component]
pub(crate) fn HomeTrail() -> Html {
    html! {
        <nav class="trail" aria-label="所在位置"><Go to={Route::Home}>{ "首页" }</Go></nav>
    }
}
