//! Corrections of a letter: what stands at a spot, and the letter with what was mended put in its place.

use chrono::NaiveDate;
use policies::{Value, identity, model::Document, parse_value};
use protocol::{
    correction::{CorrectionRequest, PersonSpot, Spot},
    kin::sex_word,
    letter::{Application, FieldAnswer, FormLetter, Letter, Person, Wanted},
};
use thiserror::Error;

use crate::{
    typed,
    words::{LetterPart, date_words},
};

/// Why an answer was not put into a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotPut {
    /// The letter has no such place.
    #[error("信里没有这一处")]
    NoSpot,
    /// It is no answer to what is asked there.
    #[error("答的内容认不出来")]
    NoAnswer,
}

/// Name of a spot with that of its part, in the words of what can be corrected.
pub fn spot_name(parts: &[LetterPart], spot: &Spot) -> Option<String> {
    let found = |part: &LetterPart| {
        let row = part.rows.iter().find(|row| row.spot.as_ref() == Some(spot))?;
        Some(format!("{} · {}", part.title, row.name))
    };
    parts.iter().find_map(found)
}

/// What is shown at a spot; empty where nothing was told.
pub fn spot_words(parts: &[LetterPart], spot: &Spot) -> String {
    let mut rows = parts.iter().flat_map(|part| &part.rows);
    rows.find(|row| row.spot.as_ref() == Some(spot)).map_or_else(String::new, |row| row.value.clone())
}

/// A request in words, for whoever knows no more than texts.
pub fn request_words(parts: &[LetterPart], request: &CorrectionRequest) -> String {
    let head = format!("请补正 {} 处，最晚 {}：", request.fields.len(), date_words(request.by));
    let line = |(n, asked): (usize, &protocol::correction::FieldAsked)| {
        let spot = asked.field.parse().ok();
        let name = spot.and_then(|spot| spot_name(parts, &spot)).unwrap_or_else(|| asked.field.clone());
        format!("{n}. {name}：{}", asked.why)
    };
    std::iter::once(head).chain((1..).zip(&request.fields).map(line)).collect::<Vec<_>>().join("\n")
}

/// What stands at a spot, as it would be typed or picked; empty where nothing was told.
pub fn typed_at(letter: &Letter, spot: &Spot) -> String {
    match (letter, spot) {
        (Letter::Application(application), spot) => typed_in(application, spot).unwrap_or_default(),
        (Letter::Form(form), Spot::Field { part, n, field }) => {
            let mut entries = form.entries.iter().filter(|entry| entry.part == *part);
            let entry = n.checked_sub(1).and_then(|n| entries.nth(n));
            let mut answers = entry.into_iter().flat_map(|entry| &entry.answers);
            answers
                .find(|answer| answer.field == *field)
                .map_or_else(String::new, |answer| answer.value.clone())
        }
        _ => String::new(),
    }
}

fn typed_in(application: &Application, spot: &Spot) -> Option<String> {
    Some(match spot {
        Spot::Address => application.address.clone(),
        Spot::Remarks => application.remarks.clone(),
        Spot::Wanted => application.wanted.id().to_owned(),
        Spot::Fact(id) => typed::text(policies::rulebook().fact(id)?, application.household.facts.get(id)?),
        Spot::Person { place, told } => {
            let person = match place.checked_sub(1) {
                None => &application.applicant,
                Some(member) => application.members.get(member)?,
            };
            match told {
                PersonSpot::Birth => person.birth?.to_string(),
                PersonSpot::Name => person.name.clone(),
                PersonSpot::IdNumber => person.id_number.clone(),
                PersonSpot::Relation => person.relation.clone(),
                PersonSpot::Phone => person.phone.clone(),
                PersonSpot::Registration => person.registration.clone(),
                PersonSpot::Marital => person.marital.clone(),
                PersonSpot::Work => person.work.clone(),
            }
        }
        Spot::Field { .. } | Spot::Paper(_) => return None,
    })
}

/// Puts what was mended into a letter. What was shown to its sender of the answers of before is no longer there then.
///
/// # Errors
/// See [`NotPut`]; then nothing was changed.
pub fn put(document: &Document, letter: &mut Letter, spot: &Spot, value: &str) -> Result<(), NotPut> {
    match letter {
        Letter::Application(application) => {
            put_in(application, spot, value)?;
            application.assessment = None;
            Ok(())
        }
        Letter::Form(form) => match spot {
            Spot::Field { part, n, field } => put_answer(document, form, (part, *n, field), value),
            _ => Err(NotPut::NoSpot),
        },
        Letter::TipOff(_) | Letter::Message(_) => Err(NotPut::NoSpot),
    }
}

