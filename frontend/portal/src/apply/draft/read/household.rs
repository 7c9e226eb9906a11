//! The household as the engine reads it: the answers, and what follows from the people.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use policies::{
    Household, Value,
    identity::resident_id,
    model::{Fact, FromPeople, Scope},
    parse_value,
};
use ui::{components::FieldFault, words::date_words};

use crate::apply::draft::{Draft, field::fact_field};

/// The household.
///
/// # Errors
/// The faults of its answers, in the dictionary's order.
pub(super) fn household(draft: &Draft, on: NaiveDate) -> Result<Household, Vec<FieldFault>> {
    let (household, faults) = so_far(draft, on);
    if faults.is_empty() { Ok(household) } else { Err(faults) }
}

/// The household while it is being written: an answer that cannot be read is an unknown in it and a fault beside it.
pub(crate) fn so_far(draft: &Draft, on: NaiveDate) -> (Household, Vec<FieldFault>) {
    let (mut facts, mut faults) = (BTreeMap::new(), Vec::new());
    let people = draft.people().count();
    for fact in policies::rulebook().facts().iter().filter(|fact| fact.scope == Scope::Household) {
        if is_counted(fact) {
            facts.insert(fact.id.clone(), Value::Number(i64::try_from(people).unwrap_or(i64::MAX)));
            continue;
        }
        let told = told_by_number(fact, draft, on);
        let Some(typed) = draft.facts.get(&fact.id) else {
            facts.extend(told.map(|birth| (fact.id.clone(), Value::Date(birth))));
            continue;
        };
        let wrong = match (parse_value(fact, typed, on), told) {
            (Ok(Value::Date(typed)), Some(birth)) if typed != birth => {
                let birth = date_words(birth);
                format!("申请人的身份证号里，出生日期是 {birth}，和这里填的不一样。请核对，把填错的改过来。")
            }
            (Ok(value), _) => {
                facts.insert(fact.id.clone(), value);
                continue;
            }
            (Err(error), _) => error.message,
        };
        faults.push(FieldFault::new(fact_field(&fact.id), wrong));
    }
    (Household { facts, people: vec![BTreeMap::new(); people] }, faults)
}

/// Whether a fact is the number of the people typed in, so that it is never asked here.
pub(crate) fn is_counted(fact: &Fact) -> bool {
    matches!(fact.from_people, Some(FromPeople::Count))
}

/// Whether a fact follows from the people typed in and was not answered otherwise, so that it is not asked here.
pub(crate) fn follows(fact: &Fact, draft: &Draft, on: NaiveDate) -> bool {
    is_counted(fact) || (!draft.facts.contains_key(&fact.id) && told_by_number(fact, draft, on).is_some())
}

/// What the applicant's identity number tells of a fact.
fn told_by_number(fact: &Fact, draft: &Draft, on: NaiveDate) -> Option<NaiveDate> {
    matches!(fact.from_people, Some(FromPeople::ApplicantBirth { .. }))
        .then(|| resident_id(&draft.applicant.id_number, on).ok())?
        .map(|id| id.birth)
}
