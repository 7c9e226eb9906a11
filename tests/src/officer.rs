//! An office's signed requests, without the desk's pages.

use std::time::Duration;

use anyhow::{Result, bail, ensure};
use protocol::desk::{DeskCase, Inbox};
use protocol::keyfile::KeyFile;
use protocol::query::{InboxQuery, Standing};
use protocol::routes::{Route, with_query};
use reqwest::Client;
use serde::de::DeserializeOwned;

use crate::api::token;
use crate::described;
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
            if usize::try_from(inbox.total)? >= wanted {
                return Ok(inbox);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        bail!("the office's index never came to {wanted} cases")
    }

    /// The first part of everything that came in.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn inbox(&self) -> Result<Inbox> {
        self.part_of_inbox(&InboxQuery { standing: Standing::All, ..InboxQuery::default() }).await
    }

    /// A part of what came in.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn part_of_inbox(&self, asked: &InboxQuery) -> Result<Inbox> {
        self.get_for(Route::Inbox { office: &self.key.office }, &asked.to_text()).await
    }

    /// One case with its envelope.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn case(&self, lookup: &str) -> Result<DeskCase> {
        self.get(Route::Open { office: &self.key.office, lookup }).await
    }

    async fn get<T: DeserializeOwned>(&self, route: Route<'_>) -> Result<T> {
        self.get_for(route, "").await
    }

    async fn get_for<T: DeserializeOwned>(&self, route: Route<'_>, query: &str) -> Result<T> {
        let path = with_query(&route.to_path(), query);
        let url = format!("{}{path}", self.origin);
        let proof = token(&self.key, route.method().name(), &path, b"");
        let answer = self.client.get(url).header("authorization", proof).send().await?;
        let status = answer.status();
        let text = answer.text().await?;
        ensure!(status.is_success(), "{status}: {text}");
        described::given(&route, status.as_u16(), text.as_bytes())?;
        Ok(serde_json::from_str(&text)?)
    }
}
