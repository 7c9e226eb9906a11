//! A tip-off being written: kept as typed, in this browser only. It has no field for who writes it.

use std::rc::Rc;

use chrono::NaiveDate;
use policies::seen::visible;
use protocol::{
    addressee::Addressee,
    letter::{Letter, Misuse, TipOff},
};
use serde::{Deserialize, Serialize};
use yew::Reducible;

use crate::mail::Keepable;
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
    /// Id of one of [`MISUSES`], or empty.
    pub(crate) what: String,
    /// Where.
    pub(crate) place: String,
    /// Since when.
    pub(crate) since: String,
    /// How the sender knows.
    pub(crate) how_known: String,
    /// What was seen.
    pub(crate) text: String,
    /// [`ABOUT_STAFF`], or empty.
    pub(crate) about: String,
}

/// Says that the office's own staff are in it.
pub(crate) const ABOUT_STAFF: &str = "staff";

/// A field of a tip-off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TipField {
    /// Kind of misuse.
    What,
    /// Where.
    Place,
    /// Since when.
    Since,
    /// How the sender knows.
    HowKnown,
    /// What was seen.
    Text,
    /// Whether the office's own staff are in it.
    About,
}

/// What can happen to a tip-off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TipAction {
    /// The stored or empty one.
    Restore(TipDraft),
    /// Typing.
    Write(TipField, String),
}

/// Kinds of misuse: id, label, help.
const MISUSES: [(&str, &str, &str, Misuse); 7] = [
    ("sublet", "转租", "租给别人，收租金", Misuse::Sublet),
    ("lent", "转借", "借给别人住，不收钱", Misuse::Lent),
    ("idle", "空着不住", "很长时间没有人住", Misuse::Idle),
    ("other_use", "改作他用", "当仓库、办公、做买卖", Misuse::OtherUse),
    ("not_eligible", "不符合条件还占着", "有别的房子、收入高，或者骗来的", Misuse::NotEligible),
    ("subsidy", "违规领补贴", "不该领的租房补贴还在领", Misuse::Subsidy),
    ("other", "其他", "", Misuse::Other),
];

/// The kinds that a document knows: subsidies drawn against the rules only where it says how they are lost.
pub(crate) fn misuses(
    doc: Doc,
) -> impl Iterator<Item = &'static (&'static str, &'static str, &'static str, Misuse)> {
    let subsidies = doc.exits.iter().any(|exit| exit.subsidy);
    MISUSES.iter().filter(move |(.., misuse)| subsidies || *misuse != Misuse::Subsidy)
}

impl Reducible for TipDraft {
    type Action = TipAction;

    fn reduce(self: Rc<Self>, action: TipAction) -> Rc<Self> {
        let mut next = (*self).clone();
        match action {
            TipAction::Restore(stored) => next = stored,
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
            TipField::Since => &mut self.since,
            TipField::HowKnown => &mut self.how_known,
            TipField::Text => &mut self.text,
            TipField::About => &mut self.about,
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
            faults.push(FieldFault::new("tip-place", "请写明是哪一套房：小区、楼栋、房号，知道多少写多少。"));
        }
        if visible(&self.text).is_empty() {
            faults.push(FieldFault::new("tip-text", "请写一写您看到的情况。"));
        }
        for (id, text, most) in [
            ("tip-place", &self.place, LINE_CHARS),
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

    /// The letter. Call it only without faults. Where replies go is filled in when there is a receipt.
    pub(crate) fn letter(&self, document: &str, on: NaiveDate) -> Letter {
        let what = MISUSES
            .iter()
            .find(|(id, ..)| *id == self.what)
            .map_or(Misuse::Other, |(_, _, _, misuse)| *misuse);
        Letter::TipOff(TipOff {
            document: document.to_owned(),
            what,
            place: visible(&self.place),
            since: visible(&self.since),
            how_known: visible(&self.how_known),
            text: visible(&self.text),
            on,
            reply_to: String::new(),
            owner_key: String::new(),
            addressee: self.addressee(),
            enclosures: None,
        })
    }
}

fn key(place: &str) -> String {
    format!("tip.{place}")
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
    fn subsidies_are_asked_about_where_the_document_tells_of_them() {
        let asked =
            |id: &str| Doc::by_id(id).is_some_and(|doc| misuses(doc).any(|(id, ..)| *id == "subsidy"));
        assert!(asked("tiedong-2024") && !asked("qujing-2018"));
    }

    #[test]
    fn the_letter_carries_what_was_chosen() {
        let text = " \u{202e}空着\u{200b} ".to_owned();
        let draft = TipDraft { what: "idle".to_owned(), text, ..TipDraft::default() };
        let letter = draft.letter("shishi-2021", NaiveDate::default());
        assert!(matches!(&letter, Letter::TipOff(tip) if tip.what == Misuse::Idle && tip.text == "空着"));
        assert!(letter.addressee().is_office());
        let about = TipDraft { about: ABOUT_STAFF.to_owned(), ..draft };
        assert_eq!(about.letter("shishi-2021", NaiveDate::default()).addressee(), Addressee::Supervisor);
    }
}
