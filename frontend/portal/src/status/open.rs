//! From a receipt code to its case: keys in the sealer, case from the server.

use protocol::{
    authorization::Authorization,
    case::{CaseView, Messages},
    chain,
    config::PortalConfig,
    query::Onward,
    receipt::{ReceiptCode, ReceiptError},
    routes::Route,
};
use thiserror::Error;

use super::last_seen::{self, LastSeen};
use sealer::ops::Receipt;
use ui::{
    api::{Api, ApiError, fetch_config},
    sealing::{Sealer, SealerError},
};

/// A case with the keys of its receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Opened {
    /// The keys, in memory only.
    pub(super) receipt: Receipt,
    /// The case as the server knows it.
    pub(super) view: CaseView,
    /// What was kept of its history with the code, if it came along.
    pub(super) pin: Option<String>,
    /// To whom replies are sealed.
    pub(super) config: PortalConfig,
    /// There was no network: what this device saw last, and all that the case shows.
    pub(super) last: Option<LastSeen>,
}

/// Why a case is not shown. `Display` is a sentence for the person.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(super) enum OpenError {
    /// The sealer.
    #[error(transparent)]
    Sealer(#[from] SealerError),
    /// The server or the way to it.
    #[error(transparent)]
    Api(#[from] ApiError),
}

impl OpenError {
    /// Whether the server knows no case of this receipt.
    pub(super) fn is_unknown(&self) -> bool {
        matches!(self, Self::Api(ApiError::Refused(problem)) if problem.status == 404)
    }
}

/// What a person gave to find a case: the code and, from a file or a picture, the pin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Typed {
    /// The code.
    pub(super) code: ReceiptCode,
    /// What was kept of the history.
    pub(super) pin: Option<String>,
}

impl Typed {
    /// Both in whatever is pasted.
    ///
    /// # Errors
    /// Where no code stands in it.
    pub(super) fn read(pasted: &str) -> Result<Self, ReceiptError> {
        let pin = chain::find_pin(pasted).map(str::to_owned);
        ReceiptCode::find(pasted).map(|code| Self { code, pin })
    }
}

/// Derives the keys of a typed code and asks for its case. Without a network a case that this device keeps is shown as it was
/// seen last.
pub(super) async fn open(typed: Typed, sealer: &Sealer) -> Result<Opened, OpenError> {
    let Typed { code, pin } = typed;
    let receipt = sealer.derive_receipt(code.plain()).await?;
    match now(&receipt).await {
        Ok((config, view)) => Ok(Opened { receipt, view, pin, config, last: None }),
        Err(error) => {
            let unreached = matches!(error, ApiError::Offline | ApiError::Timeout | ApiError::Unreadable(_));
            let last = if unreached { last_seen::of(&receipt.lookup).await } else { None };
            let last = last.ok_or(error)?;
            let (view, config) = (last.view.clone(), last.config.clone());
            Ok(Opened { receipt, view, pin, config, last: Some(last) })
        }
    }
}

async fn now(receipt: &Receipt) -> Result<(PortalConfig, CaseView), ApiError> {
    let config = fetch_config().await?;
    let view = look_up(&config, receipt).await?;
    Ok((config, view))
}

/// The case as it is now, with all that was written; what does not come is seen by its chain.
pub(super) async fn look_up(config: &PortalConfig, receipt: &Receipt) -> Result<CaseView, ApiError> {
    let (api, held, lookup) = (Api::of(config), authorization(receipt), receipt.lookup.as_str());
    let mut view: CaseView = api.ask(Route::View { lookup }, Some(&held)).await?;
    while let Some(from) = view.next() {
        let more = api.ask_for(Route::View { lookup }, &Onward { from }.to_text(), Some(&held)).await?;
        view = view.with_more(more);
        if view.next() == Some(from) {
            break;
        }
    }
    while let Some(from) = view.unread() {
        let query = Onward { from }.to_text();
        let Messages { messages } = api.ask_for(Route::Thread { lookup }, &query, Some(&held)).await?;
        view.take(messages);
        if view.unread() == Some(from) {
            break;
        }
    }
    Ok(view)
}

/// Shows the server that the receipt is held.
pub(super) fn authorization(receipt: &Receipt) -> Authorization {
    Authorization::Receipt(receipt.token.clone())
}
