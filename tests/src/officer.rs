//! An office's signed requests, without the desk's pages.

use std::time::Duration;

use anyhow::{Result, bail, ensure};
use protocol::desk::{DeskCase, Inbox};
use protocol::keyfile::KeyFile;
use protocol::routes::Route;
use reqwest::Client;
use serde::de::DeserializeOwned;

use crate::api::token;
use crate::portal::Portal;

/// Whoever holds a key file.
#[derive(Clone, Debug)]
pub struct Officer {
    key: KeyFile,
    client: Client,
    origin: String,
}

impl Officer {
    /// The officer who holds an office's key here.
    ///
    /// # Errors
    /// When there is no such office.
    pub fn of(portal: &Portal, office: &str) -> Result<Self> {
        Ok(Self::with_key(portal.key(office)?, portal.url("")))
    }

    /// The officer who holds a key file, at an origin.
    pub fn with_key(key: &KeyFile, origin: String) -> Self {
        Self { key: key.clone(), client: Client::new(), origin }
    }

    /// Waits until so many cases are in the inbox, which follows the cases by a retried outbox, and returns how many
    /// there are.
    ///
    /// # Errors
    /// When the server refuses, or the index never catches up.
    pub async fn inbox_of(&self, wanted: usize) -> Result<Inbox> {
        for _ in 0..200 {
            let inbox = self.inbox().await?;
            if inbox.cases.len() >= wanted {
                return Ok(inbox);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        bail!("the office's index never came to {wanted} cases")
    }

    /// Everything that came in.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn inbox(&self) -> Result<Inbox> {
        self.get(Route::Inbox { office: &self.key.office }).await
    }

    /// One case with its envelope.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn case(&self, lookup: &str) -> Result<DeskCase> {
        self.get(Route::Open { office: &self.key.office, lookup }).await
    }

    async fn get<T: DeserializeOwned>(&self, route: Route<'_>) -> Result<T> {
        let path = route.to_path();
        let url = format!("{}{path}", self.origin);
        let proof = token(&self.key, route.method().name(), &path, b"");
        let answer = self.client.get(url).header("authorization", proof).send().await?;
        let status = answer.status();
        let text = answer.text().await?;
        ensure!(status.is_success(), "{status}: {text}");
        Ok(serde_json::from_str(&text)?)
    }
}
