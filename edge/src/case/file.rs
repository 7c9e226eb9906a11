//! The life of a case, as a pure function: a state, a call and the time give a change or a problem.

mod aside;
mod owners;
mod passing;

use chrono::NaiveDate;
use protocol::{
    CaseKind,
    addressee::{Addressee, Mail},
    case::{Acknowledgement, Action, Actor, Aside, CaseView, Event, Submission, Written},
    chain,
    challenge::Sort,
    coarse::{owners_step, owners_time},
    desk::{AuditAction, DeskCase, NewEvent, Role},
    error::{ErrorCode, Problem},
    handover::Handover,
    hash::sha256_hex,
    limits::{EVENTS, OWNER_CHARS, THREAD_CHARS, WITHDRAW_SECS},
    paper::{self, Announced},
    proof::ProofError,
    signed::Signed,
    ticket::Ticket,
};
use serde::{Deserialize, Serialize};

use super::{CaseAnswer, CaseCall};
use crate::{
    auth::Staff,
    clock::day_in_china,
    office::{Deed, Delivery, admission::Admission, tickets::Brought},
    procedure,
};

/// Where a case stands: one row, from which everything is decided. What happened and what was written lie apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// What its owner's signatures are held against (Ed25519, standard base64); empty in cases of before this was kept.
    #[serde(default)]
    pub owner_key: String,
    /// For whom in the office it is.
    #[serde(default)]
    pub addressee: Addressee,
    /// What the first event points back to, with the papers that were announced: two submissions with the same are the same.
    pub genesis: String,
    /// Hash of the document's data as it was at receipt; empty where the case is older than this was kept.
    #[serde(default)]
    pub document_hash: String,
    /// Stage id.
    pub stage: String,
    /// The day on which that stage began.
    pub since: NaiveDate,
    /// Stages before the present one through which its clock runs, each with the day on which it began: that which was
    /// interrupted for corrections, and the corrections themselves.
    #[serde(default)]
    pub through: Vec<(String, NaiveDate)>,
    /// The first day on which the case may go on, from a stage before this one that was interrupted while it must last.
    #[serde(default)]
    pub held_until: Option<NaiveDate>,
    /// Unix seconds; of a tip-off the hour, as of whatever else its owner does.
    pub received_at: u64,
    /// Unix seconds of the latest event.
    pub updated_at: u64,
    /// Whether it came to a decision: one against its owner, or an end.
    #[serde(default)]
    pub decided: bool,
    /// Set aside as junk, and nothing has happened since.
    #[serde(default)]
    pub aside: bool,
    /// Whether its owner took it back.
    pub withdrawn: bool,
    /// When what was written went because the office keeps it no longer, Unix seconds.
    #[serde(default)]
    pub destroyed_at: Option<u64>,
    /// What was written is gone from the file on disk, too.
    #[serde(default)]
    pub erased: bool,
    /// The latest word came from the owner.
    pub waiting: bool,
    /// How many things have happened.
    pub total: u64,
    /// Hash of the first event.
    pub first: String,
    /// Hash of the latest event.
    pub head: String,
    /// Characters of the envelope of the letter.
    #[serde(default)]
    pub letter_chars: usize,
    /// Messages of its owner.
    pub owner_messages: usize,
    /// Characters of their envelopes.
    pub owner_chars: usize,
    /// Characters of the envelopes of the office's messages.
    pub office_chars: usize,
    /// Papers that were announced.
    #[serde(default)]
    pub papers: usize,
    /// Their sealed bytes.
    #[serde(default)]
    pub paper_bytes: u64,
    /// A ticket from the counter brought it: its papers are not counted either.
    #[serde(default)]
    pub by_ticket: bool,
    /// Roles to which it was passed on, though the document gives them no part in it.
    #[serde(default)]
    pub passed_to: Vec<Role>,
}

