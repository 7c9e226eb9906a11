//! The guide.

use yew::prelude::*;

use crate::components::Page;
use crate::pages::PlaceProps;

/// The guide.
#[component]
pub fn Guide(_props: &PlaceProps) -> Html {
    html! { <Page title="办事指南" >{""}</Page> }
}
