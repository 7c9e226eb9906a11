//! The same self-check open on two pages of this browser, or left open over midnight.

use yew::prelude::*;

use super::self_check::SelfCheck;
use ui::{browser::reload, hooks::use_window_event};

/// Opens the page anew when another page has changed the replies, or when it comes to the front again after the day has
/// gone by. Not where this browser keeps nothing: there only this page holds them.
#[hook]
pub(super) fn use_latest(check: Option<&SelfCheck>, kept: bool) {
    let check = check.filter(|_| kept).cloned();
    let active = check.is_some();
    let look = Callback::from(move |_: Event| {
        if check.as_ref().is_some_and(SelfCheck::is_overtaken) {
            reload();
        }
    });
    use_window_event("storage", active, look.clone());
    use_window_event("focus", active, look);
}
