//! The outbox: what is to be sent, is being sent, or was sent but whose receipt is not yet saved.
//!
//! A parcel is kept in this browser before anything leaves it, and keeps its receipt code and sealed
//! envelope from the moment they exist. So a lost answer, a reload or a crash sends the very same
//! submission again, and the server makes one case of it.
//!
//! What an older or newer version of these pages wrote and this one cannot read is set aside as it is, never
//! dropped: the only copy of a receipt code may be in it.

use policies::model::CaseKind;
use protocol::{
    case::{Acknowledgement, Submission},
    counter::Counter,
    letter::Unsealed,
    receipt::ReceiptCode,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::pending::{self, Waiting};
use sealer::ops::Receipt;
use ui::{browser::stored, place::Doc};

const KEY: &str = "outbox";

/// What was set aside as unreadable, a parcel a line.
const UNREAD: &str = "outbox-unread";

/// Something on its way to an office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Parcel {
    /// The draft's id: pressing “submit” twice makes one parcel.
    pub(crate) id: String,
    /// Office id (= document id).
    pub(crate) office: String,
    /// Place id.
    pub(crate) place: String,
    /// What it is.
    pub(crate) kind: CaseKind,
    /// How far it is.
    pub(crate) stage: Stage,
    /// The draft it was made from, to be mended after a withdrawal, as the form keeps it.
    #[serde(default)]
    pub(crate) draft: Option<Value>,
    /// The ticket that it brings: see [`protocol::ticket`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) ticket: Option<String>,
    /// Where the office is reached, by the card that it was sealed to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) counters: Vec<Counter>,
}

/// How far a parcel is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Stage {
    /// Written, not sealed.
    Written(Unsealed),
    /// Sealed, with its receipt; perhaps already at the office.
    Sealed {
        /// The receipt.
        receipt: Receipt,
        /// What to send. The proof of work may have to be made anew.
        submission: Box<Submission>,
    },
    /// The office's mailbox has it. It stays here until the receipt is saved.
    Received {
        /// The receipt.
        receipt: Receipt,
        /// What the server said.
        acknowledgement: Acknowledgement,
    },
    /// Taken back in time.
    Withdrawn,
}

impl Parcel {
    /// A parcel to be sent.
    pub(crate) fn new(id: String, doc: Doc, kind: CaseKind, letter: Unsealed, draft: Option<Value>) -> Self {
        Self {
            id,
            office: doc.document().id.clone(),
            place: doc.document().place.id.clone(),
            kind,
            stage: Stage::Written(letter),
            draft,
            ticket: None,
            counters: Vec::new(),
        }
    }

    /// Whether it still has to be sent.
    pub(crate) fn is_waiting(&self) -> bool {
        matches!(self.stage, Stage::Written(_) | Stage::Sealed { .. })
    }

    /// How far along, for telling which of two copies is the newer.
    fn progress(&self) -> u8 {
        match self.stage {
            Stage::Written(_) => 0,
            Stage::Sealed { .. } => 1,
            Stage::Received { .. } => 2,
            Stage::Withdrawn => 3,
        }
    }
}

/// Puts a parcel in, or what has become of it. A parcel never goes back: where another tab is further
/// along, its copy stays. Gives the copy that counts.
#[must_use]
fn put(parcels: &mut Vec<Parcel>, parcel: Parcel) -> Parcel {
    match parcels.iter_mut().find(|other| other.id == parcel.id) {
        Some(other) if other.progress() < parcel.progress() => *other = parcel.clone(),
        Some(other) if other.progress() > parcel.progress() || other.stage != parcel.stage => {
            return other.clone();
        }
        Some(_) => {}
        None => parcels.push(parcel.clone()),
    }
    parcel
}

fn most_urgent(parcels: &[Parcel], any_unread: bool) -> Option<Waiting> {
    if parcels.iter().any(Parcel::is_waiting) {
        Some(Waiting::Letter)
    } else if any_unread || parcels.iter().any(|parcel| matches!(parcel.stage, Stage::Received { .. })) {
        Some(Waiting::Receipt)
    } else {
        None
    }
}

/// Keeps all parcels with what cannot be read and could not be set aside, and beside them what waits.
fn keep_all(parcels: &[Parcel], rest: &[String]) {
    if parcels.is_empty() && rest.is_empty() {
        stored::forget(KEY);
    } else {
        stored::save(KEY, &all_of(parcels, rest));
    }
    pending::say_waiting(most_urgent(parcels, !rest.is_empty() || unread().is_some()));
}

