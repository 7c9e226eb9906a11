//! The desk as a whole: key, inbox, case, and what locks it.

use chrono::NaiveDate;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::calls::Desk;
use super::case::{CasePage, Drafts};
use super::frame::Frame;
use super::inbox::{Fetched, Filters, InboxPage};
use super::key::{self, KeyPage};
use super::session::{Key, Locked, Page, Session, SessionAction};
use super::{back, watch};
use crate::api::{ApiError, fetch_config};
use crate::config::PortalConfig;
use crate::hooks::{Sealer, use_request};

/// The desk.
#[component]
pub fn DeskApp() -> Html {
    let session = use_reducer(Session::default);
    let sealer = use_state(Sealer::default);
    let config = use_request::<PortalConfig, ApiError>();
    let filters = use_reducer(Filters::default);
    let fetched = use_state(Fetched::default);
    let drafts = use_state(Drafts::default);
    let today = use_state(NaiveDate::default);
    {
        let config = config.clone();
        use_effect_with((), move |()| config.run(fetch_config()));
    }

    let lock = {
        let session = session.dispatcher();
        let (sealer, fetched, drafts) = (sealer.clone(), fetched.clone(), drafts.clone());
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
                Callback::from(move |file: web_sys::File| {
                    let (session, sealer) = (session.clone(), sealer.clone());
                    session.dispatch(SessionAction::Read);
                    spawn_local(async move {
                        session.dispatch(match key::read(&file, &sealer).await {
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

    let config = config.state().done().cloned().unwrap_or_default();
    let desk = Desk::of(&config, (*sealer).clone(), officer.clone());
    let on_key_gone = lock.reform(|()| Locked::KeyGone);
    let page = match &session.page {
        Page::Inbox => {
            let on_open = {
                let session = session.dispatcher();
                Callback::from(move |lookup: String| {
                    back::enter();
                    session.dispatch(SessionAction::Go(Page::Case(lookup)));
                })
            };
            html! {
                <InboxPage {desk} today={*today} {filters} {fetched} {on_open} {on_key_gone} />
            }
        }
        Page::Case(lookup) => {
            let on_back = {
                let session = session.dispatcher();
                Callback::from(move |()| {
                    back::leave();
                    session.dispatch(SessionAction::Go(Page::Inbox));
                })
            };
            html! {
                <CasePage
                    key={lookup.clone()} lookup={lookup.clone()} {desk} today={*today}
                    drafts={(*drafts).clone()} {on_back} {on_key_gone}
                />
            }
        }
    };
    html! {
        <Frame officer={officer.clone()} on_lock={lock.reform(|()| Locked::ByHand)} {left}>
            { page }
        </Frame>
    }
}
