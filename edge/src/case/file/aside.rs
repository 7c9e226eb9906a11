//! What the office does with junk: it is set aside, never erased, and whatever happens next brings it back.

use protocol::{
    case::{Action, Aside},
    desk::{AuditAction, NewEvent},
    error::{ErrorCode, Problem},
};

use super::{CaseFile, Change};
use crate::{auth::Staff, procedure};

impl CaseFile {
    /// Sets the case aside, or brings it back. Only a letter that is still where it arrived is junk: of one that was
    /// taken up the document says how it ends. Where it is already as asked, nothing happens.
    pub(super) fn put_aside(
        &mut self,
        staff: &Staff,
        how: Aside,
        event: NewEvent,
        content: String,
        now: u64,
    ) -> Result<Change, Problem> {
        let signed = event.signed();
        if event.stage.is_some() || event.on.is_some() || event.envelope.is_some() {
            return Err(Problem::new(ErrorCode::InvalidField).at("aside"));
        }
        self.open(1)?;
        if how.is_aside() == self.aside {
            return Ok(Change::default());
        }
        if !self.is_fresh() {
            return Err(ErrorCode::AlreadyTakenUp.into());
        }
        let mut change = Change { request: Some((event.id, content)), ..Change::default() };
        let act = (Action::Aside { how }, signed);
        self.act_once(&mut change, (staff, AuditAction::Aside { how }), act, None, now);
        Ok(change)
    }

    /// Whether nobody has taken it up: it is in the first stage of its procedure.
    pub(in crate::case) fn is_fresh(&self) -> bool {
        procedure::first_stage(&self.office, self.kind).is_ok_and(|first| first == self.stage)
    }
}
