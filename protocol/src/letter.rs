//! Letters: what is inside an envelope. Only the sender, the office and (for messages) the receipt read
//! them; the edge never does.

use chrono::NaiveDate;
pub use policies::model::Misuse;
use policies::{Outcome, assessment::Assessment, household::Household};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    CaseKind,
    addressee::Addressee,
    correction::{CorrectionAnswer, CorrectionRequest},
    envelope,
    paper::Enclosures,
};

/// A letter is JSON padded with spaces at its end (see [`envelope::pad`] and [`envelope::pad_opening`]), then sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "letter")]
pub enum Letter {
    /// A first application.
    Application(Box<Application>),
    /// A tip-off.
    TipOff(TipOff),
    /// Another request of a resident, by the form that the document has for its kind.
    Form(FormLetter),
    /// A message between owner and office, in either direction.
    Message(Message),
}

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

/// A tip-off (举报), anonymous but where its sender chose to give a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TipOff {
    /// Document id.
    pub document: String,
    /// What kind of misuse.
    pub what: Misuse,
    /// What it is by the document's own list: the id of a breach. Empty: none of them, or from pages of before there was
    /// a list.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub breach: String,
    /// Who says so, where they want it known to whoever opens the letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub informant: Option<Informant>,
    /// The sender reads the answer and wants to be asked nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub no_questions: bool,
    /// Where: estate, building, flat.
    pub place: String,
    /// Since when, own words.
    #[serde(default)]
    pub since: String,
    /// How the sender knows, own words.
    #[serde(default)]
    pub how_known: String,
    /// What was seen.
    pub text: String,
    /// Day it was written.
    #[serde(with = "policies::iso")]
    pub on: NaiveDate,
    /// age recipient of the receipt: see [`Application::reply_to`].
    pub reply_to: String,
    /// See [`Application::owner_key`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner_key: String,
    /// For whom in the office it is, which nobody on the way could exchange: see [`crate::case::Submission::addressee`].
    #[serde(default, skip_serializing_if = "Addressee::is_office")]
    pub addressee: Addressee,
    /// The papers that go with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enclosures: Option<Enclosures>,
}

/// Who reports by name (实名举报).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Informant {
    /// Name.
    pub name: String,
    /// Phone; empty: by the receipt alone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
}

/// What is sent by a form of the document: its answers, which only the form itself gives names to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormLetter {
    /// Kind of case, as in the open column.
    pub kind: CaseKind,
    /// Document id.
    pub document: String,
    /// Hash of the document's data that the sender was shown.
    pub document_hash: String,
    /// Day it was written.
    #[serde(with = "policies::iso")]
    pub on: NaiveDate,
    /// The form's parts in its order, each as often as it was filled in.
    pub entries: Vec<FilledPart>,
    /// The people that it is sent for, where the form has a list of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roster: Option<FilledRoster>,
    /// age recipient of the receipt: see [`Application::reply_to`].
    pub reply_to: String,
    /// See [`Application::owner_key`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner_key: String,
    /// See [`Application::own_copy`].
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub own_copy: bool,
    /// The papers that go with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enclosures: Option<Enclosures>,
}

/// A part of a form, filled in once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilledPart {
    /// Id of the part.
    pub part: String,
    /// What was asked and answered.
    pub answers: Vec<FieldAnswer>,
}

/// An answer to one field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldAnswer {
    /// Id of the field.
    pub field: String,
    /// As it would be typed or picked: a text, an amount in yuan, a date `2026-03-05`, the id of a choice, `yes`.
    pub value: String,
}

/// A list of people, row by row: five hundred of them fit in one letter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilledRoster {
    /// The columns by id, in the order of the cells.
    pub columns: Vec<String>,
    /// The cells of each person, as [`FieldAnswer::value`] is written; empty: not told.
    pub members: Vec<Vec<String>>,
    /// What the sender was shown of each, in the same order; none where the document gives no verdict.
    #[serde(default)]
    pub shown: Vec<Option<Outcome>>,
}

impl FilledRoster {
    /// What a row says in a column; empty: nothing.
    pub fn cell<'a>(&self, row: &'a [String], column: &str) -> &'a str {
        let place = self.columns.iter().position(|id| id == column);
        place.and_then(|place| row.get(place)).map_or("", String::as_str)
    }
}

