//! What was begun in this browser and waits to be finished, told in a word each, so that the residents' pages can say
//! so without carrying the code that reads letters and drafts.

use ui::browser::stored;
use yew::prelude::*;

/// Where the word on the outbox lies.
const WAITING: &str = "waiting";

/// Where lies what is still to be sent of papers.
pub(crate) const UPLOADS: &str = "uploads";

/// What waits, the most urgent of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Waiting {
    /// Something still has to be sent.
    Letter,
    /// A receipt code is not yet saved.
    Receipt,
    /// Papers are still being sent.
    Papers,
}

impl Waiting {
    #[cfg(feature = "whole")]
    const fn word(self) -> &'static str {
        match self {
            Self::Letter => "send",
            Self::Receipt => "save",
            Self::Papers => "",
        }
    }
}

/// What waits in the outbox, and behind it. For effects and handlers.
pub(crate) fn waiting() -> Option<Waiting> {
    match stored::load_text(WAITING).as_deref() {
        Some("send") => Some(Waiting::Letter),
        Some("save") => Some(Waiting::Receipt),
        _ => stored::load_text(UPLOADS).map(|_| Waiting::Papers),
    }
}

/// Tells this page, as the browser tells the others, that something else waits than before.
#[cfg(feature = "whole")]
pub(crate) fn say_changed() {
    let event = web_sys::Event::new("storage").ok();
    let _ = web_sys::window().zip(event).map(|(window, event)| window.dispatch_event(&event));
}

/// Says what waits in the outbox, or that nothing does.
#[cfg(feature = "whole")]
pub(crate) fn say_waiting(waiting: Option<Waiting>) {
    match waiting {
        Some(waiting) => {
            stored::save_text(WAITING, waiting.word().to_owned());
        }
        None => stored::forget(WAITING),
    }
}

fn left_key(place: &str) -> String {
    ["left.", place].concat()
}

/// The page, in a word, at which an application to a place was left. For effects and handlers.
pub(crate) fn left_at(place: &str) -> Option<String> {
    stored::load_text(&left_key(place))
}

/// Remembers the page at which something was typed last; `None`: there is nothing to go back to.
#[cfg(feature = "whole")]
pub(crate) fn leave_at(place: &str, page: Option<&str>) {
    match page {
        Some(page) => {
            stored::save_text(&left_key(place), page.to_owned());
        }
        None => stored::forget(&left_key(place)),
    }
}

/// Whether an application to a place was begun here and not sent; known after the first render.
#[hook]
pub(crate) fn use_unfinished(place: &str) -> bool {
    let unfinished = use_state(|| false);
    let setter = unfinished.setter();
    use_effect_with(place.to_owned(), move |place| setter.set(left_at(place).is_some()));
    *unfinished
}
