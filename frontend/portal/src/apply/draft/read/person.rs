//! One person: a name, and an identity number or a day of birth.

use chrono::NaiveDate;
use policies::{identity, seen::visible};
use protocol::{kin::sex_word, letter::Person};
use ui::components::FieldFault;

use crate::{
    apply::draft::{Draft, PersonDraft, field::person_field},
    typed::{Faults, citizen, name},
};

/// What applicant and members have in common; the rest is empty.
///
/// # Errors
/// The faults of the person's fields, in the order of the page.
pub(super) fn person(draft: &Draft, typed: &PersonDraft, on: NaiveDate) -> Result<Person, Vec<FieldFault>> {
    let field = |name: &str| person_field(draft, typed.key, name);
    let mut faults = Faults::default();
    let name = faults.field(field("name"), name(&typed.name));
    let known = if typed.no_number {
        let birth = faults.field(field("birth"), birth(&typed.birth, on));
        birth.map(|birth| Person { birth: Some(birth), ..Person::default() })
    } else {
        faults.field(field("id-number"), citizen(&typed.id_number, on)).map(holder)
    };
    faults.unless(name.zip(known).map(|(name, known)| Person { name, ..known }))
}

/// What can be read of a person's number or day of birth, whatever else is wrong or missing.
pub(super) fn known(typed: &PersonDraft, on: NaiveDate) -> Person {
    if typed.no_number {
        Person { birth: birth(&typed.birth, on).ok(), ..Person::default() }
    } else {
        citizen(&typed.id_number, on).map(holder).unwrap_or_default()
    }
}

/// What an identity number says of its holder.
fn holder(id: identity::ResidentId) -> Person {
    let sex = sex_word(id.sex).to_owned();
    Person { id_number: id.number, birth: Some(id.birth), sex, ..Person::default() }
}

/// A date of birth typed where there is no number.
pub(super) fn birth(typed: &str, on: NaiveDate) -> Result<NaiveDate, String> {
    if visible(typed).is_empty() {
        return Err("请填写出生日期，例如 20240301。".to_owned());
    }
    ui::typed::date("出生日期", false, typed, on)
}
