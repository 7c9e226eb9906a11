//! The messages of a case, oldest first.

use std::rc::Rc;

use protocol::{
    case::{Action, Actor, CaseView, Event},
    letter::Message,
    signed::Authorship,
};
use yew::prelude::*;

use super::{
    THREAD,
    messages::{Said, Unread, author},
    open::Opened,
};
use crate::papers::Enclosed;
use ui::{
    components::Card,
    sealing::Sealer,
    words::{moment, owners_moment},
};

/// Props of [`Thread`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ThreadProps {
    /// The case.
    pub(super) view: CaseView,
    /// What is known of who wrote each event; empty while it is looked at.
    pub(super) authors: Vec<Authorship>,
    /// What they say.
    pub(super) said: Rc<Said>,
    /// The case with its keys.
    pub(super) opened: Opened,
    /// Where it happens.
    pub(super) sealer: Sealer,
}

/// Every message, oldest first.
#[component]
pub(super) fn Thread(props: &ThreadProps) -> Html {
    let sealed = |event: &&Event| matches!(event.action, Action::Message { envelope: Some(_), .. });
    let messages: Vec<&Event> = props.view.events.iter().filter(sealed).collect();
    html! {
        <Card title="来往留言" id={THREAD} test="thread">
            if props.view.destroyed_at.is_some() {
                <p class="muted">{ "留言已经销毁。" }</p>
            } else if messages.is_empty() {
                <p class="muted">{ "还没有留言。受理单位要您补材料，会在这里告诉您，请隔几天来看看。" }</p>
            }
            <ol class="thread">
                for (number, event) in (1..).zip(messages) {
                    { one(number, event, props) }
                }
            </ol>
        </Card>
    }
}

/// One message with who wrote it and when.
fn one(number: usize, event: &Event, props: &ThreadProps) -> Html {
    let forged = author(&props.authors, event) == Some(Authorship::Forged);
    let said: Option<&Result<Message, Unread>> = props.said.get(&event.seq);
    let (class, who, when) = if matches!(event.by, Actor::Office { .. }) {
        ("thread__item thread__item--office", "受理单位", moment(event.at))
    } else {
        ("thread__item thread__item--own", "您", owners_moment(props.view.kind, event.at))
    };
    html! {
        <li key={event.seq} {class}>
            <p class="thread__who">{ who }<span class="muted">{ " " }{ when }</span></p>
            if forged {
                <p data-test={format!("message-{number}-forged")}>
                    <strong>{ format!("这条留言的签名对不上，可能不是{who}写的。") }</strong>
                </p>
            }
            <div class="thread__text" data-test={format!("message-{number}")}>
                { match said {
                    Some(Ok(message)) => told(message, props),
                    Some(Err(error)) => html! { <p>{ error.to_string() }</p> },
                    None => html! { <p class="muted">{ "正在打开……" }</p> },
                } }
            </div>
        </li>
    }
}

/// What a message says, with the line breaks it was written with, and its papers.
fn told(message: &Message, props: &ThreadProps) -> Html {
    html! {
        <>
            <p class="thread__words">{ &message.text }</p>
            if let Some(enclosures) = message.enclosures.clone() {
                <Enclosed {enclosures} receipt={props.opened.receipt.clone()} config={props.opened.config.clone()} sealer={props.sealer.clone()} />
            }
        </>
    }
}
