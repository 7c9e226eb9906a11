//! Everything else that a resident can do in a place (续租、变动、异议……), each by the form that its document gives.

pub(crate) mod control;
pub(crate) mod draft;
pub(crate) mod form;
pub(crate) mod list;
pub(crate) mod read;
mod when;

use chrono::NaiveDate;
use policies::model::{CaseKind, Form, Procedure};
use protocol::letter::{FilledPart, FilledRoster, FormLetter, Letter};
use yew::prelude::*;

use crate::{
    frame::{Go, NotFound, PlaceProps, PlaceTrail, UnknownPlace},
    route::Route,
};
use ui::{
    components::{Contacts, Notice, Page, Standing, Tone},
    hooks::use_today,
    place::Doc,
};

/// What can be done besides applying and reporting.
#[component]
pub(crate) fn Acts(props: &PlaceProps) -> Html {
    let today = use_today();
    let Some(doc) = Doc::of_place(&props.place, today) else {
        return html! { <UnknownPlace /> };
    };
    let others = || doc.document().procedures.iter().filter(|procedure| !procedure.case.has_own_pages());
    let counter: Vec<&Procedure> = others().filter(|procedure| !doc.has_form(procedure.case)).collect();
    html! {
        <Page title="办其他事" above={html! { <PlaceTrail {doc} /> }}>
            if doc.is_doubtful(today) {
                <Standing {doc} />
            }
            <ul class="services">
                for procedure in others().filter(|procedure| doc.has_form(procedure.case)) {
                    <li key={procedure.case.id()}>
                        <Go to={Route::of_case(doc.document().place.id.clone(), procedure.case)} class="service" test={format!("act-{}", procedure.case.id())}>
                            <span class="service__name">{ &procedure.label }</span>
                            <span class="service__says">{ &procedure.says }</span>
                        </Go>
                    </li>
                }
            </ul>
            if !counter.is_empty() {
                <Notice tone={Tone::Info} title="这些要到窗口办" test="acts-counter">
                    for procedure in counter {
                        <p><strong>{ &procedure.label }</strong>{ "：" }{ &procedure.says }</p>
                    }
                </Notice>
            }
            <Contacts {doc} />
        </Page>
    }
}

/// Props of [`Act`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ActProps {
    /// Place id.
    pub(crate) place: String,
    /// Id of the kind of case.
    pub(crate) case: String,
}

/// The form of one kind of case.
#[component]
pub(crate) fn Act(props: &ActProps) -> Html {
    let today = use_today();
    let Some(doc) = Doc::of_place(&props.place, today) else {
        return html! { <UnknownPlace /> };
    };
    let found = CaseKind::from_id(&props.case)
        .and_then(|case| doc.document().procedure(case).zip(doc.document().form(case)));
    match found {
        Some((procedure, form)) => {
            html! { <form::ActForm {doc} {procedure} {form} key={[&doc.document().id, "/", &props.case].concat()} /> }
        }
        None => html! { <NotFound /> },
    }
}

/// A draft as a letter, as far as it is filled in: for paper.
pub(crate) fn letter(doc: Doc, form: &Form, draft: &draft::ActDraft, on: NaiveDate) -> Letter {
    // A list is printed as it is sent: from the status page.
    Letter::Form(written(doc, form.case, read::as_it_stands(form, draft), None, on))
}

/// What is sent. Where replies go is filled in when there is a receipt.
fn written(
    doc: Doc,
    kind: CaseKind,
    entries: Vec<FilledPart>,
    roster: Option<FilledRoster>,
    on: NaiveDate,
) -> FormLetter {
    FormLetter {
        kind,
        document: doc.document().id.clone(),
        document_hash: doc.compiled().hash().to_owned(),
        on,
        entries,
        roster,
        reply_to: String::new(),
        owner_key: String::new(),
        own_copy: false,
        enclosures: None,
    }
}