/// What must be written, all of it or nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// New events, each with the envelope that belongs to it.
    pub events: Vec<(Event, Option<String>)>,
    /// A request id that was used up, with the hash of what it carried.
    pub request: Option<(String, String)>,
    /// Lines for the office's index.
    pub outbox: Vec<Delivery>,
    /// The letter and every message go.
    pub forget: bool,
    /// The keys of its envelopes, in place of those that were handed on before.
    pub handover: Option<Handover>,
    /// Papers that are announced with it.
    pub papers: Vec<Announced>,
    /// Whether the office lets it in must be asked before it is written.
    pub admission: Option<Admission>,
}

/// Answers a call, changing the file in memory; the caller writes it with the [`Change`] before it answers. `seen` is the
/// hash of what the call's request id carried before, if it was used. Events and envelopes that a reading asks for are
/// put in by the caller.
///
/// # Errors
/// A [`Problem`]; then nothing may be written.
pub fn decide(
    file: &mut Option<CaseFile>,
    seen: Option<&str>,
    call: CaseCall,
    now: u64,
) -> Result<(Change, CaseAnswer), Problem> {
    if let CaseCall::Submit { submission, stage, document_hash, bits, .. } = call {
        return submit(file, submission, (stage, document_hash), bits, now);
    }
    let file = file.as_mut().ok_or(ErrorCode::UnknownCase)?;
    match call {
        CaseCall::Submit { .. } | CaseCall::Papers(_) => Err(ErrorCode::Internal.into()),
        CaseCall::View { token_hash, .. } => {
            file.owner(&token_hash)?;
            Ok((Change::default(), CaseAnswer::View(file.view())))
        }
        CaseCall::Thread { token_hash, .. } => {
            file.owner(&token_hash)?;
            Ok((Change::default(), CaseAnswer::Thread(Vec::new())))
        }
        CaseCall::OwnLetter { token_hash } => {
            file.owner(&token_hash)?;
            Ok((Change::default(), CaseAnswer::OwnLetter(String::new())))
        }
        CaseCall::Message { token_hash, message, terms } => {
            file.owner(&token_hash)?;
            let change = file.message(seen, message, terms.bits, now)?;
            Ok((change, file.written()))
        }
        CaseCall::Withdraw { token_hash, withdrawal } => {
            file.owner(&token_hash)?;
            let change = file.withdraw(seen, withdrawal, now)?;
            Ok((change, file.written()))
        }
        CaseCall::Deliver {} => Ok((Change::default(), CaseAnswer::Delivered {})),
        CaseCall::Open { office, role, .. } => {
            file.of(&office, role)?;
            Ok((Change::default(), CaseAnswer::Desk(file.desk())))
        }
        CaseCall::OpenThread { office, role, .. } => {
            file.of(&office, role)?;
            Ok((Change::default(), CaseAnswer::Thread(Vec::new())))
        }
        CaseCall::HandOn { office, role, handover } => {
            file.of(&office, role)?;
            if file.is_gone() {
                return Err(ErrorCode::CaseClosed.into());
            }
            Ok((Change { handover: Some(handover), ..Change::default() }, file.written()))
        }
        CaseCall::Act { office, staff, event } => {
            file.of(&office, staff.role)?;
            let change = file.act(seen, &staff, event, now)?;
            Ok((change, file.written()))
        }
    }
}

