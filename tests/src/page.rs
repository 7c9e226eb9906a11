//! What a person does on a page, by the stable `data-test` names of its controls. Every step waits for its element.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::prelude::*;

use crate::browser::Browser;

/// How long a person is asked to wait before something is called broken; sealing on a busy machine takes seconds.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often to look again.
const GLANCE: Duration = Duration::from_millis(50);

fn named(test: &str) -> By {
    By::Css(format!("[data-test=\"{test}\"]"))
}

/// The driver presses keys for the signs of the basic plane alone; others, as the 𠮷 of people's names, come as from an
/// input method.
fn on_a_keyboard(sign: char) -> bool {
    u32::from(sign) <= 0xffff
}

fn is_stale(error: &anyhow::Error) -> bool {
    let cause = error.downcast_ref::<WebDriverError>().map(WebDriverError::as_inner);
    matches!(cause, Some(WebDriverErrorInner::StaleElementReference(_)))
}

impl Browser {
    /// Waits for a control to be there.
    ///
    /// # Errors
    /// When it does not come; the error holds the page's text.
    pub async fn find(&self, test: &str) -> Result<WebElement> {
        let there = async || Ok(self.driver.find_all(named(test)).await?.into_iter().next());
        self.until(&format!("a `{test}`"), there).await
    }

    /// Whether a control is there now.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn has(&self, test: &str) -> Result<bool> {
        Ok(!self.driver.find_all(named(test)).await?.is_empty())
    }

    /// Presses a control, when it is visible and enabled.
    ///
    /// # Errors
    /// When it does not come or cannot be pressed.
    pub async fn press(&self, test: &str) -> Result<()> {
        // In one go: what is drawn anew before it is pressed is looked for again.
        let pressed = async || {
            for element in self.driver.find_all(named(test)).await? {
                if element.is_displayed().await? && element.is_enabled().await? {
                    element.scroll_into_view().await?;
                    element.click().await.with_context(|| format!("pressing {test}"))?;
                    return Ok(Some(()));
                }
            }
            Ok(None)
        };
        self.until(&format!("a `{test}` to press"), pressed).await
    }

    /// Types into a field, replacing what it holds.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn fill(&self, test: &str, text: &str) -> Result<()> {
        let field = self.find(test).await?;
        // As a person would: the driver's own "clear" tells the page nothing.
        field.send_keys(Key::Control + "a").await?;
        for run in text.chars().collect::<Vec<_>>().chunk_by(|a, b| on_a_keyboard(*a) == on_a_keyboard(*b)) {
            let signs: String = run.iter().collect();
            let typed = match run.first() {
                Some(sign) if !on_a_keyboard(*sign) => self.insert_here(&signs).await,
                _ => field.send_keys(signs).await.map_err(Into::into),
            };
            typed.with_context(|| format!("typing into {test}"))?;
        }
        Ok(())
    }

    /// Chooses a file in a file field.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn choose_file(&self, test: &str, file: &Path) -> Result<()> {
        let chosen = async || match self.driver.find_all(named(test)).await?.into_iter().next() {
            Some(field) => Ok(Some(field.send_keys(file.to_string_lossy().into_owned()).await?)),
            None => Ok(None),
        };
        self.until(&format!("a `{test}` to choose {} in", file.display()), chosen).await
    }

    /// The text of a control, as read.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn text_of(&self, test: &str) -> Result<String> {
        let read = async || match self.driver.find_all(named(test)).await?.into_iter().next() {
            Some(element) => Ok(Some(element.text().await?)),
            None => Ok(None),
        };
        self.until(&format!("a `{test}`"), read).await
    }

    /// The whole page's text, as read.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn text(&self) -> Result<String> {
        Ok(self.driver.find(By::Tag("body")).await?.text().await?)
    }

    /// Waits until the page says something.
    ///
    /// # Errors
    /// When it does not; the error holds what the page says instead.
    pub async fn reads(&self, words: &str) -> Result<()> {
        let said = async || Ok(self.text().await.unwrap_or_default().contains(words).then_some(()));
        self.until(&format!("“{words}”"), said).await
    }

    /// Waits until a control says something.
    ///
    /// # Errors
    /// When it does not.
    pub async fn says(&self, test: &str, words: &str) -> Result<()> {
        let said = async || {
            let text = match self.driver.find(named(test)).await {
                Ok(element) => element.text().await.unwrap_or_default(),
                Err(_) => String::new(),
            };
            Ok(text.contains(words).then_some(()))
        };
        self.until(&format!("“{words}” in {test}"), said).await
    }

    /// Waits until a control is no longer there.
    ///
    /// # Errors
    /// When it stays.
    pub async fn gone(&self, test: &str) -> Result<()> {
        self.until(&format!("no {test}"), async || Ok((!self.has(test).await?).then_some(()))).await
    }

    /// Waits until the page has a title.
    ///
    /// # Errors
    /// When it keeps another; the error holds what the console said.
    pub async fn titled(&self, title: &str) -> Result<()> {
        let titled = async || Ok((self.driver.title().await? == title).then_some(()));
        match self.until(&format!("the title “{title}”"), titled).await {
            Ok(()) => Ok(()),
            Err(error) => {
                let complaints = self.complaints().await?.join("\n");
                Err(error).context(complaints)
            }
        }
    }

    /// Looks again and again until there is an answer.
    ///
    /// # Errors
    /// When there is none in time; the error holds the page's text.
    pub async fn until<T>(&self, what: &str, look: impl AsyncFn() -> Result<Option<T>>) -> Result<T> {
        let end = tokio::time::Instant::now() + PATIENCE;
        loop {
            match look().await {
                Ok(Some(answer)) => return Ok(answer),
                Ok(None) => {}
                // What was found a moment ago may be drawn anew by now: look again.
                Err(error) if is_stale(&error) => {}
                Err(error) => return Err(error),
            }
            if tokio::time::Instant::now() > end {
                let page = self.text().await.unwrap_or_default();
                bail!("waited in vain for {what} on this page:\n{page}");
            }
            tokio::time::sleep(GLANCE).await;
        }
    }
}
