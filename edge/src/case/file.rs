//! The life of a case, as a pure function: a state, a call and the time give a change or a problem.

use std::collections::BTreeMap;

use protocol::{
    CaseKind,
    case::{Acknowledgement, Action, Actor, CaseView, Event, NewMessage, Submission},
    chain,
    desk::{AuditAction, DeskCase, IndexRow, NewEvent},
    error::{ErrorCode, Problem},
    hash::sha256_hex,
    limits::{EVENTS, OWNER_CHARS, OWNER_EVENTS, THREAD_CHARS, WITHDRAW_SECS},
    proof::{self, ProofError, Subject},
};

use super::{CaseAnswer, CaseCall};
use crate::{
    auth::Staff,
    clock::day_in_china,
    office::{Deed, Delivery},
    procedure,
};

/// Everything kept of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseFile {
    /// Office id.
    pub office: String,
    /// Kind.
    pub kind: CaseKind,
    /// Look-up id.
    pub lookup: String,
    /// Hash of the receipt's token.
    pub token_hash: String,
    /// age recipient of the receipt.
    pub reply_to: String,
    /// The sealed letter; empty once withdrawn.
    pub envelope: String,
    /// What the first event points back to: two submissions with the same are the same.
    pub genesis: String,
    /// Stage id.
    pub stage: String,
    /// Unix seconds.
    pub received_at: u64,
    /// Whether its owner took it back.
    pub withdrawn: bool,
    /// What happened.
    pub events: Vec<Event>,
    /// Request ids seen, with the hash of what they carried.
    pub requests: BTreeMap<String, String>,
}

/// What must be written, all of it or nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The case is new, or its stage, envelope or standing changed.
    pub head: bool,
    /// How many of the last events are new.
    pub events: usize,
    /// A request id that was used up, with the hash of what it carried.
    pub request: Option<(String, String)>,
    /// Lines for the office's index.
    pub outbox: Vec<Delivery>,
}

/// Answers a call, changing the file in memory; the caller writes the [`Change`] before it answers.
///
/// # Errors
/// A [`Problem`]; then nothing may be written.
pub fn decide(
    file: &mut Option<CaseFile>,
    call: CaseCall,
    now: u64,
) -> Result<(Change, CaseAnswer), Problem> {
    if let CaseCall::Submit { submission, stage, .. } = call {
        return submit(file, submission, stage, now);
    }
    let file = file.as_mut().ok_or(ErrorCode::UnknownCase)?;
    match call {
        CaseCall::Submit { .. } => Err(ErrorCode::Internal.into()),
        CaseCall::View { token_hash } => {
            file.owner(&token_hash)?;
            Ok((Change::default(), CaseAnswer::View(file.view())))
        }
        CaseCall::Message { token_hash, message, proof_bits } => {
            file.owner(&token_hash)?;
            let change = file.message(message, proof_bits, now)?;
            Ok((change, CaseAnswer::View(file.view())))
        }
        CaseCall::Withdraw { token_hash, withdrawal } => {
            file.owner(&token_hash)?;
            let change = file.withdraw(withdrawal.id, now)?;
            Ok((change, CaseAnswer::View(file.view())))
        }
        CaseCall::Open { office } => {
            file.of(&office)?;
            Ok((Change::default(), CaseAnswer::Desk(file.desk())))
        }
        CaseCall::Act { office, staff, event } => {
            file.of(&office)?;
            let change = file.act(&staff, event, now)?;
            Ok((change, CaseAnswer::Desk(file.desk())))
        }
    }
}

fn submit(
    file: &mut Option<CaseFile>,
    submission: Submission,
    stage: String,
    now: u64,
) -> Result<(Change, CaseAnswer), Problem> {
    let genesis = chain::genesis(&submission);
    if let Some(file) = file {
        if file.genesis != genesis {
            return Err(ErrorCode::CaseExists.into());
        }
        return Ok((Change::default(), file.acknowledged(true)));
    }
    let mut new = CaseFile {
        office: submission.office,
        kind: submission.kind,
        lookup: submission.lookup,
        token_hash: submission.token_hash,
        reply_to: submission.reply_to,
        envelope: submission.envelope,
        genesis,
        stage,
        received_at: now,
        withdrawn: false,
        events: Vec::new(),
        requests: BTreeMap::new(),
    };
    new.happen(now, Actor::Applicant, Action::Submitted);
    let change = Change { head: true, events: 1, request: None, outbox: vec![new.delivery(None)] };
    let answer = new.acknowledged(false);
    *file = Some(new);
    Ok((change, answer))
}

