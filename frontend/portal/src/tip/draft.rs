//! A tip-off being written: kept as typed, in this browser only. Who writes it says so or does not.

use std::rc::Rc;

use chrono::NaiveDate;
use policies::seen::visible;
use protocol::{
    addressee::Addressee,
    letter::{Informant, Misuse, Spot, TipOff},
};
use serde::{Deserialize, Serialize};
use yew::Reducible;

use crate::{mail::Keepable, papers, typed};
use ui::components::FieldFault;
use ui::{
    browser::{KeptCopy, stored},
    place::Doc,
};

/// Longest text, in characters.
pub(crate) const TEXT_CHARS: usize = 5_000;
/// Longest short answer, in characters.
const LINE_CHARS: usize = 300;

/// A tip-off as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct TipDraft {
    /// Random; it stays, so that sending twice sends the same thing.
    pub(crate) id: String,
    /// Id of one of the document's breaches, [`OTHER`], or empty.
    pub(crate) what: String,
    /// Where: estate or street.
    pub(crate) place: String,
    /// Building and entrance.
    pub(crate) building: String,
    /// Floor and number.
    pub(crate) flat: String,
    /// Since when.
    pub(crate) since: String,
    /// How the sender knows.
    pub(crate) how_known: String,
    /// What was seen.
    pub(crate) text: String,
    /// [`ABOUT_STAFF`], or empty.
    pub(crate) about: String,
    /// [`NAMED`], or empty.
    pub(crate) by: String,
    /// Name of who reports; it counts only where [`Self::is_named`].
    pub(crate) name: String,
    /// Their phone, likewise.
    pub(crate) phone: String,
    /// [`NO_QUESTIONS`], or empty.
    pub(crate) no_questions: String,
}

/// Says that the office's own staff are in it.
pub(crate) const ABOUT_STAFF: &str = "staff";

/// A field of a tip-off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TipField {
    /// Kind of misuse.
    What,
    /// Estate or street.
    Place,
    /// Building and entrance.
    Building,
    /// Floor and number.
    Flat,
    /// Since when.
    Since,
    /// How the sender knows.
    HowKnown,
    /// What was seen.
    Text,
    /// Whether the office's own staff are in it.
    About,
    /// Whether a name is given.
    By,
    /// The name.
    Name,
    /// The phone.
    Phone,
    /// Whether nothing is to be asked.
    NoQuestions,
}

/// What can happen to a tip-off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TipAction {
    /// The stored or empty one.
    Restore(Box<TipDraft>),
    /// Typing.
    Write(TipField, String),
}

/// What a tip-off says of its kind where it is none of the document's.
pub(crate) const OTHER: &str = "other";

/// Says that a name is given.
pub(crate) const NAMED: &str = "named";

/// Says that nothing is to be asked.
pub(crate) const NO_QUESTIONS: &str = "no";

impl Reducible for TipDraft {
    type Action = TipAction;

    fn reduce(self: Rc<Self>, action: TipAction) -> Rc<Self> {
        let mut next = (*self).clone();
        match action {
            TipAction::Restore(stored) => next = *stored,
            TipAction::Write(field, text) => *next.field_mut(field) = text,
        }
        if next == *self { self } else { Rc::new(next) }
    }
}

impl Keepable for TipDraft {
    fn id(&self) -> &str {
        &self.id
    }

    fn is_blank(&self) -> bool {
        TipDraft::is_blank(self)
    }
}

impl TipDraft {
    fn field_mut(&mut self, field: TipField) -> &mut String {
        match field {
            TipField::What => &mut self.what,
            TipField::Place => &mut self.place,
            TipField::Building => &mut self.building,
            TipField::Flat => &mut self.flat,
            TipField::Since => &mut self.since,
            TipField::HowKnown => &mut self.how_known,
            TipField::Text => &mut self.text,
            TipField::About => &mut self.about,
            TipField::By => &mut self.by,
            TipField::Name => &mut self.name,
            TipField::Phone => &mut self.phone,
            TipField::NoQuestions => &mut self.no_questions,
        }
    }

    /// Whether nothing is written in it.
    pub(crate) fn is_blank(&self) -> bool {
        *self == Self { id: self.id.clone(), ..Self::default() }
    }

