//! The Durable Object of one office.
//!
//! Invariants: its index is fed only by deliveries of its cases, and taking one twice changes nothing; a reading
//! is in the audit trail before it is answered. Internal call: `POST /` with an [`OfficeCall`], answered with an
//! [`OfficeAnswer`] or a problem.

#![allow(missing_docs, reason = "the macro writes a constructor and a method that cannot carry docs")]

use std::cell::Cell;

use protocol::{
    desk::{AuditAction, AuditTrail},
    error::{ErrorCode, Problem},
    query::InboxQuery,
};
use worker::{
    DurableObject, Env, Request, Response, Result, SqlStorage, State, durable_object, wasm_bindgen,
};

use super::{Deed, OfficeAnswer, OfficeAsk, OfficeCall, inbox, store};
use crate::{
    auth::Staff,
    clock::{day_in_china, start_of_day},
    worker_shell::{log, now, object_reply, quiet_panics},
};

/// Readings of the inbox by one key within this many seconds are one line of the audit trail.
const LISTING_SECS: u64 = 300;

/// One office.
#[durable_object(fetch)]
pub struct Office {
    state: State,
    /// Whether the tables are known to be there.
    is_there: Cell<bool>,
    /// Start of the day that is counted, and submissions admitted since.
    admitted: Cell<Option<(u64, u64)>>,
}

impl DurableObject for Office {
    fn new(state: State, _env: Env) -> Self {
        quiet_panics();
        Self { state, is_there: Cell::new(false), admitted: Cell::new(None) }
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
    fn answer(&self, OfficeCall { office, ask }: OfficeCall) -> Result<OfficeAnswer, Problem> {
        let storage = self.state.storage();
        let sql = storage.sql();
        if !self.is_there.get() {
            store::prepare(&storage).map_err(failed)?;
            self.is_there.set(true);
        }
        match ask {
            OfficeAsk::Admit { cap } => self.admit(&sql, cap),
            OfficeAsk::Deliver { deliveries } => {
                store::deliver(&storage, office, deliveries).map_err(failed)?;
                Ok(OfficeAnswer::Done)
            }
            OfficeAsk::List { staff, query } => {
                let query = InboxQuery::parse(&query)?;
                let since = now().saturating_sub(LISTING_SECS);
                if !store::just_listed(&sql, &staff, since).map_err(failed)? {
                    note(&sql, &office, staff, AuditAction::Listed)?;
                }
                let part = inbox::read(&sql, &query, day_in_china(now())).map_err(failed)?;
                Ok(OfficeAnswer::Inbox(part))
            }
            OfficeAsk::Note { deed, lookup } => {
                store::note(&sql, &office, &deed, Some(&lookup), now()).map_err(failed)?;
                Ok(OfficeAnswer::Done)
            }
            OfficeAsk::Audit { staff } => {
                note(&sql, &office, staff, AuditAction::Audited)?;
                let rows = store::trail(&sql).map_err(failed)?;
                Ok(OfficeAnswer::Trail(AuditTrail { rows }))
            }
        }
    }

    fn admit(&self, sql: &SqlStorage, cap: u64) -> Result<OfficeAnswer, Problem> {
        let today = start_of_day(now());
        let count = match self.admitted.get() {
            Some((day, count)) if day == today => count,
            _ => store::received_since(sql, today).map_err(failed)?,
        };
        if count >= cap {
            return Err(ErrorCode::OfficeFull.into());
        }
        self.admitted.set(Some((today, count.saturating_add(1))));
        Ok(OfficeAnswer::Done)
    }
}

fn note(sql: &SqlStorage, office: &str, staff: Staff, action: AuditAction) -> Result<(), Problem> {
    store::note(sql, office, &Deed { staff, action }, None, now()).map_err(failed)
}

fn failed(_: worker::Error) -> Problem {
    log("an office's storage failed");
    ErrorCode::Unavailable.into()
}
