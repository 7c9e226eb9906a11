//! What became of a case: from the receipt code to stage, dates and messages.

mod aside;
mod ask;
mod case;
mod correct;
mod days;
mod kept;
mod last_seen;
mod messages;
mod open;
mod outcome;
mod own;
mod post;
mod progress;
mod remedy;
mod reply;
mod signatures;
mod thread;

use yew::prelude::*;

use self::{
    ask::Ask,
    case::CaseScreen,
    kept::KeptList,
    open::{OpenError, Opened, Typed, open},
};
use crate::frame::{HomeTrail, WithDocument};
use ui::{
    browser::{stored, take_fragment},
    components::Page,
    hooks::{Request, use_request, use_window_event},
    sealing::use_sealer,
};

/// Anchor of the messages.
const THREAD: &str = "thread";

/// Asks for the receipt code, then shows its case. The code stays in memory: an address brings it behind the `#` only,
/// which no browser sends and which is taken out at once; it is stored only where the person asks for it.
#[component]
pub(crate) fn Status() -> Html {
    let sealer = use_sealer();
    let request = use_request::<Opened, OpenError>();
    let on_code = {
        let (request, sealer) = (request.clone(), sealer.clone());
        Callback::from(move |typed: Typed| {
            let sealer = sealer.clone();
            request.run(async move { open(typed, &sealer).await });
        })
    };
    let linked = use_state(|| None::<AttrValue>);
    let news = use_state(|| 0_u32);
    let on_news = {
        let news = news.setter();
        Callback::from(move |count| news.set(count))
    };
    let follow = {
        let (linked, on_code) = (linked.setter(), on_code.clone());
        Callback::from(move |()| {
            if let Some(typed) = take_fragment().and_then(|fragment| Typed::read(&fragment).ok()) {
                linked.set(Some(typed.code.grouped().into()));
                on_code.emit(typed);
            }
        })
    };
    use_window_event("hashchange", true, follow.reform(|_: Event| ()));
    use_effect_with((), move |()| follow.emit(()));
    let on_close = {
        let request = request.clone();
        Callback::from(move |()| {
            // On a shared computer the next person sits down at the same tab.
            if let (Request::Done(opened), true) = (request.state(), stored::is_shared()) {
                reply::forget(&opened.view.lookup);
                correct::forget(&opened.view.lookup);
            }
            request.reset();
        })
    };
    match request.state() {
        Request::Done(opened) => html! {
            <Page title="办理进度" window_title="查询进度" above={html! { <HomeTrail /> }}>
                <WithDocument id={opened.view.office.clone()}>
                    <CaseScreen opened={opened.clone()} {sealer} {on_close} />
                </WithDocument>
            </Page>
        },
        state => html! {
            <Page
                title="查询进度"
                window_title={(*news > 0).then_some("有新变化 · 查询进度")}
                above={html! { <HomeTrail /> }}
                lead="输入提交时得到的 20 位查询码，看办到哪一步、有没有回复。"
            >
                <KeptList busy={state.is_busy()} on_code={on_code.clone()} {on_news} />
                <Ask busy={state.is_busy()} error={state.failed().cloned()} linked={(*linked).clone()} {on_code} />
            </Page>
        },
    }
}
