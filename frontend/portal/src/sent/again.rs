//! From a parcel back to the page that wrote it.

use chrono::NaiveDate;
use policies::model::CaseKind;
use protocol::letter::Letter;

use crate::{
    act,
    apply::draft::{Draft, page::ApplyPage, read::read, saved},
    mail::outbox::{Parcel, read_back},
    papers,
    route::Route,
    router::Navigator,
    tip,
};
use ui::{browser::random, place::Doc};

/// Opens the page.
pub(super) fn open(navigator: &Navigator, parcel: &Parcel) {
    let route = Route::of_case(parcel.place.clone(), parcel.kind);
    if parcel.kind == CaseKind::Application {
        // From the beginning, not where it was left: nobody knows which page is to be mended.
        navigator.push_with_query(&route, &[("page", ApplyPage::default().id())]);
    } else {
        navigator.push(&route);
    }
}

/// Puts back the draft that was sent, as something new to send. Tip-offs carry none.
pub(super) fn put_back(parcel: &Parcel) {
    let Some(draft) = parcel.draft.as_ref() else { return };
    if parcel.kind == CaseKind::Application {
        if let Some(draft) = read_back::<Draft>(draft) {
            let draft = Draft { id: random::request_id(), ..draft };
            papers::carry(&parcel.id, &draft.id);
            saved::put_back(&parcel.place, &draft);
        }
    } else if let Some(draft) = read_back::<act::draft::ActDraft>(draft) {
        let draft = act::draft::ActDraft { id: random::request_id(), ..draft };
        papers::carry(&parcel.id, &draft.id);
        act::draft::put_back(&parcel.place, parcel.kind, &draft);
    }
}

/// The letter that was sent, written anew from its draft; none of a tip-off, which leaves no draft.
pub(super) fn letter(doc: Doc, parcel: &Parcel, on: NaiveDate) -> Option<Letter> {
    let draft = parcel.draft.as_ref()?;
    if parcel.kind == CaseKind::Application {
        let application = read(&read_back::<Draft>(draft)?, doc, on).ok()?;
        return Some(Letter::Application(Box::new(application)));
    }
    let draft: act::draft::ActDraft = read_back(draft)?;
    Some(act::letter(doc, doc.document().form(parcel.kind)?, &draft, on))
}

/// Forgets the draft of what has arrived.
pub(super) fn forget_draft(parcel: &Parcel) {
    match parcel.kind {
        CaseKind::Application => saved::forget_sent(&parcel.place, &parcel.id),
        CaseKind::TipOff => tip::draft::forget_sent(&parcel.place, &parcel.id),
        other => act::draft::forget_sent(&parcel.place, other, &parcel.id),
    }
}
