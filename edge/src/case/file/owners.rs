//! What the owner does to a case: writes, or takes it back; signed with the receipt's own key.

use protocol::{
    case::{Action, Actor, NewMessage, Withdrawal},
    challenge::Sort,
    error::{ErrorCode, Problem},
    hash::sha256_hex,
    limits::{OWNER_CHARS, OWNER_EVENTS},
    paper,
    proof::{self, Subject},
    signed::{OwnersAct, Signed, fits, key_bytes},
};

use super::{CaseFile, Change, done, proof_refused, size};
use crate::office::admission::Admission;

impl CaseFile {
    /// The owner has a share of the events and of the bytes, so that nobody can keep an office from moving or
    /// answering a case by filling it.
    fn owner_has_room(&self, more: usize) -> Result<(), ErrorCode> {
        if self.owner_messages >= OWNER_EVENTS || self.owner_chars.saturating_add(more) > OWNER_CHARS {
            Err(ErrorCode::CaseFull)
        } else {
            Ok(())
        }
    }

    /// The owner's signature, which must be of the key that the case names; one that names none keeps none. An owner who
    /// writes from a page of long ago has seen an early head: which one is for the readers to judge.
    fn owners(
        &self,
        signed: Option<Signed>,
        envelope_hash: Option<&str>,
    ) -> Result<Option<Signed>, ErrorCode> {
        let Some(key) = key_bytes(&self.owner_key) else { return Ok(None) };
        let signed = signed.ok_or(ErrorCode::ActUnsigned)?;
        let (office, lookup, seen, at) = (&self.office, &self.lookup, signed.seen.as_str(), signed.at);
        let text = OwnersAct { office, lookup, seen, at, envelope_hash }.text();
        if fits(&key, &text, &signed.signature) { Ok(Some(signed)) } else { Err(ErrorCode::ActUnsigned) }
    }

    pub(super) fn message(
        &mut self,
        seen: Option<&str>,
        message: NewMessage,
        proof_bits: u32,
        now: u64,
    ) -> Result<Change, Problem> {
        let hash = sha256_hex(message.envelope.as_bytes());
        let content = paper::bound(hash.clone(), &message.papers);
        if done(seen, &content)? {
            return Ok(Change::default());
        }
        self.open(1)?;
        self.owner_has_room(message.envelope.len())?;
        let subject = Subject::message(&self.office, &self.lookup, &message.id, &message.envelope)
            .announcing(&message.papers);
        let bits = proof::verify(&subject, message.proof, proof_bits, now).map_err(proof_refused)?;
        let signed = self.owners(message.signed, Some(&hash))?;
        self.announce(&message.papers)?;
        let admission = Admission { sort: Sort::Message, chars: size(&message.envelope), bits, ticket: None };
        self.owner_messages = self.owner_messages.saturating_add(1);
        self.owner_chars = self.owner_chars.saturating_add(message.envelope.len());
        let at = self.owners_moment(now);
        let event = self.happen(at, Actor::Applicant, Action::message(&message.envelope), signed);
        Ok(Change {
            events: vec![(event, Some(message.envelope))],
            request: Some((message.id, content)),
            outbox: vec![self.news(None)],
            papers: message.papers,
            admission: Some(admission),
            ..Change::default()
        })
    }

    pub(super) fn withdraw(
        &mut self,
        seen: Option<&str>,
        withdrawal: Withdrawal,
        now: u64,
    ) -> Result<Change, Problem> {
        if self.withdrawn {
            return Ok(Change::default());
        }
        self.open(1)?;
        if self.decided {
            return Err(ErrorCode::AlreadyDecided.into());
        }
        if now > self.withdraw_until() {
            return Err(ErrorCode::WithdrawTooLate.into());
        }
        if seen.is_some() {
            return Err(ErrorCode::RequestReused.into());
        }
        let signed = self.owners(withdrawal.signed, None)?;
        self.withdrawn = true;
        let event = self.happen(self.owners_moment(now), Actor::Applicant, Action::Withdrawn, signed);
        self.waiting = false;
        Ok(Change {
            events: vec![(event, None)],
            request: Some((withdrawal.id, "withdraw".to_owned())),
            outbox: vec![self.news(None)],
            forget: true,
            ..Change::default()
        })
    }
}
