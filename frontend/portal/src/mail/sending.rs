//! Sending a parcel: receipt code, sealing, proof of work, posting; each result kept before the next.

use protocol::{
    addressee::Mail,
    case::{Acknowledgement, Submission},
    challenge::Sort,
    config::PortalConfig,
    proof::Subject,
    routes::Route,
};
use thiserror::Error;
use yew::Callback;

use sealer::ops::Receipt;

use super::proved;
use crate::mail::outbox::{self, Parcel, Stage};
use crate::papers::{self, Sealed, Upload};
use ui::{
    api::{ApiError, fetch_config},
    effort::Effort,
    office_card::{self, office_card},
    sealing::{Sealer, SealerError},
};

/// What is being done, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SendStep {
    /// Making the receipt code.
    Code,
    /// Sealing.
    Seal,
    /// The proof of work, with how far it is.
    Prove(Option<Effort>),
    /// On the wire.
    Post,
}

impl SendStep {
    /// All, in order.
    pub(crate) const ALL: [Self; 4] = [Self::Code, Self::Seal, Self::Prove(None), Self::Post];

    /// Its place in the order.
    pub(crate) const fn place(self) -> u8 {
        match self {
            Self::Code => 0,
            Self::Seal => 1,
            Self::Prove(_) => 2,
            Self::Post => 3,
        }
    }

    /// What a person reads.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Code => "生成查询码",
            Self::Seal => "加密，网站和服务器都看不到",
            Self::Prove(_) => "计算防滥用验证",
            Self::Post => "提交",
        }
    }
}

/// Why a parcel did not arrive. It is still in the outbox. `Display` is a sentence for the person.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum SendError {
    /// The server or the way to it.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// The sealer.
    #[error(transparent)]
    Sealer(#[from] SealerError),
}

impl SendError {
    /// Whether it is only the connection, so that it is worth trying again by itself.
    pub(crate) const fn is_connection(&self) -> bool {
        matches!(self, Self::Api(ApiError::Offline | ApiError::Timeout))
    }
}

/// Makes a parcel ready to be sent, and sends nothing: it has its receipt then, and is sealed.
///
/// # Errors
/// See [`SendError`].
pub(crate) async fn prepare(
    parcel: Parcel,
    sealer: &Sealer,
    step: &Callback<SendStep>,
) -> Result<Parcel, SendError> {
    seal(parcel, &fetch_config().await?, sealer, step).await
}

/// Sends a parcel from wherever it is, and gives it as received. What is already received stays so.
///
/// # Errors
/// See [`SendError`]. Calling again goes on from what was kept.
pub(crate) async fn send(
    parcel: Parcel,
    sealer: &Sealer,
    step: &Callback<SendStep>,
) -> Result<Parcel, SendError> {
    let config = fetch_config().await?;
    let parcel = seal(parcel, &config, sealer, step).await?;
    let Stage::Sealed { receipt, submission } = parcel.stage.clone() else { return Ok(parcel) };
    step.emit(SendStep::Prove(None));
    let so_far = step.reform(|effort| SendStep::Prove(Some(effort)));
    let submission = Submission { ticket: parcel.ticket.clone(), ..*submission };
    let subject = Subject::submission(&submission);
    let price = parcel.ticket.is_none().then(|| Sort::of(submission.kind));
    let proved = (submission.office.as_str(), price, &subject);
    let to = (Route::Submit { office: &submission.office }, None);
    let acknowledgement: Acknowledgement = proved::post(
        &config,
        sealer,
        proved,
        to,
        |proof| {
            step.emit(SendStep::Post);
            Submission { proof, ..submission.clone() }
        },
        &so_far,
    )
    .await?;
    // Noted before it counts as received, so that no break comes between.
    let Receipt { lookup, token, .. } = receipt.clone();
    papers::hand_over(Upload { lookup, token, papers: submission.papers });
    Ok(outbox::keep(Parcel { stage: Stage::Received { receipt, acknowledgement }, ..parcel }))
}

/// Seals a written parcel and keeps it with its receipt, before anything is sent.
async fn seal(
    parcel: Parcel,
    config: &PortalConfig,
    sealer: &Sealer,
    step: &Callback<SendStep>,
) -> Result<Parcel, SendError> {
    let Stage::Written(letter) = &parcel.stage else { return Ok(parcel) };
    let card = office_card(config, &parcel.office);
    let mail = Mail::new(parcel.kind, letter.addressee());
    let counters = office_card::check(sealer, card.clone(), mail).await?.counters;
    step.emit(SendStep::Code);
    let receipt = sealer.new_receipt().await?;
    step.emit(SendStep::Seal);
    let Sealed { enclosures, announced } = papers::seal(sealer, &parcel.id, &receipt.lookup).await?;
    let owned = letter.clone().owned_by(&receipt.recipient, &receipt.owner_key);
    let letter = owned.enclosing(enclosures.as_ref());
    let also = letter.has_own_copy().then(|| receipt.recipient.clone());
    let envelope = sealer.seal_opening((card, mail), also, &letter).await?;
    let submission = Submission {
        office: parcel.office.clone(),
        kind: parcel.kind,
        lookup: receipt.lookup.clone(),
        token_hash: receipt.token_hash.clone(),
        reply_to: receipt.recipient.clone(),
        envelope,
        owner_key: receipt.owner_key.clone(),
        addressee: mail.addressee,
        ticket: None,
        papers: announced,
        proof: protocol::case::Proof { stamp: 0, nonce: 0 },
    };
    let stage = Stage::Sealed { receipt, submission: Box::new(submission) };
    Ok(outbox::keep(Parcel { stage, counters, ..parcel }))
}
