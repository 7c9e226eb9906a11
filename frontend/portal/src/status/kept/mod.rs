//! Receipts kept on this device, each under a name that its person gave it; never on a shared computer, and of a tip-off only
//! where that was asked for by itself.

mod card;
mod list;
mod news;

use policies::model::CaseKind;
use protocol::{authorization::Authorization, case::CaseView, receipt::ReceiptCode};
use sealer::ops::Receipt;
use serde::{Deserialize, Serialize};

pub(super) use card::Keep;
pub(super) use list::KeptList;

use super::last_seen;
use ui::browser::{now_secs, stored};

const KEY: &str = "receipts";
/// Where the one code of before lies.
const BEFORE: &str = "receipt";

/// Most receipts of one device: each is looked up when the page is opened.
pub(super) const MOST: usize = 12;
/// Longest name, in characters.
const NAME_CHARS: usize = 20;

/// A receipt with what was seen of its case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    /// Twenty digits.
    pub(super) code: String,
    /// What its person calls it.
    pub(super) name: String,
    /// What was seen last; none of one that was kept before this was.
    pub(super) seen: Option<Seen>,
}

/// What was seen of a case, and what it takes to look whether that changed: no key is derived for it again, nor does it need
/// one that opens anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seen {
    /// Look-up id.
    pub(super) lookup: String,
    /// Proves possession.
    token: String,
    /// Office id.
    office: String,
    /// Kind.
    kind: CaseKind,
    /// The stage's own word.
    pub(super) stage: String,
    /// How many things had happened.
    total: u64,
    /// When, Unix seconds.
    pub(super) at: u64,
    /// When it was looked up last, Unix seconds.
    asked_at: u64,
    /// Something has happened since it was seen.
    #[serde(default)]
    pub(super) changed: bool,
}

impl Seen {
    /// What is seen of a case now.
    pub(super) fn now(receipt: &Receipt, view: &CaseView, stage: &str) -> Self {
        Self {
            lookup: view.lookup.clone(),
            token: receipt.token.clone(),
            office: view.office.clone(),
            kind: view.kind,
            stage: stage.to_owned(),
            total: view.total,
            at: now_secs(),
            asked_at: now_secs(),
            changed: false,
        }
    }

    fn authorization(&self) -> Authorization {
        Authorization::Receipt(self.token.clone())
    }
}

/// Every receipt kept here, in the order in which they were kept; none on a shared computer. For effects and handlers.
pub(super) fn all() -> Vec<Kept> {
    if stored::is_shared() {
        return Vec::new();
    }
    if let Some(kept) = stored::load::<Vec<Kept>>(KEY) {
        return kept;
    }
    let before = stored::load::<String>(BEFORE).filter(|code| ReceiptCode::parse(code).is_ok());
    before.into_iter().map(|code| Kept { code, name: FIRST.to_owned(), seen: None }).collect()
}

/// What a receipt is called until its person says otherwise.
const FIRST: &str = "我的件";

fn save(kept: &[Kept]) -> bool {
    stored::forget(BEFORE);
    if kept.is_empty() {
        stored::forget(KEY);
        return true;
    }
    stored::save(KEY, &kept)
}

/// Keeps a receipt under a name, or gives it another; false where there is no room, or this is a shared computer. For effects
/// and handlers.
pub(super) fn keep(code: &str, name: &str, seen: Option<Seen>) -> bool {
    let mut kept = all();
    let name: String = if name.is_empty() { FIRST } else { name }.chars().take(NAME_CHARS).collect();
    let full = kept.len() >= MOST;
    match kept.iter_mut().find(|kept| kept.code == code) {
        Some(one) => {
            one.name = name;
            one.seen = seen.or(one.seen.take());
        }
        None if full => return false,
        None => kept.push(Kept { code: code.to_owned(), name, seen }),
    }
    !stored::is_shared() && save(&kept)
}

/// What was seen of a kept receipt; of another, nothing happens. For effects and handlers.
pub(super) fn saw(code: &str, seen: &Seen) {
    let mut kept = all();
    if let Some(one) = kept.iter_mut().find(|kept| kept.code == code) {
        one.seen = Some(seen.clone());
        save(&kept);
    }
}

/// The name of a receipt, if it is kept here. For effects and handlers.
pub(super) fn name_of(code: &str) -> Option<String> {
    all().into_iter().find(|kept| kept.code == code).map(|kept| kept.name)
}

/// Forgets a receipt. For effects and handlers.
pub(super) fn forget(code: &str) {
    let mut kept = all();
    let seen = kept.iter().find(|kept| kept.code == code).and_then(|kept| kept.seen.as_ref());
    if let Some(seen) = seen {
        last_seen::forget(&seen.lookup);
    }
    kept.retain(|kept| kept.code != code);
    save(&kept);
}

/// Forgets every receipt. For effects and handlers.
pub(super) fn forget_all() {
    last_seen::forget("");
    save(&[]);
}
