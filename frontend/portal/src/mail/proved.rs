//! Posting what a resident has sealed: with a proof of work by the server's clock, as hard as the office asks just now.

use protocol::{
    authorization::Authorization,
    case::Proof,
    challenge::{Challenge, Sort},
    config::PortalConfig,
    error::ErrorCode,
    proof::Subject,
    routes::Route,
};
use serde::{Serialize, de::DeserializeOwned};
use ui::{
    api::{Api, ApiError, server_time},
    browser::now_secs,
    effort::Effort,
    sealing::Sealer,
};
use yew::Callback;

use super::SendError;

/// How often a proof is made: while one is made, the office may come to ask for more.
const TRIES: usize = 4;

/// Makes the proof, then posts what `body` makes of it. What is of no sort comes by a ticket, for the usual work.
///
/// # Errors
/// See [`SendError`].
pub(crate) async fn post<B: Serialize, T: DeserializeOwned>(
    config: &PortalConfig,
    sealer: &Sealer,
    (office, sort, subject): (&str, Option<Sort>, &Subject),
    (route, authorization): (Route<'_>, Option<&Authorization>),
    body: impl Fn(Proof) -> B,
    so_far: &Callback<Effort>,
) -> Result<T, SendError> {
    let api = Api::of(config);
    let mut tries = 1..=TRIES;
    loop {
        let challenge = api.ask::<Challenge>(Route::Challenge { office }, None).await.ok();
        let (now, bits) = match challenge {
            Some(challenge) => (challenge.now, sort.map_or(config.proof_bits, |sort| challenge.bits(sort))),
            // A server that is asked for nothing of the kind yet.
            None => (server_time(&api).await.unwrap_or_else(now_secs), config.proof_bits),
        };
        let proof = sealer.prove(subject, now, bits, so_far).await?;
        match api.send(route, &body(proof), authorization).await {
            Err(ApiError::Refused(problem))
                if problem.code == ErrorCode::ProofTooEasy && tries.next() != Some(TRIES) => {}
            sent => return Ok(sent?),
        }
    }
}
