//! The papers of a draft: in this browser's database beside it, and on the page that shows them.

use std::rc::Rc;

use js_sys::Uint8Array;
use protocol::{
    limits::{CASE_PAPER_BYTES, LETTER_PAPERS},
    paper::{Media, Removed, padded_len, sealed_len},
};
use serde::{Deserialize, Serialize};
use wasm_bindgen_futures::spawn_local;
use web_sys::File;
use yew::prelude::*;

use ui::{
    browser::{
        ObjectUrl, random,
        shelf::{self, Shelved},
        stored,
    },
    hooks::use_other_pages,
    intake::{Taken, Turn, take, turned},
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
    fn new(key: String, label: Label, content: Uint8Array) -> Self {
        let shown = ObjectUrl::of_array(&content, label.media.mime()).map(Rc::new);
        Self { key, label, content, shown }
    }

    fn of(one: Shelved) -> Option<Self> {
        let label = serde_json::from_str(&one.text).ok()?;
        Some(Self::new(one.key, label, one.bytes))
    }

    /// Writes it down. False: only this page holds it.
    async fn keep(&self) -> bool {
        let text = serde_json::to_string(&self.label).unwrap_or_default();
        shelf::put(Shelved { key: self.key.clone(), text, bytes: self.content.clone() }).await
    }

    fn sealed_bytes(&self) -> u64 {
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

fn say_changed() {
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

/// A file that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    /// For which item.
    pub(super) wanted: Option<String>,
    /// What the file is called.
    pub(super) file: String,
    /// What is wrong, and what to do.
    pub(super) words: String,
}

/// What a page shows of the papers.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct OnPage {
    pub(super) list: Vec<HeldPaper>,
    pub(super) wrong: Vec<Wrong>,
    /// The item whose files are being worked on.
    pub(super) busy: Option<Option<String>>,
    /// Only this page holds some of it.
    pub(super) refused: bool,
}

pub(super) enum Change {
    All(Vec<HeldPaper>),
    One(Box<HeldPaper>, bool),
    Gone(String),
    Busy(Option<Option<String>>),
    Wrong(Wrong),
}

impl Reducible for OnPage {
    type Action = Change;

    fn reduce(self: Rc<Self>, change: Change) -> Rc<Self> {
        let mut next = (*self).clone();
        match change {
            Change::All(list) => {
                next.refused = !shelf::is_lasting() && !list.is_empty();
                next.list = list;
            }
            Change::One(paper, kept) => {
                next.refused |= !kept;
                match next.list.iter_mut().find(|other| other.key == paper.key) {
                    Some(other) => *other = *paper,
                    None => next.list.push(*paper),
                }
            }
            Change::Gone(key) => next.list.retain(|paper| paper.key != key),
            Change::Busy(wanted) => {
                if let Some(wanted) = &wanted {
                    next.wrong.retain(|wrong| wrong.wanted != *wanted);
                }
                next.busy = wanted;
            }
            Change::Wrong(wrong) => next.wrong.push(wrong),
        }
        next.into()
    }
}

/// The papers of a draft as a page works on them.
#[derive(Clone, PartialEq)]
pub(crate) struct Papers {
    draft: AttrValue,
    on_page: UseReducerHandle<OnPage>,
}

/// The papers of the draft with this id; empty: it is not opened yet.
#[hook]
pub(crate) fn use_papers(draft: &str) -> Papers {
    let on_page = use_reducer(OnPage::default);
    let known = use_mut_ref(|| None::<String>);
    let open = {
        let (dispatcher, known) = (on_page.dispatcher(), known.clone());
        move |draft: AttrValue| {
            *known.borrow_mut() = stored::load_text(CHANGED);
            let dispatcher = dispatcher.clone();
            spawn_local(async move { dispatcher.dispatch(Change::All(load(&draft).await)) });
        }
    };
    let draft = AttrValue::from(draft.to_owned());
    {
        let open = open.clone();
        use_effect_with(draft.clone(), move |draft| {
            if !draft.is_empty() {
                open(draft.clone());
            }
        });
    }
    {
        let draft = draft.clone();
        use_other_pages(Callback::from(move |()| {
            let changed = *known.borrow() != stored::load_text(CHANGED);
            if changed && !draft.is_empty() {
                open(draft.clone());
            }
        }));
    }
    Papers { draft, on_page }
}

impl Papers {
    pub(super) fn on_page(&self) -> &OnPage {
        &self.on_page
    }

    /// How many there are for an item, or beside all items.
    pub(crate) fn count(&self, wanted: Option<&str>) -> usize {
        self.on_page.list.iter().filter(|paper| paper.label.wanted.as_deref() == wanted).count()
    }

    /// What tells whether anything changed since: one line for each paper.
    pub(crate) fn marks(&self) -> Vec<String> {
        let mark = |paper: &HeldPaper| {
            let label = serde_json::to_string(&paper.label).unwrap_or_default();
            format!("{} {} {label}", paper.key, paper.content.length())
        };
        self.on_page.list.iter().map(mark).collect()
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.on_page.list.is_empty()
    }

    /// Whether files are being worked on.
    pub(crate) fn is_busy(&self) -> bool {
        self.on_page.busy.is_some()
    }

    /// Takes the files that were chosen for an item, one after the other; the first in the place of another paper where
    /// `instead` names one.
    pub(super) fn add(&self, files: Vec<File>, wanted: Option<String>, instead: Option<String>) {
        if files.is_empty() || self.is_busy() {
            return;
        }
        let (this, mut instead) = (self.clone(), instead);
        this.on_page.dispatch(Change::Busy(Some(wanted.clone())));
        spawn_local(async move {
            // As they lie there now: what an earlier file added counts.
            let mut list = load(&this.draft).await;
            for file in files {
                let added = this.one(&file, wanted.clone(), instead.take(), &list).await;
                match added {
                    Ok(paper) => {
                        let kept = paper.keep().await;
                        list.retain(|other| other.key != paper.key);
                        list.push(paper.clone());
                        this.on_page.dispatch(Change::One(Box::new(paper), kept));
                    }
                    Err(words) => {
                        let wrong = Wrong { wanted: wanted.clone(), file: file.name(), words };
                        this.on_page.dispatch(Change::Wrong(wrong));
                    }
                }
            }
            say_changed();
            this.on_page.dispatch(Change::Busy(None));
        });
    }

    /// A file as a paper of the draft.
    async fn one(
        &self,
        file: &File,
        wanted: Option<String>,
        instead: Option<String>,
        list: &[HeldPaper],
    ) -> Result<HeldPaper, String> {
        let others = || list.iter().filter(|paper| Some(&paper.key) != instead.as_ref());
        if others().count() >= LETTER_PAPERS {
            return Err(format!(
                "一次最多附 {LETTER_PAPERS} 份，这一份没有加上。请先删去几份，或者提交以后再补交。"
            ));
        }
        let Taken { media, content, removed } = take(file).await.map_err(|refusal| refusal.to_string())?;
        let key = instead.clone().unwrap_or_else(|| {
            let last = list.last().and_then(|paper| paper.key.strip_prefix(&place(&self.draft)));
            let last =
                last.and_then(|rest| rest.split('-').next()).and_then(|number| number.parse::<u32>().ok());
            format!(
                "{}{:06}-{}",
                place(&self.draft),
                last.map_or(1, |last| last.saturating_add(1)),
                random::request_id()
            )
        });
        let before = list.iter().find(|paper| Some(&paper.key) == instead.as_ref());
        let name = match (before, media) {
            (Some(before), _) => before.label.name.clone(),
            (None, Media::Pdf) => name_of(&file.name()),
            (None, Media::Jpeg | Media::Png) => String::new(),
        };
        let paper = HeldPaper::new(key, Label { name, wanted, media, removed }, content);
        let all = others().chain([&paper]).fold(0_u64, |sum, paper| sum.saturating_add(paper.sealed_bytes()));
        if all > CASE_PAPER_BYTES {
            return Err(
                "所有材料加起来超过了 40 MB，这一份没有加上。请先删去大的 PDF，或者把它拍成照片。".to_owned()
            );
        }
        Ok(paper)
    }

    /// Turns a picture a quarter.
    pub(super) fn turn(&self, paper: &HeldPaper, turn: Turn) {
        if self.is_busy() {
            return;
        }
        let (this, paper) = (self.clone(), paper.clone());
        this.on_page.dispatch(Change::Busy(Some(paper.label.wanted.clone())));
        spawn_local(async move {
            match turned(&paper.content, turn).await {
                Ok(content) => this.keep(HeldPaper::new(paper.key, paper.label, content)).await,
                Err(refusal) => {
                    let (wanted, file) = (paper.label.wanted, paper.label.name);
                    this.on_page.dispatch(Change::Wrong(Wrong { wanted, file, words: refusal.to_string() }));
                }
            }
            this.on_page.dispatch(Change::Busy(None));
        });
    }

    /// Calls a paper by another name.
    pub(super) fn rename(&self, paper: &HeldPaper, name: String) {
        let renamed = HeldPaper { label: Label { name, ..paper.label.clone() }, ..paper.clone() };
        // What is typed shows at once.
        self.on_page.dispatch(Change::One(Box::new(renamed.clone()), true));
        let this = self.clone();
        spawn_local(async move { this.keep(renamed).await });
    }

    async fn keep(&self, paper: HeldPaper) {
        let kept = paper.keep().await;
        say_changed();
        self.on_page.dispatch(Change::One(Box::new(paper), kept));
    }

    /// Takes a paper away.
    pub(super) fn remove(&self, paper: &HeldPaper) {
        self.on_page.dispatch(Change::Gone(paper.key.clone()));
        let key = paper.key.clone();
        spawn_local(async move {
            shelf::remove_under(&key).await;
            say_changed();
        });
    }

    /// Takes all away.
    pub(crate) fn clear(&self) {
        self.on_page.dispatch(Change::All(Vec::new()));
        forget(&self.draft);
    }
}

/// The name of a file without its ending.
fn name_of(file: &str) -> String {
    let name = file.rsplit_once('.').map_or(file, |(name, _)| name);
    name.chars().take(60).collect()
}
