//! A draft that is kept as it is typed, and may be open on two pages of this browser.

use std::rc::Rc;

use serde::Serialize;
use ui::{
    browser::{KeptCopy, Written},
    hooks::use_other_pages,
};
use yew::prelude::*;

use super::outbox;

/// Follows what other pages do with a draft: whether it is on its way to the office by now, and whether a newer copy of it
/// is to be opened (`open` gets false: not for the first time).
#[hook]
fn use_draft_elsewhere(copy: &Rc<KeptCopy>, id: &str, sending: UseStateSetter<bool>, open: &Callback<bool>) {
    let (copy, open, id) = (Rc::clone(copy), open.clone(), id.to_owned());
    use_other_pages(Callback::from(move |()| {
        sending.set(outbox::holds(&id));
        if copy.is_overtaken() {
            open.emit(false);
        }
    }));
}

/// A draft as [`use_kept_draft`] looks at it.
pub(crate) trait Keepable: Clone + PartialEq + Serialize + 'static {
    /// What it is sent under; empty: it is not opened yet.
    fn id(&self) -> &str;
    /// Whether nothing is written in it.
    fn is_blank(&self) -> bool;
}

/// Keeps a draft after every change, but for one that is on its way to the office, and follows what other pages do with it.
/// `sending` hears whether it is on its way, `kept` whether the browser keeps it; `open` is called where another page has
/// written a newer one. `emptied_goes`: what is emptied by hand is forgotten at once.
#[hook]
pub(crate) fn use_kept_draft<D: Keepable>(
    draft: &D,
    copy: &Rc<KeptCopy>,
    sending: UseStateSetter<bool>,
    kept: UseStateSetter<bool>,
    open: &Callback<bool>,
    emptied_goes: bool,
) {
    use_draft_elsewhere(copy, draft.id(), sending, open);
    let (copy, open) = (Rc::clone(copy), open.clone());
    use_effect_with(draft.clone(), move |draft| {
        let nothing_yet = draft.is_blank() && !copy.is_there();
        if draft.id().is_empty() || nothing_yet || outbox::holds(draft.id()) {
            return;
        }
        match serde_json::to_string(draft).map(|text| copy.write(text)) {
            Ok(Written::Kept | Written::Refused) if emptied_goes && draft.is_blank() => copy.forget(),
            Ok(Written::Kept) => kept.set(true),
            Ok(Written::Overtaken) => open.emit(false),
            Ok(Written::Refused) | Err(_) => kept.set(false),
        }
    });
}
