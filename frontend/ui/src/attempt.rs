//! One attempt to send something: sealed once, kept, and repeated with the very same bytes.

use protocol::{addressee::Mail, letter::Letter};
use sealer::ops::OfficeCard;
use serde::{Deserialize, Serialize};

use crate::{
    browser::random,
    sealing::{Sealer, SealerError},
};

/// One try at sending, kept until it succeeded or what it says changed. The server knows it by its id, so that
/// trying again never makes a second one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// Random.
    pub id: String,
    /// The sealed letter, once sealed: the same bytes go again.
    pub envelope: Option<String>,
}

impl Attempt {
    /// The first try. For effects and handlers.
    pub fn new() -> Self {
        Self { id: random::request_id(), envelope: None }
    }

    /// The envelope, for the office and for whoever is known by `also`: that of an earlier try, or a new one, which is
    /// handed to `keep` before anything leaves.
    ///
    /// # Errors
    /// See [`SealerError`].
    pub async fn sealed(
        self,
        sealer: &Sealer,
        to: (OfficeCard, Mail),
        also: String,
        letter: &Letter,
        keep: impl FnOnce(&Self),
    ) -> Result<String, SealerError> {
        if let Some(envelope) = self.envelope {
            return Ok(envelope);
        }
        let envelope = sealer.seal(to, Some(also), letter).await?;
        keep(&Self { envelope: Some(envelope.clone()), ..self });
        Ok(envelope)
    }
}

impl Default for Attempt {
    fn default() -> Self {
        Self::new()
    }
}
