//! What can be done in one place.

use yew::prelude::*;

use crate::components::Page;
use crate::pages::PlaceProps;

/// What can be done in one place.
#[component]
pub fn Place(_props: &PlaceProps) -> Html {
    html! { <Page title="服务事项" >{""}</Page> }
}
