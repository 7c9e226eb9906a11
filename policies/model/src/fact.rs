//! The dictionary of facts: what can be known of a household, in which unit, and how to ask for it.

use serde::{Deserialize, Serialize};

/// Whether a fact is told once per household or once per person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// One value for the household.
    #[default]
    Household,
    /// One value for each person.
    Person,
}

/// Kind and unit of a fact. Every number is an integer in the smallest unit; nothing is a float.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// Money in fen; 0 to 10¹³ (100 billion yuan).
    Money,
    /// Floor area in 0.01 m²; 0 to 10⁹.
    Area,
    /// A count; within `least ..= most`.
    Count {
        /// Smallest value that makes sense.
        least: i64,
        /// Largest value that makes sense.
        most: i64,
    },
    /// A length of time in whole months; 0 to 1200.
    Months,
    /// A calendar date.
    Date {
        /// Whether a date after the application date makes sense (e.g. the end of a contract).
        #[serde(default)]
        future: bool,
    },
    /// Yes or no.
    YesNo,
    /// One of a list.
    Choice {
        /// The list, in the order to show.
        choices: Vec<Choice>,
    },
    /// A quotient of two household quantities, compared exactly by cross-multiplication and never
    /// asked for: e.g. income per person and month.
    Ratio {
        /// CEL expression over facts, e.g. `income_12_months`.
        numerator: String,
        /// CEL expression over facts, at least 1, e.g. `people * 12`.
        denominator: String,
        /// Unit of the quotient.
        unit: RatioUnit,
    },
}

/// What a quotient is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RatioUnit {
    /// Fen.
    Money,
    /// 0.01 m².
    Area,
    /// A plain number.
    Number,
}

impl RatioUnit {
    /// As written in a data file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Money => "money",
            Self::Area => "area",
            Self::Number => "number",
        }
    }
}

/// In which words a yes/no question is answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum YesNoWords {
    /// 是, 不是.
    #[default]
    Is,
    /// 有, 没有.
    Has,
}

impl FactKind {
    /// Smallest and largest integer that a value of this kind may have, in its smallest unit: days
    /// since 1970-01-01 for dates, 0 and 1 for yes/no, the index for choices. None for ratios.
    pub fn range(&self) -> Option<(i64, i64)> {
        match self {
            Self::Money => Some((0, 10_000_000_000_000)),
            Self::Area => Some((0, 1_000_000_000)),
            Self::Count { least, most } => Some((*least, *most)),
            Self::Months => Some((0, 1200)),
            // 1900-01-01 to 2200-12-31.
            Self::Date { .. } => Some((-25_567, 84_370)),
            Self::YesNo => Some((0, 1)),
            Self::Choice { choices } => i64::try_from(choices.len()).ok().map(|n| (0, n - 1)),
            Self::Ratio { .. } => None,
        }
    }
}

/// One entry of a choice fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Stable id used in conditions, e.g. `dibao`.
    pub id: String,
    /// What a resident reads, e.g. `城镇低保`.
    pub label: String,
    /// One line of help under the choice, or empty.
    #[serde(default)]
    pub help: String,
}

/// How a household fact follows from the people typed in, so that nothing is asked twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FromPeople {
    /// Number of people.
    Count,
    /// Sum of a person fact (unknown while any person's value is missing).
    Sum(String),
    /// True if a yes/no person fact is true of anyone.
    Any(String),
    /// The applicant's date of birth, which the identity number holds.
    ApplicantBirth {
        /// Years from which a person applies alone and not through a guardian.
        of_age: u32,
    },
}

/// What is picked in place of a number where there is none to tell: a contract that names no last day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OpenEnded {
    /// What a resident reads and picks, e.g. `没有写到期日`.
    pub label: String,
    /// What it counts as, in the fact's smallest unit.
    pub value: i64,
}

/// One fact of the dictionary `data/facts.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Stable id, the name used in conditions and in the JSON of a household.
    pub id: String,
    /// Short name, e.g. `家庭人口`.
    pub label: String,
    /// The question a resident reads, e.g. `您家一共几口人？`. Empty for ratios.
    #[serde(default)]
    pub question: String,
    /// What to count and what not, where to find it: one or two plain sentences.
    #[serde(default)]
    pub help: String,
    /// Household or person.
    #[serde(default)]
    pub scope: Scope,
    /// Kind and unit.
    pub kind: FactKind,
    /// CEL condition over other facts: the question makes sense only while this can hold.
    /// E.g. the date of a sale only if something was sold. Empty: always.
    #[serde(default)]
    pub asked_if: String,
    /// How it follows from the people, where it does.
    #[serde(default)]
    pub from_people: Option<FromPeople>,
    /// What nobody can change on purpose, such as a birth date or the number of people: never
    /// proposed under "what would have to change".
    #[serde(default)]
    pub fixed: bool,
    /// It asks what those who apply together have or are, so that whoever asks says who they are.
    #[serde(default)]
    pub whose: bool,
    /// A sum over twelve months, which people know by the month.
    #[serde(default)]
    pub yearly: bool,
    /// In which words it is answered, where it is yes or no.
    #[serde(default)]
    pub answers: YesNoWords,
    /// What is picked where a length of time has no end.
    #[serde(default)]
    pub open_ended: Option<OpenEnded>,
}

/// What must be known of something to read and to check what a person types for it: a fact of the dictionary, an input
/// of a calculator, a field of a form.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Where a fault is told.
    pub id: &'a str,
    /// Its short name, in the words of a fault.
    pub label: &'a str,
    /// Kind and unit.
    pub kind: &'a FactKind,
    /// What may be picked in place of a number.
    pub open_ended: Option<&'a OpenEnded>,
}

impl<'a> Asked<'a> {
    /// A field that is no fact: its name and kind are all there is to it.
    pub fn field(label: &'a str, kind: &'a FactKind) -> Self {
        Self { id: "", label, kind, open_ended: None }
    }
}

impl<'a> From<&'a Fact> for Asked<'a> {
    fn from(fact: &'a Fact) -> Self {
        Self { id: &fact.id, label: &fact.label, kind: &fact.kind, open_ended: fact.open_ended.as_ref() }
    }
}
