//! The form asks for the household as the self-check does: one question after the other, only those that still matter.

#![allow(missing_docs)]

use anyhow::{Result, ensure};
use system_tests::browser::Browser;
use system_tests::portal::Portal;

/// The facts asked for on the page, in order.
async fn asked(browser: &Browser) -> Result<Vec<String>> {
    let script = "return [...document.querySelectorAll('form.apply input')] \
        .map(input => (input.name || input.id).replace(/^fact-/, '')) \
        .filter((name, i, all) => !name.endsWith('-monthly') && all.indexOf(name) === i)";
    Ok(browser.driver.execute(script, vec![]).await?.convert()?)
}

#[tokio::test]
async fn one_question_after_the_other_and_what_is_skipped_can_be_taken_up() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    browser.go(&portal.url("/qujing/apply?page=household")).await?;
    browser.find("apply-next").await?;
    let first = asked(&browser).await?;
    ensure!(first.len() == 1, "at first it asks for {first:?}");
    browser.press(&format!("skip-{}", first[0])).await?;
    let second = browser
        .until("the next question", async || {
            let now = asked(&browser).await?;
            Ok((now != first).then_some(now))
        })
        .await?;
    ensure!(second.len() == 1, "after one was skipped it asks for {second:?}");
    browser.press(&format!("unskip-{}", first[0])).await?;
    let again = browser
        .until("the question taken up again", async || {
            let now = asked(&browser).await?;
            Ok((now == first).then_some(now))
        })
        .await?;
    ensure!(again == first, "taken up again it asks for {again:?}");
    browser.conclude(&portal.url("")).await
}