impl CaseFile {
    /// A wrong token looks like a case that does not exist.
    fn owner(&self, token_hash: &str) -> Result<(), ErrorCode> {
        if self.token_hash == token_hash { Ok(()) } else { Err(ErrorCode::UnknownCase) }
    }

    fn withdraw_until(&self) -> u64 {
        self.received_at.saturating_add(WITHDRAW_SECS)
    }

    fn of(&self, office: &str) -> Result<(), ErrorCode> {
        if self.office == office { Ok(()) } else { Err(ErrorCode::UnknownCase) }
    }

    /// Whether this request was done before.
    fn done(&self, id: &str, content: &str) -> Result<bool, ErrorCode> {
        match self.requests.get(id) {
            None => Ok(false),
            Some(before) if before == content => Ok(true),
            Some(_) => Err(ErrorCode::RequestReused),
        }
    }

    fn open(&self, more: usize) -> Result<(), ErrorCode> {
        if self.withdrawn {
            return Err(ErrorCode::CaseClosed);
        }
        if self.events.len().saturating_add(more) > EVENTS { Err(ErrorCode::CaseFull) } else { Ok(()) }
    }

    /// The owner has a share of the events and of the bytes, so that nobody can keep an office from moving or
    /// answering a case by filling it.
    fn owner_has_room(&self, more: usize) -> Result<(), ErrorCode> {
        let (mut count, mut chars) = (0usize, more);
        for event in self.events.iter().filter(|event| event.by == Actor::Applicant) {
            if let Action::Message { envelope } = &event.action {
                count = count.saturating_add(1);
                chars = chars.saturating_add(envelope.len());
            }
        }
        if count >= OWNER_EVENTS || chars > OWNER_CHARS { Err(ErrorCode::CaseFull) } else { Ok(()) }
    }

    /// All messages of a case are read together, so their bytes have a limit: what the owner's share leaves of it.
    fn office_has_room(&self, more: usize) -> Result<(), ErrorCode> {
        let chars: usize = self
            .events
            .iter()
            .map(|event| match (&event.by, &event.action) {
                (Actor::Office { .. }, Action::Message { envelope }) => envelope.len(),
                _ => 0,
            })
            .sum();
        if chars.saturating_add(more) > THREAD_CHARS - OWNER_CHARS {
            Err(ErrorCode::CaseFull)
        } else {
            Ok(())
        }
    }

    fn message(&mut self, message: NewMessage, proof_bits: u32, now: u64) -> Result<Change, Problem> {
        let content = sha256_hex(message.envelope.as_bytes());
        if self.done(&message.id, &content)? {
            return Ok(Change::default());
        }
        self.open(1)?;
        self.owner_has_room(message.envelope.len())?;
        let subject = Subject {
            office: &self.office,
            lookup: &self.lookup,
            envelope_hash: &sha256_hex(message.envelope.as_bytes()),
        };
        proof::verify(subject, message.proof, proof_bits, now).map_err(proof_refused)?;
        self.happen(now, Actor::Applicant, Action::Message { envelope: message.envelope });
        Ok(self.changed(1, message.id, content, false, vec![self.delivery(None)]))
    }

    fn withdraw(&mut self, id: String, now: u64) -> Result<Change, Problem> {
        if self.withdrawn {
            return Ok(Change::default());
        }
        self.open(1)?;
        if now > self.withdraw_until() {
            return Err(ErrorCode::WithdrawTooLate.into());
        }
        if self.requests.contains_key(&id) {
            return Err(ErrorCode::RequestReused.into());
        }
        self.withdrawn = true;
        self.envelope.clear();
        self.happen(now, Actor::Applicant, Action::Withdrawn);
        Ok(self.changed(1, id, "withdraw".to_owned(), true, vec![self.delivery(None)]))
    }

