//! The first page.

use yew::prelude::*;

use crate::components::Page;


/// The first page.
#[component]
pub fn Home() -> Html {
    html! { <Page title="首页" >{""}</Page> }
}
