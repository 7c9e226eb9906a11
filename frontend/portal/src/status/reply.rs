//! Writing to the office.

use policies::{model::CaseKind, seen::visible};
use protocol::{addressee::Addressee, case::CaseView, letter::Letter};
use yew::prelude::*;

use super::{
    open::Opened,
    post::{Tried, send},
};
use crate::{
    mail::SendError,
    papers::{self, PaperList, Pictures, use_pictures_if},
};
use ui::{
    browser::{focus_by_id, stored},
    components::{Button, Card, Field, FieldKind, Notice, Tone, fold},
    hooks::{Request, title_says_fault, use_request},
    sealing::Sealer,
};

/// Longest message, in characters.
const TEXT_CHARS: usize = 5_000;

/// Props of [`Reply`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ReplyProps {
    /// The case with its keys.
    pub(super) opened: Opened,
    /// Seals.
    pub(super) sealer: Sealer,
    /// The case with the new message.
    pub(super) on_view: Callback<CaseView>,
}

/// Forgets what was being written to a case. For effects and handlers.
pub(super) fn forget(lookup: &str) {
    stored::forget_for_tab(&text_key(lookup));
    stored::forget_for_tab(&attempt_key(lookup));
    papers::forget(&paper_draft(lookup));
}

/// Under what the papers of a message are kept until it is sent.
fn paper_draft(lookup: &str) -> String {
    ["reply-", lookup].concat()
}

fn text_key(lookup: &str) -> String {
    format!("reply.{lookup}")
}

fn attempt_key(lookup: &str) -> String {
    format!("reply-attempt.{lookup}")
}

/// A form for a message.
#[component]
pub(super) fn Reply(props: &ReplyProps) -> Html {
    let text = use_state(String::new);
    let wrong = use_state(|| None::<AttrValue>);
    let request = use_request::<CaseView, SendError>();
    // What is on its way: what was typed since then stays.
    let sent = use_mut_ref(String::new);
    let lookup = props.opened.view.lookup.clone();
    // Whoever reported something may be known by a file that is more than a picture.
    let pictures = props.opened.view.kind == CaseKind::TipOff;
    let enclosed = use_pictures_if(pictures, &paper_draft(&lookup));
    {
        let text = text.setter();
        use_effect_with(lookup.clone(), move |lookup| {
            if let Some(earlier) = stored::load_for_tab(&text_key(lookup)) {
                text.set(earlier);
            }
        });
    }
    {
        let (on_view, text, sent) = (props.on_view.clone(), text.clone(), sent.clone());
        let (lookup, sent_with) = (lookup.clone(), enclosed.clone());
        use_effect_with(request.state().done().cloned(), move |done| {
            if let Some(view) = done {
                stored::forget_for_tab(&attempt_key(&lookup));
                sent_with.clear();
                if *sent.borrow() == visible(&text) {
                    stored::forget_for_tab(&text_key(&lookup));
                    text.set(String::new());
                }
                on_view.emit(view.clone());
            }
        });
    }
    let onsubmit = {
        let enclosed = enclosed.clone();
        let (text, wrong, request) = (text.clone(), wrong.clone(), request.clone());
        let (opened, sealer) = (props.opened.clone(), props.sealer.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if request.state().is_busy() || enclosed.is_busy() {
                return;
            }
            let text = visible(&text);
            if let Some(fault) = fault(&text) {
                wrong.set(Some(fault));
                focus_by_id("reply-text");
                return;
            }
            wrong.set(None);
            let (opened, sealer, sent) = (opened.clone(), sealer.clone(), sent.clone());
            let (lookup, marks) = (opened.view.lookup.clone(), enclosed.marks());
            let key = attempt_key(&lookup);
            request.run(async move {
                let tried = match Tried::kept(&key, &text, &marks) {
                    Some(earlier) => earlier,
                    None => Tried::new(&text)
                        .with(marks, papers::seal(&sealer, &paper_draft(&lookup), &lookup).await?),
                };
                sent.borrow_mut().clone_from(&text);
                let letter = Letter::message(&text).enclosing(tried.enclosures());
                send(tried, &letter, (&opened, &sealer), |tried| tried.keep(&key)).await
            });
        })
    };
    use_effect_with(wrong.is_some(), |any| title_says_fault(*any));
    let enclosing = enclosed.is_busy();
    let oninput = {
        let (text, wrong) = (text.setter(), wrong.clone());
        Callback::from(move |typed: String| {
            stored::save_for_tab(&text_key(&lookup), &typed);
            if wrong.is_some() && fault(&visible(&typed)).is_none() {
                wrong.set(None);
            }
            text.set(typed);
        })
    };
    let whom = match props.opened.view.mail().addressee {
        Addressee::Office => "受理单位",
        Addressee::Supervisor => "受理单位的监督人员",
    };
    html! {
        <Card title={format!("给{whom}留言")} class="no-print">
            // Nothing of it goes into the browser's own memory of forms or what it restores after a crash.
            <form novalidate=true {onsubmit} autocomplete="off" spellcheck="false" autocapitalize="off" autocorrect="off" writingsuggestions="false">
                if pictures {
                    <p class="muted" data-test="reply-not-kept">{ "举报的留言和照片不留在这台设备上：没有发出以前，请不要关闭、刷新页面。不要写能认出您的话。" }</p>
                }
                <Field
                    id="reply-text"
                    label="要说的话"
                    hint={format!("加密后发出，只有{whom}和您能看到。")}
                    kind={FieldKind::LongText}
                    value={(*text).clone()}
                    error={(*wrong).clone()}
                    {oninput}
                    test="reply-text"
                />
                if pictures {
                    { fold("reply-papers", "附上照片", String::new(), html! { <Pictures papers={enclosed} /> }) }
                } else {
                    { fold("reply-papers", "附上材料", String::new(), html! { <PaperList papers={enclosed} /> }) }
                }
                <Button submit=true busy={request.state().is_busy()} disabled={enclosing} test="reply-send">{ "发出留言" }</Button>
            </form>
            { outcome(request.state()) }
        </Card>
    }
}

/// What keeps a message from being sent.
fn fault(text: &str) -> Option<AttrValue> {
    match text.chars().count() {
        0 => Some(AttrValue::Static("请写要说的话。")),
        count if count > TEXT_CHARS => {
            Some(format!("最多写 {TEXT_CHARS} 个字，现在有 {count} 个，请删减。").into())
        }
        _ => None,
    }
}

fn outcome(state: &Request<CaseView, SendError>) -> Html {
    match state {
        Request::Failed(error) => html! {
            <Notice tone={Tone::Failure} title="留言还没有发出" live=true test="reply-failed">
                <p>{ error.to_string() }</p>
                <p>{ "写的内容还在上面，可以再点一次“发出留言”；不会变成两条。" }</p>
            </Notice>
        },
        Request::Done(_) => html! { <p role="status" data-test="reply-sent">{ "留言已发出。" }</p> },
        Request::Busy => html! { <p role="status" class="muted">{ "正在加密并发出……" }</p> },
        Request::Idle => Html::default(),
    }
}
