//! What a form tells the person who filled it in wrongly: by sight, by keyboard and by screen reader alike.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use thirtyfour::prelude::*;

use crate::browser::Browser;
use crate::driver::Engine;

/// Everything about one control that matters when it is wrong.
const LOOK: &str = r#"
    const control = document.querySelector(`[data-test="${CSS.escape(arguments[0])}"]`);
    if (!control) return null;
    const bearer = control.closest('[aria-invalid="true"]');
    const described = (bearer?.getAttribute('aria-describedby') ?? '').split(/\s+/).filter(id => id);
    const messages = described.map(id => document.getElementById(id))
        .filter(node => node?.classList.contains('field__error') && node.getClientRects().length > 0);
    const summary = document.querySelector('[data-test="error-summary"]');
    return {
        invalid: bearer !== null,
        message: messages.map(node => node.textContent).join(''),
        summary: summary ? [...summary.querySelectorAll('a')].map(link => link.textContent) : null,
        alert: summary?.getAttribute('role') === 'alert',
        summary_has_focus: summary !== null && document.activeElement === summary,
        has_focus: document.activeElement === control,
    };
"#;

/// Every control of the page's form with what it holds, by its `data-test` name.
const HOLDS: &str = r#"
    const held = {};
    for (const control of document.querySelectorAll('form :is(input, textarea)[data-test]')) {
        if (control.type === 'file') continue;
        const ticked = control.type === 'radio' || control.type === 'checkbox';
        held[control.dataset.test] = ticked ? String(control.checked) : control.value;
    }
    return held;
"#;

/// Presses the entry of the error summary that says this of this control, and tells which control then has the focus.
const FOLLOW: &str = r##"
    const links = [...document.querySelectorAll('[data-test="error-summary"] a')];
    const id = document.querySelector(`[data-test="${CSS.escape(arguments[0])}"]`)?.id;
    links.find(link => link.textContent === arguments[1] && link.hash === `#${id}`)?.click();
    return document.activeElement?.dataset.test ?? null;
"##;

/// What is said of a control.
#[derive(Debug, Deserialize)]
struct Said {
    invalid: bool,
    message: String,
    summary: Option<Vec<String>>,
    alert: bool,
    summary_has_focus: bool,
    has_focus: bool,
}

/// The word before every message that only a screen reader says.
const SPOKEN: &str = "错误：";

impl Browser {
    async fn said_of(&self, test: &str) -> Result<Option<Said>> {
        let answer = self.driver.execute(LOOK, vec![test.into()]).await?;
        Ok(answer.convert()?)
    }