fn put_in(application: &mut Application, spot: &Spot, value: &str) -> Result<(), NotPut> {
    let on = application.on;
    match spot {
        Spot::Address => value.clone_into(&mut application.address),
        Spot::Remarks => value.clone_into(&mut application.remarks),
        Spot::Wanted => {
            application.wanted = Wanted::from_id(value).ok_or(NotPut::NoAnswer)?;
        }
        Spot::Fact(id) => {
            let fact = policies::rulebook().fact(id).ok_or(NotPut::NoSpot)?;
            let value: Value = parse_value(fact, value, on).map_err(|_| NotPut::NoAnswer)?;
            application.household.facts.insert(id.clone(), value);
        }
        Spot::Person { place, told } => {
            let person = match place.checked_sub(1) {
                None => Some(&mut application.applicant),
                Some(member) => application.members.get_mut(member),
            };
            put_of(person.ok_or(NotPut::NoSpot)?, *told, value, on)?;
        }
        Spot::Field { .. } | Spot::Paper(_) => return Err(NotPut::NoSpot),
    }
    Ok(())
}

fn put_of(person: &mut Person, told: PersonSpot, value: &str, on: NaiveDate) -> Result<(), NotPut> {
    let text = match told {
        PersonSpot::IdNumber => {
            let id = identity::resident_id(value, on).map_err(|_| NotPut::NoAnswer)?;
            sex_word(id.sex).clone_into(&mut person.sex);
            person.birth = Some(id.birth);
            person.id_number = id.number;
            return Ok(());
        }
        PersonSpot::Birth => {
            person.birth = Some(typed::date("", false, value, on).map_err(|_| NotPut::NoAnswer)?);
            return Ok(());
        }
        PersonSpot::Name => &mut person.name,
        PersonSpot::Relation => &mut person.relation,
        PersonSpot::Phone => &mut person.phone,
        PersonSpot::Registration => &mut person.registration,
        PersonSpot::Marital => &mut person.marital,
        PersonSpot::Work => &mut person.work,
    };
    value.clone_into(text);
    Ok(())
}

