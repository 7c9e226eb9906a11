//! Passing a tip-off on to somebody who could not open it: a role that the document gives no part in it, or those who look
//! after the office. The keys of its envelopes go with it, sealed at the desk; the office goes on seeing it.

use protocol::{
    CaseKind,
    addressee::Addressee,
    case::Action,
    desk::{AuditAction, NewEvent},
    error::{ErrorCode, Problem},
    handover::PassingOn,
};

use super::{CaseFile, Change};
use crate::auth::Staff;

impl CaseFile {
    /// Passes it on. What is about the office itself is passed on to nobody: it was promised to its supervisors alone.
    pub(super) fn pass_on(
        &mut self,
        staff: &Staff,
        mut event: NewEvent,
        content: String,
        now: u64,
    ) -> Result<Change, Problem> {
        let invalid = || Problem::new(ErrorCode::InvalidField).at("passing_on");
        let (signed, keys_hash) = (event.signed(), event.envelope_hash().unwrap_or_default());
        let alone = event.stage.is_none() && event.on.is_none() && event.envelope.is_none();
        let may_go = self.kind == CaseKind::TipOff && self.addressee == Addressee::Office;
        let Some(PassingOn { to, role, handover }) = event.passing_on.take().filter(|_| alone && may_go)
        else {
            return Err(invalid());
        };
        self.open(1)?;
        if !self.passed_to.contains(&role) {
            self.passed_to.push(role);
        }
        let mut change =
            Change { request: Some((event.id, content)), handover: Some(handover), ..Change::default() };
        let deed = AuditAction::PassedOn { to: to.clone() };
        let action = Action::PassedOn { to, role, keys_hash };
        self.act_once(&mut change, (staff, deed), (action, signed), None, now);
        Ok(change)
    }

    /// The lists that it stands in: its own, and the supervisors' where it was passed on to them.
    pub(in crate::case) fn lists(&self) -> Vec<String> {
        let own = self.list();
        let further = self.passed_to.iter().map(|role| Addressee::of(*role).list(&self.office));
        let mut lists: Vec<String> = further.filter(|list| *list != own).collect();
        lists.dedup();
        lists.insert(0, own);
        lists
    }
}
