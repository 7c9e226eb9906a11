//! The application's frame: draft, pages, going on and back, sending.

use std::rc::Rc;

use chrono::NaiveDate;
use policies::model::CaseKind;
use protocol::letter::{Application, Letter, Unsealed};
use yew::prelude::*;

use super::{
    applicant, contact, declare, household,
    keep::Keep,
    members,
    reopened::reopened,
    review,
    told::{Told, ToldNotice},
};
use crate::{
    apply::draft::{
        Draft, DraftAction,
        page::ApplyPage,
        read::{faults, first_faulty, read},
        saved,
    },
    check::{self_check::SelfCheck, when},
    frame::{ButtonLink, PlaceTrail},
    mail::{
        outbox::{self, Parcel},
        ticket, use_kept_draft,
    },
    papers::{Papers, use_papers},
    pending,
    route::Route,
    router::{use_location, use_navigator},
};
use ui::{
    browser::{random, today_in_beijing},
    components::{Button, ErrorSummary, FieldFault, Look, Notice, Page, Standing, Steps, Tone, still_wrong},
    hooks::use_today,
    place::Doc,
    words::withdrawable,
};

/// What every page of the application gets.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct PageProps {
    /// The document.
    pub(super) doc: Doc,
    /// Today.
    pub(super) today: NaiveDate,
    /// Whether the browser keeps the draft.
    pub(super) kept: bool,
    /// The draft.
    pub(super) draft: UseReducerHandle<Draft>,
    /// Faults to show, empty until the person tried to go on.
    pub(super) faults: Vec<FieldFault>,
    /// Its papers.
    pub(super) papers: Papers,
    /// To another page.
    pub(super) go: Callback<ApplyPage>,
}

impl PageProps {
    /// The fault of the control with this id.
    pub(super) fn error(&self, id: &str) -> Option<AttrValue> {
        self.faults.iter().find(|fault| fault.id == id).map(|fault| fault.message.clone())
    }
}

/// The last attempt to go on that found something wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Tried {
    page: ApplyPage,
    /// Controls at fault then. Only these show a fault until the next attempt: nobody is corrected, or
    /// loses the focus, while typing.
    ids: Vec<AttrValue>,
    attempt: u32,
}

#[derive(Clone, PartialEq, Properties)]
pub(super) struct ApplyFormProps {
    /// The document.
    pub(super) doc: Doc,
}

