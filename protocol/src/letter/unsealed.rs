//! A letter that opens a case, as JSON, before it has a receipt.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Letter, TipOff};
use crate::{addressee::Addressee, paper::Enclosures};

/// How a letter says which it is: the tag of [`Letter`].
const TAG: &str = "letter";
/// What a tip-off says there.
const TIP_OFF: &str = "tip_off";

/// A letter that waits to be sealed. It is kept and sent by programs that wrote it as what it is; none of them reads it as a
/// [`Letter`] again, so that none carries the readers of every kind of letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Unsealed(Map<String, Value>);

impl Unsealed {
    /// Any letter.
    pub fn of(letter: &Letter) -> Self {
        read(letter)
    }

    /// A tip-off; the same as [`Self::of`] of it, but the writers of the other kinds stay out of the program.
    pub fn of_tip_off(tip_off: &TipOff) -> Self {
        let mut unsealed = read(tip_off);
        unsealed.put(TAG, TIP_OFF.into());
        unsealed
    }

    /// See [`Letter::addressee`].
    pub fn addressee(&self) -> Addressee {
        let told = self.0.get("addressee").cloned();
        told.and_then(|told| serde_json::from_value(told).ok()).unwrap_or_default()
    }

    /// See [`Letter::owned_by`].
    #[must_use]
    pub fn owned_by(mut self, recipient: &str, owner_key: &str) -> Self {
        self.put("reply_to", recipient.into());
        self.put("owner_key", owner_key.into());
        if self.0.get(TAG).is_none_or(|which| which != TIP_OFF) {
            self.put("own_copy", true.into());
        }
        self
    }

    /// See [`Letter::has_own_copy`].
    pub fn has_own_copy(&self) -> bool {
        self.0.get("own_copy").is_some_and(|own| own == true)
    }

    /// See [`Letter::enclosing`].
    #[must_use]
    pub fn enclosing(mut self, enclosures: Option<&Enclosures>) -> Self {
        if let Some(enclosures) = enclosures {
            self.put("enclosures", Value::Object(read(enclosures).0));
        }
        self
    }

    /// The JSON to seal.
    pub fn to_text(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_default()
    }

    fn put(&mut self, key: &str, value: Value) {
        self.0.insert(key.to_owned(), value);
    }
}

/// Everything that is written here is an object of JSON, which fails for maps with other keys than texts alone.
fn read(written: &impl Serialize) -> Unsealed {
    let text = serde_json::to_string(written).unwrap_or_default();
    Unsealed(serde_json::from_str(&text).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use policies::model::{CaseKind, Misuse};

    use super::*;
    use crate::letter::{FormLetter, Spot};

    fn tip_off(addressee: Addressee) -> TipOff {
        TipOff {
            document: "d".into(),
            what: Misuse::Sublet,
            breach: String::new(),
            informant: None,
            no_questions: false,
            place: "测试小区".into(),
            spot: Spot::default(),
            since: String::new(),
            how_known: String::new(),
            text: "测试".into(),
            on: NaiveDate::default(),
            reply_to: String::new(),
            owner_key: String::new(),
            addressee,
            enclosures: None,
        }
    }

    #[test]
    fn what_is_sealed_is_the_letter_that_was_written() {
        let form = Letter::Form(FormLetter {
            kind: CaseKind::Renewal,
            document: "d".into(),
            document_hash: String::new(),
            on: NaiveDate::default(),
            entries: Vec::new(),
            roster: None,
            reply_to: String::new(),
            owner_key: String::new(),
            own_copy: false,
            enclosures: None,
        });
        let enclosures = Enclosures { key: "k".into(), papers: Vec::new() };
        for letter in [form, Letter::TipOff(tip_off(Addressee::Supervisor))] {
            let unsealed = Unsealed::of(&letter);
            assert_eq!(unsealed.addressee(), letter.addressee());
            let owned = letter.owned_by("age1a", "AA==").enclosing(Some(enclosures.clone()));
            let sealed = unsealed.owned_by("age1a", "AA==").enclosing(Some(&enclosures));
            assert_eq!(sealed.has_own_copy(), owned.has_own_copy());
            assert_eq!(Letter::parse(sealed.to_text().as_bytes()), Ok(owned));
        }
    }

    #[test]
    fn a_tip_off_by_itself_is_the_letter_of_it() {
        for addressee in [Addressee::Office, Addressee::Supervisor] {
            let tip_off = tip_off(addressee);
            let alone = Unsealed::of_tip_off(&tip_off);
            assert_eq!(alone, Unsealed::of(&Letter::TipOff(tip_off)));
        }
    }
}
