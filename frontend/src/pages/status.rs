//! What became of a case.

use yew::prelude::*;

use crate::components::Page;


/// What became of a case.
#[component]
pub fn Status() -> Html {
    html! { <Page title="查询进度" >{""}</Page> }
}
