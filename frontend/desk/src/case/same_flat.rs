//! What else was sent about the flat of a tip-off: other tip-offs, and what its tenant sent. Found among the letters that
//! were opened at this desk; nothing is joined or dropped, each goes its own way.

use policies::model::CaseKind;
use protocol::case::CaseView;
use protocol::letter::Letter;
use protocol::query::{InboxQuery, Standing};
use yew::prelude::*;

use super::history::StaticDocument;
use super::opened::{OpenedCase, open_letter};
use crate::calls::{Desk, DeskError};
use crate::flats::{About, Flat, Flats, FlatsAction};
use crate::problem::Problem;
use crate::words;
use ui::components::{Button, Card, Look};
use ui::hooks::{Request, use_request};
use ui::words::{case_number, owners_moment};

/// Props of [`SameFlat`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct SameFlatProps {
    /// The case.
    pub(crate) opened: OpenedCase,
    /// The office's document.
    pub(crate) document: StaticDocument,
    /// Where to ask.
    pub(crate) desk: Desk,
    /// What was opened at this desk.
    pub(crate) flats: UseReducerHandle<Flats>,
    /// Opens a case by its look-up id.
    pub(crate) on_open: Callback<String>,
    /// The key is gone.
    pub(crate) on_key_gone: Callback<()>,
}

/// The other cases about the same flat, and the way to look through those that were not opened yet.
#[component]
pub(crate) fn SameFlat(props: &SameFlatProps) -> Html {
    let view = &props.opened.case.view;
    {
        let flats = props.flats.dispatcher();
        let seen = props.opened.letter.as_ref().ok().map(|letter| about(view, letter));
        use_effect_with((view.lookup.clone(), view.head.clone()), move |_| {
            if let Some(seen) = seen {
                flats.dispatch(FlatsAction::Saw(seen));
            }
        });
    }
    let request = use_request::<u64, DeskError>();
    let look = {
        let (request, props) = (request.clone(), props.clone());
        Callback::from(move |()| {
            let props = props.clone();
            request.run(async move {
                let outcome = through(&props.desk, &props.flats).await;
                if outcome.as_ref().is_err_and(DeskError::key_is_gone) {
                    props.on_key_gone.emit(());
                }
                outcome
            });
        })
    };
    if view.kind != CaseKind::TipOff || props.opened.letter.is_err() {
        return Html::default();
    }
    let same = props.flats.same_as(&view.lookup);
    let looked = match request.state() {
        Request::Done(count) => html! {
            <p role="status" data-test="flat-looked">{ format!("看过了，这次又打开了 {count} 件举报。") }</p>
        },
        Request::Failed(error) => html! { <Problem error={error.clone()} on_retry={look.clone()} /> },
        Request::Idle | Request::Busy => Html::default(),
    };
    html! {
        <Card title="同一套房的件" class="desk-noprint" test="same-flat">
            if same.is_empty() {
                <p class="muted" data-test="flat-alone">{ "这次打开过的件里，没有写同一套房的。" }</p>
            } else {
                <p>{ "栋、号楼、室、全角数字这些写法不同的，也算同一套房。要不要合起来查，由您决定；每一件都要分别答复。" }</p>
                <ul class="desk-same">
                    for other in same { { line(other, props) } }
                </ul>
            }
            <Button
                look={Look::Secondary} busy={request.state().is_busy()} test="flat-look"
                onclick={look.reform(|_: MouseEvent| ())}
            >
                { "打开全部举报来对照" }
            </Button>
            <p class="muted">{ "服务器读不出地址，只能在这台电脑上打开来比。打开的每一件都记入审计记录；锁定以后，比过的不再留着。" }</p>
            { looked }
        </Card>
    }
}

fn line(other: &About, props: &SameFlatProps) -> Html {
    let document = props.document.0;
    let what = if other.kind == CaseKind::TipOff { "另一件举报" } else { "住户自己的件" };
    let onclick = {
        let lookup = other.lookup.clone();
        props.on_open.reform(move |_: MouseEvent| lookup.clone())
    };
    html! {
        <li key={other.lookup.clone()}>
            <Button look={Look::Quiet} {onclick} test={format!("same-{}", other.lookup)}>
                { format!("{} {}", words::kind(document, other.kind), case_number(&other.lookup)) }
            </Button>
            <span class="muted">
                { format!(
                    "{what}，{} 收到，{}", owners_moment(other.kind, other.received_at),
                    words::stage(document, other.kind, &other.stage),
                ) }
            </span>
        </li>
    }
}

/// The flats that a letter names.
fn about(view: &CaseView, letter: &Letter) -> About {
    let flats = match letter {
        // In parts where it was asked for so, and in words.
        Letter::TipOff(tip_off) => {
            [tip_off.spot.words(), tip_off.place.clone()].iter().filter_map(|text| Flat::read(text)).collect()
        }
        Letter::Application(application) => Flat::read(&application.address).into_iter().collect(),
        Letter::Form(form) => {
            let answers = form.entries.iter().flat_map(|entry| &entry.answers);
            answers.filter_map(|answer| Flat::read(&answer.value)).collect()
        }
        Letter::Message(_) => Vec::new(),
    };
    About {
        lookup: view.lookup.clone(),
        kind: view.kind,
        stage: view.stage.clone(),
        received_at: view.received_at,
        flats,
    }
}

/// Opens every tip-off that was not opened yet: how many that were.
async fn through(desk: &Desk, flats: &UseReducerHandle<Flats>) -> Result<u64, DeskError> {
    let mut opened = 0;
    let mut asked =
        InboxQuery { standing: Standing::All, kind: Some(CaseKind::TipOff), ..InboxQuery::default() };
    loop {
        let part = desk.inbox(&asked).await?;
        for row in part.cases {
            if row.withdrawn || row.destroyed_at.is_some() || flats.knows(&row.lookup) {
                continue;
            }
            let case = desk.case(&row.lookup).await?;
            // What does not open says nothing of a flat; its own page tells why.
            if let Ok(letter) = open_letter(desk, &case, (0, &case.envelope)).await? {
                flats.dispatch(FlatsAction::Saw(about(&case.view, &letter)));
                opened += 1;
            }
        }
        match part.next {
            Some(after) => asked.after = Some(after),
            None => return Ok(opened),
        }
    }
}
