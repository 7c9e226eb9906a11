//! The same draft open on two pages of this browser.

use std::rc::Rc;

use ui::{browser::KeptCopy, hooks::use_other_pages};
use yew::prelude::*;

use super::outbox;

/// Follows what other pages do with a draft: whether it is on its way to the office by now, and whether a newer copy of it
/// is to be opened (`open` gets false: not for the first time).
#[hook]
pub(crate) fn use_draft_elsewhere(
    copy: &Rc<KeptCopy>,
    id: &str,
    sending: UseStateSetter<bool>,
    open: &Callback<bool>,
) {
    let (copy, open, id) = (Rc::clone(copy), open.clone(), id.to_owned());
    use_other_pages(Callback::from(move |()| {
        sending.set(outbox::holds(&id));
        if copy.is_overtaken() {
            open.emit(false);
        }
    }));
}
