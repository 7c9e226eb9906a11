//! What happened to the case, with its hash chain checked.

use policies::model::{CaseKind, Document};
use protocol::case::{Actor, Event};
use protocol::signed::Authorship;
use yew::prelude::*;

use super::opened::{OpenedCase, chain_holds};
use crate::words;
use ui::components::Card;
use ui::words::{moment, owners_moment};

/// Props of [`History`].
#[derive(Properties, PartialEq)]
pub(crate) struct HistoryProps {
    /// The case.
    pub(crate) opened: OpenedCase,
    /// The office's document.
    pub(crate) document: StaticDocument,
}

/// The office's document, compared by its id.
#[derive(Clone, Copy)]
pub(crate) struct StaticDocument(pub &'static Document);

impl PartialEq for StaticDocument {
    fn eq(&self, other: &Self) -> bool {
        self.0.id == other.0.id
    }
}

/// The timeline of events.
#[component]
pub(crate) fn History(props: &HistoryProps) -> Html {
    let view = &props.opened.case.view;
    let authors = props.opened.authors.as_deref().unwrap_or_default();
    let holds = {
        let case = props.opened.case.clone();
        *use_memo(case, chain_holds)
    };
    html! {
        <Card title="办理记录" test="history">
            <p data-test="chain" data-holds={holds.to_string()} class={if holds { "desk-chain" } else { "desk-chain desk-chain--broken" }}>
                if holds {
                    <strong>{ "✓ 校验通过" }</strong>
                    { "：每条记录都与前一条相扣，没有删改。" }
                } else {
                    <strong>{ "✗ 校验不符" }</strong>
                    { "：记录不能前后相扣，可能被删改。" }
                }
            </p>
            <ol class="desk-events">
                for (place, event) in view.events.iter().enumerate() {
                    { event_view(event, authors.get(place).copied(), view.kind, props.document.0) }
                }
            </ol>
        </Card>
    }
}

fn event_view(event: &Event, author: Option<Authorship>, kind: CaseKind, document: &Document) -> Html {
    let what = words::event(document, kind, &event.action);
    let who = match &event.by {
        Actor::Applicant => html! { { words::sender(kind) } },
        Actor::Office { kid, role } => html! {
            <>{ words::role(*role) }{ "，钥匙 " }<code>{ kid }</code></>
        },
    };
    let when = match &event.by {
        Actor::Applicant => owners_moment(kind, event.at),
        Actor::Office { .. } => moment(event.at),
    };
    let hash: String = event.hash.chars().take(12).collect();
    html! {
        <li key={event.seq.to_string()} data-test={format!("event-{}", event.seq)}>
            <p><strong>{ what }</strong></p>
            <p class="muted">{ who }{ " · " }{ when }</p>
            { signature(event, author) }
            <p class="muted desk-hash">{ "校验值 " }<code>{ hash }</code></p>
        </li>
    }
}

/// Whether the event is of whom it says, as far as can be told.
fn signature(event: &Event, author: Option<Authorship>) -> Html {
    let (state, words) = match author {
        Some(Authorship::Signed) => ("signed", "签名有效"),
        Some(Authorship::Unsigned) => ("unsigned", "没有签名：是签名启用以前的记录，不能核对是谁写的"),
        Some(Authorship::Forged) => ("forged", "✗ 这一步的签名对不上：可能是别人加进去或者改过的"),
        None => ("unknown", "签名没有核对"),
    };
    let words = if author == Some(Authorship::Forged) {
        html! { <strong class="desk-differs">{ words }</strong> }
    } else {
        html! { <span class="muted">{ words }</span> }
    };
    html! { <p data-test={format!("event-{}-signature", event.seq)} data-state={state}>{ words }</p> }
}
