//! The receipt.

use yew::prelude::*;

use crate::components::Page;


/// The receipt.
#[component]
pub fn Sent() -> Html {
    html! { <Page title="提交成功" >{""}</Page> }
}
