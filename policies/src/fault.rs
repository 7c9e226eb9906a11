//! What is wrong with a fact, for the person who typed it.

use serde::{Deserialize, Serialize};

/// One fact that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FactError {
    /// Where: `facts.people`, `people.0.income`, or a fact id alone for a typed value.
    pub path: String,
    /// Stable code.
    pub code: FactFault,
    /// What is wrong and how to mend it, plain Chinese.
    pub message: String,
}

/// Kinds of fault; the names on the wire are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FactFault {
    /// No fact has this id.
    UnknownFact,
    /// The fact is told of people, not of the household, or the other way round.
    WrongScope,
    /// The fact is computed and cannot be given.
    Derived,
    /// Nothing was typed.
    Empty,
    /// The value is of another kind.
    WrongType,
    /// Not a number.
    NotANumber,
    /// A minus sign.
    Negative,
    /// More than two decimals, or any in a count.
    TooPrecise,
    /// Smaller than makes sense.
    TooSmall,
    /// Larger than makes sense.
    TooLarge,
    /// No such date.
    NotADate,
    /// A date after the application date.
    InFuture,
    /// None of the choices.
    NotAChoice,
    /// More people than a household can have.
    TooManyPeople,
    /// A number with too few or too many characters.
    WrongLength,
    /// A character that does not belong.
    WrongCharacter,
    /// The check digit does not fit.
    WrongCheckDigit,
}

impl FactFault {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UnknownFact => "unknown_fact",
            Self::WrongScope => "wrong_scope",
            Self::Derived => "derived",
            Self::Empty => "empty",
            Self::WrongType => "wrong_type",
            Self::NotANumber => "not_a_number",
            Self::Negative => "negative",
            Self::TooPrecise => "too_precise",
            Self::TooSmall => "too_small",
            Self::TooLarge => "too_large",
            Self::NotADate => "not_a_date",
            Self::InFuture => "in_future",
            Self::NotAChoice => "not_a_choice",
            Self::TooManyPeople => "too_many_people",
            Self::WrongLength => "wrong_length",
            Self::WrongCharacter => "wrong_character",
            Self::WrongCheckDigit => "wrong_check_digit",
        }
    }
}

impl FactError {
    pub(crate) fn new(path: impl Into<String>, code: FactFault, message: impl Into<String>) -> Self {
        Self { path: path.into(), code, message: message.into() }
    }
}

impl std::fmt::Display for FactError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} [{}] {}", self.path, self.code.as_str(), self.message)
    }
}

impl std::error::Error for FactError {}
