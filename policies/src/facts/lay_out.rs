//! From a household's facts by id to values by slot, checked.

use chrono::NaiveDate;

use super::{
    household::{Household, Value},
    range::{Fault, number},
};
use crate::{
    book::Dictionary,
    fault::{FactError, FactFault},
    model::{Fact, FactKind, FromPeople, Scope},
    program::Slot,
};

/// Most people in one household.
pub(crate) const MOST_PEOPLE: usize = 30;

/// Checks every fact and lays the household out by slot. A household fact that is given stands; one
/// that is not follows from the people where the dictionary says how.
pub(crate) fn fill(
    dictionary: &Dictionary,
    household: &Household,
    on: NaiveDate,
) -> Result<Vec<Option<i64>>, Vec<FactError>> {
    let mut values = vec![None; dictionary.facts.len()];
    let mut errors = Vec::new();
    // Household and dictionary are both in the order of their ids: one walk through both finds every fact.
    let mut dictionary_facts = dictionary.in_order().peekable();
    for (id, value) in &household.facts {
        while dictionary_facts.next_if(|(_, fact)| fact.id < *id).is_some() {}
        let found = dictionary_facts.next_if(|(_, fact)| fact.id == *id);
        match check(found, value, Scope::Household, on) {
            Ok((slot, number)) => {
                if let Some(place) = values.get_mut(usize::from(slot)) {
                    *place = Some(number);
                }
            }
            Err((code, message)) => errors.push(FactError::new(format!("facts.{id}"), code, message)),
        }
    }
    if household.people.len() > MOST_PEOPLE {
        let message = format!("一户最多填 {MOST_PEOPLE} 人，请核对人数。");
        errors.push(FactError::new("people", FactFault::TooManyPeople, message));
    }
    for (i, person) in household.people.iter().enumerate() {
        for (id, value) in person {
            let found = dictionary.slot(id).and_then(|slot| Some((slot, dictionary.at(slot)?)));
            if let Err((code, message)) = check(found, value, Scope::Person, on) {
                errors.push(FactError::new(format!("people.{i}.{id}"), code, message));
            }
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    if household.people.is_empty() {
        return Ok(values);
    }
    for (place, fact) in values.iter_mut().zip(&dictionary.facts) {
        if place.is_none() {
            let derived = from_people(fact, household);
            let fits = |n: &i64| fact.kind.range().is_none_or(|(least, most)| (least..=most).contains(n));
            match derived {
                Some(n) if !fits(&n) => errors.push(FactError::new(
                    format!("facts.{}", fact.id),
                    FactFault::TooLarge,
                    format!("按各人相加，“{}”超出了合理范围，请核对。", fact.label),
                )),
                other => *place = other,
            }
        }
    }
    if errors.is_empty() { Ok(values) } else { Err(errors) }
}

/// What a household fact comes to from the people, of whom there is at least one, if everyone's part is known.
fn from_people(fact: &Fact, household: &Household) -> Option<i64> {
    let people = &household.people;
    match fact.from_people.as_ref()? {
        FromPeople::Count => i64::try_from(people.len()).ok(),
        FromPeople::Sum(id) => people.iter().try_fold(0_i64, |sum, person| match person.get(id) {
            Some(Value::Number(n)) => sum.checked_add(*n),
            _ => None,
        }),
        FromPeople::Any(id) => {
            let answers = || people.iter().map(|person| person.get(id));
            if answers().any(|a| a == Some(&Value::YesNo(true))) {
                Some(1)
            } else {
                answers().all(|a| a == Some(&Value::YesNo(false))).then_some(0)
            }
        }
        // Identity numbers are no facts: whoever holds them tells what they say.
        FromPeople::ApplicantBirth { .. } => None,
    }
}

fn check(
    found: Option<(Slot, &Fact)>,
    value: &Value,
    scope: Scope,
    on: NaiveDate,
) -> Result<(Slot, i64), Fault> {
    let Some((slot, fact)) = found else {
        return Err((FactFault::UnknownFact, "没有这一项，请检查名称。".to_owned()));
    };
    if matches!(fact.kind, FactKind::Ratio { .. }) {
        let message = format!("“{}”由其他项算出，不用填写。", fact.label);
        return Err((FactFault::Derived, message));
    }
    if fact.scope != scope {
        let where_to = if scope == Scope::Household { "每个人名下" } else { "家庭一栏" };
        return Err((FactFault::WrongScope, format!("“{}”要填在{where_to}。", fact.label)));
    }
    number(fact.into(), value, on).map(|n| (slot, n))
}
