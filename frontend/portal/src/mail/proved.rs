//! Posting what a resident has sealed: with a proof of work by the server's clock.

use protocol::{
    authorization::Authorization, case::Proof, config::PortalConfig, hash::sha256_hex, routes::Route,
};
use serde::{Serialize, de::DeserializeOwned};
use ui::{
    api::{Api, server_time},
    browser::now_secs,
    sealing::Sealer,
};

use super::SendError;

/// What the proof is bound to.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'a> {
    /// Office id.
    pub(crate) office: &'a str,
    /// Look-up id.
    pub(crate) lookup: &'a str,
    /// The envelope (base64).
    pub(crate) envelope: &'a str,
}

/// Makes the proof, then posts what `body` makes of it.
///
/// # Errors
/// See [`SendError`].
pub(crate) async fn post<B: Serialize, T: DeserializeOwned>(
    config: &PortalConfig,
    sealer: &Sealer,
    subject: Subject<'_>,
    (route, authorization): (Route<'_>, Option<&Authorization>),
    body: impl FnOnce(Proof) -> B,
) -> Result<T, SendError> {
    let api = Api::of(config);
    let now = server_time(&api).await.unwrap_or_else(now_secs);
    let envelope_hash = sha256_hex(subject.envelope.as_bytes());
    let (office, lookup) = (subject.office.to_owned(), subject.lookup.to_owned());
    let proof = sealer.prove(office, lookup, envelope_hash, now, config.proof_bits).await?;
    Ok(api.send(route, &body(proof), authorization).await?)
}
