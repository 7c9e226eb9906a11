//! The Durable Object of one list of an office.
//!
//! Invariants: its index is fed only by deliveries of its cases, and taking one twice changes nothing; a reading
//! is in the audit trail before it is answered. Internal call: `POST /` with an [`OfficeCall`], answered with an
//! [`OfficeAnswer`] or a problem.

#![allow(missing_docs, reason = "the macro writes a constructor and a method that cannot carry docs")]

use std::cell::Cell;

use protocol::{
    challenge::{Challenge, Sort},
    desk::AuditAction,
    error::{ErrorCode, Problem},
    query::InboxQuery,
};
use worker::{
    DurableObject, Env, Request, Response, Result, SqlStorage, State, durable_object, wasm_bindgen,
};

use super::{
    Deed, OfficeAnswer, OfficeAsk, OfficeCall,
    admission::Day,
    inbox, store,
    tickets::{self, Brought, Good},
};
use crate::{
    auth::Staff,
    clock::{day_in_china, start_of_day},
    worker_shell::{log, now, object_reply, quiet_panics},
};

/// Readings of the inbox, or of one paper, by one key within this many seconds are one line of the audit trail, unless
/// something else comes between them.
const LISTING_SECS: u64 = 300;

/// One office.
#[durable_object(fetch)]
pub struct Office {
    state: State,
    /// Whether the tables are known to be there.
    is_there: Cell<bool>,
    /// Start of the day that is counted, and what came in since.
    came: Cell<Option<(u64, Day)>>,
    /// Start of a day, and how many wrong tickets were tried since. Only memory: whoever tries cannot end it.
    wrong: Cell<(u64, u64)>,
}

impl DurableObject for Office {
    fn new(state: State, _env: Env) -> Self {
        quiet_panics();
        Self { state, is_there: Cell::new(false), came: Cell::new(None), wrong: Cell::default() }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let answer = match request.json::<OfficeCall>().await {
            Ok(call) => self.answer(call),
            Err(_) => Err(ErrorCode::Internal.into()),
        };
        object_reply(&answer)
    }
}

impl Office {
    fn answer(&self, OfficeCall { list, ask }: OfficeCall) -> Result<OfficeAnswer, Problem> {
        let storage = self.state.storage();
        let sql = storage.sql();
        if !self.is_there.get() {
            store::prepare(&storage).map_err(failed)?;
            self.is_there.set(true);
        }
        match ask {
            OfficeAsk::Challenge { terms } => {
                let day = self.today(&sql)?;
                let [tip_off, application, message] =
                    [Sort::TipOff, Sort::Application, Sort::Message].map(|sort| day.bits(terms, sort));
                Ok(OfficeAnswer::Challenge(Challenge { now: now(), tip_off, application, message }))
            }
            OfficeAsk::Admit { terms, admission } => {
                if let Some(brought) = &admission.ticket {
                    return self.by_ticket(&sql, brought);
                }
                let day = self.today(&sql)?;
                if admission.bits < day.bits(terms, admission.sort) {
                    return Err(ErrorCode::ProofTooEasy.into());
                }
                let start = start_of_day(now());
                self.came.set(Some((start, day.and(admission.sort, admission.chars))));
                Ok(OfficeAnswer::Done)
            }
            OfficeAsk::AdmitPaper(paper) => {
                let today = start_of_day(now());
                let came = store::papers_on(&sql, today, paper).map_err(failed)?;
                if !paper.fits_after(came) {
                    return Err(ErrorCode::PapersFull.into());
                }
                store::count_paper(&sql, today, paper).map_err(failed)?;
                Ok(OfficeAnswer::Done)
            }
            OfficeAsk::Deliver { deliveries } => {
                store::deliver(&storage, list, deliveries).map_err(failed)?;
                Ok(OfficeAnswer::Done)
            }
            OfficeAsk::List { staff, query } => {
                let query = InboxQuery::parse(&query)?;
                let since = now().saturating_sub(LISTING_SECS);
                if !store::just_did(&sql, &staff, &AuditAction::Listed, None, since).map_err(failed)? {
                    note(&sql, &list, staff, AuditAction::Listed)?;
                }
                let part = inbox::read(&sql, &query, day_in_china(now())).map_err(failed)?;
                Ok(OfficeAnswer::Inbox(part))
            }
            OfficeAsk::Note { deed, lookup } => {
                // The parts of one paper are one reading.
                let by_parts = matches!(deed.action, AuditAction::OpenedPaper { .. });
                let (staff, since) = (&deed.staff, now().saturating_sub(LISTING_SECS));
                let told = by_parts
                    && store::just_did(&sql, staff, &deed.action, Some(&lookup), since).map_err(failed)?;
                if !told {
                    store::note(&sql, &list, &deed, Some(&lookup), now()).map_err(failed)?;
                }
                Ok(OfficeAnswer::Done)
            }
            OfficeAsk::Tickets { staff, request } => {
                let made = tickets::make(&storage, list, staff, request, now()).map_err(failed)?;
                Ok(OfficeAnswer::Tickets(made?))
            }
            OfficeAsk::Audit { staff, before } => {
                note(&sql, &list, staff, AuditAction::Audited)?;
                Ok(OfficeAnswer::Trail(store::trail(&sql, before).map_err(failed)?))
            }
        }
    }

    /// A letter by a ticket needs no more work than the usual, and is not counted.
    fn by_ticket(&self, sql: &SqlStorage, brought: &Brought) -> Result<OfficeAnswer, Problem> {
        let today = start_of_day(now());
        let (day, wrong) = self.wrong.get();
        let wrong = if day == today { wrong } else { 0 };
        let kept = tickets::find(sql, &brought.hash).map_err(failed)?;
        match tickets::judge(kept.as_ref(), &brought.lookup, wrong, now()) {
            Ok(Good::Now) => tickets::spend(sql, brought).map_err(failed)?,
            Ok(Good::Again) => {}
            Err(code) => {
                if code == ErrorCode::TicketUnknown {
                    self.wrong.set((today, wrong.saturating_add(1)));
                }
                return Err(code.into());
            }
        }
        Ok(OfficeAnswer::Done)
    }

    /// What came in today. With the first question of a day old tickets are forgotten.
    fn today(&self, sql: &SqlStorage) -> Result<Day, Problem> {
        let start = start_of_day(now());
        match self.came.get() {
            Some((day, came)) if day == start => Ok(came),
            _ => {
                tickets::forget(sql, now()).map_err(failed)?;
                let came = store::received_since(sql, start).map_err(failed)?;
                self.came.set(Some((start, came)));
                Ok(came)
            }
        }
    }
}

fn note(sql: &SqlStorage, list: &str, staff: Staff, action: AuditAction) -> Result<(), Problem> {
    store::note(sql, list, &Deed { staff, action }, None, now()).map_err(failed)
}

fn failed(_: worker::Error) -> Problem {
    log("an office's storage failed");
    ErrorCode::Unavailable.into()
}
