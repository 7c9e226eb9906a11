//! The fields of one person, the same for the applicant and for a member.

use chrono::NaiveDate;
use policies::identity::resident_id;
use yew::prelude::*;

use super::form::PageProps;
use crate::apply::draft::{Draft, DraftAction, PersonDraft, PersonField, field::person_field};
use ui::{
    components::{CheckBox, Field, FieldKind},
    typed,
    words::date_words,
};

/// A callback that writes one field of one person.
pub(super) fn write<T: ToString + 'static>(
    draft: &UseReducerHandle<Draft>,
    key: u32,
    field: PersonField,
) -> Callback<T> {
    let dispatcher = draft.dispatcher();
    Callback::from(move |text: T| {
        dispatcher.dispatch(DraftAction::WritePerson(key, field.clone(), text.to_string()));
    })
}

/// Name and identity number; for a member also “none yet” with the date of birth.
pub(super) fn identity_fields(props: &PageProps, person: &PersonDraft) -> Html {
    let id = |field: &str| person_field(&props.draft, person.key, field);
    let is_applicant = person.key == 0;
    let none = {
        let (dispatcher, key) = (props.draft.dispatcher(), person.key);
        Callback::from(move |on: bool| dispatcher.dispatch(DraftAction::NoNumber(key, on)))
    };
    html! {
        <>
            <Field
                id={id("name")}
                label="姓名"
                hint={is_applicant.then_some(AttrValue::Static("和身份证上的一致。生僻字、名字中间的“·”照实填写。"))}
                value={person.name.clone()}
                error={props.error(&id("name"))}
                oninput={write(&props.draft, person.key, PersonField::Name)}
                autocomplete={if is_applicant { "name" } else { "off" }}
            />
            if !person.no_number {
                <Field
                    id={id("id-number")}
                    label="身份证号"
                    hint={is_applicant.then_some(AttrValue::Static("18 位。只有受理单位和您的查询码能打开。"))}
                    kind={FieldKind::IdNumber}
                    value={person.id_number.clone()}
                    echo={born(&person.id_number, props.today)}
                    error={props.error(&id("id-number"))}
                    oninput={write(&props.draft, person.key, PersonField::IdNumber)}
                />
            }
            if !is_applicant {
                <CheckBox
                    id={id("no-number")}
                    label="还没有身份证号（比如刚出生）"
                    checked={person.no_number}
                    onchange={none}
                />
                if person.no_number {
                    <Field
                        id={id("birth")}
                        label="出生日期"
                        hint={typed::DATE_HINT}
                        echo={typed::date_echo(&person.birth, props.today)}
                        kind={FieldKind::Date}
                        value={person.birth.clone()}
                        error={props.error(&id("birth"))}
                        oninput={write(&props.draft, person.key, PersonField::Birth)}
                    />
                }
            }
        </>
    }
}

/// The day of birth in a well-formed number, to be looked at: a wrong digit shows there.
fn born(number: &str, today: NaiveDate) -> Option<String> {
    Some(format!("{}出生", date_words(resident_id(number, today).ok()?.birth)))
}