/// A message in a case's thread.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// What it says; of a request for corrections or an answer to one, the same in words, for whoever knows no more.
    pub text: String,
    /// The papers that go with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enclosures: Option<Enclosures>,
    /// The office asks for corrections.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asks: Option<CorrectionRequest>,
    /// The owner answers such a request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<CorrectionAnswer>,
}

/// The text inside an envelope is not a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("信件内容无法识别")]
pub struct LetterError;

impl Letter {
    /// A message.
    pub fn message(text: &str) -> Self {
        Self::Message(Message { text: text.to_owned(), ..Message::default() })
    }

    /// The JSON to seal, padded with spaces.
    pub fn to_padded(&self) -> Vec<u8> {
        let json = serde_json::to_vec(self).unwrap_or_default();
        if self.opens_a_case() { envelope::pad_opening(json) } else { envelope::pad(json) }
    }

    /// Whether a case begins with it.
    pub fn opens_a_case(&self) -> bool {
        !matches!(self, Self::Message(_))
    }

    /// Reads an opened envelope.
    ///
    /// # Errors
    /// [`LetterError`]; it never repeats what was inside.
    pub fn parse(opened: &[u8]) -> Result<Self, LetterError> {
        serde_json::from_slice(opened).map_err(|_| LetterError)
    }

    /// The letter with what follows from the receipt: its age recipient, where replies go, the public half of its signing
    /// key and, but for a tip-off, that it is sealed to the receipt too. A message opens no case and has none of it.
    #[must_use]
    pub fn owned_by(mut self, recipient: &str, owner_key: &str) -> Self {
        let (reply_to, key) = match &mut self {
            Self::Application(application) => {
                application.own_copy = true;
                (&mut application.reply_to, &mut application.owner_key)
            }
            Self::Form(form) => {
                form.own_copy = true;
                (&mut form.reply_to, &mut form.owner_key)
            }
            Self::TipOff(tip_off) => (&mut tip_off.reply_to, &mut tip_off.owner_key),
            Self::Message(_) => return self,
        };
        recipient.clone_into(reply_to);
        owner_key.clone_into(key);
        self
    }

    /// Whether its owner has a copy: it is sealed to the receipt too. Who finds the code of a tip-off reads the answers, but
    /// not what was told.
    pub fn has_own_copy(&self) -> bool {
        match self {
            Self::Application(application) => application.own_copy,
            Self::Form(form) => form.own_copy,
            Self::TipOff(_) | Self::Message(_) => false,
        }
    }

    /// The owner's signing key, for letters that open a case; empty in those of before there was one.
    pub fn owner_key(&self) -> Option<&str> {
        match self {
            Self::Application(application) => Some(&application.owner_key),
            Self::TipOff(tip_off) => Some(&tip_off.owner_key),
            Self::Form(form) => Some(&form.owner_key),
            Self::Message(_) => None,
        }
    }

    /// For whom in the office it is. Only a tip-off is for its supervisors.
    pub fn addressee(&self) -> Addressee {
        match self {
            Self::TipOff(tip_off) => tip_off.addressee,
            Self::Application(_) | Self::Form(_) | Self::Message(_) => Addressee::Office,
        }
    }

    /// The papers that go with it.
    pub fn enclosures(&self) -> Option<&Enclosures> {
        match self {
            Self::Application(application) => application.enclosures.as_ref(),
            Self::TipOff(tip_off) => tip_off.enclosures.as_ref(),
            Self::Form(form) => form.enclosures.as_ref(),
            Self::Message(message) => message.enclosures.as_ref(),
        }
    }

    /// The letter with its papers.
    #[must_use]
    pub fn enclosing(mut self, enclosures: Option<Enclosures>) -> Self {
        let place = match &mut self {
            Self::Application(application) => &mut application.enclosures,
            Self::TipOff(tip_off) => &mut tip_off.enclosures,
            Self::Form(form) => &mut form.enclosures,
            Self::Message(message) => &mut message.enclosures,
        };
        *place = enclosures;
        self
    }

