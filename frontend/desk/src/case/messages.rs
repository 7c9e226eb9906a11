//! The thread between owner and office, and the office's reply.

use protocol::case::{Action, Actor, Event};
use protocol::letter::{Letter, Message};
use protocol::limits::EVENTS;
use yew::prelude::*;

use super::drafts::{Drafts, Form};
use super::opened::{OpenedCase, Unopened};
use super::outgoing::{Failure, Outgoing, OutgoingAction, Standing};
use super::sending::{Ready, Target, send, use_form};
use crate::words;
use ui::components::{Button, Card, Field, FieldKind, Notice, Tone};
use ui::words::{moment, owners_moment};

/// Props of [`Messages`].
#[derive(Properties, PartialEq)]
pub(crate) struct MessagesProps {
    /// The case.
    pub(crate) opened: OpenedCase,
    /// Where a reply goes.
    pub(crate) target: Target,
    /// Unsent forms.
    pub(crate) drafts: Drafts,
    /// Whether this key may write on this case.
    pub(crate) may_write: bool,
}

/// Messages, oldest first, and the reply form.
#[component]
pub(crate) fn Messages(props: &MessagesProps) -> Html {
    let destroyed = props.opened.case.view.destroyed_at.is_some();
    let messages: Vec<Html> = props
        .opened
        .case
        .view
        .events
        .iter()
        .filter(|event| matches!(event.action, Action::Message { .. }))
        .enumerate()
        .map(|(number, event)| {
            let said = props.opened.messages.get(&event.seq);
            message(&props.target, number, event, said, destroyed)
        })
        .collect();
    html! {
        <Card title="来往消息" class={classes!(messages.is_empty().then_some("desk-noprint"))} test="messages">
            if messages.is_empty() {
                <p class="muted">{ "还没有来往消息。" }</p>
            } else {
                <ol class="desk-thread">{ for messages }</ol>
            }
            if props.may_write && props.opened.case.view.total < EVENTS {
                <Reply target={props.target.clone()} drafts={props.drafts.clone()} />
            }
        </Card>
    }
}

fn message(
    target: &Target,
    number: usize,
    event: &Event,
    said: Option<&Result<Message, Unopened>>,
    destroyed: bool,
) -> Html {
    let (who, class, when) = match &event.by {
        Actor::Applicant => {
            (target.sender, "desk-message desk-message--theirs", owners_moment(target.mail.kind, event.at))
        }
        Actor::Office { role, .. } => {
            (words::role(*role), "desk-message desk-message--ours", moment(event.at))
        }
    };
    html! {
        <li {class} data-test={format!("desk-message-{number}")}>
            <p class="muted">{ who }{ " · " }{ when }</p>
            { match said {
                Some(Ok(message)) => html! {
                    <>
                        <p class="desk-prose">{ &message.text }</p>
                        if let Some(count) = enclosed(message) {
                            <p class="muted">{ format!("附 {count} 份材料，在“材料”里打开。") }</p>
                        }
                    </>
                },
                Some(Err(why)) => html! { <p class="desk-differs">{ why.to_string() }</p> },
                None if destroyed => html! { <p class="muted">{ "内容已销毁。" }</p> },
                None => html! { <p class="muted">{ "正在解密……" }</p> },
            } }
        </li>
    }
}

/// How many papers go with a message, if any.
fn enclosed(message: &Message) -> Option<usize> {
    message.enclosures.as_ref().map(|enclosures| enclosures.papers.len()).filter(|count| *count > 0)
}

#[derive(Properties, PartialEq)]
struct ReplyProps {
    target: Target,
    drafts: Drafts,
}

#[component]
fn Reply(props: &ReplyProps) -> Html {
    let form = use_form(&props.drafts, &props.target.lookup, Form::Reply, Outgoing::default());
    let sender = props.target.sender;
    let oninput = {
        let form = form.dispatcher();
        Callback::from(move |text| form.dispatch(OutgoingAction::Text(text)))
    };
    let onsubmit = {
        let (form, target) = (form.clone(), props.target.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let ready =
                form.reply().map(|text| Ready { movement: None, message: Some(Letter::message(&text)) });
            send(&target, &form, ready);
        })
    };
    let error = match &form.standing {
        Standing::Failed(Failure::Input(error)) => Some(AttrValue::from(error.message())),
        _ => None,
    };
    html! {
        <form class="desk-form desk-noprint" {onsubmit}>
            <Field
                id="desk-reply" label={format!("答复{sender}")} kind={FieldKind::LongText} test="desk-reply-text"
                hint={format!("加密后发出，只有{sender}凭查询码和本单位能看到。")} value={form.text.clone()}
                {error} {oninput}
            />
            <SendingNotice standing={form.standing.clone()} sent="答复已发出。" test="desk-reply-state" />
            <Button submit=true busy={form.standing == Standing::Sending} test="desk-reply-send">
                { "发出答复" }
            </Button>
        </form>
    }
}

/// Props of [`SendingNotice`].
#[derive(Properties, PartialEq)]
pub(crate) struct SendingNoticeProps {
    /// Where the sending stands.
    pub(crate) standing: Standing,
    /// What to say when it worked.
    pub(crate) sent: AttrValue,
    /// Hook for browser tests.
    pub(crate) test: AttrValue,
}

/// Says that something was sent, or why not.
#[component]
pub(crate) fn SendingNotice(props: &SendingNoticeProps) -> Html {
    match &props.standing {
        Standing::Writing | Standing::Failed(Failure::Input(_)) => Html::default(),
        Standing::Sending => html! { <p class="muted" role="status">{ "正在加密并发出……" }</p> },
        Standing::Sent => html! {
            <Notice tone={Tone::Success} live=true test={props.test.clone()}>
                <p>{ &props.sent }</p>
            </Notice>
        },
        Standing::Failed(failure) => html! {
            <Notice tone={Tone::Failure} live=true test={props.test.clone()}>
                <p>{ failure.message() }</p>
            </Notice>
        },
    }
}
