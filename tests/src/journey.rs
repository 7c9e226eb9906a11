//! The steps that every journey has: from the receipt to the desk, and back to the status page.

use anyhow::{Context, Result};
use office::keys::OfficeKey;
use protocol::receipt::{self, ReceiptCode};
use thirtyfour::prelude::*;

use crate::browser::Browser;
use crate::persona::{APPLICANT, id_number};
use crate::portal::Portal;

impl Browser {
    /// Writes an application to 永顺, of somebody who lives alone, up to the page from which it is sent.
    ///
    /// # Errors
    /// When a page does not come.
    pub async fn write_an_application(&self, portal: &Portal) -> Result<()> {
        self.go(&portal.url("/yongshun/apply")).await?;
        self.fill("field-name", APPLICANT).await?;
        self.fill("field-id-number", &id_number("19900307", "801")).await?;
        self.press("apply-next").await?;
        self.find("member-add").await?;
        self.press("apply-next").await?;
        self.press("choice-employment-none").await?;
        self.press("apply-next").await?;
        self.fill("field-address", "测试路九号").await?;
        self.press("choice-wanted-flat").await?;
        self.press("apply-next").await?;
        self.press("agree-truth").await?;
        self.press("agree-consent").await?;
        self.press("apply-next").await?;
        self.find("submit").await.map(drop)
    }

    /// Writes a tip-off to 永顺, and does not send it.
    ///
    /// # Errors
    /// When the page does not come.
    pub async fn write_a_tip_off(&self, portal: &Portal, seen: &str) -> Result<()> {
        self.go(&portal.url("/yongshun/tip")).await?;
        self.press("choice-tip-what-sublet").await?;
        self.fill("tip-place", "测试小区𠮷栋").await?;
        self.fill("tip-text", seen).await
    }

    /// Waits for the receipt of what is being sent. Where nothing is kept, the code is written down first.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn sends(&self) -> Result<()> {
        let to_write_down = self
            .until("a receipt code", async || {
                if self.has("write-down-done").await? {
                    return Ok(Some(true));
                }
                Ok(self.has("receipt-code").await?.then_some(false))
            })
            .await?;
        if to_write_down {
            self.press("write-down-done").await?;
        }
        self.find("receipt-code").await.map(drop)
    }

    /// Reads the receipt code off the page, and says that it was kept.
    ///
    /// # Errors
    /// When it does not come, or is none.
    pub async fn take_the_receipt(&self) -> Result<ReceiptCode> {
        self.sends().await?;
        let shown = self.text_of("receipt-code").await?;
        let code = ReceiptCode::parse(&shown).with_context(|| format!("“{shown}” is no receipt code"))?;
        self.press("receipt-saved-confirm").await?;
        self.find("saved-done").await?;
        Ok(code)
    }

    /// The browser of somebody who holds a key, at the case of a receipt.
    ///
    /// # Errors
    /// When the case does not come.
    pub async fn at_the_case(portal: &Portal, key: &OfficeKey, code: &ReceiptCode) -> Result<Self> {
        let lookup = receipt::derive(code)?.lookup;
        let desk = Self::open(1280, 900).await?;
        desk.go(&portal.url("/desk/")).await?;
        desk.choose_file("key-file", &key.file).await?;
        desk.press(&format!("case-open-{lookup}")).await?;
        desk.find("procedure").await?;
        Ok(desk)
    }

    /// Moves the case at the desk to the first stage that may come next, with a message, and returns that stage's id.
    ///
    /// # Errors
    /// When there is none, or the move is refused.
    pub async fn move_on(&self, message: &str) -> Result<String> {
        let first = By::Css("[data-test^=\"move-stage-\"]");
        let stage = self
            .until("a stage to move to", async || {
                Ok(match self.driver.find(first.clone()).await {
                    Ok(choice) => choice.attr("value").await?,
                    Err(_) => None,
                })
            })
            .await?;
        self.press(&format!("move-stage-{stage}")).await?;
        self.fill("move-text", message).await?;
        self.press("move-submit").await?;
        self.says("messages", message).await?;
        Ok(stage)
    }

    /// Keeps the receipt of a tip-off in this browser, at its case, under a name.
    ///
    /// # Errors
    /// When the page does not offer it, or does not say first what that shows.
    pub async fn keep_the_receipt(&self, name: &str) -> Result<()> {
        self.find("keep").await?;
        self.unfold("[data-test=keep]").await?;
        self.says("keep-tip-off", "举报").await?;
        self.fill("field-keep-name", name).await?;
        self.press("keep-here").await?;
        self.says("kept-as", name).await
    }

    /// Opens the case of a receipt code on the status page.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn open_the_status(&self, portal: &Portal, code: &ReceiptCode) -> Result<()> {
        self.go(&portal.url("/status")).await?;
        self.fill("status-code", &code.grouped()).await?;
        self.press("status-open").await?;
        self.find("thread").await.map(drop)
    }
}