/// The application of one place.
#[component]
pub(super) fn ApplyForm(props: &ApplyFormProps) -> Html {
    let doc = props.doc;
    let today = use_today();
    let draft = use_reducer(Draft::default);
    let kept = use_state(|| true);
    let sending = use_state(|| false);
    let tried = use_state(Tried::default);
    let left = use_state(|| None::<ApplyPage>);
    let told = use_state(|| None::<Told>);
    let by_ticket = use_state(String::new);
    let papers = use_papers(&draft.id);
    let named = use_page();
    let page = named.or(*left).unwrap_or_default();
    let go = use_go(doc);

    let copy = use_memo(doc, |doc| saved::copy(&doc.document().place.id));
    let open = {
        let (dispatcher, copy) = (draft.dispatcher(), Rc::clone(&copy));
        let (sending, told) = (sending.setter(), told.setter());
        Callback::from(move |first: bool| {
            let (draft, news) = reopened(doc, &copy, first);
            sending.set(outbox::holds(&draft.id));
            if news.is_some() {
                told.set(news);
            }
            dispatcher.dispatch(DraftAction::Restore(Box::new(draft)));
            if let (true, Some(check)) = (first, SelfCheck::load(doc, today)) {
                dispatcher.dispatch(DraftAction::TakeOver(check.household()));
            }
        })
    };
    {
        let (open, left) = (open.clone(), left.setter());
        use_effect_with(doc, move |doc| {
            left.set(pending::left_at(&doc.document().place.id).map(|id| ApplyPage::from_id(&id)));
            open.emit(true);
        });
    }
    use_kept_draft(&*draft, &copy, sending.setter(), kept.setter(), &open, false);

    {
        let started = !*sending && draft.is_started();
        use_effect_with((page, started), move |(page, started)| {
            if *started {
                pending::leave_at(&doc.document().place.id, Some(page.id()));
            }
        });
    }

    let shown = if tried.page == page {
        let wrong = [faults(&draft, doc, page, today), ticket_faults(page, &by_ticket)].concat();
        still_wrong(&tried.ids, wrong)
    } else {
        Vec::new()
    };
    let onsubmit = {
        let (draft, tried, go) = (draft.clone(), tried.clone(), go.clone());
        let by_ticket = by_ticket.clone();
        let navigator = use_navigator();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let wrong = match page.next() {
                Some(next) => {
                    let wrong = faults(&draft, doc, page, today);
                    if wrong.is_empty() {
                        go.emit(next);
                    }
                    wrong
                }
                // Signed with the day it is now, however long the page has been open.
                None => match read(&draft, doc, today_in_beijing()) {
                    Ok(_) if ticket::read(&by_ticket).is_err() => ticket_faults(page, &by_ticket),
                    Ok(application) => {
                        hand_over(doc, &draft, application, ticket::read(&by_ticket).ok().flatten());
                        if let Some(navigator) = &navigator {
                            navigator.push(&Route::Sent);
                        }
                        Vec::new()
                    }
                    Err(wrong) => wrong,
                },
            };
            if !wrong.is_empty() {
                let ids = wrong.into_iter().map(|fault| fault.id).collect();
                tried.set(Tried { page, ids, attempt: tried.attempt.wrapping_add(1) });
            }
        })
    };
    let above = html! { <PlaceTrail {doc} /> };
    if *sending {
        return html! {
            <Page title="在线申请" {above}>
                <Notice tone={Tone::Info} title="这份申请已经在提交" test="apply-sending">
                    <p>{ format!("不能再改了。请先去看看提交得怎么样；提交以后 {}再改。", withdrawable()) }</p>
                    <ButtonLink to={Route::Sent}>{ "去看看" }</ButtonLink>
                </Notice>
            </Page>
        };
    }
    let page_props = PageProps {
        doc,
        today,
        kept: *kept,
        draft: draft.clone(),
        faults: shown.clone(),
        papers: papers.clone(),
        go: go.clone(),
    };
    let clear = {
        let (dispatcher, copy, told) = (draft.dispatcher(), Rc::clone(&copy), told.setter());
        let papers = papers.clone();
        Callback::from(move |()| {
            copy.forget();
            papers.clear();
            saved::forget(&doc.document().place.id);
            told.set(None);
            let empty = Draft::new(random::request_id(), &doc.document().id);
            dispatcher.dispatch(DraftAction::Restore(Box::new(empty)));
        })
    };
    let ticket_wrong = shown.clone();
    let incomplete = page == ApplyPage::Review && first_faulty(&draft, doc, today).is_some();
    html! {
        <Page title={page.title()} window_title={format!("在线申请 · {}", page.title())} {above}>
            <Steps names={ApplyPage::ALL.map(|page| AttrValue::Static(page.title())).to_vec()} current={page.index()} />
            if page == ApplyPage::Applicant {
                <Standing {doc} />
            }
            if page == ApplyPage::Applicant || page == ApplyPage::Review {
                { when(doc, Some(CaseKind::Application), today) }
            }
            if let Some(told) = *told {
                <ToldNotice {doc} {told} />
            }
            <Keep {doc} draft={draft.clone()} kept={*kept} on_clear={clear} />
            <form class="apply" novalidate=true {onsubmit}>
                <ErrorSummary faults={shown} attempt={tried.attempt} />
                { show(page, page_props) }
                if page == ApplyPage::Review {
                    { ticket::ask(&by_ticket, &ticket_wrong) }
                }
                <div class="apply__go">
                    if page == ApplyPage::Review {
                        <Button submit=true disabled={incomplete || papers.is_busy()} test="submit">{ "提交申请" }</Button>
                    } else {
                        <Button submit=true test="apply-next">{ "下一步" }</Button>
                    }
                    if let Some(before) = page.before() {
                        <Button look={Look::Secondary} onclick={go.reform(move |_: MouseEvent| before)} test="apply-back">
                            { "上一步" }
                        </Button>
                    }
                </div>
            </form>
        </Page>
    }
}

/// Puts the application into the outbox, from where it is sent.
fn hand_over(doc: Doc, draft: &Draft, application: Application, ticket: Option<String>) {
    let letter = Unsealed::of(&Letter::Application(Box::new(application)));
    let typed = outbox::kept_as(draft);
    let parcel = Parcel::new(draft.id.clone(), doc, CaseKind::Application, letter, typed);
    let _ = outbox::keep(Parcel { ticket, ..parcel });
    pending::leave_at(&doc.document().place.id, None);
}

/// What is wrong with the ticket, which is asked for where the application is sent.
fn ticket_faults(page: ApplyPage, typed: &str) -> Vec<FieldFault> {
    if page == ApplyPage::Review { ticket::faults(typed) } else { Vec::new() }
}

fn show(page: ApplyPage, props: PageProps) -> Html {
    match page {
        ApplyPage::Applicant => html! { <applicant::Applicant ..props /> },
        ApplyPage::Members => html! { <members::Members ..props /> },
        ApplyPage::Household => html! { <household::HouseholdFacts ..props /> },
        ApplyPage::Wanted => html! { <contact::Contact ..props /> },
        ApplyPage::Declare => html! { <declare::Declare ..props /> },
        ApplyPage::Review => html! { <review::Review ..props /> },
    }
}

/// The page that the address names, if it names one. Nothing personal ever stands in it.
#[hook]
fn use_page() -> Option<ApplyPage> {
    use_location().value("page").map(ApplyPage::from_id)
}

/// Goes to a page of the application, so that the browser's own “back” works.
#[hook]
fn use_go(doc: Doc) -> Callback<ApplyPage> {
    let navigator = use_navigator();
    Callback::from(move |page: ApplyPage| {
        let route = Route::Apply { place: doc.document().place.id.clone() };
        if let Some(navigator) = &navigator {
            navigator.push_with_query(&route, &[("page", page.id())]);
        }
    })
}
