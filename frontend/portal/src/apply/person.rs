//! The fields that identify a person, shared by the applicant's page and the members'.

use protocol::correction::PersonSpot;
use yew::prelude::*;

use super::{
    form::PageProps,
    question::{Question, Told},
};
use crate::apply::draft::{Draft, DraftAction, PersonDraft, field::person_field};
use ui::components::CheckBox;

/// A callback that writes one field of one person.
fn write(draft: &UseReducerHandle<Draft>, key: u32, told: PersonSpot) -> Callback<String> {
    let dispatcher = draft.dispatcher();
    Callback::from(move |text: String| {
        dispatcher.dispatch(DraftAction::WritePerson(key, told, text));
    })
}

/// A question about a person, at its place on the page.
pub(super) fn ask(props: &PageProps, person: &PersonDraft, told: PersonSpot) -> Html {
    let (name, value) = match told {
        PersonSpot::Name => ("name", &person.name),
        PersonSpot::IdNumber => ("id-number", &person.id_number),
        PersonSpot::Birth => ("birth", &person.birth),
        PersonSpot::Relation => ("relation", &person.relation),
        PersonSpot::Phone => ("phone", &person.phone),
        PersonSpot::Registration => ("registration", &person.registration),
        PersonSpot::Marital => ("marital", &person.marital),
        PersonSpot::Work => ("work", &person.work),
    };
    let id = person_field(&props.draft, person.key, name);
    let question = Question {
        told: if person.key == 0 { Told::Applicant(told) } else { Told::Member(told) },
        doc: props.doc,
        error: props.error(&id),
        id: id.into(),
        value: value.clone().into(),
        oninput: write(&props.draft, person.key, told),
        today: props.today,
    };
    question.show()
}

/// Name and identity number; for a member also “none yet” with the date of birth.
pub(super) fn identity_fields(props: &PageProps, person: &PersonDraft) -> Html {
    let none = {
        let (dispatcher, key) = (props.draft.dispatcher(), person.key);
        Callback::from(move |on: bool| dispatcher.dispatch(DraftAction::NoNumber(key, on)))
    };
    html! {
        <>
            { ask(props, person, PersonSpot::Name) }
            if !person.no_number {
                { ask(props, person, PersonSpot::IdNumber) }
            }
            if person.key != 0 {
                <CheckBox
                    id={person_field(&props.draft, person.key, "no-number")}
                    label="还没有身份证号（比如刚出生）"
                    checked={person.no_number}
                    onchange={none}
                />
                if person.no_number {
                    { ask(props, person, PersonSpot::Birth) }
                }
            }
        </>
    }
}
