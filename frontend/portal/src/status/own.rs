//! What was sent, for whoever holds the receipt: fetched, opened in the sealer, shown and printed.

use policies::model::CaseKind;
use protocol::{
    case::{CaseView, Messages},
    chain,
    letter::Letter,
    routes::Route,
};
use thiserror::Error;
use yew::prelude::*;

use super::open::{Opened, authorization};
use crate::{papers::Enclosed, sent::use_code_picture};
use ui::{
    api::{Api, ApiError},
    components::{Button, DataList, DataRow, Look, Notice, Tone, fold},
    hooks::{Request, use_request},
    paper::{self, Print, Standing},
    place::Doc,
    sealing::{Sealer, SealerError},
    words::{LetterPart, LetterRow, application_parts, case_number, form_parts, moment, roster_parts},
};

/// Why a copy is not shown. `Display` is a sentence for the person.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(super) enum NoCopy {
    /// The server or the way to it.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// Sealed by pages that kept none for its owner, or altered.
    #[error("这一件提交的时候没有给您留副本，这里打不开。要看交了什么，请带件号问受理单位。")]
    Closed,
}

/// Props of [`OwnCopy`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct OwnCopyProps {
    /// The case with its keys.
    pub(super) opened: Opened,
    /// Its document.
    pub(super) doc: Doc,
    /// As it stands now.
    pub(super) view: CaseView,
    /// Opens it.
    pub(super) sealer: Sealer,
}

/// A copy of one's own, folded away and fetched only when it is asked for. Of a tip-off there is none: who finds its code
/// must not read what was told.
#[component]
pub(super) fn OwnCopy(props: &OwnCopyProps) -> Html {
    let copy = use_request::<Letter, NoCopy>();
    let there = !props.view.withdrawn && props.view.destroyed_at.is_none();
    if props.view.kind == CaseKind::TipOff || !there {
        return Html::default();
    }
    let ask = {
        let (copy, opened, sealer) = (copy.clone(), props.opened.clone(), props.sealer.clone());
        Callback::from(move |_: MouseEvent| {
            let (opened, sealer) = (opened.clone(), sealer.clone());
            copy.run(async move { fetch(&opened, &sealer).await });
        })
    };
    let body = match copy.state() {
        Request::Done(letter) => html! {
            <Shown opened={props.opened.clone()} doc={props.doc} view={props.view.clone()} letter={letter.clone()} sealer={props.sealer.clone()} />
        },
        state => html! {
            <>
                <p>{ "提交时给您留了一份，只有您的查询码和受理单位能打开。" }</p>
                <Button look={Look::Secondary} onclick={ask} busy={state.is_busy()} test="own-open">{ "打开看" }</Button>
                if let Some(error) = state.failed() {
                    <Notice tone={Tone::Failure} live=true test="own-failed"><p>{ error.to_string() }</p></Notice>
                }
            </>
        },
    };
    fold("own", "我交的内容", String::new(), body)
}

/// What was sent.
///
/// # Errors
/// See [`NoCopy`].
pub(super) async fn fetch(opened: &Opened, sealer: &Sealer) -> Result<Letter, NoCopy> {
    let envelope = envelope(opened).await?;
    let json = sealer.open(opened.receipt.identity.clone(), envelope).await;
    json.map_err(|_: SealerError| NoCopy::Closed)
        .and_then(|json| Letter::parse(json.as_bytes()).map_err(|_| NoCopy::Closed))
}

/// The same, sealed: without a network as this device keeps it.
///
/// # Errors
/// See [`NoCopy`].
pub(super) async fn envelope(opened: &Opened) -> Result<String, NoCopy> {
    if let Some(kept) = opened.last.as_ref().and_then(|last| last.own.clone()) {
        return Ok(kept);
    }
    let lookup = opened.receipt.lookup.as_str();
    let held = authorization(&opened.receipt);
    let Messages { messages } = Api::of(&opened.config).ask(Route::OwnLetter { lookup }, Some(&held)).await?;
    Ok(messages.into_iter().next().ok_or(NoCopy::Closed)?.envelope)
}

#[derive(Clone, PartialEq, Properties)]
struct ShownProps {
    opened: Opened,
    doc: Doc,
    view: CaseView,
    letter: Letter,
    sealer: Sealer,
}

/// What was sent, and two ways to print it: to keep, with the code on it, and to sign and hand in, without.
#[component]
fn Shown(props: &ShownProps) -> Html {
    let ShownProps { opened, doc, view, letter, sealer } = props;
    let doc = *doc;
    let code = AttrValue::from(opened.receipt.code.clone());
    let pin = AttrValue::from(opened.pin.clone().unwrap_or_else(|| chain::pin(&view.head).to_owned()));
    let picture = use_code_picture(&code, &pin);
    let (number, received) = (case_number(&view.lookup), moment(view.received_at));
    let printed = |standing: Standing| {
        let letter = letter.clone();
        Callback::from(move |()| paper::letter(doc, &letter, &standing))
    };
    let own = Standing::Own {
        number: number.clone(),
        received: received.clone(),
        code: picture.state().done().cloned(),
    };
    let parts: Vec<LetterPart> = match letter {
        Letter::Application(application) => application_parts(application),
        Letter::Form(form) => [form_parts(doc.document(), form), roster_parts(doc.document(), form)].concat(),
        Letter::TipOff(_) | Letter::Message(_) => Vec::new(),
    };
    let row = |told: LetterRow| DataRow::new(told.name, html! { <bdi>{ told.value }</bdi> });
    html! {
        <div data-test="own-copy">
            for part in parts {
                <h3>{ part.title }</h3>
                <DataList rows={part.rows.into_iter().map(row).collect::<Vec<_>>()} />
            }
            if let Some(enclosures) = letter.enclosures() {
                <h3>{ "附上的材料" }</h3>
                <Enclosed
                    enclosures={enclosures.clone()}
                    document={doc.document()}
                    receipt={opened.receipt.clone()}
                    config={opened.config.clone()}
                    sealer={sealer.clone()}
                />
            }
            // Once the picture is there, or is known not to come.
            if picture.state().done().is_some() || picture.state().failed().is_some() {
                <div class="row no-print">
                    <Print says="打印，自己留着" test="own-print" paper={printed(own)} />
                    if paper::is_signed(doc, view.kind) {
                        <Print says="打印，签字交窗口" test="own-print-sign" paper={printed(Standing::Sent { number, received })} />
                    }
                </div>
                <p class="muted no-print">{ "自己留着的那份印着查询码，不要给别人；交窗口的那份没有。" }</p>
            }
        </div>
    }
}
