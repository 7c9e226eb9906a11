//! A clean draft as the letter that is sealed.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use policies::{
    Assessment, Household, Value, assess, format_value, identity,
    model::{CaseKind, Fact, Scope},
    parse_value,
};
use protocol::letter::{Application, Declarations, Letter, Person, Wanted};

use super::{
    Draft, PersonDraft,
    check::{birth, is_counted, phone_number},
    declared,
};
use ui::place::Doc;

/// The household as the engine reads it: answers that can be read, and what follows from the people.
/// An answer that cannot be read is an unknown here; [`super::check`] names it.
pub(crate) fn household(draft: &Draft, on: NaiveDate) -> Household {
    let read = |typed: &BTreeMap<String, String>, scope: Scope| -> BTreeMap<String, Value> {
        policies::rulebook()
            .facts()
            .iter()
            .filter(|fact| fact.scope == scope)
            .filter_map(|fact| Some((fact.id.clone(), parse_value(fact, typed.get(&fact.id)?, on).ok()?)))
            .collect()
    };
    let mut facts = read(&draft.facts, Scope::Household);
    let people = i64::try_from(draft.people().count()).unwrap_or(i64::MAX);
    for fact in policies::rulebook().facts().iter().filter(|fact| is_counted(fact)) {
        facts.insert(fact.id.clone(), Value::Number(people));
    }
    let people = draft.people().map(|person| read(&person.facts, Scope::Person)).collect();
    Household { facts, people }
}

/// The assessment of a draft, where its document gives one.
pub(crate) fn assessment(doc: Doc, household: &Household, on: NaiveDate) -> Option<Assessment<'static>> {
    assess(doc.compiled(), household, on).ok()
}

/// What a draft's answer to a fact says, for reading; `None` where it is unknown.
pub(crate) fn fact_words(fact: &Fact, household: &Household) -> Option<String> {
    household.facts.get(&fact.id).map(|value| format_value(fact, value))
}

/// The letter. Call it only for a draft without faults. Where replies go is filled in when there is
/// a receipt.
pub(crate) fn letter(draft: &Draft, doc: Doc, on: NaiveDate) -> Letter {
    let household = household(draft, on);
    Letter::Application(Box::new(Application {
        kind: CaseKind::Application,
        document: doc.document().id.clone(),
        document_hash: doc.compiled().hash().to_owned(),
        on,
        applicant: person(&draft.applicant, "本人", on),
        members: draft.members.iter().map(|member| person(member, &member.relation, on)).collect(),
        address: draft.address.trim().to_owned(),
        wanted: wanted(&draft.wanted),
        assessment: assessment(doc, &household, on),
        household,
        declarations: Declarations {
            truth: draft.truth,
            consent: draft.consent,
            members_agree: draft.members_agree,
            authorised: declared::authorised(draft, doc, on).unwrap_or_default(),
            on,
            wording: declared::wording(draft, doc, on),
        },
        remarks: draft.remarks.trim().to_owned(),
        reply_to: String::new(),
    }))
}

fn wanted(id: &str) -> Wanted {
    match id {
        "flat" => Wanted::Flat,
        "subsidy" => Wanted::Subsidy,
        _ => Wanted::Either,
    }
}

fn person(typed: &PersonDraft, relation: &str, on: NaiveDate) -> Person {
    let known = if typed.no_number { None } else { identity::resident_id(&typed.id_number, on).ok() };
    Person {
        name: typed.name.trim().to_owned(),
        id_number: known.as_ref().map_or_else(String::new, |known| known.number.clone()),
        relation: relation.trim().to_owned(),
        birth: match &known {
            Some(known) => Some(known.birth),
            None => birth(&typed.birth, on).ok(),
        },
        sex: known
            .map_or("", |known| match known.sex {
                identity::Sex::Male => "男",
                identity::Sex::Female => "女",
            })
            .to_owned(),
        phone: phone_number(typed.phone.trim()).unwrap_or_default(),
        registration: typed.registration.trim().to_owned(),
        marital: typed.marital.clone(),
        work: typed.work.trim().to_owned(),
        income_fen: None,
        note: String::new(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    #[test]
    fn the_letter_says_what_was_typed_and_counts_the_people() {
        let on = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        let doc = Doc::of_place("yongshun").unwrap();
        let draft = Draft {
            document: doc.document().id.clone(),
            applicant: PersonDraft {
                name: " 阿依古丽·测试𠮷 ".to_owned(),
                id_number: "９９９９９９199001010016".to_owned(),
                ..PersonDraft::default()
            },
            members: vec![PersonDraft {
                key: 1,
                name: "测试丙".to_owned(),
                relation: "子女".to_owned(),
                no_number: true,
                birth: "2025年1月2日".to_owned(),
                ..PersonDraft::default()
            }],
            facts: [("people".to_owned(), "9".to_owned())].into(),
            wanted: "subsidy".to_owned(),
            ..Draft::default()
        };
        let Letter::Application(sent) = letter(&draft, doc, on) else { panic!("not an application") };
        assert_eq!(sent.applicant.name, "阿依古丽·测试𠮷");
        assert_eq!(sent.applicant.id_number, "999999199001010016");
        assert_eq!(sent.applicant.birth, NaiveDate::from_ymd_opt(1990, 1, 1));
        assert_eq!((sent.applicant.sex.as_str(), sent.applicant.relation.as_str()), ("男", "本人"));
        assert_eq!(sent.members.first().unwrap().birth, NaiveDate::from_ymd_opt(2025, 1, 2));
        assert_eq!(sent.household.facts.get("people"), Some(&Value::Number(2)));
        assert_eq!(sent.household.people.len(), 2);
        assert_eq!(sent.wanted, Wanted::Subsidy);
        assert_eq!(sent.declarations.wording.len(), 3);
    }
}
