//! An answer being written: kept as typed, in this browser only, until it is sent.

use std::{collections::BTreeMap, rc::Rc};

use serde::{Deserialize, Serialize};
use ui::browser::stored;
use yew::Reducible;

/// What is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Draft {
    /// The request that it answers, by the hash of its envelope.
    to: String,
    /// By the field that was asked for.
    typed: BTreeMap<String, String>,
}

/// What can happen to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// The kept or an empty one.
    Restore(Draft),
    /// Typing or picking: field, text.
    Write(String, String),
}

impl Reducible for Draft {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        match action {
            Action::Restore(kept) => Rc::new(kept),
            Action::Write(field, text) => {
                let mut next = (*self).clone();
                next.typed.insert(field, text);
                Rc::new(next)
            }
        }
    }
}

impl Draft {
    /// What is typed for a field; none where nothing was.
    pub(super) fn typed(&self, field: &str) -> Option<&str> {
        self.typed.get(field).map(String::as_str)
    }

    /// Keeps it, if anything was typed. For effects and handlers.
    pub(super) fn keep(&self, lookup: &str) {
        if !self.typed.is_empty() {
            stored::save(&key(lookup), self);
        }
    }
}

/// What was typed in answer to a request. For effects and handlers.
pub(super) fn kept(lookup: &str, to: &str) -> Draft {
    let kept = stored::load::<Draft>(&key(lookup)).filter(|kept| kept.to == to);
    kept.unwrap_or_else(|| Draft { to: to.to_owned(), typed: BTreeMap::new() })
}

/// Forgets it. For effects and handlers.
pub(super) fn forget(lookup: &str) {
    stored::forget(&key(lookup));
}

fn key(lookup: &str) -> String {
    ["correct.", lookup].concat()
}
