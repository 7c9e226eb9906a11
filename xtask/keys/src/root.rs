//! The root key's file, unlocked: a text of three lines.

use anyhow::{Context, Result, ensure};
use data_encoding::BASE64;
use protocol::card::Root;
use protocol::{identity, staff};

const TITLE: &str = "# anju root key v1";

/// An office's root key. `Debug` shows only what is public.
#[derive(Clone, PartialEq, Eq)]
pub struct RootKey {
    /// Office id.
    pub office: String,
    /// Ed25519 seed.
    pub seed: [u8; 32],
}

impl std::fmt::Debug for RootKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RootKey({} {})", self.office, self.public().fingerprint())
    }
}

impl RootKey {
    /// A new one.
    ///
    /// # Errors
    /// When the machine gives no random numbers.
    pub fn generate(office: &str) -> Result<Self> {
        Ok(Self { office: office.to_owned(), seed: identity::random()? })
    }

    /// The public half.
    pub fn public(&self) -> Root {
        Root::new(&self.office, staff::public_key(&self.seed), false)
    }

    /// The file's text, to be locked.
    pub fn to_text(&self) -> String {
        format!("{TITLE}\n# office: {}\n# signing: {}\n", self.office, BASE64.encode(&self.seed))
    }

    /// Reads an unlocked text.
    ///
    /// # Errors
    /// When it is none of an office's root key.
    pub fn parse(text: &str) -> Result<Self> {
        let mut lines = text.lines().map(str::trim);
        ensure!(lines.next() == Some(TITLE), "this is no root key");
        let mut field = |name: &str| lines.next().and_then(|line| line.strip_prefix(name)).map(str::trim);
        let office = field("# office:").context("the root key names no office")?.to_owned();
        let seed = field("# signing:").and_then(|seed| BASE64.decode(seed.as_bytes()).ok());
        let seed = seed.and_then(|seed| seed.try_into().ok()).context("the root key is damaged")?;
        Ok(Self { office, seed })
    }
}