fn submit(
    file: &mut Option<CaseFile>,
    submission: Submission,
    (stage, document_hash): (String, String),
    bits: u32,
    now: u64,
) -> Result<(Change, CaseAnswer), Problem> {
    let genesis = chain::genesis(&submission);
    let received_at = owners_time(submission.kind, now);
    let content = paper::bound(genesis.clone(), &submission.papers);
    if let Some(file) = file {
        if file.genesis != content {
            return Err(ErrorCode::CaseExists.into());
        }
        // Whoever sends it again would believe that it is in.
        if file.withdrawn {
            return Err(ErrorCode::CaseClosed.into());
        }
        return Ok((Change::default(), file.acknowledged(true)));
    }
    let mut new = CaseFile {
        office: submission.office,
        kind: submission.kind,
        lookup: submission.lookup,
        token_hash: submission.token_hash,
        reply_to: submission.reply_to,
        owner_key: submission.owner_key,
        addressee: submission.addressee,
        head: genesis,
        genesis: content,
        document_hash,
        stage,
        since: day_in_china(now),
        through: Vec::new(),
        held_until: None,
        received_at,
        updated_at: received_at,
        decided: false,
        aside: false,
        withdrawn: false,
        destroyed_at: None,
        erased: false,
        waiting: true,
        total: 0,
        first: String::new(),
        letter_chars: submission.envelope.len(),
        owner_messages: 0,
        owner_chars: 0,
        office_chars: 0,
        papers: 0,
        paper_bytes: 0,
        by_ticket: submission.ticket.is_some(),
        passed_to: Vec::new(),
    };
    new.announce(&submission.papers)?;
    let opening = Action::Submitted { owner_key: new.owner_key.clone(), addressee: new.addressee };
    let event = new.happen(received_at, Actor::Applicant, opening, None);
    new.first = event.hash.clone();
    let ticket = submission.ticket.as_deref().and_then(|ticket| Ticket::parse(ticket).ok());
    let ticket = ticket.map(|ticket| Brought { hash: ticket.hash(&new.office), lookup: new.lookup.clone() });
    let admission = Admission { sort: Sort::of(new.kind), chars: size(&submission.envelope), bits, ticket };
    let change = Change {
        admission: Some(admission),
        events: vec![(event, Some(submission.envelope))],
        outbox: vec![new.news(None)],
        papers: submission.papers,
        ..Change::default()
    };
    let answer = new.acknowledged(false);
    *file = Some(new);
    Ok((change, answer))
}

/// Whether a request was done before.
fn done(seen: Option<&str>, content: &str) -> Result<bool, ErrorCode> {
    match seen {
        None => Ok(false),
        Some(before) if before == content => Ok(true),
        Some(_) => Err(ErrorCode::RequestReused),
    }
}

/// Hash of what an act says, whatever its sender had seen and whenever they signed: sending the same again is the same.
fn content_of(event: &NewEvent) -> String {
    let said =
        NewEvent { expected_head: String::new(), signed_at: 0, signature: String::new(), ..event.clone() };
    sha256_hex(&serde_json::to_vec(&said).unwrap_or_default())
}

impl CaseFile {
    /// When something that the owner does now stands in the history: never before what happened last.
    fn owners_moment(&self, now: u64) -> u64 {
        owners_time(self.kind, now).max(self.updated_at)
    }

    /// A wrong token looks like a case that does not exist.
    pub(super) fn owner(&self, token_hash: &str) -> Result<(), ErrorCode> {
        if self.token_hash == token_hash { Ok(()) } else { Err(ErrorCode::UnknownCase) }
    }

    fn withdraw_until(&self) -> u64 {
        self.received_at.saturating_add(owners_step(self.kind)).saturating_add(WITHDRAW_SECS)
    }

    /// The list of the office that it stands in.
    pub fn list(&self) -> String {
        self.addressee.list(&self.office)
    }

    /// Another office's case is unknown; one of a kind that is not for this role is there and stays shut.
    pub(super) fn of(&self, office: &str, role: Role) -> Result<(), ErrorCode> {
        if self.office != office {
            Err(ErrorCode::UnknownCase)
        } else if procedure::may_open(office, Mail::new(self.kind, self.addressee), role)
            || self.passed_to.contains(&role)
        {
            Ok(())
        } else {
            Err(ErrorCode::RoleForbidden)
        }
    }

    fn open(&self, more: u64) -> Result<(), ErrorCode> {
        if self.is_gone() {
            return Err(ErrorCode::CaseClosed);
        }
        if self.total.saturating_add(more) > EVENTS { Err(ErrorCode::CaseFull) } else { Ok(()) }
    }

    /// What the owner's share leaves of the bytes of a case.
    fn office_has_room(&self, more: usize) -> Result<(), ErrorCode> {
        if self.office_chars.saturating_add(more) > THREAD_CHARS - OWNER_CHARS {
            Err(ErrorCode::CaseFull)
        } else {
            Ok(())
        }
    }