    /// For whom in the office it is.
    pub(crate) fn addressee(&self) -> Addressee {
        if self.about == ABOUT_STAFF { Addressee::Supervisor } else { Addressee::Office }
    }

    /// Whether who reports gives a name.
    pub(crate) fn is_named(&self) -> bool {
        self.by == NAMED
    }

    /// Whether who reports wants to be asked nothing.
    pub(crate) fn asks_no_questions(&self) -> bool {
        self.no_questions == NO_QUESTIONS
    }

    /// What is wrong with it, in the order of the page; `nobody`: the office has nobody who opens it.
    pub(crate) fn faults(&self, nobody: bool) -> Vec<FieldFault> {
        let mut faults = Vec::new();
        if nobody {
            let message = "这里没有监督人员接收，请看这一题下面的说明。";
            faults.push(FieldFault::new("tip-about", message));
        }
        if self.what.is_empty() {
            faults.push(FieldFault::new("tip-what", "请选择是哪一种情况，说不准就选“其他”。"));
        }
        if visible(&self.place).is_empty() {
            faults
                .push(FieldFault::new("tip-place", "请写小区的名字或者地址；只知道大概位置的，写大概位置。"));
        }
        if visible(&self.text).is_empty() {
            faults.push(FieldFault::new("tip-text", "请写一写您看到的情况。"));
        }
        if self.is_named() {
            let told = [("tip-name", typed::name(&self.name)), ("tip-phone", typed::phone(&self.phone))];
            let wrong = told.into_iter().filter_map(|(id, read)| Some(FieldFault::new(id, read.err()?)));
            faults.extend(wrong);
        }
        for (id, text, most) in [
            ("tip-place", &self.place, LINE_CHARS),
            ("tip-building", &self.building, LINE_CHARS),
            ("tip-flat", &self.flat, LINE_CHARS),
            ("tip-since", &self.since, LINE_CHARS),
            ("tip-how-known", &self.how_known, LINE_CHARS),
            ("tip-text", &self.text, TEXT_CHARS),
        ] {
            let count = text.chars().count();
            if count > most {
                let message = format!("这里最多写 {most} 个字，现在有 {count} 个，请删减。");
                faults.push(FieldFault::new(id, message));
            }
        }
        faults
    }

    /// What is sent. Call it only without faults. Where replies go is filled in when there is a receipt.
    pub(crate) fn tip_off(&self, doc: Doc, on: NaiveDate) -> TipOff {
        let breach = doc.document().breach(&self.what);
        let informant = self.is_named().then(|| Informant {
            name: visible(&self.name),
            phone: typed::phone(&self.phone).unwrap_or_default(),
        });
        let spot = Spot {
            estate: visible(&self.place),
            building: visible(&self.building),
            flat: visible(&self.flat),
        };
        TipOff {
            document: doc.document().id.clone(),
            what: breach.map_or(Misuse::Other, |breach| breach.like),
            breach: breach.map(|breach| breach.id.clone()).unwrap_or_default(),
            informant,
            no_questions: self.asks_no_questions(),
            place: spot.words(),
            spot,
            since: visible(&self.since),
            how_known: visible(&self.how_known),
            text: visible(&self.text),
            on,
            reply_to: String::new(),
            owner_key: String::new(),
            addressee: self.addressee(),
            enclosures: None,
        }
    }
}

fn key(place: &str) -> String {
    format!("tip.{place}")
}

/// Whether a tip-off of a place is kept here, because that was asked for. For effects and handlers.
pub(crate) fn is_kept(place: &str) -> bool {
    stored::load_text(&key(place)).is_some()
}

/// Forgets whatever there is of it, papers and all. For effects and handlers.
pub(crate) fn forget(place: &str) {
    if let Some(draft) = stored::load::<TipDraft>(&key(place)) {
        papers::forget(&draft.id);
    }
    stored::forget(&key(place));
}

/// This page's copy of the tip-off of a place.
pub(crate) fn copy(place: &str) -> KeptCopy {
    KeptCopy::of(key(place))
}

