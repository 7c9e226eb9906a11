//! A line on every page while something waits in the outbox.

use yew::prelude::*;

use ui::hooks::use_window_event;

use crate::{
    frame::Go,
    pending::{self, Waiting},
    route::Route,
    router::use_location,
};

/// Says that something still has to be sent, or that a receipt code is not yet saved. Nothing on the
/// page that says so itself.
#[component]
pub(crate) fn WaitingNote() -> Html {
    let route = Route::recognize(&use_location().path);
    let words = use_state(|| None::<&'static str>);
    {
        let words = words.setter();
        let look = Callback::from(move |()| words.set(said(pending::waiting())));
        use_window_event("storage", true, look.reform(|_: Event| ()));
        use_effect_with(route.clone(), move |_| look.emit(()));
    }
    match *words {
        Some(words) if route != Route::Sent => html! {
            <p class="waiting-note" role="status">
                { words }
                <Go to={Route::Sent} test="waiting">{ "去看看" }</Go>
            </p>
        },
        _ => Html::default(),
    }
}

fn said(waiting: Option<Waiting>) -> Option<&'static str> {
    waiting.map(|waiting| match waiting {
        Waiting::Letter => "有一份内容还没有提交成功。",
        Waiting::Receipt => "有一个查询码还没有确认保存。",
        Waiting::Papers => "材料还在上传，没有传完。",
    })
}
