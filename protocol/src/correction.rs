//! Corrections (补正): what an office asks the owner of a case to mend, field by field, and what they answer. Both travel inside
//! sealed messages; in the open stands only the stage in which the case waits for its owner.

use std::{fmt, str::FromStr};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Most fields of one request.
pub const MOST_FIELDS: usize = 40;

/// Longest reason, in characters.
pub const WHY_CHARS: usize = 300;

/// What an office asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionRequest {
    /// Last day to answer.
    #[serde(with = "policies::iso")]
    pub by: NaiveDate,
    /// What is to be mended, in the order of the letter.
    pub fields: Vec<FieldAsked>,
}

/// One thing to be mended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldAsked {
    /// Which, as a [`Spot`] is written. Who does not know it (yet) shows the reason alone.
    pub field: String,
    /// Why, in the officer's words.
    pub why: String,
}

/// What the owner answers, all at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionAnswer {
    /// The hash of the envelope that asked (SHA-256, hex), as the history has it.
    pub to: String,
    /// What was mended.
    pub fields: Vec<FieldCorrected>,
}

/// One thing that was mended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldCorrected {
    /// Which, as a [`Spot`] is written.
    pub field: String,
    /// What is right, as it would be typed or picked: see [`crate::letter::FieldAnswer::value`].
    pub value: String,
}

/// A place in a letter that can be mended.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// Of an application: something about a person.
    Person {
        /// Who: 0 for the applicant, then the members in their order.
        place: usize,
        /// What.
        told: PersonSpot,
    },
    /// Of an application: where they live now.
    Address,
    /// Of an application: what they ask for.
    Wanted,
    /// Of an application: free text.
    Remarks,
    /// Of an application: a fact of the household, by its id.
    Fact(String),
    /// Of a form: an answer.
    Field {
        /// Id of the part.
        part: String,
        /// Which of its entries, counted from 1.
        n: usize,
        /// Id of the field.
        field: String,
    },
    /// A paper of the document's list, by its id.
    Paper(String),
}

/// What is told of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PersonSpot {
    /// Name.
    Name,
    /// Identity number; with it go the date of birth and the sex that it tells.
    IdNumber,
    /// Date of birth, where there is no number.
    Birth,
    /// Relation to the applicant.
    Relation,
    /// Phone.
    Phone,
    /// Where registered.
    Registration,
    /// Marital status.
    Marital,
    /// Employer or school.
    Work,
}

impl PersonSpot {
    /// Each, in the order of the form.
    pub const ALL: [Self; 8] = [
        Self::Name,
        Self::IdNumber,
        Self::Birth,
        Self::Relation,
        Self::Phone,
        Self::Registration,
        Self::Marital,
        Self::Work,
    ];

    /// As a spot writes it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::IdNumber => "id_number",
            Self::Birth => "birth",
            Self::Relation => "relation",
            Self::Phone => "phone",
            Self::Registration => "registration",
            Self::Marital => "marital",
            Self::Work => "work",
        }
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person { place, told } => write!(f, "person.{place}.{}", told.id()),
            Self::Address => f.write_str("address"),
            Self::Wanted => f.write_str("wanted"),
            Self::Remarks => f.write_str("remarks"),
            Self::Fact(id) => write!(f, "fact.{id}"),
            Self::Field { part, n, field } => write!(f, "field.{part}.{n}.{field}"),
            Self::Paper(id) => write!(f, "paper.{id}"),
        }
    }
}

/// A text names no spot that this reader knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("认不出要补正的是哪一处")]
pub struct UnknownSpot;

impl FromStr for Spot {
    type Err = UnknownSpot;

    /// # Errors
    /// [`UnknownSpot`]; also where what is written is not exactly what a spot writes.
    fn from_str(text: &str) -> Result<Self, UnknownSpot> {
        let mut parts = text.split('.');
        let mut next = || parts.next().filter(|part| !part.is_empty()).ok_or(UnknownSpot);
        let spot = match next()? {
            "person" => {
                let place = next()?.parse().map_err(|_| UnknownSpot)?;
                let told = next()?;
                let told = PersonSpot::ALL.into_iter().find(|spot| spot.id() == told).ok_or(UnknownSpot)?;
                Self::Person { place, told }
            }
            "address" => Self::Address,
            "wanted" => Self::Wanted,
            "remarks" => Self::Remarks,
            "fact" => Self::Fact(next()?.to_owned()),
            "field" => {
                let part = next()?.to_owned();
                let n = next()?.parse().map_err(|_| UnknownSpot)?;
                Self::Field { part, n, field: next()?.to_owned() }
            }
            "paper" => Self::Paper(next()?.to_owned()),
            _ => return Err(UnknownSpot),
        };
        if spot.to_string() == text { Ok(spot) } else { Err(UnknownSpot) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spot_is_written_in_one_way_and_read_back() {
        let person = |place, told| Spot::Person { place, told };
        let people = PersonSpot::ALL.into_iter().map(|told| person(3, told));
        let others = [
            person(0, PersonSpot::Name),
            Spot::Address,
            Spot::Wanted,
            Spot::Remarks,
            Spot::Fact("income_12_months".into()),
            Spot::Field { part: "changes".into(), n: 2, field: "since".into() },
            Spot::Paper("identity".into()),
        ];
        for spot in people.chain(others) {
            assert_eq!(spot.to_string().parse(), Ok(spot));
        }
    }

    #[test]
    fn what_is_no_spot_is_refused() {
        for text in [
            "",
            ".",
            "person",
            "person.0",
            "person.x.name",
            "person.00.name",
            "person.+1.name",
            "person.0.shoe",
            "fact.",
            "fact.a.b",
            "address.",
            "address.x",
            "field.a.1",
            "field.a.one.b",
            "field..1.b",
            "paper",
            "soul",
        ] {
            assert_eq!(text.parse::<Spot>(), Err(UnknownSpot), "{text}");
        }
    }
}