    fn act(
        &mut self,
        seen: Option<&str>,
        staff: &Staff,
        event: NewEvent,
        now: u64,
    ) -> Result<Change, Problem> {
        if !staff.role.may_write() {
            return Err(ErrorCode::RoleForbidden.into());
        }
        let content = content_of(&event);
        if done(seen, &content)? {
            return Ok(Change::default());
        }
        if event.expected_head != self.head {
            return Err(Problem::new(ErrorCode::HeadMoved).with_head(&self.head));
        }
        if let Some(how) = event.aside {
            return self.put_aside(staff, how, event, content, now);
        }
        if event.passing_on.is_some() {
            return self.pass_on(staff, event, content, now);
        }
        if let Some(envelope) = &event.envelope {
            self.office_has_room(envelope.len())?;
        }
        let signed = event.signed();
        let movement = self.movement(staff.role, event.stage, event.on, now)?;
        if let (Some((stage, _)), None) = (&movement, &event.envelope)
            && procedure::is_adverse(&self.office, self.kind, stage)
        {
            return Err(Problem::new(ErrorCode::ReasonRequired).at("envelope"));
        }
        if let (Some((stage, _)), None) = (&movement, &event.envelope)
            && procedure::needs_result(&self.office, self.kind, stage)
        {
            return Err(Problem::new(ErrorCode::ResultRequired).at("envelope"));
        }
        if movement.is_none() && event.envelope.is_none() {
            return Err(Problem::new(ErrorCode::InvalidField).at("stage"));
        }
        self.open(u64::from(movement.is_some()).saturating_add(u64::from(event.envelope.is_some())))?;
        let mut change = Change { request: Some((event.id, content)), ..Change::default() };
        if let Some((stage, on)) = movement {
            self.held_until =
                self.not_before().filter(|_| procedure::interrupts(&self.office, self.kind, &stage));
            self.enter(&stage, on);
            self.decided |= procedure::is_adverse(&self.office, self.kind, &stage)
                || procedure::is_last(&self.office, self.kind, &stage);
            let deed = AuditAction::Moved { stage: stage.clone() };
            let moved = (Action::Moved { stage, on }, signed.clone());
            self.act_once(&mut change, (staff, deed), moved, None, now);
        }
        if let Some(envelope) = event.envelope {
            self.office_chars = self.office_chars.saturating_add(envelope.len());
            let action = Action::message(&envelope);
            let said = (action, signed);
            self.act_once(&mut change, (staff, AuditAction::Replied), said, Some(envelope), now);
        }
        Ok(change)
    }

    /// The move that is asked for, if one is.
    fn movement(
        &self,
        role: Role,
        stage: Option<String>,
        on: Option<NaiveDate>,
        now: u64,
    ) -> Result<Option<(String, NaiveDate)>, Problem> {
        match (stage, on) {
            (Some(stage), Some(on)) => {
                procedure::check_move(&self.office, self.kind, &self.stage, &stage)?;
                if !procedure::may_move(&self.office, self.kind, role, &stage) {
                    return Err(Problem::new(ErrorCode::RoleForbidden).at("stage"));
                }
                if on < day_in_china(self.received_at) || on > day_in_china(now) {
                    return Err(Problem::new(ErrorCode::DateInvalid).at("on"));
                }
                let interrupts = procedure::interrupts(&self.office, self.kind, &stage);
                match self.not_before() {
                    Some(first) if on < first && !interrupts => {
                        Err(Problem::new(ErrorCode::StageTooEarly).not_before(first))
                    }
                    _ => Ok(Some((stage, on))),
                }
            }
            (Some(_), None) => Err(Problem::new(ErrorCode::DateInvalid).at("on")),
            (None, Some(_)) => Err(Problem::new(ErrorCode::InvalidField).at("stage")),
            (None, None) => Ok(None),
        }
    }

