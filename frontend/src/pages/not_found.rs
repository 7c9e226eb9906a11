//! No such page.

use yew::prelude::*;

use crate::components::Page;


/// No such page.
#[component]
pub fn NotFound() -> Html {
    html! { <Page title="没有这个页面" >{""}</Page> }
}
