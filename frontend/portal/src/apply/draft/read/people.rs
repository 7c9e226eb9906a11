//! Who applies, and who with them.

use chrono::NaiveDate;
use policies::{identity, seen::visible};
use protocol::letter::Person;
use ui::{components::FieldFault, place::Doc};

use super::{
    faults::Faults,
    person::person,
    text::{LINE_CHARS, text},
};
use crate::apply::draft::{Draft, field::person_field};

/// Most people in one application.
pub(crate) const MOST_PEOPLE: usize = 30;

/// The applicant.
///
/// # Errors
/// The faults of the page, in its order.
pub(super) fn applicant(draft: &Draft, doc: Doc, on: NaiveDate) -> Result<Person, Vec<FieldFault>> {
    let typed = &draft.applicant;
    let mut faults = Faults::default();
    let known = faults.part(person(draft, typed, on));
    let phone = faults.field("phone", phone(&typed.phone));
    let registration = faults.field("registration", registration(&typed.registration, doc));
    let work = faults.field("work", text(&typed.work, LINE_CHARS));
    let marital = typed.marital.clone();
    let told = known.zip(phone).zip(registration).zip(work);
    faults.unless(told.map(|(((known, phone), registration), work)| Person {
        relation: "本人".to_owned(),
        phone,
        registration,
        marital,
        work,
        ..known
    }))
}

/// The members, in the order typed.
///
/// # Errors
/// The faults of the page, in its order.
pub(super) fn members(draft: &Draft, on: NaiveDate) -> Result<Vec<Person>, Vec<FieldFault>> {
    let mut faults = Faults::default();
    let mut members = Vec::new();
    for typed in &draft.members {
        let known = faults.part(person(draft, typed, on));
        let relation = match typed.relation.trim() {
            "" => Err("请选择这位家人和申请人的关系。".to_owned()),
            relation => Ok(relation.to_owned()),
        };
        let relation = faults.field(person_field(draft, typed.key, "relation"), relation);
        members.extend(known.zip(relation).map(|(known, relation)| Person { relation, ..known }));
    }
    if draft.members.len() >= MOST_PEOPLE {
        faults.add("member-add", format!("一份申请最多写 {MOST_PEOPLE} 个人，请到窗口办理。"));
    }
    faults.unless(Some(members))
}

/// A mobile or landline number, normalised; nobody must have one.
fn phone(typed: &str) -> Result<String, String> {
    match visible(typed).as_str() {
        "" => Ok(String::new()),
        typed => identity::phone(typed).map_err(|error| error.message),
    }
}

/// Where the applicant is registered; must be told where the document's ledgers record it.
fn registration(typed: &str, doc: Doc) -> Result<String, String> {
    match text(typed, LINE_CHARS)?.as_str() {
        "" if doc.records_registration() => {
            Err("请填写户口所在地，这里的社区要按它查有没有重复。".to_owned())
        }
        told => Ok(told.to_owned()),
    }
}
