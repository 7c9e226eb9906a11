//! A form being filled in: kept as typed, in this browser only.

use std::{collections::BTreeMap, rc::Rc};

use policies::model::{CaseKind, Form, FormField, FormPart};
use policies::seen::visible;
use serde::{Deserialize, Serialize};
use yew::Reducible;

use super::list::{ListAction, ListDraft};
use crate::mail::Keepable;
use ui::{
    browser::{KeptCopy, random, stored},
    place::Doc,
};

/// What is typed into a form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct ActDraft {
    /// Random; it stays, so that sending twice sends the same thing.
    pub(crate) id: String,
    /// The document it was begun under.
    pub(crate) document: String,
    /// The parts, each as often as it is filled in.
    pub(crate) entries: Vec<EntryDraft>,
    /// The list of people, where the form has one.
    #[serde(skip_serializing_if = "ListDraft::is_blank")]
    pub(crate) list: ListDraft,
}

/// One part, filled in once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct EntryDraft {
    /// Id of the part.
    pub(crate) part: String,
    /// Tells entries of one part apart, whatever becomes of those before.
    pub(crate) key: u32,
    /// What is typed or picked, by the field's id.
    pub(crate) answers: BTreeMap<String, String>,
}

/// What can happen to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ActAction {
    /// The stored or empty one.
    Restore(ActDraft),
    /// Typing or picking: part, key, field, text.
    Write(&'static str, u32, &'static str, String),
    /// One more entry of a part.
    Add(&'static str),
    /// An entry goes: part, key.
    Remove(&'static str, u32),
    /// Something happens to the list of people.
    List(ListAction),
}

impl Reducible for ActDraft {
    type Action = ActAction;

    fn reduce(self: Rc<Self>, action: ActAction) -> Rc<Self> {
        let mut next = (*self).clone();
        match action {
            ActAction::Restore(stored) => next = stored,
            ActAction::Write(part, key, field, text) => {
                if let Some(entry) = next.entries.iter_mut().find(|one| one.part == part && one.key == key) {
                    entry.answers.insert(field.to_owned(), text);
                }
            }
            ActAction::Add(part) => next.add(part),
            ActAction::Remove(part, key) => next.entries.retain(|one| one.part != part || one.key != key),
            ActAction::List(action) => next.list.take(action),
        }
        if next == *self { self } else { Rc::new(next) }
    }
}

impl Keepable for ActDraft {
    fn id(&self) -> &str {
        &self.id
    }

    fn is_blank(&self) -> bool {
        ActDraft::is_blank(self)
    }
}

impl ActDraft {
    /// One that is not opened yet, as long on the page as it will be empty: nothing on the page moves when it is.
    pub(crate) fn unopened(form: &Form) -> Self {
        let mut draft = Self::default();
        draft.complete(form);
        draft
    }

    /// An empty one: every part once, those that repeat as often as they must.
    pub(crate) fn new(document: &str, form: &Form) -> Self {
        let mut draft = Self { id: random::request_id(), document: document.to_owned(), ..Self::default() };
        draft.complete(form);
        draft
    }

    /// With every part of a form: what an earlier document of the place did not ask for is added, what it asked for and this
    /// one does not is left out.
    pub(crate) fn complete(&mut self, form: &Form) {
        self.entries.retain(|entry| form.part(&entry.part).is_some());
        for part in &form.parts {
            let least = if part.repeats() { part.least } else { 1 };
            while self.of(part).count() < usize::try_from(least).unwrap_or(usize::MAX) {
                self.add(&part.id);
            }
        }
    }

    pub(super) fn add(&mut self, part: &str) {
        let last = self.entries.iter().filter(|entry| entry.part == part).map(|entry| entry.key).max();
        let key = last.map_or(1, |last| last.saturating_add(1));
        self.entries.push(EntryDraft { part: part.to_owned(), key, answers: BTreeMap::new() });
    }

    /// The entries of a part, in the order of the page.
    pub(crate) fn of<'a>(&'a self, part: &'a FormPart) -> impl Iterator<Item = &'a EntryDraft> {
        self.entries.iter().filter(|entry| entry.part == part.id)
    }

    /// Whether nothing is written in it.
    pub(crate) fn is_blank(&self) -> bool {
        self.entries.iter().all(EntryDraft::is_blank) && self.list.is_blank()
    }
}

impl EntryDraft {
    /// Whether nothing is written in it.
    pub(crate) fn is_blank(&self) -> bool {
        self.answers.values().all(|answer| visible(answer).is_empty())
    }

    /// What is typed or picked; empty: nothing.
    pub(crate) fn answer(&self, field: &str) -> &str {
        self.answers.get(field).map_or("", String::as_str)
    }

    /// Whether a field is asked after what was answered before it.
    pub(crate) fn asks(&self, part: &FormPart, field: &FormField) -> bool {
        field.only_if.as_ref().is_none_or(|only| {
            only.is.iter().any(|answer| answer == self.answer(&only.field))
                && part.field(&only.field).is_some_and(|before| self.asks(part, before))
        })
    }
}

/// The DOM id of a field; `n` counts the entries of its part from 1.
pub(super) fn control(part: &FormPart, n: usize, field: &FormField) -> String {
    if part.repeats() {
        format!("{}-{n}-{}", part.id, field.id)
    } else {
        [part.id.as_str(), "-", &field.id].concat()
    }
}

fn key(place: &str, case: CaseKind) -> String {
    ["act.", place, ".", case.id()].concat()
}

/// This page's copy of the draft for a place and kind of case.
pub(crate) fn copy(place: &str, case: CaseKind) -> KeptCopy {
    KeptCopy::of(key(place, case))
}

/// The kept draft, or a new one.
pub(crate) fn opened(doc: Doc, form: &Form, copy: &KeptCopy) -> ActDraft {
    let document = &doc.document().id;
    match copy.read().and_then(|text| serde_json::from_str::<ActDraft>(&text).ok()) {
        Some(mut kept) if !kept.id.is_empty() => {
            kept.document.clone_from(document);
            kept.complete(form);
            kept
        }
        _ => ActDraft::new(document, form),
    }
}

/// Puts a draft back to be mended.
pub(crate) fn put_back(place: &str, case: CaseKind, draft: &ActDraft) {
    stored::save(&key(place, case), draft);
}

/// Forgets it if it is the one that was sent.
pub(crate) fn forget_sent(place: &str, case: CaseKind, id: &str) {
    if stored::load::<ActDraft>(&key(place, case)).is_some_and(|draft| draft.id == id) {
        stored::forget(&key(place, case));
    }
}
