//! Sending a message of the owner: sealed to both sides, proved, sent once.

use protocol::{
    case::{CaseView, NewMessage, Written},
    challenge::Sort,
    coarse::owners_time,
    hash::sha256_hex,
    letter::Letter,
    paper::Enclosures,
    proof::Subject,
    routes::Route,
};
use serde::{Deserialize, Serialize};

use super::open::{Opened, authorization, look_up};
use crate::{
    mail::{SendError, post},
    papers::{self, Sealed, Upload},
};
use ui::{
    attempt::Attempt,
    browser::{now_secs, stored},
    office_card::{self, office_card},
    sealing::Sealer,
};
use yew::Callback;

/// The very message of an attempt, so that a second attempt sends the same and it counts once, also after a reload.
#[derive(Clone, Deserialize, Serialize)]
pub(super) struct Tried {
    /// What was to be sent, as it is compared with what is to be sent now.
    text: String,
    /// The papers with it, as they were then.
    #[serde(default)]
    marks: Vec<String>,
    /// The same, sealed.
    #[serde(default)]
    sealed: Sealed,
    /// As of its attempt.
    id: String,
    /// As of its attempt.
    envelope: Option<String>,
}

impl Tried {
    /// A new attempt, without papers.
    pub(super) fn new(text: &str) -> Self {
        let Attempt { id, envelope } = Attempt::new();
        Self { text: text.to_owned(), marks: Vec::new(), sealed: Sealed::default(), id, envelope }
    }

    /// The same with papers.
    pub(super) fn with(self, marks: Vec<String>, sealed: Sealed) -> Self {
        Self { marks, sealed, ..self }
    }

    /// The attempt kept under a key if it was to send the same.
    pub(super) fn kept(key: &str, text: &str, marks: &[String]) -> Option<Self> {
        let earlier = stored::load_for_tab(key).and_then(|kept| serde_json::from_str::<Self>(&kept).ok());
        earlier.filter(|earlier| earlier.text == text && earlier.marks == marks)
    }

    /// What the letter says of its papers.
    pub(super) fn enclosures(&self) -> Option<Enclosures> {
        self.sealed.enclosures.clone()
    }

    /// Keeps it until the tab is closed.
    pub(super) fn keep(&self, key: &str) {
        if let Ok(text) = serde_json::to_string(self) {
            stored::save_for_tab(key, &text);
        }
    }
}

/// Seals a message to the office and to the receipt, so that both can read the thread, and posts it.
///
/// # Errors
/// See [`SendError`]; `keep` has been handed what goes again.
pub(super) async fn send(
    tried: Tried,
    letter: &Letter,
    (opened, sealer): (&Opened, &Sealer),
    keep: impl FnOnce(Tried),
) -> Result<CaseView, SendError> {
    let Opened { view, receipt, config, .. } = opened;
    let card = office_card(config, &view.office);
    office_card::check(sealer, card.clone(), view.mail()).await?;
    let Tried { text, marks, sealed, id, envelope } = tried;
    let announced = sealed.announced.clone();
    let attempt = Attempt { id: id.clone(), envelope };
    let keep = |attempt: &Attempt| {
        let Attempt { id, envelope } = attempt.clone();
        keep(Tried { text, marks, sealed, id, envelope });
    };
    let to = (card, view.mail());
    let envelope = attempt.sealed(sealer, to, receipt.recipient.clone(), letter, keep).await?;
    let hash = sha256_hex(envelope.as_bytes());
    let at = owners_time(view.kind, now_secs());
    let signed = sealer.sign_owner(receipt, &view.office, (&view.head, at), Some(hash)).await?;
    let subject = Subject::message(&view.office, &view.lookup, &id, &envelope).announcing(&announced);
    let authorization = authorization(receipt);
    let to = (Route::Message { lookup: &view.lookup }, Some(&authorization));
    let message = |proof| NewMessage {
        id: id.clone(),
        envelope: envelope.clone(),
        signed: signed.clone(),
        papers: announced.clone(),
        proof,
    };
    let proved = (view.office.as_str(), Some(Sort::Message), &subject);
    post::<_, Written>(config, sealer, proved, to, message, &Callback::noop()).await?;
    let (lookup, token) = (receipt.lookup.clone(), receipt.token.clone());
    papers::hand_over(Upload { lookup, token, papers: announced });
    Ok(look_up(config, receipt).await?)
}
