//! A case as it was seen last, for days without a network: its history as the server gave it and the own copy as it is sealed,
//! in the browser's database. Only of receipts that are kept on this device, and gone with them.

use js_sys::Uint8Array;
use policies::model::CaseKind;
use protocol::{case::CaseView, config::PortalConfig};
use serde::{Deserialize, Serialize};
use wasm_bindgen_futures::spawn_local;

use super::{kept::name_of, open::Opened, own};
use ui::browser::{
    now_secs,
    shelf::{self, Shelved},
};

/// What was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LastSeen {
    /// The case.
    pub(super) view: CaseView,
    /// What the pages knew then of its office.
    pub(super) config: PortalConfig,
    /// What was sent, sealed to the receipt; none of a tip-off, nor where nothing is left of it.
    pub(super) own: Option<String>,
    /// When, Unix seconds.
    pub(super) at: u64,
}

/// Where it lies.
fn place(lookup: &str) -> String {
    ["seen/", lookup].concat()
}

/// Writes down what is seen now, if the receipt is kept here. For effects and handlers.
pub(super) fn note(opened: Opened) {
    if opened.last.is_some() || name_of(&opened.receipt.code).is_none() {
        return;
    }
    spawn_local(async move {
        let there = opened.view.kind != CaseKind::TipOff
            && !opened.view.withdrawn
            && opened.view.destroyed_at.is_none();
        let before = if there { of(&opened.view.lookup).await.and_then(|seen| seen.own) } else { None };
        let own = match before {
            None if there => own::envelope(&opened).await.ok(),
            before => before,
        };
        let offices = opened.config.offices.into_iter().filter(|(id, _)| *id == opened.view.office).collect();
        let (view, config) = (opened.view, PortalConfig { offices, ..opened.config });
        let key = place(&view.lookup);
        let text = serde_json::to_string(&LastSeen { view, config, own, at: now_secs() }).unwrap_or_default();
        // Forgotten meanwhile, it stays forgotten.
        if name_of(&opened.receipt.code).is_some() {
            shelf::put(Shelved { key, text, bytes: Uint8Array::new_with_length(0) }).await;
        }
    });
}

/// What was seen of a case.
pub(super) async fn of(lookup: &str) -> Option<LastSeen> {
    let found = shelf::under(&place(lookup)).await.into_iter().next()?;
    serde_json::from_str(&found.text).ok()
}

/// Forgets it; an empty id forgets all. For effects and handlers.
pub(super) fn forget(lookup: &str) {
    let place = place(lookup);
    spawn_local(async move { shelf::remove_under(&place).await });
}
