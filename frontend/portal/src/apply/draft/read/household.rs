//! The household as the engine reads it: the answers, and what follows from the people.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use policies::{
    Household, Value,
    model::{Fact, FromPeople, Scope},
    parse_value,
};
use ui::components::FieldFault;

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
        } else if let Some(typed) = draft.facts.get(&fact.id) {
            match parse_value(fact, typed, on) {
                Ok(value) => {
                    facts.insert(fact.id.clone(), value);
                }
                Err(error) => faults.push(FieldFault::new(fact_field(&fact.id), error.message)),
            }
        }
    }
    (Household { facts, people: vec![BTreeMap::new(); people] }, faults)
}

/// Whether a fact follows from the people typed in, so that it is never asked here.
pub(crate) fn is_counted(fact: &Fact) -> bool {
    matches!(fact.from_people, Some(FromPeople::Count))
}
