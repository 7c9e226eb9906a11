//! A self-check as it lies in this browser: read at the beginning, written after each answer.

use chrono::NaiveDate;
use ui::{
    browser::{stored, today_in_beijing},
    place::Doc,
};

use super::{CheckAction, SelfCheck, StoredCheck};

impl SelfCheck {
    /// What is kept in this browser for a document. Reads storage: for effects and handlers.
    pub(crate) fn stored(doc: Doc) -> Option<StoredCheck> {
        stored::load_text(&key(doc)).map(|text| StoredCheck::of_text(&text))
    }

    /// The self-check last left in this browser, if there is one with at least one reply. Reads
    /// storage: for effects and handlers.
    pub(crate) fn load(doc: Doc, on: NaiveDate) -> Option<Self> {
        let stored = Self::stored(doc)?;
        let check = Self::new(doc, on).after(CheckAction::Restore(Some(stored)));
        (!check.trail.is_empty()).then_some(check)
    }

    /// Whether another page of this browser has changed the replies since, or the day has gone by. Reads storage and
    /// clock: for handlers.
    pub(crate) fn is_overtaken(&self) -> bool {
        let latest = Self::stored(self.doc).map(|stored| stored.replies).unwrap_or_default();
        latest != self.replies || today_in_beijing() != self.on
    }

    /// Keeps it in this browser, or forgets it where nothing was answered. False: the browser
    /// refused. For effects and handlers.
    pub(crate) fn save(&self) -> bool {
        if self.replies.is_empty() {
            stored::forget(&key(self.doc));
            return true;
        }
        let stored = StoredCheck {
            replies: self.replies.clone(),
            trail: self.trail.clone(),
            together: self.together.clone(),
            thorough: self.thorough,
        };
        stored::save_text(&key(self.doc), stored.to_text())
    }
}

fn key(doc: Doc) -> String {
    format!("check.{}", doc.id)
}
