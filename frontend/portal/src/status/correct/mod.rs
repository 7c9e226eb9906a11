//! A request for corrections (补正), answered in place: what the office named, its reason, what stands there now, and the same
//! control as in the form.

mod draft;
mod question;

use protocol::{
    case::CaseView,
    correction::CorrectionAnswer,
    letter::{Letter, Message},
};
use yew::prelude::*;

use super::{
    messages::OpenRequest,
    open::Opened,
    own::{self, NoCopy},
    post::{Tried, send},
};
use crate::mail::SendError;
use question::{Sheet, answered};
use ui::{
    browser::{stored, today_in_beijing},
    components::{Button, Card, ErrorSummary, Notice, Tone, still_wrong},
    hooks::{Request, use_request, use_today},
    place::Doc,
    sealing::Sealer,
    words::date_words,
};

/// Props of [`Correct`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct CorrectProps {
    /// The case with its keys.
    pub(super) opened: Opened,
    /// Its document.
    pub(super) doc: Doc,
    /// What is asked for.
    pub(super) asked: OpenRequest,
    /// Seals.
    pub(super) sealer: Sealer,
    /// The case with the answer.
    pub(super) on_view: Callback<CaseView>,
}

/// Forgets what was being written to a case. For effects and handlers.
pub(super) fn forget(lookup: &str) {
    draft::forget(lookup);
    stored::forget_for_tab(&attempt_key(lookup));
}

fn attempt_key(lookup: &str) -> String {
    ["correct-attempt.", lookup].concat()
}

/// The request, to be answered once and as a whole.
#[component]
pub(super) fn Correct(props: &CorrectProps) -> Html {
    let CorrectProps { doc, asked, .. } = props;
    let today = use_today();
    let own = use_request::<Letter, NoCopy>();
    let draft = use_reducer(draft::Draft::default);
    let tried = use_state(Vec::<AttrValue>::new);
    let attempt = use_state(|| 0_u32);
    let request = use_request::<CaseView, SendError>();
    let (lookup, kind) = (props.opened.view.lookup.clone(), props.opened.view.kind);
    {
        let (own, opened, sealer, draft) =
            (own.clone(), props.opened.clone(), props.sealer.clone(), draft.dispatcher());
        use_effect_with((lookup.clone(), asked.to.clone()), move |(lookup, to)| {
            draft.dispatch(draft::Action::Restore(draft::kept(lookup, to)));
            own.run(async move { own::fetch(&opened, &sealer).await });
        });
    }
    {
        let lookup = lookup.clone();
        use_effect_with((*draft).clone(), move |draft| draft.keep(&lookup));
    }
    {
        let on_view = props.on_view.clone();
        use_effect_with(request.state().done().cloned(), move |done| {
            if let Some(view) = done {
                forget(&lookup);
                on_view.emit(view.clone());
            }
        });
    }
    if matches!(own.state(), Request::Idle | Request::Busy) {
        return html! { <Card title={title(asked)} test="correct"><p class="muted" role="status">{ "正在打开您交的内容……" }</p></Card> };
    }
    let sheet = Sheet::new((*doc, kind), own.state().done(), &asked.request, &draft, today);
    let faults = still_wrong(&tried, sheet.read().err().unwrap_or_default());
    let onsubmit = {
        let (tried, attempt, request, draft) =
            (tried.clone(), attempt.clone(), request.clone(), draft.clone());
        let (opened, sealer, own, asked, doc) =
            (props.opened.clone(), props.sealer.clone(), own.clone(), asked.clone(), *doc);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if request.state().is_busy() {
                return;
            }
            let sheet =
                Sheet::new((doc, kind), own.state().done(), &asked.request, &draft, today_in_beijing());
            match sheet.read() {
                Err(faults) => {
                    tried.set(faults.into_iter().map(|fault| fault.id).collect());
                    attempt.set(attempt.wrapping_add(1));
                }
                Ok(fields) => {
                    let text = answered(&sheet, &fields);
                    let answer = CorrectionAnswer { to: asked.to.clone(), fields };
                    let letter = Letter::Message(Message {
                        text: text.clone(),
                        corrects: Some(answer),
                        ..Message::default()
                    });
                    let (opened, sealer) = (opened.clone(), sealer.clone());
                    let key = attempt_key(&opened.view.lookup);
                    request.run(async move {
                        let again = Tried::kept(&key, &text, &[]).unwrap_or_else(|| Tried::new(&text));
                        send(again, &letter, (&opened, &sealer), |tried| tried.keep(&key)).await
                    });
                }
            }
        })
    };
    let write = {
        let draft = draft.dispatcher();
        Callback::from(move |(field, text): (String, String)| {
            draft.dispatch(draft::Action::Write(field, text))
        })
    };
    html! {
        <Card title={title(asked)} id="correct" test="correct">
            { last_day(asked, today) }
            if own.state().failed().is_some() {
                <p class="muted" data-test="correct-no-copy">{ "您原来交的内容现在打不开，下面请照对的重新写。" }</p>
            }
            <form class="apply" novalidate=true {onsubmit}>
                <ErrorSummary faults={faults.clone()} attempt={*attempt} />
                { sheet.show(&faults, &write) }
                <p class="muted">{ "写的内容先留在这台设备上，几处一次发出。" }</p>
                <Button submit=true busy={request.state().is_busy()} test="correct-send">{ "发出补正" }</Button>
                { outcome(request.state()) }
            </form>
        </Card>
    }
}

fn title(asked: &OpenRequest) -> String {
    format!("请在 {} 前改 {} 处", date_words(asked.request.by), asked.request.fields.len())
}

/// Until when, and what it means that it is over.
fn last_day(asked: &OpenRequest, today: chrono::NaiveDate) -> Html {
    let by = asked.request.by;
    if today <= by {
        let left = (by - today).num_days();
        let left = if left == 0 { "就是今天".to_owned() } else { format!("还有 {left} 天") };
        return html! { <p>{ format!("受理单位请您补正，{}当天也算，{left}。", date_words(by)) }</p> };
    }
    html! {
        <Notice tone={Tone::Warning} title="补正的最后一天已经过了" test="correct-late">
            <p>{ format!("最后一天是 {}。过了会怎样，文件没有写。", date_words(by)) }</p>
            <p>{ "照样可以发出，受理单位看得到是哪天发的，由窗口定；请同时打电话问一声，电话在下面“要问人”里。" }</p>
        </Notice>
    }
}

fn outcome(state: &Request<CaseView, SendError>) -> Html {
    match state {
        Request::Failed(error) => html! {
            <Notice tone={Tone::Failure} title="补正还没有发出" live=true test="correct-failed">
                <p>{ error.to_string() }</p>
                <p>{ "写的内容还在上面，可以再点一次“发出补正”；不会变成两条。" }</p>
            </Notice>
        },
        Request::Busy => html! { <p role="status" class="muted">{ "正在加密并发出……" }</p> },
        Request::Done(_) | Request::Idle => Html::default(),
    }
}
