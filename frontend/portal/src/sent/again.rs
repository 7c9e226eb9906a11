//! From a parcel back to the page that wrote it.

use chrono::NaiveDate;
use policies::model::CaseKind;
use yew::prelude::*;

use crate::{apply::draft::page::ApplyPage, mail::outbox::Parcel, route::Route, router::Navigator, tip};
use sealer::ops::Receipt;
use ui::{paper::Standing, place::Doc};

/// What a program knows of the pages that write what it sends: its own alone, so that none carries another's forms.
#[derive(Clone, Copy)]
pub(crate) struct Written {
    /// Puts back the draft that was sent, as something new to send.
    pub(super) put_back: fn(&Parcel),
    /// Forgets the draft of what has arrived.
    pub(super) forget_draft: fn(&Parcel),
    /// Prints what was sent.
    pub(super) print: fn(Doc, &Parcel, &Standing, NaiveDate) -> Html,
    /// The days that are known before anybody has opened it.
    pub(super) dates: fn(Doc, &Parcel, &Receipt, NaiveDate) -> Html,
}

impl PartialEq for Written {
    fn eq(&self, _: &Self) -> bool {
        // There is one in a program.
        true
    }
}

/// Tip-offs: they leave no draft, no copy to print and no day in a calendar.
pub(crate) const TIP_OFFS: Written = Written {
    put_back: |_| {},
    forget_draft: |parcel| tip::draft::forget_sent(&parcel.place, &parcel.id),
    print: |_, _, _, _| Html::default(),
    dates: |_, _, _, _| Html::default(),
};

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
