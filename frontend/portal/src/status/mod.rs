//! What became of a case: from the receipt code to stage, dates and messages.

mod ask;
mod case;
mod open;
mod progress;
mod remembered;
mod reply;
mod thread;

use yew::prelude::*;

use self::{
    ask::Ask,
    case::CaseScreen,
    open::{OpenError, Opened, open},
};
use crate::frame::HomeTrail;
use ui::{
    browser::stored,
    components::Page,
    hooks::{Request, use_request},
    sealing::use_sealer,
};

/// Asks for the receipt code, then shows its case. The code stays in memory: never in an address, and
/// stored only where the person asks for it.
#[component]
pub(crate) fn Status() -> Html {
    let sealer = use_sealer();
    let request = use_request::<Opened, OpenError>();
    let on_code = {
        let (request, sealer) = (request.clone(), sealer.clone());
        Callback::from(move |code: String| {
            let sealer = sealer.clone();
            request.run(async move { open(code, &sealer).await });
        })
    };
    let on_close = {
        let request = request.clone();
        Callback::from(move |()| {
            // On a shared computer the next person sits down at the same tab.
            if let (Request::Done(opened), true) = (request.state(), stored::is_shared()) {
                reply::forget(&opened.view.lookup);
            }
            request.reset();
        })
    };
    match request.state() {
        Request::Done(opened) => html! {
            <Page title="办理进度" window_title="查询进度" above={html! { <HomeTrail /> }}>
                <CaseScreen opened={opened.clone()} {sealer} {on_close} />
            </Page>
        },
        state => html! {
            <Page title="查询进度" above={html! { <HomeTrail /> }} lead="输入提交时得到的 20 位查询码，看办到哪一步、有没有回复。">
                <Ask busy={state.is_busy()} error={state.failed().cloned()} {on_code} />
            </Page>
        },
    }
}
