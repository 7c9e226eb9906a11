//! Draft and send an application, a page at a time.

mod applicant;
mod contact;
mod declare;
pub(crate) mod draft;
mod fact_field;
mod form;
mod household;
mod keep;
mod members;
mod person;
pub(crate) mod question;
mod reopened;
mod review;
mod told;

use policies::model::CaseKind;
use yew::prelude::*;

use crate::frame::{PlaceProps, UnknownPlace};
use crate::{
    check::when,
    frame::{ButtonLink, PlaceTrail},
    route::Route,
};
use ui::{
    components::{Contacts, Look, Notice, Page, Tone},
    hooks::use_today,
    place::Doc,
};

/// Draft and send an application.
#[component]
pub(crate) fn Apply(props: &PlaceProps) -> Html {
    let Some(doc) = Doc::of_place(&props.place, use_today()) else {
        return html! { <UnknownPlace /> };
    };
    if doc.procedure(CaseKind::Application).is_none() {
        return html! { <NotHere {doc} /> };
    }
    html! { <form::ApplyForm {doc} key={doc.document().id.clone()} /> }
}

#[derive(Clone, PartialEq, Properties)]
struct NotHereProps {
    doc: Doc,
}

/// The document says nothing about applying.
#[component]
fn NotHere(props: &NotHereProps) -> Html {
    let place = || props.doc.document().place.id.clone();
    let today = use_today();
    html! {
        <Page title="这里不能在线申请" above={html! { <PlaceTrail doc={props.doc} /> }}>
            <Notice tone={Tone::Info} test="no-apply">
                if let Some(renewal) = props.doc.procedure(CaseKind::Renewal) {
                    <p>{ "这份文件只管已经在保的家庭续保，第一次怎样申请没有写，所以不能替您提交第一次申请。" }</p>
                    <p>{ &renewal.says }</p>
                    if props.doc.has_form(CaseKind::Renewal) {
                        <ButtonLink to={Route::of_case(place(), CaseKind::Renewal)} test="to-renewal">
                            { format!("写{}", renewal.label) }
                        </ButtonLink>
                    }
                } else {
                    <p>{ "本站收录的这个地方的文件没有写怎样申请，所以不能替您提交。请看办事指南，或者问下面的部门。" }</p>
                }
                <div class="row">
                    <ButtonLink to={Route::Guide { place: place() }}>{ "看办事指南" }</ButtonLink>
                    <ButtonLink to={Route::Tip { place: place() }} look={Look::Secondary}>{ "举报违规用房" }</ButtonLink>
                </div>
            </Notice>
            { when(props.doc, Some(CaseKind::Renewal), today) }
            <Contacts doc={props.doc} />
        </Page>
    }
}
