//! Who applies, and who with them.

use chrono::NaiveDate;
use policies::{Household, seen::visible};
use protocol::{
    kin::{Contradiction, contradictions},
    letter::Person,
};
use ui::{components::FieldFault, place::Doc};

use super::person::{known, person};
use crate::{
    apply::draft::{Draft, PersonDraft, field::person_field},
    typed::{Faults, LINE_CHARS, phone, text},
};

/// Most people in one application.
pub(crate) const MOST_PEOPLE: usize = 30;

/// The applicant.
///
/// # Errors
/// The faults of the page, in its order.
pub(super) fn applicant(draft: &Draft, doc: Doc, on: NaiveDate) -> Result<Person, Vec<FieldFault>> {
    let typed = &draft.applicant;
    let mut faults = Faults::default();
    let told = faults.part(person(draft, typed, on));
    for wrong in contradictions(&known(typed, on), &[], &Household::default(), on) {
        contradicted(&mut faults, draft, wrong);
    }
    let phone = faults.field("phone", phone(&typed.phone));
    let registration = faults.field("registration", registration(&typed.registration, doc));
    let work = faults.field("work", text(&typed.work, LINE_CHARS));
    let marital = typed.marital.clone();
    let told = told.zip(phone).zip(registration).zip(work);
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
    // Who cannot be read yet contradicts nobody.
    let read = |typed: &PersonDraft| Person { relation: typed.relation.clone(), ..known(typed, on) };
    let others: Vec<Person> = draft.members.iter().map(read).collect();
    let wrong = contradictions(&read(&draft.applicant), &others, &Household::default(), on);
    for (place, typed) in (1..).zip(&draft.members) {
        let told = faults.part(person(draft, typed, on));
        let relation = faults.field(person_field(draft, typed.key, "relation"), relation(&typed.relation));
        members.extend(told.zip(relation).map(|(told, relation)| Person { relation, ..told }));
        for wrong in wrong.iter().filter(|wrong| wrong.person() == place) {
            contradicted(&mut faults, draft, *wrong);
        }
    }
    if draft.members.len() >= MOST_PEOPLE {
        faults.add("member-add", format!("一份申请最多写 {MOST_PEOPLE} 个人，请到窗口办理。"));
    }
    faults.unless(Some(members))
}

/// The fault that a contradiction is, at the control where it is most easily mended.
fn contradicted(faults: &mut Faults, draft: &Draft, wrong: Contradiction) {
    let name =
        |place: usize| draft.people().nth(place).map_or_else(String::new, |other| visible(&other.name));
    let (field, message) = match wrong {
        Contradiction::Minor { of_age } => (
            "id-number",
            format!(
                "按这个号码，申请人还不满 {of_age} 岁。号码填错了请改过来；真的未成年，请监护人到窗口办理。"
            ),
        ),
        Contradiction::SameNumber { other, .. } => {
            ("id-number", format!("这个号码和“{}”的相同，请核对。", name(other)))
        }
        Contradiction::SecondSpouse { other, .. } => {
            ("relation", format!("“{}”已经选了配偶，配偶只能有一位，请核对。", name(other)))
        }
        Contradiction::ChildNotYounger(_) => (
            "relation",
            "按出生日期，这位子女不比申请人小，请核对关系和号码。是继子女的，请选“其他”。".to_owned(),
        ),
        Contradiction::ParentNotOlder(_) => (
            "relation",
            "按出生日期，这位父母不比申请人大，请核对关系和号码。是继父母的，请选“其他”。".to_owned(),
        ),
        // What a number tells is not asked a second time here; the household's answers are held against it on their page.
        Contradiction::Birth(_) | Contradiction::Sex(_) | Contradiction::ApplicantsBirth => return,
    };
    if let Some(person) = draft.people().nth(wrong.person()) {
        faults.add(person_field(draft, person.key, field), message);
    }
}

/// What a member is to the applicant.
pub(super) fn relation(picked: &str) -> Result<String, String> {
    match picked {
        "" => Err("请选择这位家人和申请人的关系。".to_owned()),
        relation => Ok(relation.to_owned()),
    }
}

/// Where the applicant is registered; must be told where the document's ledgers record it.
pub(super) fn registration(typed: &str, doc: Doc) -> Result<String, String> {
    match text(typed, LINE_CHARS)?.as_str() {
        "" if doc.records_registration() => {
            Err("请填写户口所在地，这里的社区要按它查有没有重复。".to_owned())
        }
        told => Ok(told.to_owned()),
    }
}
