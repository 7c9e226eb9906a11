//! What an applicant sends.

use chrono::NaiveDate;
use policies::{assessment::Assessment, household::Household};
use serde::{Deserialize, Serialize};

use crate::{CaseKind, paper::Enclosures};

/// What an applicant sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// Kind of case, as in the open column.
    pub kind: CaseKind,
    /// Document id.
    pub document: String,
    /// Hash of the document's data that the applicant was shown.
    pub document_hash: String,
    /// Day of application.
    #[serde(with = "policies::iso")]
    pub on: NaiveDate,
    /// Who applies.
    pub applicant: Person,
    /// The others in the household, in the order typed.
    #[serde(default)]
    pub members: Vec<Person>,
    /// Where they live now.
    pub address: String,
    /// What they ask for.
    pub wanted: Wanted,
    /// The answers of the self-check. `household.people` is in the order applicant, then members.
    pub household: Household,
    /// What the applicant was shown, for the desk to replay. Absent where the document gives no verdict.
    pub assessment: Option<Assessment<'static>>,
    /// What the applicant declared.
    pub declarations: Declarations,
    /// Free text.
    #[serde(default)]
    pub remarks: String,
    /// age recipient of the receipt. The desk seals replies to this one, which nobody on the way could
    /// exchange, and says so if the open column differs.
    pub reply_to: String,
    /// Public half of the receipt's signing key, which nobody on the way could exchange: the desk holds the owner's
    /// messages against it. Empty from pages of before this was kept.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner_key: String,
    /// The letter is sealed to the receipt too, so that its owner can read what was sent: one key more opens it than the
    /// office has.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub own_copy: bool,
    /// The papers that go with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enclosures: Option<Enclosures>,
}

/// A person in an application.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Full name, with rare characters and the middle dot exactly as typed.
    pub name: String,
    /// Citizen identity number (GB 11643), normalised; empty where none was issued yet.
    #[serde(default)]
    pub id_number: String,
    /// Relation to the applicant: `本人`, `配偶`, `子女` …
    pub relation: String,
    /// Date of birth, from the identity number or typed.
    #[serde(default, with = "policies::iso::option")]
    pub birth: Option<NaiveDate>,
    /// `男`, `女` or empty.
    #[serde(default)]
    pub sex: String,
    /// Phone; required of the applicant only.
    #[serde(default)]
    pub phone: String,
    /// Where registered (户籍所在地).
    #[serde(default)]
    pub registration: String,
    /// Marital status, own words.
    #[serde(default)]
    pub marital: String,
    /// Employer or school.
    #[serde(default)]
    pub work: String,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    /// An allocated flat (实物配租).
    Flat,
    /// The rent subsidy (租赁补贴).
    Subsidy,
    /// Whichever the office can give.
    Either,
    /// Not a question of this kind of case.
    NotAsked,
}

impl Wanted {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Flat, Self::Subsidy, Self::Either, Self::NotAsked];

    /// As a letter writes it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Flat => "flat",
            Self::Subsidy => "subsidy",
            Self::Either => "either",
            Self::NotAsked => "not_asked",
        }
    }

    /// The one with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|wanted| wanted.id() == id)
    }
}

/// What the applicant ticked, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declarations {
    /// "What I wrote is true" (承诺如实申报).
    pub truth: bool,
    /// "The departments may check it" (同意并授权核查).
    pub consent: bool,
    /// "The adult members of the household agree" (共同申请人同意).
    #[serde(default)]
    pub members_agree: bool,
    /// First and last day on which the authorities may check (授权期限), where the document wants them.
    #[serde(default, with = "policies::iso::span")]
    pub authorised: Option<(NaiveDate, NaiveDate)>,
    /// Day of the declaration.
    #[serde(with = "policies::iso")]
    pub on: NaiveDate,
    /// The sentences as they were shown, so that what was agreed to is on record.
    #[serde(default)]
    pub wording: Vec<String>,
}
