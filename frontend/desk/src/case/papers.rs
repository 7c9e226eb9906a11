//! The papers of a case: what the letter and the messages name, and what of it has come.

use policies::model::Document;
use protocol::letter::Letter;
use protocol::paper::{CasePapers, Enclosures, PaperStanding};
use yew::prelude::*;

use super::history::StaticDocument;
use super::opened::OpenedCase;
use super::sheet::Sheet;
use crate::calls::{Desk, DeskError};
use crate::problem::Problem;
use ui::components::{Button, Card, Look};
use ui::hooks::use_request;
use ui::words::owners_moment;

/// Props of [`PapersView`].
#[derive(Properties, PartialEq)]
pub(crate) struct PapersViewProps {
    /// The case.
    pub(crate) opened: OpenedCase,
    /// The office's document, which names the papers.
    pub(crate) document: StaticDocument,
    /// Where to ask.
    pub(crate) desk: Desk,
    /// The key is gone.
    pub(crate) on_key_gone: Callback<()>,
}

/// Every paper; nothing where there are none. What has come is asked for at once, a paper itself when it is opened.
#[component]
pub(crate) fn PapersView(props: &PapersViewProps) -> Html {
    let bundles = bundles(&props.opened);
    let request = use_request::<CasePapers, DeskError>();
    let load = {
        let (desk, request) = (props.desk.clone(), request.clone());
        let (lookup, on_key_gone) = (props.opened.case.view.lookup.clone(), props.on_key_gone.clone());
        Callback::from(move |()| {
            let (desk, lookup, on_key_gone) = (desk.clone(), lookup.clone(), on_key_gone.clone());
            request.run(async move {
                let came = desk.papers(&lookup).await;
                if came.as_ref().is_err_and(DeskError::key_is_gone) {
                    on_key_gone.emit(());
                }
                came
            });
        })
    };
    {
        let (load, some) = (load.clone(), !bundles.is_empty());
        use_effect_with((props.opened.case.view.total, some), move |(_, some)| {
            if *some {
                load.emit(());
            }
        });
    }
    // While it is asked again, what was known stands.
    let known = use_known(request.state().done());
    if bundles.is_empty() {
        return Html::default();
    }
    let standing = |id: &str| -> Option<PaperStanding> {
        known.as_ref()?.papers.iter().find(|paper| paper.id == id).cloned()
    };
    let waits = known.as_ref().is_some_and(|known| known.papers.iter().any(|paper| !paper.whole));
    html! {
        <Card title="材料" test="papers">
            <p class="muted desk-noprint">
                { "只有打开的材料才会取来解密，每次打开都记入审计记录。" }
            </p>
            if let Some(error) = request.state().failed() {
                <Problem error={error.clone()} on_retry={load.clone()} />
            }
            if known.is_some() {
                for (from, enclosures) in bundles {
                    if let Some(from) = from {
                        <h3>{ from }</h3>
                    }
                    <ul class="desk-sheets">
                        for paper in enclosures.papers.iter() {
                            <Sheet
                                key={paper.id.clone()} paper={paper.clone()} secret={enclosures.key.clone()}
                                wanted={paper.wanted.as_deref().and_then(|id| label(props.document.0, id))}
                                standing={standing(&paper.id)} lookup={props.opened.case.view.lookup.clone()}
                                desk={props.desk.clone()} on_key_gone={props.on_key_gone.clone()}
                            />
                        }
                    </ul>
                }
            } else if request.state().is_busy() {
                <p class="muted" role="status">{ "正在看到了哪些材料……" }</p>
            }
            if waits {
                <p class="desk-noprint">
                    <Button
                        look={Look::Secondary} busy={request.state().is_busy()} test="papers-again"
                        onclick={load.reform(|_: MouseEvent| ())}
                    >
                        { "再看看传完了没有" }
                    </Button>
                </p>
            }
        </Card>
    }
}

/// The papers by the letter that names them, with the words for a message; none that names no paper.
fn bundles(opened: &OpenedCase) -> Vec<(Option<String>, Enclosures)> {
    let of = |enclosures: Option<&Enclosures>| enclosures.filter(|one| !one.papers.is_empty()).cloned();
    let first = opened.letter.as_ref().ok().and_then(|letter| of(Letter::enclosures(letter)));
    let mut bundles: Vec<_> = first.map(|enclosures| (None, enclosures)).into_iter().collect();
    for event in &opened.case.view.events {
        let Some(Ok(message)) = opened.messages.get(&event.seq) else { continue };
        if let Some(enclosures) = of(message.enclosures.as_ref()) {
            bundles.push((
                Some(format!("{} 的消息带来的", owners_moment(opened.case.view.kind, event.at))),
                enclosures,
            ));
        }
    }
    bundles
}

/// What the document calls a paper on its list.
fn label(document: &Document, id: &str) -> Option<AttrValue> {
    document.papers.iter().find(|paper| paper.id == id).map(|paper| paper.label.clone().into())
}

/// The latest answer that there was.
#[hook]
fn use_known(answer: Option<&CasePapers>) -> Option<CasePapers> {
    let known = use_mut_ref(|| None::<CasePapers>);
    if let Some(answer) = answer {
        *known.borrow_mut() = Some(answer.clone());
    }
    known.borrow().clone()
}
