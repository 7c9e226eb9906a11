//! A tip-off.

use yew::prelude::*;

use crate::components::Page;
use crate::pages::PlaceProps;

/// A tip-off.
#[component]
pub fn Tip(_props: &PlaceProps) -> Html {
    html! { <Page title="举报违规用房" >{""}</Page> }
}