/// As it is kept: JSON that other pages than its own look into no further. By way of its text, so that whatever is kept is
/// written and read by one program each.
pub(crate) fn kept_as(what: &impl Serialize) -> Option<Value> {
    serde_json::from_str(&serde_json::to_string(what).ok()?).ok()
}

/// What [`kept_as`] kept, for the page that it is of.
pub(crate) fn read_back<T: DeserializeOwned>(kept: &Value) -> Option<T> {
    serde_json::from_str(&kept.to_string()).ok()
}

/// What [`read`] gives back.
fn all_of(parcels: &[Parcel], rest: &[String]) -> Vec<Value> {
    let unread = |one: &String| serde_json::from_str(one).unwrap_or_else(|_| Value::String(one.clone()));
    parcels.iter().filter_map(kept_as).chain(rest.iter().map(unread)).collect()
}

/// Every parcel, oldest first. For effects and handlers.
pub(crate) fn load() -> Vec<Parcel> {
    load_all().0
}

/// Whether a parcel with this id is in it. For effects and handlers.
pub(crate) fn holds(id: &str) -> bool {
    load().iter().any(|parcel| parcel.id == id)
}

/// Whether the browser keeps what is in it; else it ends with this page. For effects and handlers.
pub(crate) fn is_lasting() -> bool {
    stored::is_lasting(KEY)
}

/// Every parcel, and what can neither be read nor, for want of room, be set aside.
fn load_all() -> (Vec<Parcel>, Vec<String>) {
    let Some(text) = stored::load_text(KEY) else { return (Vec::new(), Vec::new()) };
    let (parcels, rest) = read(&text);
    if !rest.is_empty() {
        let mut aside = unread().unwrap_or_default();
        for one in &rest {
            if !aside.contains(one) {
                aside.push_str(one);
                aside.push('\n');
            }
        }
        // Only what is safely set aside is taken out of the outbox.
        if !stored::save_text(UNREAD, aside) {
            return (parcels, rest);
        }
        keep_all(&parcels, &[]);
    }
    (parcels, Vec::new())
}

/// The parcels that can be read, and the text of those that cannot.
fn read(text: &str) -> (Vec<Parcel>, Vec<String>) {
    let Ok(all) = serde_json::from_str::<Vec<Value>>(text) else {
        return (Vec::new(), vec![text.to_owned()]);
    };
    let (mut parcels, mut rest) = (Vec::new(), Vec::new());
    for one in all {
        match read_back(&one) {
            Some(parcel) => parcels.push(parcel),
            None => rest.push(one.to_string()),
        }
    }
    (parcels, rest)
}

/// What was set aside as unreadable. For effects and handlers.
pub(crate) fn unread() -> Option<String> {
    stored::load_text(UNREAD)
}

/// Forgets what was set aside: the person has saved it. For effects and handlers.
pub(crate) fn forget_unread() {
    stored::forget(UNREAD);
    let (parcels, rest) = load_all();
    keep_all(&parcels, &rest);
}

/// The receipt codes in a text: every run of digits that is one.
pub(crate) fn codes_in(text: &str) -> Vec<ReceiptCode> {
    let mut codes: Vec<ReceiptCode> = Vec::new();
    for run in text.split(|c: char| !c.is_ascii_digit()) {
        if let Ok(code) = ReceiptCode::parse(run)
            && !codes.contains(&code)
        {
            codes.push(code);
        }
    }
    codes
}

/// Keeps a parcel; gives the copy that counts (see the module's text). For effects and handlers.
pub(crate) fn keep(parcel: Parcel) -> Parcel {
    let (mut parcels, rest) = load_all();
    let counts = put(&mut parcels, parcel);
    keep_all(&parcels, &rest);
    counts
}

/// Takes the ticket off a parcel, which then goes without one. For effects and handlers.
pub(crate) fn drop_ticket(id: &str) {
    let (mut parcels, rest) = load_all();
    parcels.iter_mut().filter(|parcel| parcel.id == id).for_each(|parcel| parcel.ticket = None);
    keep_all(&parcels, &rest);
}

