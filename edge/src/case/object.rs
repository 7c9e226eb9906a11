//! The Durable Object of one case.
//!
//! Invariants: it answers a submission only when the case is on disk; a change and its outbox lines are
//! written between the same two awaits, hence in one transaction; outbox lines go away only once
//! the office has them; what was taken back, or is kept no longer, is erased once the office knows. Internal call: `POST /` with a [`CaseCall`], answered with a [`CaseAnswer`] or a problem.

#![allow(missing_docs, reason = "the macro writes a constructor and a method that cannot carry docs")]

mod papers;

use std::{cell::Cell, time::Duration};

use protocol::{
    CaseKind,
    desk::DeskCase,
    error::{ErrorCode, Problem},
    limits::READ_CHARS,
};
use worker::{
    DurableObject, Env, Request, Response, Result, SqlStorage, State, durable_object, wasm_bindgen,
};

use super::{
    CaseAnswer, CaseCall,
    file::{self, CaseFile, Change},
    reading::Reading,
    rounds, store,
};
use crate::{
    office::{OfficeAnswer, OfficeAsk, OfficeCall},
    worker_shell::{ask, log, now, object_reply, quiet_panics, settings},
};

/// Longest wait between two tries to reach the office.
const LONGEST_WAIT_SECS: u64 = 300;

/// One case.
#[durable_object(alarm)]
pub struct Case {
    state: State,
    env: Env,
    failures: Cell<u32>,
    /// Whether the tables are known to be there.
    is_there: Cell<bool>,
    /// How much its owner has read of late.
    reading: Reading,
    /// The same of its papers.
    reading_papers: Reading,
}

impl DurableObject for Case {
    fn new(state: State, env: Env) -> Self {
        quiet_panics();
        let (reading, reading_papers) = (Reading::default(), Reading::default());
        Self { state, env, failures: Cell::new(0), is_there: Cell::new(false), reading, reading_papers }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let answer = match request.json::<CaseCall>().await {
            Ok(CaseCall::Papers(call)) => self.papers(call).await.map(CaseAnswer::Papers),
            Ok(call) => self.answer(call).await,
            Err(_) => Err(ErrorCode::Internal.into()),
        };
        object_reply(&answer)
    }

    async fn alarm(&self) -> Result<Response> {
        if self.round().await.is_err() {
            log("the office's index did not take a delivery; trying again");
            let failures = self.failures.get().saturating_add(1);
            self.failures.set(failures);
            let wait = 2u64.saturating_pow(failures.min(10)).min(LONGEST_WAIT_SECS);
            self.state.storage().set_alarm(Duration::from_secs(wait)).await?;
        } else {
            self.failures.set(0);
            self.come_round().await?;
        }
        Response::empty()
    }
}

/// What comes of a call, not written yet.
struct Decided {
    file: Option<CaseFile>,
    /// There was none before.
    new: bool,
    change: Change,
    answer: CaseAnswer,
}

impl Case {
    async fn answer(&self, call: CaseCall) -> Result<CaseAnswer, Problem> {
        if let Some(terms) = call.terms()
            && let Decided { change: Change { admission: Some(admission), .. }, file: Some(file), .. } =
                self.decide(call.clone())?
        {
            self.office(&file.office, OfficeAsk::Admit { terms, admission }).await?;
        }
        let reading = call.reads_from();
        let thread = matches!(call, CaseCall::Thread { .. } | CaseCall::OwnLetter { .. });
        // The same may have arrived while the office was asked: it is decided from the beginning.
        let Decided { file, new, change, mut answer } = self.decide(call)?;
        if answer == (CaseAnswer::Delivered {}) {
            return self.round().await.map(|()| answer);
        }
        let storage = self.state.storage();
        let sql = storage.sql();
        if let Some(from) = reading {
            if thread {
                self.reading.is_open(now(), READ_CHARS)?;
            }
            complete(&sql, &mut answer, from).map_err(unreadable)?;
            match &mut answer {
                CaseAnswer::View(view) | CaseAnswer::Desk(DeskCase { view, .. }) => {
                    view.kept_days = self.retention_days(view.kind)?;
                }
                _ => {}
            }
            match &answer {
                CaseAnswer::Thread(messages) if thread => {
                    self.reading.count(messages.iter().map(|message| message.envelope.len()).sum());
                }
                CaseAnswer::OwnLetter(envelope) => self.reading.count(envelope.len()),
                _ => {}
            }
            // A crash may have come between the writing and the alarm: whoever looks next sets it.
            if self.has_outbox(&sql)? && storage.get_alarm().await.is_ok_and(is_late) {
                self.wake(Duration::ZERO).await?;
            }
            return Ok(answer);
        }
        let forget = change.forget;
        if let Some(file) = file.filter(|_| change != Change::default()) {
            let written = store::save(&storage, new, file, change);
            written.map_err(|_| failed("a case could not be written"))?;
            self.is_there.set(true);
        }
        // What was taken back is gone from the disk before that is said; where the office does not answer, soon after.
        if forget && self.settle().await.is_err() {
            log("a withdrawn case could not be erased at once; trying again");
        }
        // Also when a request came again: the alarm may be what failed the first time. A file that was written anew has none.
        if self.has_outbox(&storage.sql())? {
            self.wake(Duration::ZERO).await?;
        } else if forget {
            self.come_round().await.map_err(|_| failed("an alarm could not be set"))?;
        }
        Ok(answer)
    }