/// Forgets it if it is the one that was sent.
pub(crate) fn forget_sent(place: &str, id: &str) {
    if stored::load::<TipDraft>(&key(place)).is_some_and(|draft| draft.id == id) {
        stored::forget(&key(place));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named_and_nothing_else_is_asked() {
        let ids =
            |draft: &TipDraft| draft.faults(false).into_iter().map(|f| f.id.to_string()).collect::<Vec<_>>();
        assert_eq!(ids(&TipDraft::default()), ["tip-what", "tip-place", "tip-text"]);
        let draft = TipDraft {
            what: "sublet".to_owned(),
            place: "测试小区 1 栋".to_owned(),
            text: "测".repeat(TEXT_CHARS),
            ..TipDraft::default()
        };
        assert!(ids(&draft).is_empty());
        let unseen =
            TipDraft { place: "\u{200b}\u{a0}".to_owned(), text: "\u{3164}".to_owned(), ..draft.clone() };
        assert_eq!(ids(&unseen), ["tip-place", "tip-text"]);
        let long = TipDraft { text: "测".repeat(TEXT_CHARS + 1), ..draft };
        assert_eq!(ids(&long), ["tip-text"]);
        assert_eq!(long.faults(true).len(), 2, "nobody would open it");
    }

    #[test]
    fn a_name_is_wanted_of_who_gives_one_and_of_nobody_else() {
        let of = |by: &str, name: &str, phone: &str| TipDraft {
            what: OTHER.to_owned(),
            place: "测试小区".to_owned(),
            text: "测试".to_owned(),
            by: by.to_owned(),
            name: name.to_owned(),
            phone: phone.to_owned(),
            ..TipDraft::default()
        };
        let ids =
            |draft: TipDraft| draft.faults(false).into_iter().map(|f| f.id.to_string()).collect::<Vec<_>>();
        assert!(ids(of("", "", "")).is_empty());
        assert_eq!(ids(of(NAMED, "", "12")), ["tip-name", "tip-phone"]);
        assert!(ids(of(NAMED, "测试甲", "")).is_empty());
        let doc = Doc::by_id("shishi-2021").into_iter();
        let sent = |draft: &TipDraft| doc.clone().map(|doc| draft.tip_off(doc, NaiveDate::default())).next();
        // Who thought better of it is in no letter.
        let Some(tip) = sent(&of("", "测试甲", "13900000017")) else { unreachable!() };
        assert_eq!((tip.informant, tip.no_questions), (None, false));
        let Some(tip) = sent(&of(NAMED, "测试甲", "139 0000 0017")) else { unreachable!() };
        let informant = Informant { name: "测试甲".to_owned(), phone: "13900000017".to_owned() };
        assert_eq!(tip.informant, Some(informant));
    }

    #[test]
    fn the_letter_carries_what_was_chosen() {
        let text = " \u{202e}空着\u{200b} ".to_owned();
        let Some(doc) = Doc::by_id("yongshun-2023") else { unreachable!() };
        for breach in &doc.document().breaches {
            let draft = TipDraft { what: breach.id.clone(), text: text.clone(), ..TipDraft::default() };
            let tip = draft.tip_off(doc, NaiveDate::default());
            assert_eq!((&tip.breach, tip.what, tip.text.as_str()), (&breach.id, breach.like, "空着"));
            assert!(tip.addressee.is_office());
        }
        let where_it_is = TipDraft {
            place: " 测试小区".to_owned(),
            building: "\u{200b}".to_owned(),
            flat: "301 ".to_owned(),
            ..TipDraft::default()
        };
        let tip = where_it_is.tip_off(doc, NaiveDate::default());
        assert_eq!((tip.place.as_str(), tip.spot.flat.as_str()), ("测试小区 301", "301"));
        assert!(tip.spot.building.is_empty(), "what shows nothing is nothing");
        let draft = TipDraft { what: OTHER.to_owned(), about: ABOUT_STAFF.to_owned(), ..TipDraft::default() };
        let tip = draft.tip_off(doc, NaiveDate::default());
        assert_eq!(tip.addressee, Addressee::Supervisor);
        assert!(tip.breach.is_empty() && tip.what == Misuse::Other);
    }
}
