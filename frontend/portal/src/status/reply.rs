//! Writing to the office: sealed to both sides, proved, sent once.

use policies::seen::visible;
use protocol::{
    addressee::Addressee,
    case::{CaseView, NewMessage, Written},
    challenge::Sort,
    hash::sha256_hex,
    letter::Letter,
    proof::Subject,
    routes::Route,
};
use serde::{Deserialize, Serialize};
use yew::prelude::*;

use super::open::{Opened, authorization, look_up};
use crate::{
    mail::{SendError, post},
    papers::{self, PaperList, Sealed, Upload, use_papers},
};
use ui::{
    attempt::Attempt,
    browser::{focus_by_id, now_secs, stored},
    components::{Button, Card, Field, FieldKind, Notice, Tone, fold},
    hooks::{Request, use_request},
    office_card::{self, office_card},
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

/// The very message of an attempt, so that a second attempt sends the same and it counts once, also after a reload.
#[derive(Clone, Deserialize, Serialize)]
struct Tried {
    text: String,
    /// The papers with it, as they were then.
    #[serde(default)]
    marks: Vec<String>,
    /// The same, sealed.
    #[serde(default)]
    sealed: Sealed,
    #[serde(flatten)]
    attempt: Attempt,
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
    let attempt = use_mut_ref(|| None::<Tried>);
    let lookup = props.opened.view.lookup.clone();
    let enclosed = use_papers(&paper_draft(&lookup));
    {
        let (text, attempt) = (text.setter(), attempt.clone());
        use_effect_with(lookup.clone(), move |lookup| {
            if let Some(earlier) = stored::load_for_tab(&text_key(lookup)) {
                text.set(earlier);
            }
            let earlier = stored::load_for_tab(&attempt_key(lookup));
            *attempt.borrow_mut() = earlier.and_then(|earlier| serde_json::from_str(&earlier).ok());
        });
    }
    {
        let (on_view, text, attempt) = (props.on_view.clone(), text.clone(), attempt.clone());
        let (lookup, sent_with) = (lookup.clone(), enclosed.clone());
        use_effect_with(request.state().done().cloned(), move |done| {
            if let Some(view) = done {
                let sent = attempt.borrow_mut().take();
                stored::forget_for_tab(&attempt_key(&lookup));
                sent_with.clear();
                // What was typed while it was being sent stays.
                if sent.is_none_or(|sent| sent.text == visible(&text)) {
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
            let count = text.chars().count();
            if text.is_empty() || count > TEXT_CHARS {
                wrong.set(Some(if text.is_empty() {
                    AttrValue::Static("请写要说的话。")
                } else {
                    format!("最多写 {TEXT_CHARS} 个字，现在有 {count} 个，请删减。").into()
                }));
                focus_by_id("reply-text");
                return;
            }
            wrong.set(None);
            let (opened, sealer, attempt) = (opened.clone(), sealer.clone(), attempt.clone());
            let (lookup, marks) = (opened.view.lookup.clone(), enclosed.marks());
            request.run(async move {
                let same = |earlier: &Tried| earlier.text == text && earlier.marks == marks;
                let tried = match attempt.borrow().clone().filter(same) {
                    Some(earlier) => earlier,
                    None => {
                        let sealed = papers::seal(&sealer, &paper_draft(&lookup), &lookup).await?;
                        Tried { text, marks, sealed, attempt: Attempt::new() }
                    }
                };
                let kept = {
                    let (lookup, attempt) = (lookup.clone(), attempt.clone());
                    move |tried: Tried| {
                        if let Ok(text) = serde_json::to_string(&tried) {
                            stored::save_for_tab(&attempt_key(&lookup), &text);
                        }
                        *attempt.borrow_mut() = Some(tried);
                    }
                };
                send(tried, &opened, &sealer, kept).await
            });
        })
    };
    let oninput = {
        let text = text.setter();
        Callback::from(move |typed: String| {
            stored::save_for_tab(&text_key(&lookup), &typed);
            text.set(typed);
        })
    };
    let whom = match props.opened.view.mail().addressee {
        Addressee::Office => "受理单位",
        Addressee::Supervisor => "受理单位的监督人员",
    };
    html! {
        <Card title={format!("给{whom}留言")} class="no-print">
            <form novalidate=true {onsubmit}>
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
                { fold("reply-papers", "附上材料", String::new(), html! { <PaperList papers={enclosed} /> }) }
                <Button submit=true busy={request.state().is_busy()} test="reply-send">{ "发出留言" }</Button>
            </form>
            { outcome(request.state()) }
        </Card>
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

/// Seals a message to the office and to the receipt, so that both can read the thread, and posts it.
async fn send(
    tried: Tried,
    opened: &Opened,
    sealer: &Sealer,
    keep: impl FnOnce(Tried),
) -> Result<CaseView, SendError> {
    let Opened { view, receipt, config, .. } = opened;
    let card = office_card(config, &view.office);
    office_card::check(sealer, card.clone(), view.mail()).await?;
    let Tried { text, marks, sealed, attempt } = tried;
    let Sealed { enclosures, announced } = sealed.clone();
    let (letter, id) = (Letter::message(&text).enclosing(enclosures), attempt.id.clone());
    let keep = |attempt: &Attempt| keep(Tried { text, marks, sealed, attempt: attempt.clone() });
    let to = (card, view.mail());
    let envelope = attempt.sealed(sealer, to, receipt.recipient.clone(), &letter, keep).await?;
    let hash = sha256_hex(envelope.as_bytes());
    let signed = sealer.sign_owner(receipt, &view.office, (&view.head, now_secs()), Some(hash)).await?;
    let subject = Subject::message(&view.office, &view.lookup, &id, &envelope).announcing(&announced);
    let authorization = authorization(receipt);
    let to = (Route::Message { lookup: &view.lookup }, Some(&authorization));
    let message = |proof| NewMessage {
        id: id.clone(),
        envelope: envelope.clone(),
        signed: signed.clone(),
        papers: announced.clone(),
        proof,
    };
    let proved = (view.office.as_str(), Some(Sort::Message), &subject);
    post::<_, Written>(config, sealer, proved, to, message).await?;
    let (lookup, token) = (receipt.lookup.clone(), receipt.token.clone());
    papers::hand_over(Upload { lookup, token, papers: announced });
    Ok(look_up(config, receipt).await?)
}
