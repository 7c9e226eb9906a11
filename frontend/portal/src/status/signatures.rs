//! Who wrote what stands in a case's history: said for all of it, and by name where a signature is not right.

use protocol::{
    case::{Action, Actor, CaseView, Event},
    counter::Counter,
    signed::Authorship,
};
use yew::prelude::*;

use super::open::Opened;
use sealer::ops::OwnersKey;
use ui::{
    components::{Notice, Tone},
    hooks::Request,
    office_card::{self, office_card},
    place::Doc,
    sealing::{Sealer, SealerError},
    words::moment,
};

/// What the office's card says, once it was checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    /// Who each event is of, by the card and the receipt's own key.
    pub(super) authors: Vec<Authorship>,
    /// Where the office is reached.
    pub(super) counters: Vec<Counter>,
}

/// What the office's card says, and with the receipt's own key of every event.
///
/// # Errors
/// See [`SealerError`]; a card that is not good is one.
pub(super) async fn authors_of(
    view: &CaseView,
    opened: &Opened,
    sealer: &Sealer,
) -> Result<Known, SealerError> {
    let card = office_card(&opened.config, &view.office);
    let counters = office_card::check(sealer, card.clone(), view.mail()).await?.counters;
    let owner = OwnersKey::Derived(opened.receipt.owner_key.clone());
    let authors = sealer.authors(card, view.lookup.clone(), &view.events, owner).await?;
    Ok(Known { authors, counters })
}

/// Props of [`Signatures`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct SignaturesProps {
    /// The case.
    pub(super) view: CaseView,
    /// Its document.
    pub(super) doc: Option<Doc>,
    /// What came of the check.
    pub(super) known: Request<Known, SealerError>,
}

/// Says of the whole history whether it is by whom it says.
#[component]
pub(super) fn Signatures(props: &SignaturesProps) -> Html {
    let authors = match &props.known {
        Request::Idle | Request::Busy => {
            return html! { <p class="muted" role="status">{ "正在核对签名……" }</p> };
        }
        Request::Failed(error) => {
            return html! {
                <Notice tone={Tone::Warning} title="现在核对不了签名" live=true test="signatures-unknown">
                    <p>{ error.to_string() }</p>
                    <p>{ "下面的经过和回复，不能确认是受理单位写的。要紧的事请先打电话核实。" }</p>
                </Notice>
            };
        }
        Request::Done(known) => &known.authors,
    };
    let judged = || props.view.events.iter().zip(authors);
    let forged: Vec<&Event> =
        judged().filter(|(_, author)| **author == Authorship::Forged).map(|(event, _)| event).collect();
    if !forged.is_empty() {
        return html! {
            <Notice tone={Tone::Failure} title="有的记录签名对不上" live=true test="signatures-forged">
                <p>{ "下面这些不是用受理单位或者您自己的钥匙签的，可能是别人加进去或者改过的。请不要照着做，打电话向受理单位核实：" }</p>
                <ul>
                    for event in forged { <li>{ told(event, &props.view, props.doc) }</li> }
                </ul>
            </Notice>
        };
    }
    let (all, old) = (props.view.events.len(), judged().any(|(_, author)| *author == Authorship::Unsigned));
    if old {
        html! {
            <p class="muted" data-test="signatures-old">
                { "这一件里有签名启用以前的记录，那些不能核对是谁写的。" }
            </p>
        }
    } else {
        html! {
            <p class="muted" data-test="signatures-good">
                { format!("{all} 条记录的签名都核对过：是受理单位和您自己的。") }
            </p>
        }
    }
}

fn told(event: &Event, view: &CaseView, doc: Option<Doc>) -> String {
    let who = if event.by == Actor::Applicant { "您" } else { "受理单位" };
    let what = match &event.action {
        Action::Submitted { .. } => "提交".to_owned(),
        Action::Moved { stage, .. } => {
            let known = doc.and_then(|doc| doc.procedure(view.kind)).and_then(|found| found.stage(stage));
            format!("转到“{}”", known.map_or(stage.as_str(), |stage| stage.label.as_str()))
        }
        Action::Message { .. } => "留言".to_owned(),
        Action::Withdrawn => "撤回".to_owned(),
        Action::PassedOn { .. } => "移交".to_owned(),
        Action::Aside { how } if how.is_aside() => "放在一边".to_owned(),
        Action::Aside { .. } => "放回收件箱".to_owned(),
    };
    format!("{}，写着是{who}：{what}。这一步的签名对不上。", moment(event.at))
}
