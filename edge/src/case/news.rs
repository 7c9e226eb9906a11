//! What a case tells the office's list.

use protocol::desk::IndexRow;

use super::file::CaseFile;
use crate::{
    office::{Deed, Delivery},
    procedure,
};

impl CaseFile {
    /// Where it stands now, and what an officer did to bring it there. The list takes the same twice as once.
    pub(super) fn news(&self, deed: Option<Deed>) -> Delivery {
        Delivery {
            seq: self.total.saturating_sub(1),
            row: IndexRow {
                lookup: self.lookup.clone(),
                kind: self.kind,
                stage: self.stage.clone(),
                received_at: self.received_at,
                updated_at: self.updated_at,
                waiting_for_office: self.waiting,
                withdrawn: self.withdrawn,
                destroyed_at: self.destroyed_at,
                closed: self.is_closed(),
                aside: self.aside,
                due: procedure::due(&self.office, self.kind, &self.visits()).filter(|_| !self.aside),
            },
            fresh: self.is_fresh(),
            chars: u64::try_from(self.letter_chars).unwrap_or(u64::MAX),
            deed,
        }
    }

    /// Whether nothing more is to be done: taken back, or in the last stage of its procedure.
    pub fn is_closed(&self) -> bool {
        self.withdrawn || procedure::is_last(&self.office, self.kind, &self.stage)
    }
}
