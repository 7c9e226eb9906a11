//! The draft that somebody comes back to.

use super::told::Told;
use crate::{
    apply::draft::{
        Draft,
        saved::{self, Found},
    },
    papers,
};
use ui::{
    browser::{KeptCopy, random},
    place::Doc,
};

/// The draft to go on with as this browser keeps it now, and what there is to tell of it. What cannot be gone on with as
/// it is gets set aside first.
pub(super) fn reopened(doc: Doc, copy: &KeptCopy, first: bool) -> (Draft, Option<Told>) {
    let document = doc.document();
    let text = copy.read();
    let set_aside = || {
        if let Some(text) = &text {
            saved::set_aside_as(&document.place.id, text.clone());
        }
    };
    let empty = || Draft::new(random::request_id(), &document.id);
    match saved::found(text.as_deref(), &document.id, random::request_id()) {
        Found::Draft(draft) => (*draft, (!first).then_some(Told::Joined)),
        Found::Nothing => (empty(), (!first).then_some(Told::Gone)),
        Found::Carried(draft) => {
            set_aside();
            if let Some(before) = text.as_deref().and_then(saved::id_in) {
                papers::carry(&before, &draft.id);
            }
            (*draft, Some(Told::Carried))
        }
        Found::Unread => {
            set_aside();
            (empty(), Some(Told::Unread))
        }
    }
}
