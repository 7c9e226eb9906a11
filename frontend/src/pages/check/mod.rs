//! The self-check.

use yew::prelude::*;

use crate::components::Page;
use crate::pages::PlaceProps;

/// The self-check.
#[component]
pub fn Check(_props: &PlaceProps) -> Html {
    html! { <Page title="自测资格" >{""}</Page> }
}

/// What it came to.
#[component]
pub fn CheckResult(_props: &PlaceProps) -> Html {
    html! { <Page title="自测结果">{""}</Page> }
}