    /// What the controls of the page's form hold, by their names.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn held(&self) -> Result<BTreeMap<String, String>> {
        Ok(self.driver.execute(HOLDS, vec![]).await?.convert()?)
    }

    /// Waits until the page's form holds exactly this.
    ///
    /// # Errors
    /// When it does not; the error holds both.
    pub async fn holds(&self, wanted: &BTreeMap<String, String>) -> Result<()> {
        let looked =
            self.until("what was typed before", async || Ok((self.held().await? == *wanted).then_some(())));
        match looked.await {
            Ok(()) => Ok(()),
            Err(error) => Err(error.context(format!("it holds {:?}\nnot {wanted:?}", self.held().await?))),
        }
    }

    /// What a text field holds.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn value_of(&self, test: &str) -> Result<String> {
        Ok(self.find(test).await?.prop("value").await?.unwrap_or_default())
    }

    /// Waits until a control of a form with an error summary is said to be wrong: it is marked as invalid, a message
    /// at that very control says what to do in (among others) these words, and the summary, which was announced and
    /// took the focus, says the same and leads to the control.
    ///
    /// # Errors
    /// When any of this is not so.
    pub async fn at_fault(&self, test: &str, words: &str) -> Result<()> {
        let said = self.fault(test, words).await?;
        let message = said.message.trim_start_matches(SPOKEN).to_owned();
        let summary = said.summary.unwrap_or_default();
        ensure!(said.alert, "{test}: no summary announces the fault");
        ensure!(summary.contains(&message), "{test}: “{message}” is not in the summary {summary:?}");
        let there: Option<String> =
            self.driver.execute(FOLLOW, vec![test.into(), message.into()]).await?.convert()?;
        ensure!(there.as_deref() == Some(test), "{test}: the summary leads to {there:?}");
        Ok(())
    }

    /// The same for a form of one field, which has no summary: the field itself takes the focus.
    ///
    /// # Errors
    /// When any of this is not so.
    pub async fn at_fault_alone(&self, test: &str, words: &str) -> Result<()> {
        self.fault(test, words).await?;
        self.until(&format!("the focus on {test}"), async || {
            Ok(self.said_of(test).await?.filter(|said| said.has_focus).map(drop))
        })
        .await
    }

    async fn fault(&self, test: &str, words: &str) -> Result<Said> {
        self.until(&format!("“{words}” at {test}"), async || {
            let said = self.said_of(test).await?;
            Ok(said.filter(|said| {
                said.invalid && said.message.starts_with(SPOKEN) && said.message.contains(words)
            }))
        })
        .await
    }

    /// Waits until the error summary has the focus and lists so many faults, and the window's title says that there are some.
    ///
    /// # Errors
    /// When it lists others, or the focus is elsewhere.
    pub async fn faults(&self, count: usize) -> Result<()> {
        self.find("error-summary").await?;
        self.until(&format!("the focus on {count} faults"), async || {
            let said = self.said_of("error-summary").await?;
            Ok(said
                .filter(|said| said.summary_has_focus && said.summary.as_ref().map(Vec::len) == Some(count))
                .map(drop))
        })
        .await?;
        let titled = async || Ok(self.driver.title().await?.starts_with("有错误：").then_some(()));
        self.until("a title that says so", titled).await
    }

    /// Whether a control is said to be wrong now.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn is_at_fault(&self, test: &str) -> Result<bool> {
        self.find(test).await?;
        Ok(self.said_of(test).await?.is_some_and(|said| said.invalid || !said.message.is_empty()))
    }

    /// Puts a long text into a field at once, as an input method or the clipboard does.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn insert(&self, test: &str, text: &str) -> Result<()> {
        let field = self.find(test).await?;
        field.send_keys(Key::Control + "a").await?;
        self.insert_here(text).await
    }

    /// Puts a text where the focus is, in place of what is chosen there.
    pub(crate) async fn insert_here(&self, text: &str) -> Result<()> {
        if self.engine() != Engine::Chromium {
            let insert = "document.execCommand('insertText', false, arguments[0])";
            self.driver.execute(insert, vec![text.into()]).await?;
            return Ok(());
        }
        let text = serde_json::json!({ "text": text });
        self.driver.cdp().send_raw("Input.insertText", text).await?;
        Ok(())
    }

    /// Empties a field as a person does: everything chosen, then one key.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn empty(&self, test: &str) -> Result<()> {
        let field = self.find(test).await?;
        field.send_keys(Key::Control + "a").await?;
        Ok(field.send_keys(Key::Backspace + "").await?)
    }

    /// The page as it would be printed: what can be read of it on paper.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn on_paper(&self) -> Result<String> {
        self.media("print").await?;
        let text = self.driver.execute("return document.body.innerText", vec![]).await?.convert()?;
        self.media("").await?;
        Ok(text)
    }

    /// How many sheets of A4 the page prints on.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn sheets(&self) -> Result<usize> {
        let paper =
            serde_json::json!({ "preferCSSPageSize": true, "paperWidth": 8.27, "paperHeight": 11.69 });
        let printed = self.driver.cdp().send_raw("Page.printToPDF", paper).await?;
        let text = printed["data"].as_str().context("nothing was printed")?;
        let pdf = data_encoding::BASE64.decode(text.as_bytes())?;
        let page = b"/Type /Page";
        Ok(pdf.windows(page.len() + 1).filter(|part| part.starts_with(page) && !part.ends_with(b"s")).count())
    }

    /// Lets the page save files, into a folder.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn saves_into(&self, folder: &Path) -> Result<()> {
        let allowed = serde_json::json!({ "behavior": "allow", "downloadPath": folder });
        self.driver.cdp().send_raw("Browser.setDownloadBehavior", allowed).await.map(drop)?;
        Ok(())
    }
}
