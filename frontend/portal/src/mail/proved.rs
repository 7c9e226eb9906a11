//! Posting what a resident has sealed: with a proof of work by the server's clock.

use protocol::{
    authorization::Authorization, case::Proof, config::PortalConfig, proof::Subject, routes::Route,
};
use serde::{Serialize, de::DeserializeOwned};
use ui::{
    api::{Api, server_time},
    browser::now_secs,
    sealing::Sealer,
};

use super::SendError;

/// Makes the proof, then posts what `body` makes of it.
///
/// # Errors
/// See [`SendError`].
pub(crate) async fn post<B: Serialize, T: DeserializeOwned>(
    config: &PortalConfig,
    sealer: &Sealer,
    subject: &Subject,
    (route, authorization): (Route<'_>, Option<&Authorization>),
    body: impl FnOnce(Proof) -> B,
) -> Result<T, SendError> {
    let api = Api::of(config);
    let now = server_time(&api).await.unwrap_or_else(now_secs);
    let proof = sealer.prove(subject, now, config.proof_bits).await?;
    Ok(api.send(route, &body(proof), authorization).await?)
}
