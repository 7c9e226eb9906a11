//! The papers of a draft: in this browser's database beside it, and on the page that shows them.

use std::rc::Rc;

use js_sys::Uint8Array;
use protocol::paper::{Media, Removed, padded_len, sealed_len};
use serde::{Deserialize, Serialize};
use wasm_bindgen_futures::spawn_local;

use ui::browser::{
    ObjectUrl, random,
    shelf::{self, Shelved},
    stored,
};

/// What is kept beside the content of a paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Label {
    /// What its sender calls it.
    pub(super) name: String,
    /// Which item of the document's list it is for.
    pub(super) wanted: Option<String>,
    /// What it is.
    pub(super) media: Media,
    /// What was taken out of it.
    pub(super) removed: Vec<Removed>,
}

/// A paper of a draft.
#[derive(Clone, Debug)]
pub(super) struct HeldPaper {
    /// Where it lies.
    pub(super) key: String,
    /// What is known of it.
    pub(super) label: Label,
    /// Its content.
    pub(super) content: Uint8Array,
    /// Where the page can show it.
    pub(super) shown: Option<Rc<ObjectUrl>>,
}

impl PartialEq for HeldPaper {
    fn eq(&self, other: &Self) -> bool {
        (&self.key, &self.label, &self.shown) == (&other.key, &other.label, &other.shown)
    }
}

impl HeldPaper {
    pub(super) fn new(key: String, label: Label, content: Uint8Array) -> Self {
        let shown = ObjectUrl::of_array(&content, label.media.mime()).map(Rc::new);
        Self { key, label, content, shown }
    }

    fn of(one: Shelved) -> Option<Self> {
        let label = serde_json::from_str(&one.text).ok()?;
        Some(Self::new(one.key, label, one.bytes))
    }

    /// Writes it down. False: only this page holds it.
    pub(super) async fn keep(&self) -> bool {
        let text = serde_json::to_string(&self.label).unwrap_or_default();
        shelf::put(Shelved { key: self.key.clone(), text, bytes: self.content.clone() }).await
    }

    /// How long it is once it is sealed.
    pub(super) fn sealed_bytes(&self) -> u64 {
        let length = usize::try_from(self.content.length()).unwrap_or(usize::MAX);
        u64::try_from(sealed_len(padded_len(length))).unwrap_or(u64::MAX)
    }
}

/// Where the papers of a draft lie.
pub(super) fn place(draft: &str) -> String {
    ["paper/", draft, "/"].concat()
}

/// What other pages look at to learn that something changed.
const CHANGED: &str = "papers-changed";

/// What tells of the latest change.
pub(super) fn changed() -> Option<String> {
    stored::load_text(CHANGED)
}

/// Something was added, changed or taken away.
pub(super) fn say_changed() {
    stored::save_text(CHANGED, random::request_id());
}

/// The papers of a draft, in the order in which they were added.
pub(super) async fn load(draft: &str) -> Vec<HeldPaper> {
    shelf::under(&place(draft)).await.into_iter().filter_map(HeldPaper::of).collect()
}

/// Forgets the papers of a draft. For effects and handlers.
pub(crate) fn forget(draft: &str) {
    let place = place(draft);
    spawn_local(async move {
        shelf::remove_under(&place).await;
        // A change, too, and nothing of it stays.
        stored::forget(CHANGED);
    });
}

/// Takes the papers of a draft along while `change` decides anew what the browser keeps. For effects and handlers.
pub(crate) fn keep_anew(draft: &str, change: impl FnOnce() + 'static) {
    let place = place(draft);
    spawn_local(async move {
        let all = shelf::under(&place).await;
        shelf::remove_under(&place).await;
        stored::forget(CHANGED);
        change();
        for one in all {
            shelf::put(one).await;
        }
    });
}

/// The papers of a draft become those of another. For effects and handlers.
pub(crate) fn carry(from: &str, to: &str) {
    let (from, to) = (place(from), place(to));
    spawn_local(async move {
        let all = shelf::under(&from).await;
        if all.is_empty() {
            return;
        }
        for one in all {
            let key = one.key.replacen(&from, &to, 1);
            shelf::put(Shelved { key, ..one }).await;
        }
        shelf::remove_under(&from).await;
        say_changed();
    });
}
