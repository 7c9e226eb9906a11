//! Draft and send an application.

use yew::prelude::*;

use crate::components::Page;
use crate::pages::PlaceProps;

/// Draft and send an application.
#[component]
pub fn Apply(_props: &PlaceProps) -> Html {
    html! { <Page title="在线申请" >{""}</Page> }
}
