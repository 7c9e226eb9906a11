//! What was sent, for the programs that hold the pages that wrote it: put back, printed, its days.

use chrono::NaiveDate;
use policies::model::CaseKind;
use protocol::letter::Letter;
use yew::prelude::*;

use super::again::{TIP_OFFS, Written};
use crate::{
    act,
    apply::draft::{Draft, read::read, saved},
    dates::{Dated, Dates, of_course, of_letter, of_windows},
    mail::outbox::{Parcel, read_back},
    papers,
};
use sealer::ops::Receipt;
use ui::{
    browser::random,
    components::Card,
    paper::{self, Print, Standing},
    place::Doc,
};

/// Applications and every form.
pub(crate) const FORMS: Written = Written {
    put_back: |parcel| match parcel.kind {
        CaseKind::Application => put_back_application(parcel),
        _ => put_back_form(parcel),
    },
    forget_draft: |parcel| match parcel.kind {
        CaseKind::Application => saved::forget_sent(&parcel.place, &parcel.id),
        CaseKind::TipOff => (TIP_OFFS.forget_draft)(parcel),
        other => act::draft::forget_sent(&parcel.place, other, &parcel.id),
    },
    print: |doc, parcel, standing, on| print(letter(doc, parcel, on), doc, standing),
    dates: |doc, parcel, receipt, received| {
        show(dates(doc, parcel.kind, received, letter(doc, parcel, received).as_ref()), receipt)
    },
};

/// Forms alone.
pub(crate) const ACTS: Written = Written {
    put_back: put_back_form,
    forget_draft: |parcel| act::draft::forget_sent(&parcel.place, parcel.kind, &parcel.id),
    print: |doc, parcel, standing, on| print(form_letter(doc, parcel, on), doc, standing),
    dates: |doc, parcel, receipt, received| {
        show(dates(doc, parcel.kind, received, form_letter(doc, parcel, received).as_ref()), receipt)
    },
};

fn put_back_application(parcel: &Parcel) {
    if let Some(draft) = parcel.draft.as_ref().and_then(read_back::<Draft>) {
        let draft = Draft { id: random::request_id(), ..draft };
        papers::carry(&parcel.id, &draft.id);
        saved::put_back(&parcel.place, &draft);
    }
}

fn put_back_form(parcel: &Parcel) {
    if let Some(draft) = form_draft(parcel) {
        let draft = act::draft::ActDraft { id: random::request_id(), ..draft };
        papers::carry(&parcel.id, &draft.id);
        act::draft::put_back(&parcel.place, parcel.kind, &draft);
    }
}

fn form_draft(parcel: &Parcel) -> Option<act::draft::ActDraft> {
    read_back(parcel.draft.as_ref()?)
}

/// The letter that was sent, written anew from its draft.
fn letter(doc: Doc, parcel: &Parcel, on: NaiveDate) -> Option<Letter> {
    if parcel.kind == CaseKind::Application {
        let draft: Draft = read_back(parcel.draft.as_ref()?)?;
        return Some(Letter::Application(Box::new(read(&draft, doc, on).ok()?)));
    }
    form_letter(doc, parcel, on)
}

fn form_letter(doc: Doc, parcel: &Parcel, on: NaiveDate) -> Option<Letter> {
    Some(act::letter(doc, doc.document().form(parcel.kind)?, &form_draft(parcel)?, on))
}

fn print(letter: Option<Letter>, doc: Doc, standing: &Standing) -> Html {
    let Some(letter) = letter else { return Html::default() };
    let standing = standing.clone();
    html! {
        <Card title="要在纸上签字、留底的" class="no-print">
            <p>{ "打印您提交的内容：窗口要签字的，签好带去；上面没有查询码，可以交给窗口。" }</p>
            <Print says="打印我交的内容" test="sent-print" paper={Callback::from(move |()| paper::letter(doc, &letter, &standing))} />
        </Card>
    }
}

fn dates(doc: Doc, kind: CaseKind, received: NaiveDate, sent: Option<&Letter>) -> Vec<Dated> {
    if kind == CaseKind::TipOff {
        return Vec::new();
    }
    let told = sent.map(|letter| of_letter(doc, letter)).unwrap_or_default();
    [of_course(doc, kind, received), of_windows(doc, kind, received), told].concat()
}

fn show(dates: Vec<Dated>, receipt: &Receipt) -> Html {
    if dates.is_empty() {
        return Html::default();
    }
    html! {
        <Card title="日期，加到日历" class="no-print"><Dates case={receipt.lookup.clone()} {dates} /></Card>
    }
}