fn put_answer(
    document: &Document,
    form: &mut FormLetter,
    (part, n, field): (&str, usize, &str),
    value: &str,
) -> Result<(), NotPut> {
    let known = document.form(form.kind).and_then(|form| form.part(part)).and_then(|part| part.field(field));
    known.ok_or(NotPut::NoSpot)?;
    let mut entries = form.entries.iter_mut().filter(|entry| entry.part == part);
    let entry = n.checked_sub(1).and_then(|n| entries.nth(n)).ok_or(NotPut::NoSpot)?;
    match entry.answers.iter_mut().find(|answer| answer.field == field) {
        Some(answer) => value.clone_into(&mut answer.value),
        None => entry.answers.push(FieldAnswer { field: field.to_owned(), value: value.to_owned() }),
    }
    entry.answers.retain(|answer| !answer.value.is_empty());
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use policies::{Household, model::CaseKind};
    use protocol::{
        correction::FieldAsked,
        letter::{Declarations, FilledPart},
    };

    use super::*;
    use crate::{place::Doc, words::correctable};

    fn on() -> NaiveDate {
        "2026-11-02".parse().unwrap()
    }

    fn application() -> Letter {
        let facts = [("people".to_owned(), Value::Number(2))].into();
        let person = |name: &str| Person { name: name.to_owned(), ..Person::default() };
        let (truth, consent, members_agree, authorised, wording) = (true, true, true, None, Vec::new());
        Letter::Application(Box::new(Application {
            kind: CaseKind::Application,
            document: "yongshun-2023".into(),
            document_hash: String::new(),
            on: on(),
            applicant: person("测试甲"),
            members: vec![person("测试乙")],
            address: "测试路 1 号".into(),
            wanted: Wanted::Flat,
            household: Household { facts, people: Vec::new() },
            assessment: None,
            declarations: Declarations { truth, consent, members_agree, authorised, on: on(), wording },
            remarks: String::new(),
            reply_to: String::new(),
            owner_key: String::new(),
            own_copy: true,
            enclosures: None,
        }))
    }

    fn swap() -> Letter {
        let answer = |field: &str, value: &str| FieldAnswer { field: field.into(), value: value.into() };
        let entry = |part: &str, answers| FilledPart { part: part.into(), answers };
        Letter::Form(FormLetter {
            kind: CaseKind::Swap,
            document: "yongshun-2023".into(),
            document_hash: String::new(),
            on: on(),
            entries: vec![
                entry("mine", vec![answer("flat", "一栋一号")]),
                entry("other", vec![answer("name", "测试乙"), answer("agrees", "no")]),
            ],
            reply_to: String::new(),
            owner_key: String::new(),
            own_copy: true,
            enclosures: None,
            roster: None,
        })
    }

    fn doc() -> Doc {
        Doc::by_id("yongshun-2023").unwrap()
    }

    /// Whatever can be asked for can be mended, is read back as it was put there, and shown in words.
    #[test]
    fn what_can_be_corrected_can_be_put_and_is_read_back() {
        for letter in [application(), swap()] {
            let parts = correctable(doc().compiled(), &letter);
            let spots: Vec<Spot> =
                parts.iter().flat_map(|part| &part.rows).filter_map(|row| row.spot.clone()).collect();
            assert!(spots.len() > 4, "{spots:?}");
            for spot in spots {
                assert!(spot_name(&parts, &spot).is_some());
                let (value, mut mended) = (value_for(&letter, &spot), letter.clone());
                let put = put(doc().document(), &mut mended, &spot, &value);
                if matches!(spot, Spot::Paper(_)) {
                    assert_eq!(put, Err(NotPut::NoSpot), "a paper is in no letter");
                    continue;
                }
                assert_eq!(put, Ok(()), "{spot}");
                assert_eq!(typed_at(&mended, &spot), value, "{spot}");
                let shown = correctable(doc().compiled(), &mended);
                assert!(!spot_words(&shown, &spot).is_empty(), "{spot}");
            }
        }
    }

    fn value_for(letter: &Letter, spot: &Spot) -> String {
        use policies::model::{FactKind, FieldKind};
        let of_fact = |kind: &FactKind| match kind {
            FactKind::YesNo => "yes".to_owned(),
            FactKind::Choice { choices } => choices.first().unwrap().id.clone(),
            FactKind::Date { .. } => "2020-03-05".to_owned(),
            FactKind::Count { least, .. } => least.to_string(),
            _ => "12".to_owned(),
        };
        match spot {
            Spot::Wanted => "subsidy".to_owned(),
            Spot::Fact(id) => of_fact(&policies::rulebook().fact(id).unwrap().kind),
            Spot::Person { told: PersonSpot::IdNumber, .. } => "999999199001010016".to_owned(),
            Spot::Person { told: PersonSpot::Birth, .. } => "1990-01-01".to_owned(),
            Spot::Field { part, field, .. } => {
                let Letter::Form(form) = letter else { return String::new() };
                let form = doc().document().form(form.kind).unwrap();
                match &form.part(part).unwrap().field(field).unwrap().kind {
                    FieldKind::IdNumber => "999999199001010016".to_owned(),
                    kind => kind.as_fact().map_or_else(|| "测试改后".to_owned(), |fact| of_fact(&fact)),
                }
            }
            _ => "测试改后".to_owned(),
        }
    }

    #[test]
    fn what_is_not_there_or_no_answer_changes_nothing() {
        let person = |place| Spot::Person { place, told: PersonSpot::Name };
        let field = |part: &str, n, field: &str| Spot::Field { part: part.into(), n, field: field.into() };
        for (letter, spot, value, wrong) in [
            (application(), person(2), "测试", NotPut::NoSpot),
            (application(), Spot::Fact("soul".into()), "1", NotPut::NoSpot),
            (application(), Spot::Fact("income_12_months".into()), "很多", NotPut::NoAnswer),
            (application(), Spot::Wanted, "both", NotPut::NoAnswer),
            (application(), field("mine", 1, "flat"), "二栋", NotPut::NoSpot),
            (swap(), field("mine", 2, "flat"), "二栋", NotPut::NoSpot),
            (swap(), field("mine", 0, "flat"), "二栋", NotPut::NoSpot),
            (swap(), field("mine", 1, "soul"), "二栋", NotPut::NoSpot),
            (swap(), Spot::Address, "测试路", NotPut::NoSpot),
            (Letter::message("测试"), Spot::Address, "测试路", NotPut::NoSpot),
        ] {
            let mut mended = letter.clone();
            assert_eq!(put(doc().document(), &mut mended, &spot, value), Err(wrong), "{spot}");
            assert_eq!(mended, letter);
        }
    }

    #[test]
    fn a_number_brings_birth_and_sex_along_and_a_request_reads_as_a_letter() {
        let mut letter = application();
        let spot = Spot::Person { place: 1, told: PersonSpot::IdNumber };
        put(doc().document(), &mut letter, &spot, "999999199001010016").unwrap();
        let Letter::Application(mended) = &letter else { return };
        let member = mended.members.first().unwrap();
        assert_eq!((member.birth, member.sex.as_str()), ("1990-01-01".parse().ok(), "男"));
        let parts = correctable(doc().compiled(), &letter);
        let fields = vec![
            FieldAsked { field: spot.to_string(), why: "和户口本不一样".into() },
            FieldAsked { field: "later.thing".into(), why: "还不认识".into() },
        ];
        let words = request_words(&parts, &CorrectionRequest { by: on(), fields });
        assert_eq!(
            words,
            "请补正 2 处，最晚 2026年11月2日：\n1. 第 1 位家人 · 身份证号：和户口本不一样\n2. later.thing：还不认识"
        );
    }
}
