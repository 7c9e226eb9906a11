//! The messages of a case, opened in the sealer one by one.

use protocol::{
    case::{Action, Actor, CaseView, Event},
    letter::Letter,
    signed::Authorship,
};
use yew::prelude::*;

use super::{THREAD, open::Opened};
use crate::papers::Enclosed;
use ui::{
    components::Card,
    hooks::{Request, use_request},
    sealing::{Sealer, SealerError},
    words::moment,
};

/// Props of [`Thread`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ThreadProps {
    /// The case.
    pub(super) view: CaseView,
    /// What is known of who wrote each event; empty while it is looked at.
    pub(super) authors: Vec<Authorship>,
    /// The case with its keys.
    pub(super) opened: Opened,
    /// Where it happens.
    pub(super) sealer: Sealer,
}

/// Every message, oldest first.
#[component]
pub(super) fn Thread(props: &ThreadProps) -> Html {
    let messages: Vec<(&Event, &String)> = props
        .view
        .events
        .iter()
        .filter_map(|event| match &event.action {
            Action::Message { envelope: Some(envelope), .. } => Some((event, envelope)),
            _ => None,
        })
        .collect();
    html! {
        <Card title="来往留言" id={THREAD} test="thread">
            if props.view.destroyed_at.is_some() {
                <p class="muted">{ "留言已经销毁。" }</p>
            } else if messages.is_empty() {
                <p class="muted">{ "还没有留言。受理单位要您补材料，会在这里告诉您，请隔几天来看看。" }</p>
            }
            <ol class="thread">
                for (index, (event, envelope)) in messages.into_iter().enumerate() {
                    <OneMessage
                        key={event.seq}
                        number={index + 1}
                        from_office={matches!(event.by, Actor::Office { .. })}
                        at={event.at}
                        forged={author(&props.authors, event) == Some(Authorship::Forged)}
                        envelope={envelope.clone()}
                        opened={props.opened.clone()}
                        sealer={props.sealer.clone()}
                    />
                }
            </ol>
        </Card>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct OneMessageProps {
    number: usize,
    from_office: bool,
    at: u64,
    forged: bool,
    envelope: AttrValue,
    opened: Opened,
    sealer: Sealer,
}

#[component]
fn OneMessage(props: &OneMessageProps) -> Html {
    let letter = use_request::<String, SealerError>();
    {
        let (letter, sealer) = (letter.clone(), props.sealer.clone());
        let identity = props.opened.receipt.identity.clone();
        use_effect_with((identity, props.envelope.clone()), move |(identity, envelope)| {
            let (identity, envelope) = (identity.clone(), envelope.to_string());
            letter.run(async move { sealer.open(identity, envelope).await });
        });
    }
    let (class, who) = if props.from_office {
        ("thread__item thread__item--office", "受理单位")
    } else {
        ("thread__item thread__item--own", "您")
    };
    html! {
        <li {class}>
            <p class="thread__who">{ who }<span class="muted">{ " " }{ moment(props.at) }</span></p>
            if props.forged {
                <p data-test={format!("message-{}-forged", props.number)}>
                    <strong>{ format!("这条留言的签名对不上，可能不是{who}写的。") }</strong>
                </p>
            }
            <div class="thread__text" data-test={format!("message-{}", props.number)}>
                { match letter.state() {
                    Request::Done(json) => text_of(json, props),
                    Request::Failed(error) => html! { <p>{ error.to_string() }</p> },
                    Request::Idle | Request::Busy => html! { <p class="muted">{ "正在打开……" }</p> },
                } }
            </div>
        </li>
    }
}

fn author(authors: &[Authorship], event: &Event) -> Option<Authorship> {
    usize::try_from(event.seq).ok().and_then(|place| authors.get(place)).copied()
}

/// The text of a message as paragraphs, with the line breaks it was written with.
fn text_of(json: &str, props: &OneMessageProps) -> Html {
    match Letter::parse(json.as_bytes()) {
        Ok(Letter::Message(message)) => html! {
            <>
                <p class="thread__words">{ message.text }</p>
                if let Some(enclosures) = message.enclosures {
                    <Enclosed {enclosures} receipt={props.opened.receipt.clone()} config={props.opened.config.clone()} sealer={props.sealer.clone()} />
                }
            </>
        },
        _ => html! { <p>{ "这条留言的格式无法识别。" }</p> },
    }
}
