//! One list of an office: its index of cases and its audit trail. What is for the supervisors has a list of its own.

pub mod admission;
mod inbox;
mod object;
mod store;
pub mod tickets;
pub mod turned_away;

pub use object::Office;

use protocol::{
    addressee::Addressee,
    challenge::Challenge,
    desk::{AuditAction, AuditTrail, Inbox, IndexRow},
    ticket::{NewTickets, TicketsMade},
};
use serde::{Deserialize, Serialize};

use self::admission::{Admission, PaperAdmission, Terms};
use crate::auth::Staff;

/// A call to an `Office` object.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OfficeCall {
    /// The list's name (`protocol::addressee::Addressee::list`), to which the audit trail's chain is bound.
    pub list: String,
    /// What is asked.
    pub ask: OfficeAsk,
}

/// What the Worker and the cases ask of an `Office` object.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfficeAsk {
    /// How much work is asked for just now?
    Challenge {
        /// The usual.
        terms: Terms,
    },
    /// May a letter or message come in with the work that is in it?
    Admit {
        /// The usual.
        terms: Terms,
        /// What asks.
        admission: Admission,
    },
    /// May a paper come in?
    AdmitPaper(PaperAdmission),
    /// News of a case, possibly repeated.
    Deliver {
        /// Oldest first.
        deliveries: Vec<Delivery>,
    },
    /// A part of the inbox, noted in the audit trail.
    List {
        /// The key that signed.
        staff: Staff,
        /// Which, as an address carries it.
        query: String,
    },
    /// A reading to note in the audit trail before it is answered.
    Note {
        /// What was done.
        deed: Deed,
        /// The case.
        lookup: String,
    },
    /// Tickets that were drawn, to be good from now on.
    Tickets {
        /// The key that signed.
        staff: Staff,
        /// What was sent.
        request: NewTickets,
    },
    /// A part of the audit trail.
    Audit {
        /// The key that signed.
        staff: Staff,
        /// Only lines before this number.
        before: Option<u64>,
    },
}

/// What an `Office` object answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfficeAnswer {
    /// Done.
    Done,
    /// How much work is asked for.
    Challenge(Challenge),
    /// A part of the inbox.
    Inbox(Inbox),
    /// Tickets are good.
    Tickets(TicketsMade),
    /// The audit trail.
    Trail(AuditTrail),
}

/// The standing of a case after one of its events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// Number of the event: an older one never overwrites a newer, the same one never counts twice.
    pub seq: u64,
    /// The case's line.
    pub row: IndexRow,
    /// Whether it is still where it arrived.
    #[serde(default)]
    pub fresh: bool,
    /// Characters of the letter it began with.
    #[serde(default)]
    pub chars: u64,
    /// What staff did, for the audit trail.
    pub deed: Option<Deed>,
}

impl Delivery {
    /// The same for a list: what was done by somebody who works on another is told there.
    #[must_use]
    pub fn for_list(&self, office: &str, list: &str) -> Self {
        let deed = self.deed.clone().filter(|deed| Addressee::of(deed.staff.role).list(office) == list);
        Self { deed, ..self.clone() }
    }
}

/// What a staff key did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deed {
    /// The key.
    pub staff: Staff,
    /// What.
    pub action: AuditAction,
}
