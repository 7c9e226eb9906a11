//! How far sending papers is, told to whoever shows it.

use std::{cell::RefCell, collections::BTreeMap};

use ui::api::ApiError;
use yew::Callback;

/// How far the papers of a case are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Progress {
    /// Parts that are there.
    pub(super) done: u32,
    /// All parts.
    pub(super) of: u32,
    /// Papers that are whole.
    pub(super) whole: usize,
    /// Why it does not go on.
    pub(super) stopped: Option<Stopped>,
}

/// Why it does not go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stopped {
    /// The line, or the server for now: it is tried again by itself.
    Line(ApiError),
    /// The server does not take them.
    Refused(ApiError),
    /// This device does not have them any more.
    Gone,
    /// Another page of this browser is at it.
    Elsewhere,
}

impl Progress {
    /// In hundredths.
    pub(super) fn percent(&self) -> u32 {
        self.done.saturating_mul(100).checked_div(self.of).unwrap_or(0).min(100)
    }
}

#[derive(Default)]
struct Live {
    progress: BTreeMap<String, Progress>,
    listening: Vec<(u32, Callback<()>)>,
    last: u32,
}

thread_local! {
    static LIVE: RefCell<Live> = RefCell::default();
}

/// How far a case is, if anything was done for it on this page.
pub(super) fn of(lookup: &str) -> Option<Progress> {
    LIVE.with_borrow(|live| live.progress.get(lookup).cloned())
}

/// Says how far a case is; `None`: all of it is there, or it is over.
pub(super) fn say(lookup: &str, progress: Option<Progress>) {
    let listening = LIVE.with_borrow_mut(|live| {
        match progress {
            Some(progress) => live.progress.insert(lookup.to_owned(), progress),
            None => live.progress.remove(lookup),
        };
        live.listening.clone()
    });
    for (_, callback) in listening {
        callback.emit(());
    }
}

/// Calls back whenever something was said, until [`leave`].
pub(super) fn listen(callback: Callback<()>) -> u32 {
    LIVE.with_borrow_mut(|live| {
        live.last = live.last.wrapping_add(1);
        live.listening.push((live.last, callback));
        live.last
    })
}

/// No more of it.
pub(super) fn leave(number: u32) {
    LIVE.with_borrow_mut(|live| live.listening.retain(|(other, _)| *other != number));
}