    fn decide(&self, call: CaseCall) -> Result<Decided, Problem> {
        let mut file = self.load()?;
        let new = file.is_none();
        let seen = match call.request().filter(|_| !new) {
            Some(request) => store::seen(&self.state.storage().sql(), request).map_err(unreadable)?,
            None => None,
        };
        let (change, answer) = file::decide(&mut file, seen.as_deref(), call, now())?;
        Ok(Decided { file, new, change, answer })
    }

    /// Where the case stands; `None` where there is none, and then nothing is written.
    fn load(&self) -> Result<Option<CaseFile>, Problem> {
        let storage = self.state.storage();
        if !self.is_there.get() {
            let there = store::SCHEMA.is_there(&storage).map_err(unreadable)?;
            self.is_there.set(there);
        }
        if self.is_there.get() { store::load(&storage.sql()).map_err(unreadable) } else { Ok(None) }
    }

    fn has_outbox(&self, sql: &SqlStorage) -> Result<bool, Problem> {
        store::has_outbox(sql).map_err(|_| failed("an outbox could not be read"))
    }

    async fn office(&self, list: &str, asked: OfficeAsk) -> Result<OfficeAnswer, Problem> {
        let call = OfficeCall { list: list.to_owned(), ask: asked };
        ask(&self.env, "OFFICE", list, &call).await
    }

    async fn wake(&self, wait: Duration) -> Result<(), Problem> {
        let set = self.state.storage().set_alarm(wait).await;
        set.map_err(|_| failed("an alarm could not be set"))
    }

    /// What is done though nothing happened: what is kept no longer goes, and the office is told where the case stands.
    async fn round(&self) -> Result<(), Problem> {
        if let Some(mut file) = self.load()? {
            let days = self.retention_days(file.kind)?;
            if let Some(change) = file.let_go(days, now()) {
                let saved = store::save(&self.state.storage(), false, file, change);
                saved.map_err(|_| failed("a case could not be written"))?;
            }
        }
        self.settle().await
    }

    fn retention_days(&self, kind: CaseKind) -> Result<Option<u32>, Problem> {
        Ok(settings(&self.env)?.retention_days(kind))
    }

    /// Tells the office what it does not know yet, then erases what is gone.
    async fn settle(&self) -> Result<(), Problem> {
        self.deliver().await?;
        match self.load()? {
            Some(file) if file.is_gone() && !file.erased => {
                let (storage, file) = (self.state.storage(), CaseFile { erased: true, ..file });
                store::write_anew(&storage, file).await.map_err(|_| failed("a case could not be erased"))
            }
            _ => Ok(()),
        }
    }

    /// Delivers what waits; where nothing does, where the case stands, in case the office's list was lost.
    async fn deliver(&self) -> Result<(), Problem> {
        let Some(file) = self.load()? else { return Ok(()) };
        let sql = self.state.storage().sql();
        let unreadable = |_| failed("an outbox could not be read");
        let queued = store::outbox(&sql).map_err(unreadable)?;
        let mut deliveries =
            queued.iter().map(store::Queued::delivery).collect::<Result<Vec<_>>>().map_err(unreadable)?;
        if deliveries.is_empty() {
            deliveries.push(file.news(None));
        }
        for list in file.lists() {
            let theirs = deliveries.iter().map(|delivery| delivery.for_list(&file.office, &list)).collect();
            self.office(&list, OfficeAsk::Deliver { deliveries: theirs }).await?;
        }
        let Some(last) = queued.last().map(|line| line.n) else { return Ok(()) };
        store::delivered(&sql, last).map_err(|_| failed("an outbox could not be emptied"))
    }

    /// Sets the alarm for the next round; at once where something came while the office was told of what came before.
    async fn come_round(&self) -> Result<()> {
        let Ok(Some(file)) = self.load() else { return Ok(()) };
        let waits = store::has_outbox(&self.state.storage().sql())?;
        let wait = if waits { 0 } else { self.until_next(&file) };
        self.state.storage().set_alarm(Duration::from_secs(wait)).await
    }

    /// Seconds until the next round: earlier where what was written goes before.
    fn until_next(&self, file: &CaseFile) -> u64 {
        let now = now();
        let next = rounds::until_next(&file.lookup, file.is_closed() || file.aside, now);
        let days = self.retention_days(file.kind).unwrap_or_default();
        file.kept_until(days).map_or(next, |until| next.min(until.saturating_sub(now)))
    }
}

/// Puts what a reading asks for into its answer.
fn complete(sql: &SqlStorage, answer: &mut CaseAnswer, from: u64) -> Result<()> {
    match answer {
        CaseAnswer::View(view) => view.events = store::events(sql, from)?,
        CaseAnswer::Desk(case) => {
            case.view.events = store::events(sql, from)?;
            case.envelope = store::letter(sql)?;
            case.handover = if from == 0 { store::handover(sql)? } else { None };
        }
        CaseAnswer::Thread(messages) => *messages = store::thread(sql, from)?,
        CaseAnswer::OwnLetter(envelope) => *envelope = store::letter(sql)?,
        CaseAnswer::Acknowledged { .. }
        | CaseAnswer::Written(_)
        | CaseAnswer::Papers(_)
        | CaseAnswer::Delivered {} => {}
    }
    Ok(())
}

/// Whether an alarm (milliseconds since 1970) would come too late for what waits: there is none, or it is only the next
/// round's.
fn is_late(alarm: Option<i64>) -> bool {
    let soon = now().saturating_add(LONGEST_WAIT_SECS).saturating_mul(1000);
    alarm.is_none_or(|at| u64::try_from(at).is_ok_and(|at| at > soon))
}

fn unreadable(_: worker::Error) -> Problem {
    failed("a case could not be read")
}

fn failed(place: &'static str) -> Problem {
    log(place);
    ErrorCode::Unavailable.into()
}
