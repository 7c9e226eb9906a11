//! How long a case that is closed or set aside keeps what was written in it: as long as the office has set for its kind, and for ever where it
//! has set nothing. What happened, and when, stays.

use protocol::{
    addressee::Addressee,
    desk::{AuditAction, Role},
};

use super::file::{CaseFile, Change};
use crate::{
    auth::Staff,
    clock::{DAY_SECS, start_of_day},
    office::Deed,
};

impl CaseFile {
    /// The first second at which letter and messages go, where they are kept for so many days after the day of the last
    /// word: the closing or the setting aside, by the server's clock, or what somebody wrote later. None while the case is
    /// open, and none where they are gone.
    pub fn kept_until(&self, days: Option<u32>) -> Option<u64> {
        let stays = self.is_gone() || !(self.is_closed() || self.aside);
        let days = days.filter(|_| !stays)?;
        let last_day = start_of_day(self.updated_at).saturating_add(u64::from(days).saturating_mul(DAY_SECS));
        Some(last_day.saturating_add(DAY_SECS))
    }

    /// Lets letter and messages go where their time is over. Nobody's key asks for it: the office's list is told in the
    /// name of those whose case it is.
    pub fn let_go(&mut self, days: Option<u32>, now: u64) -> Option<Change> {
        self.kept_until(days).filter(|until| *until <= now)?;
        self.destroyed_at = Some(now);
        let role = match self.addressee {
            Addressee::Office => Role::Office,
            Addressee::Supervisor => Role::Supervisor,
        };
        let deed = Deed { staff: Staff { kid: String::new(), role }, action: AuditAction::Destroyed };
        Some(Change { outbox: vec![self.news(Some(deed))], forget: true, ..Change::default() })
    }

    /// Whether letter and messages are gone: taken back by the owner, or their time was over.
    pub fn is_gone(&self) -> bool {
        self.withdrawn || self.destroyed_at.is_some()
    }
}
