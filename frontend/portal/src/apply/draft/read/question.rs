//! One answer, read as its page reads it: what is put right later must be what could have been sent.

use chrono::NaiveDate;
use protocol::correction::PersonSpot;
use ui::place::Doc;

use super::{
    WANTED,
    contact::{address, not_wanted},
    people::{registration, relation},
    person::birth,
};
use crate::{
    apply::question::Told,
    typed::{LINE_CHARS, TEXT_CHARS, citizen, name, phone, text},
};

/// What was typed or picked for a question, as it is sent.
///
/// # Errors
/// What to do about it.
pub(crate) fn answer(told: Told, typed: &str, doc: Doc, on: NaiveDate) -> Result<String, String> {
    match told {
        Told::Address => address(typed),
        Told::Wanted => match WANTED.iter().find(|(id, ..)| *id == typed) {
            Some((id, ..)) => Ok((*id).to_owned()),
            None => Err(not_wanted()),
        },
        Told::Remarks => text(typed, TEXT_CHARS),
        Told::Applicant(told) | Told::Member(told) => match told {
            PersonSpot::Name => name(typed),
            PersonSpot::IdNumber => citizen(typed, on).map(|id| id.number),
            PersonSpot::Birth => birth(typed, on).map(|day| day.to_string()),
            PersonSpot::Relation => relation(typed),
            PersonSpot::Phone => phone(typed),
            PersonSpot::Registration => registration(typed, doc),
            PersonSpot::Marital => Ok(typed.to_owned()),
            PersonSpot::Work => text(typed, LINE_CHARS),
        },
    }
}
