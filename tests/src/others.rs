//! What happens to a browser beside what a person does on one page: another page of the same site, a disk that is full,
//! a clock that goes on.

use anyhow::{Context, Result};
use thirtyfour::prelude::*;

use crate::browser::Browser;

/// What makes a page's storage refuse everything, as a full disk or a private window does.
const REFUSE: &str =
    "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };";

/// What puts a page's clock so many milliseconds back, until [`Browser::catches_up`].
const LATE: &str = "{ const now = Date.now.bind(Date); let late = LATE; Date.now = () => now() - late; \
    window.catchUp = () => { late = 0; }; }";

impl Browser {
    /// Opens an address in a page beside the one at hand and goes there; gives the way back.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn beside(&self, url: &str) -> Result<WindowHandle> {
        let here = self.driver.window().await?;
        let other = self.driver.new_tab().await?;
        self.driver.switch_to_window(other).await?;
        self.go(url).await?;
        self.settled().await?;
        Ok(here)
    }

    /// Brings a page to the front, and gives the way back.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn to(&self, page: &WindowHandle) -> Result<WindowHandle> {
        let here = self.driver.window().await?;
        self.driver.switch_to_window(page.clone()).await?;
        Ok(here)
    }

    /// Lets every page from now on run a script before its own.
    async fn begin_with(&self, script: &str) -> Result<()> {
        let script = serde_json::json!({ "source": script });
        self.driver.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", script).await.map(drop)?;
        Ok(())
    }

    /// Lets the browser refuse to keep anything, from the next page on.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn keeps_nothing(&self) -> Result<()> {
        self.begin_with(REFUSE).await
    }

    /// Puts the clock a day back from the next page on, as on a page that was opened yesterday.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn opened_yesterday(&self) -> Result<()> {
        self.begin_with(&LATE.replace("LATE", "86400000")).await
    }

    /// Lets the clock of the page at hand go on to where it is.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn catches_up(&self) -> Result<()> {
        self.driver.execute("window.catchUp()", vec![]).await.map(drop)?;
        Ok(())
    }

    /// Keeps a text in the site's storage, as an earlier version of its pages did.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn keep_text(&self, key: &str, text: &str) -> Result<()> {
        let script = "localStorage.setItem(arguments[0], arguments[1])";
        self.driver.execute(script, vec![key.into(), text.into()]).await.map(drop)?;
        Ok(())
    }

    /// What the site's storage keeps under a key.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn kept_text(&self, key: &str) -> Result<Option<String>> {
        Ok(self
            .driver
            .execute("return localStorage.getItem(arguments[0])", vec![key.into()])
            .await?
            .convert()?)
    }

    /// The `data-test` name of the control that has the focus.
    ///
    /// # Errors
    /// When none has.
    pub async fn focused(&self) -> Result<String> {
        self.driver.active_element().await?.attr("data-test").await?.context("the focus is on no control")
    }
}
