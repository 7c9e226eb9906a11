//! The papers of a draft as a page shows them and works on them.

use std::rc::Rc;

use js_sys::Uint8Array;
use protocol::{
    limits::{CASE_PAPER_BYTES, LETTER_PAPERS},
    paper::Media,
};
use wasm_bindgen_futures::spawn_local;
use web_sys::File;
use yew::prelude::*;

use super::{
    kept::{HeldPaper, Label, changed, forget, load, place, say_changed},
    pictures::Tools,
};
use ui::{
    browser::{random, shelf, stored},
    hooks::use_other_pages,
    intake::{Area, Refusal, Taken, Turn, covered, take, turned},
};

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
                next.refused = !shelf::is_lasting() && !stored::keeps_nothing() && !list.is_empty();
                next.list = list;
            }
            Change::One(paper, kept) => {
                next.refused |= !kept && !stored::keeps_nothing();
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
    /// Nothing but pictures is taken, and these can be done to them.
    pub(super) tools: Option<Tools>,
}

/// The papers of the draft with this id; empty: it is not opened yet.
#[hook]
pub(crate) fn use_papers(draft: &str) -> Papers {
    use_papers_with(draft, None)
}

/// The same, with tools for pictures where nothing else is taken.
#[hook]
pub(super) fn use_papers_with(draft: &str, tools: Option<Tools>) -> Papers {
    let on_page = use_reducer(OnPage::default);
    let known = use_mut_ref(|| None::<String>);
    let open = {
        let (dispatcher, known) = (on_page.dispatcher(), known.clone());
        move |draft: AttrValue| {
            *known.borrow_mut() = changed();
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
            let changed = *known.borrow() != changed();
            if changed && !draft.is_empty() {
                open(draft.clone());
            }
        }));
    }
    Papers { draft, on_page, tools }
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
        if self.tools.is_some() && media == Media::Pdf {
            return Err(Refusal::PdfTells.to_string());
        }
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
        let content = paper.content.clone();
        self.redraw(paper, async move { turned(&content, turn).await });
    }

    /// Blacks out parts of a picture.
    pub(super) fn cover(&self, paper: &HeldPaper, areas: Vec<Area>) {
        let content = paper.content.clone();
        self.redraw(paper, async move { covered(&content, &areas).await });
    }

    fn redraw(
        &self,
        paper: &HeldPaper,
        redrawn: impl Future<Output = Result<Uint8Array, Refusal>> + 'static,
    ) {
        if self.is_busy() {
            return;
        }
        let (this, paper) = (self.clone(), paper.clone());
        this.on_page.dispatch(Change::Busy(Some(paper.label.wanted.clone())));
        spawn_local(async move {
            match redrawn.await {
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