    /// Where replies go, for letters that open a case.
    pub fn reply_to(&self) -> Option<&str> {
        match self {
            Self::Application(application) => Some(&application.reply_to),
            Self::TipOff(tip_off) => Some(&tip_off.reply_to),
            Self::Form(form) => Some(&form.reply_to),
            Self::Message(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn application() -> Letter {
        let on = NaiveDate::from_ymd_opt(2026, 8, 3).unwrap();
        Letter::Application(Box::new(Application {
            kind: CaseKind::Application,
            document: "yongshun-2023".into(),
            document_hash: "00".into(),
            on,
            applicant: Person {
                name: "测试·阿依𠮷㛃".into(), relation: "本人".into(), ..Person::default()
            },
            members: vec![Person { name: "测试乙".into(), ..Person::default() }],
            address: "测试路 1 号".into(),
            wanted: Wanted::Subsidy,
            household: Household::default(),
            assessment: None,
            declarations: Declarations {
                truth: true,
                consent: true,
                members_agree: true,
                authorised: None,
                on,
                wording: vec!["以上内容属实。".into()],
            },
            remarks: String::new(),
            reply_to: "age1test".into(),
            owner_key: "AA==".into(),
            own_copy: false,
            enclosures: None,
        }))
    }

    #[test]
    fn letters_round_trip_with_rare_characters_and_padding() {
        let tip = Letter::TipOff(TipOff {
            document: "shishi-2021".into(),
            what: Misuse::Sublet,
            breach: String::new(),
            informant: None,
            no_questions: false,
            place: "测试小区".into(),
            since: String::new(),
            how_known: String::new(),
            text: "测".repeat(3000),
            on: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
            reply_to: "age1test".into(),
            owner_key: String::new(),
            addressee: Addressee::Supervisor,
            enclosures: None,
        });
        for letter in [application(), tip, Letter::message("您好𠮷")] {
            let padded = letter.to_padded();
            assert_eq!(envelope::padded_len(padded.len()), padded.len());
            assert_eq!(Letter::parse(&padded), Ok(letter));
        }
    }

    #[test]
    fn a_copy_is_left_of_everything_but_a_tip_off() {
        let on = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        let form = FormLetter {
            kind: CaseKind::Renewal,
            document: "d".into(),
            document_hash: String::new(),
            on,
            entries: Vec::new(),
            roster: None,
            reply_to: String::new(),
            owner_key: String::new(),
            own_copy: false,
            enclosures: None,
        };
        let tip_off = TipOff {
            document: "d".into(),
            addressee: Addressee::Office,
            enclosures: None,
            what: Misuse::Sublet,
            breach: String::new(),
            informant: None,
            no_questions: false,
            place: String::new(),
            since: String::new(),
            how_known: String::new(),
            text: String::new(),
            on,
            reply_to: String::new(),
            owner_key: String::new(),
        };
        let copied = |letter: Letter| letter.owned_by("age1a", "AA==").has_own_copy();
        assert!(copied(application()) && copied(Letter::Form(form)));
        assert!(!copied(Letter::TipOff(tip_off)) && !copied(Letter::message("a")));
        // What pages of before sent says nothing of a copy, and has none; nor of papers.
        let before = String::from_utf8(application().to_padded()).unwrap();
        assert!(!before.contains("own_copy") && !application().has_own_copy());
        assert!(!before.contains("enclosures") && application().enclosures().is_none());
    }

    #[test]
    fn a_tip_off_and_an_application_are_of_one_size() {
        let tip = |text: String| {
            let on = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
            let what = Misuse::Sublet;
            let (document, place, reply_to) = ("d".into(), "测试小区".into(), "age1test".into());
            Letter::TipOff(TipOff {
                document,
                what,
                breach: String::new(),
                informant: None,
                no_questions: false,
                place,
                since: String::new(),
                how_known: String::new(),
                text,
                on,
                reply_to,
                owner_key: String::new(),
                addressee: Addressee::Office,
                enclosures: None,
            })
        };
        let size = |letter: Letter| letter.to_padded().len();
        let usual = size(application());
        assert_eq!([size(tip("短".into())), size(tip("长".repeat(8_000)))], [usual, usual]);
        assert!(size(Letter::message("短")) < usual);
    }

    #[test]
    fn what_is_not_a_letter_is_refused_without_repeating_it() {
        assert_eq!(Letter::parse(b"{\"letter\":\"bill\"}"), Err(LetterError));
        assert_eq!(Letter::parse(&[0xff]), Err(LetterError));
        assert!(!format!("{LetterError}").contains("bill"));
    }
}
