//! Letters: what is inside an envelope. Only the sender, the office and (for messages) the receipt read
//! them; the edge never does.

mod application;
mod form;
mod tip_off;
mod unsealed;

pub use application::{Application, Declarations, Person, Wanted};
pub use form::{FieldAnswer, FilledPart, FilledRoster, FormLetter};
pub use policies::model::Misuse;
pub use tip_off::{Informant, Spot, TipOff};
pub use unsealed::Unsealed;

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use serde_json::{Map, Value};
use thiserror::Error;

use crate::{
    addressee::Addressee,
    correction::{CorrectionAnswer, CorrectionRequest},
    envelope,
    paper::Enclosures,
};

/// A letter is JSON padded with spaces at its end (see [`envelope::pad`] and [`envelope::pad_opening`]), then sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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

/// By way of its text without the tag: a program that reads letters then has one reader of each sort. The derived one reads
/// from serde's buffer, too, and every part of a letter with it, which is 20 KB more to download for whoever sends anything.
impl<'de> Deserialize<'de> for Letter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut told = Map::deserialize(deserializer)?;
        let sort = told.remove("letter");
        let text = Value::Object(told).to_string();
        let read = match sort.as_ref().and_then(Value::as_str) {
            Some("application") => serde_json::from_str(&text).map(Self::Application),
            Some("tip_off") => serde_json::from_str(&text).map(Self::TipOff),
            Some("form") => serde_json::from_str(&text).map(Self::Form),
            Some("message") => serde_json::from_str(&text).map(Self::Message),
            _ => return Err(D::Error::custom(LetterError)),
        };
        read.map_err(|_| D::Error::custom(LetterError))
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
    use chrono::NaiveDate;
    use policies::household::Household;

    use super::*;
    use crate::CaseKind;

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
            spot: Spot::default(),
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
            spot: Spot::default(),
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
    fn a_tip_off_of_before_has_its_place_in_words_alone() {
        let before = br#"{"letter":"tip_off","document":"d","what":"sublet","place":"a 1","text":"b","on":"2026-01-01","reply_to":"c"}"#;
        let letter = Letter::parse(before).unwrap();
        let alone = |tip: &TipOff| tip.place == "a 1" && tip.spot.is_empty() && tip.spot.words().is_empty();
        assert!(matches!(&letter, Letter::TipOff(tip) if alone(tip)));
        let again = String::from_utf8(letter.to_padded()).unwrap();
        assert!(!again.contains("spot"), "nothing is said of parts where there are none");
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
                spot: Spot::default(),
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