    fn act(&mut self, staff: &Staff, event: NewEvent, now: u64) -> Result<Change, Problem> {
        if !staff.role.may_write() {
            return Err(ErrorCode::RoleForbidden.into());
        }
        let content = sha256_hex(&serde_json::to_vec(&event).unwrap_or_default());
        if self.done(&event.id, &content)? {
            return Ok(Change::default());
        }
        let actor = Actor::Office { kid: staff.kid.clone(), role: staff.role };
        if let Some(envelope) = &event.envelope {
            self.office_has_room(envelope.len())?;
        }
        let mut new = Vec::new();
        match (event.stage, event.on) {
            (Some(stage), Some(on)) => {
                procedure::check_move(&self.office, self.kind, &self.stage, &stage)?;
                if on < day_in_china(self.received_at) || on > day_in_china(now) {
                    return Err(Problem::new(ErrorCode::DateInvalid).at("on"));
                }
                new.push(Action::Moved { stage, on });
            }
            (Some(_), None) => return Err(Problem::new(ErrorCode::DateInvalid).at("on")),
            (None, Some(_)) => return Err(Problem::new(ErrorCode::InvalidField).at("stage")),
            (None, None) => {}
        }
        new.extend(event.envelope.map(|envelope| Action::Message { envelope }));
        if new.is_empty() {
            return Err(Problem::new(ErrorCode::InvalidField).at("stage"));
        }
        self.open(new.len())?;
        let count = new.len();
        let mut outbox = Vec::with_capacity(count);
        let mut moved = false;
        for action in new {
            let done = match &action {
                Action::Moved { stage, .. } => {
                    moved = true;
                    self.stage = stage.clone();
                    AuditAction::Moved { stage: stage.clone() }
                }
                _ => AuditAction::Replied,
            };
            self.happen(now, actor.clone(), action);
            outbox.push(self.delivery(Some(Deed { staff: staff.clone(), action: done })));
        }
        Ok(self.changed(count, event.id, content, moved, outbox))
    }

    fn changed(
        &mut self,
        events: usize,
        request: String,
        content: String,
        head: bool,
        outbox: Vec<Delivery>,
    ) -> Change {
        self.requests.insert(request.clone(), content.clone());
        Change { head, events, request: Some((request, content)), outbox }
    }

    fn happen(&mut self, at: u64, by: Actor, action: Action) {
        let prev = self.events.last().map_or(&self.genesis, |last| &last.hash);
        let seq = self.events.last().map_or(0, |last| last.seq.saturating_add(1));
        let event = chain::next(&self.lookup, prev, seq, at, by, action);
        self.events.push(event);
    }

    fn delivery(&self, deed: Option<Deed>) -> Delivery {
        let last = self.events.last();
        Delivery {
            seq: last.map_or(0, |event| event.seq),
            row: IndexRow {
                lookup: self.lookup.clone(),
                kind: self.kind,
                stage: self.stage.clone(),
                received_at: self.received_at,
                updated_at: last.map_or(self.received_at, |event| event.at),
                waiting_for_office: !self.withdrawn && last.is_none_or(|event| event.by == Actor::Applicant),
                withdrawn: self.withdrawn,
            },
            deed,
        }
    }

    fn head(&self) -> String {
        self.events.last().map_or_else(|| self.genesis.clone(), |last| last.hash.clone())
    }

    fn acknowledged(&self, again: bool) -> CaseAnswer {
        // The head of the first event, so that sending again gives the very same acknowledgement.
        let head = self.events.first().map_or_else(|| self.genesis.clone(), |first| first.hash.clone());
        let acknowledgement = Acknowledgement {
            lookup: self.lookup.clone(),
            received_at: self.received_at,
            withdraw_until: self.withdraw_until(),
            head,
        };
        CaseAnswer::Acknowledged { acknowledgement, again }
    }

    fn view(&self) -> CaseView {
        CaseView {
            office: self.office.clone(),
            kind: self.kind,
            lookup: self.lookup.clone(),
            stage: self.stage.clone(),
            received_at: self.received_at,
            withdraw_until: self.withdraw_until(),
            withdrawn: self.withdrawn,
            reply_to: self.reply_to.clone(),
            events: self.events.clone(),
            head: self.head(),
        }
    }

    fn desk(&self) -> DeskCase {
        DeskCase { view: self.view(), envelope: self.envelope.clone(), token_hash: self.token_hash.clone() }
    }
}

/// The code for a refused proof.
pub fn proof_refused(error: ProofError) -> ErrorCode {
    match error {
        ProofError::Work => ErrorCode::ProofInvalid,
        ProofError::Stamp => ErrorCode::ProofExpired,
    }
}
