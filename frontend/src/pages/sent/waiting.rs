//! A line on every page while something waits in the outbox.

use yew::prelude::*;
use yew_router::prelude::*;

use crate::{
    components::Go,
    route::Route,
    state::outbox::{self, Stage},
};

/// Says that something still has to be sent, or that a receipt code is not yet saved. Nothing on the
/// page that says so itself.
#[component]
pub fn WaitingNote() -> Html {
    let route = use_route::<Route>();
    let words = use_state(|| None::<&'static str>);
    {
        let words = words.setter();
        use_effect_with(route.clone(), move |_| words.set(said(&outbox::load())));
    }
    match *words {
        Some(words) if route != Some(Route::Sent) => html! {
            <p class="waiting-note" role="status">
                { words }
                <Go to={Route::Sent} test="waiting">{ "去看看" }</Go>
            </p>
        },
        _ => Html::default(),
    }
}

fn said(parcels: &[outbox::Parcel]) -> Option<&'static str> {
    if parcels.iter().any(outbox::Parcel::is_waiting) {
        Some("有一份内容还没有提交成功。")
    } else if parcels.iter().any(|parcel| matches!(parcel.stage, Stage::Received { .. })) {
        Some("有一个查询码还没有确认保存。")
    } else {
        None
    }
}
