//! The desk as a whole: key, inbox, case, and what locks it.

use chrono::NaiveDate;
use protocol::config::PortalConfig;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::audit::AuditPage;
use super::calls::{Desk, DeskError};
use super::case::{CasePage, Drafts};
use super::flats::{Flats, FlatsAction};
use super::frame::Frame;
use super::inbox::{Fetched, Filters, InboxPage};
use super::key::{self, KeyPage};
use super::problem::Problem;
use super::server_clock::ServerClock;
use super::session::{Key, Locked, Page, Session, SessionAction};
use super::sift::{Batch, BatchAction, SiftPage};
use super::tickets::TicketsPage;
use super::{back, watch};
use ui::api::{ApiError, fetch_config};
use ui::{hooks::use_request, sealing::Sealer};

/// The desk.
#[component]
pub(crate) fn DeskApp() -> Html {
    let session = use_reducer(Session::default);
    let sealer = use_state(Sealer::default);
    let config = use_request::<PortalConfig, ApiError>();
    let filters = use_reducer(Filters::default);
    let fetched = use_state(Fetched::default);
    let drafts = use_state(Drafts::default);
    let batch = use_reducer(Batch::default);
    let flats = use_reducer(Flats::default);
    let today = use_state(NaiveDate::default);
    let clock = use_state(ServerClock::default);
    {
        let config = config.clone();
        use_effect_with((), move |()| config.run(fetch_config()));
    }

    let lock = {
        let session = session.dispatcher();
        let (sealer, fetched, drafts) = (sealer.clone(), fetched.clone(), drafts.clone());
        let (batch, flats) = (batch.dispatcher(), flats.dispatcher());
        Callback::from(move |why: Locked| {
            // Forgetting now; letting the worker go ends it with everything in it.
            let old = (*sealer).clone();
            spawn_local(async move {
                // A worker that does not answer is ended all the same.
                let _ = old.forget_key_file().await;
            });
            sealer.set(Sealer::default());
            fetched.set(Fetched::default());
            drafts.set(Drafts::default());
            batch.dispatch(BatchAction::Clear);
            flats.dispatch(FlatsAction::Clear);
            session.dispatch(SessionAction::Lock(why));
        })
    };
    let held = matches!(session.key, Key::Held(_));
    let left = watch::use_watch(held, today.setter(), lock.reform(|()| Locked::Idle));
    {
        let session = session.dispatcher();
        back::use_back(Callback::from(move |()| {
            session.dispatch(SessionAction::Go(Page::Inbox));
        }));
    }

    let officer = match &session.key {
        Key::Held(officer) => officer,
        Key::Reading | Key::Absent { .. } => {
            let on_file = {
                let (session, sealer) = (session.dispatcher(), (*sealer).clone());
                Callback::from(move |(file, passphrase): (web_sys::File, String)| {
                    let (session, sealer) = (session.clone(), sealer.clone());
                    session.dispatch(SessionAction::Read);
                    spawn_local(async move {
                        session.dispatch(match key::read(&file, passphrase, &sealer).await {
                            Ok(officer) => SessionAction::Unlocked(officer),
                            Err(why) => SessionAction::Refused(why),
                        });
                    });
                })
            };
            let (locked, refused) = match &session.key {
                Key::Absent { locked, refused } => (*locked, refused.clone()),
                Key::Reading | Key::Held(_) => (Locked::Fresh, None),
            };
            let reading = session.key == Key::Reading;
            return html! {
                <Frame><KeyPage {reading} {locked} {refused} {on_file} /></Frame>
            };
        }
    };

    let on_lock = lock.reform(|()| Locked::ByHand);
    let Some(known) = config.state().done() else {
        let failed = config.state().failed().cloned();
        // Without it, replies would be sealed to this key alone, not to the whole office.
        let on_retry = Callback::from(move |()| config.run(fetch_config()));
        return html! {
            <Frame officer={officer.clone()} {on_lock} {left}>
                if let Some(error) = failed {
                    <Problem error={DeskError::from(error)} {on_retry} />
                } else {
                    <p role="status">{ "正在取单位配置……" }</p>
                }
            </Frame>
        };
    };
    let desk = Desk::of(known, (*sealer).clone(), officer.clone(), (*clock).clone());
    let on_key_gone = lock.reform(|()| Locked::KeyGone);
    let enter = |page: fn(String) -> Page| {
        let session = session.dispatcher();
        Callback::from(move |lookup: String| {
            back::enter();
            session.dispatch(SessionAction::Go(page(lookup)));
        })
    };
    let on_back = {
        let session = session.dispatcher();
        Callback::from(move |()| {
            back::leave();
            session.dispatch(SessionAction::Go(Page::Inbox));
        })
    };
    let page = match &session.page {
        Page::Inbox => html! {
            <InboxPage
                {desk} today={*today} {filters} {fetched} {flats} on_open={enter(Page::Case)}
                on_sift={enter(|_| Page::Sift).reform(|()| String::new())}
                on_tickets={enter(|_| Page::Tickets).reform(|()| String::new())}
                on_audit={enter(|_| Page::Audit).reform(|()| String::new())} {on_key_gone}
            />
        },
        Page::Case(lookup) => html! {
            <CasePage
                key={lookup.clone()} lookup={lookup.clone()} {desk} today={*today}
                drafts={(*drafts).clone()} {flats} on_open={enter(Page::Case)} {on_back} {on_key_gone}
            />
        },
        Page::Sift => html! {
            <SiftPage {desk} {batch} on_open={enter(Page::Case)} {on_back} {on_key_gone} />
        },
        Page::Tickets => html! { <TicketsPage {desk} {on_back} {on_key_gone} /> },
        Page::Audit => html! { <AuditPage {desk} {on_back} {on_key_gone} /> },
    };
    html! {
        <Frame officer={officer.clone()} {on_lock} {left}>
            { page }
        </Frame>
    }
}
