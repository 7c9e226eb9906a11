//! What this site is.

use yew::prelude::*;

use crate::components::Page;


/// What this site is.
#[component]
pub fn About() -> Html {
    html! { <Page title="关于本站与隐私" >{""}</Page> }
}