/// Drops a parcel. For effects and handlers.
pub(crate) fn remove(id: &str) {
    let (mut parcels, rest) = load_all();
    parcels.retain(|parcel| parcel.id != id);
    keep_all(&parcels, &rest);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use protocol::case::Proof;

    use super::*;

    #[test]
    fn what_is_still_to_be_sent_is_told_first() {
        let withdrawn = Parcel { stage: Stage::Withdrawn, ..written("a") };
        assert_eq!(most_urgent(&[withdrawn.clone(), written("b")], true), Some(Waiting::Letter));
        assert_eq!(most_urgent(&[], true), Some(Waiting::Receipt));
        assert_eq!(most_urgent(&[withdrawn], false), None);
    }

    #[test]
    fn what_cannot_be_read_is_set_aside_with_its_receipt() {
        let code = ReceiptCode::from_entropy([7; 16]);
        let old = format!(r#"{{"id":"old","stage":{{"sent":{{"code":"{}","at":12}}}}}}"#, code.plain());
        let now = serde_json::to_string(&sealed("a", "1")).unwrap();
        let (parcels, rest) = read(&format!("[{now},{old}]"));
        assert_eq!(parcels, [sealed("a", "1")]);
        assert_eq!(rest.len(), 1);
        assert_eq!(codes_in(&rest.join("\n")), [code]);
        assert_eq!(read("not json"), (Vec::new(), vec!["not json".to_owned()]));
        assert_eq!(read("[]"), (Vec::new(), Vec::new()));
    }

    #[test]
    fn what_cannot_be_read_nor_set_aside_stays_beside_the_parcels() {
        let old = r#"{"id":"old","stage":"posted"}"#.to_owned();
        let kept = |rest: &[String]| serde_json::to_string(&all_of(&[sealed("a", "1")], rest)).unwrap();
        let again = read(&kept(std::slice::from_ref(&old)));
        assert_eq!(again, (vec![sealed("a", "1")], vec![old]));
        let (_, garbled) = read(&kept(&["not json".to_owned()]));
        assert_eq!(read(&kept(&garbled)).1, garbled, "it does not grow with every writing");
    }

    fn written(id: &str) -> Parcel {
        Parcel {
            id: id.to_owned(),
            office: "yongshun-2023".to_owned(),
            place: "yongshun".to_owned(),
            kind: CaseKind::TipOff,
            stage: Stage::Written(serde_json::from_str("{}").unwrap()),
            draft: None,
            ticket: None,
            counters: Vec::new(),
        }
    }

    fn sealed(id: &str, code: &str) -> Parcel {
        let receipt = Receipt {
            code: code.to_owned(),
            lookup: String::new(),
            token: String::new(),
            token_hash: String::new(),
            identity: String::new(),
            recipient: String::new(),
            signing: String::new(),
            owner_key: String::new(),
        };
        let submission = Submission {
            office: "yongshun-2023".to_owned(),
            kind: CaseKind::TipOff,
            lookup: String::new(),
            token_hash: String::new(),
            reply_to: String::new(),
            envelope: code.to_owned(),
            owner_key: String::new(),
            addressee: protocol::addressee::Addressee::Office,
            ticket: None,
            papers: Vec::new(),
            proof: Proof { stamp: 0, nonce: 0 },
        };
        Parcel { stage: Stage::Sealed { receipt, submission: Box::new(submission) }, ..written(id) }
    }

    #[test]
    fn pressing_twice_makes_one_parcel() {
        let mut parcels = Vec::new();
        let first = put(&mut parcels, written("a"));
        let second = put(&mut parcels, written("a"));
        assert_eq!((first, parcels.len()), (second, 1));
    }

    #[test]
    fn the_first_receipt_stays_the_receipt() {
        let mut parcels = vec![written("a"), written("b")];
        let first = put(&mut parcels, sealed("a", "1"));
        assert_eq!(first, sealed("a", "1"));
        // Another tab sealed the same parcel a moment later: its receipt does not count.
        assert_eq!(put(&mut parcels, sealed("a", "2")), first);
        assert_eq!(put(&mut parcels, written("a")), first);
        assert_eq!(parcels.len(), 2);
    }

    #[test]
    fn a_parcel_survives_being_stored() {
        let text = serde_json::to_string(&sealed("a", "1")).unwrap();
        assert_eq!(serde_json::from_str::<Parcel>(&text).unwrap(), sealed("a", "1"));
    }
}