    /// Begins a stage. A clock goes on where the case comes back from corrections to the stage that asked for them.
    fn enter(&mut self, stage: &str, on: NaiveDate) {
        let corrects = |stage: &str| procedure::is_correction(&self.office, self.kind, stage);
        let comes_back =
            corrects(&self.stage) && self.through.last().is_some_and(|(interrupted, _)| interrupted == stage);
        if corrects(stage) || comes_back {
            self.through.push((self.stage.clone(), self.since));
        } else {
            self.through.clear();
        }
        stage.clone_into(&mut self.stage);
        self.since = on;
    }

    /// The stages through which the present clock runs, the present one last.
    pub(super) fn visits(&self) -> Vec<(&str, NaiveDate)> {
        let through = self.through.iter().map(|(stage, on)| (stage.as_str(), *on));
        through.chain([(self.stage.as_str(), self.since)]).collect()
    }

    /// The first day on which the case may go on, where a stage must last.
    fn not_before(&self) -> Option<NaiveDate> {
        let own = procedure::not_before(&self.office, self.kind, &self.stage, self.since);
        own.max(self.held_until)
    }

    fn act_once(
        &mut self,
        change: &mut Change,
        (staff, deed): (&Staff, AuditAction),
        (action, signed): (Action, Signed),
        envelope: Option<String>,
        now: u64,
    ) {
        let actor = Actor::Office { kid: staff.kid.clone(), role: staff.role };
        change.events.push((self.happen(now, actor, action, Some(signed)), envelope));
        change.outbox.push(self.news(Some(Deed { staff: staff.clone(), action: deed })));
    }

    fn happen(&mut self, at: u64, by: Actor, action: Action, signed: Option<Signed>) -> Event {
        // Of what was brought back nobody has said anything yet.
        self.waiting = match &action {
            // Whoever waited waits on, for an answer of whoever has it now.
            Action::PassedOn { .. } => self.waiting,
            Action::Aside { how: Aside::Back } => true,
            _ => by == Actor::Applicant,
        };
        self.aside = matches!(action, Action::Aside { how } if how.is_aside());
        let event = chain::next((&self.lookup, &self.head), (self.total, at), by, action, signed);
        self.total = self.total.saturating_add(1);
        self.updated_at = at;
        self.head.clone_from(&event.hash);
        event
    }

    fn acknowledged(&self, again: bool) -> CaseAnswer {
        // The head of the first event, so that sending again gives the very same acknowledgement.
        let acknowledgement = Acknowledgement {
            lookup: self.lookup.clone(),
            received_at: self.received_at,
            withdraw_until: self.withdraw_until(),
            head: self.first.clone(),
        };
        CaseAnswer::Acknowledged { acknowledgement, again }
    }

    fn written(&self) -> CaseAnswer {
        CaseAnswer::Written(Written {
            lookup: self.lookup.clone(),
            total: self.total,
            head: self.head.clone(),
        })
    }

    fn view(&self) -> CaseView {
        CaseView {
            office: self.office.clone(),
            kind: self.kind,
            lookup: self.lookup.clone(),
            document_hash: self.document_hash.clone(),
            stage: self.stage.clone(),
            received_at: self.received_at,
            withdraw_until: if self.decided { 0 } else { self.withdraw_until() },
            withdrawn: self.withdrawn,
            destroyed_at: self.destroyed_at,
            kept_days: None,
            not_before: self.not_before(),
            reply_to: self.reply_to.clone(),
            total: self.total,
            events: Vec::new(),
            head: self.head.clone(),
        }
    }

    fn desk(&self) -> DeskCase {
        let token_hash = self.token_hash.clone();
        DeskCase { view: self.view(), envelope: String::new(), token_hash, handover: None }
    }
}

/// Characters of an envelope.
fn size(envelope: &str) -> u64 {
    u64::try_from(envelope.len()).unwrap_or(u64::MAX)
}

/// The code for a refused proof.
pub fn proof_refused(error: ProofError) -> ErrorCode {
    match error {
        ProofError::Work => ErrorCode::ProofInvalid,
        ProofError::Stamp => ErrorCode::ProofExpired,
    }
}
