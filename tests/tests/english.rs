//! The self-check and the guide of one place in English: every sentence but the law's own, there and back, and nothing of it
//! for whoever does not ask.

#![allow(missing_docs)]

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Result, ensure};
use system_tests::browser::Browser;
use system_tests::example;
use system_tests::judge::Judge;
use system_tests::portal::Portal;
use system_tests::traffic::Request;
use system_tests::view::PHONE;

/// Whatever the page says that is still Chinese: texts, names of controls, its title. What is marked as not to be translated is not
/// looked at.
const CHINESE: &str = r"
    const found = new Set();
    const take = (text) => /\p{Script=Han}/u.test(text) && found.add(text.trim());
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const around = walker.currentNode.parentElement;
        if (!around.closest('script, style, noscript, [translate=no]')) take(walker.currentNode.data);
    }
    for (const name of ['aria-label', 'title', 'placeholder'])
        for (const element of document.querySelectorAll(`[${name}]`)) take(element.getAttribute(name));
    take(document.title);
    return [...found];
";
/// What is Chinese and not marked as such, for those who are read to; a name in an English sentence stands in it.
const UNMARKED: &str = r"
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
        const { data, parentElement } = walker.currentNode;
        if (/\p{Script=Han}/u.test(data) && !/[a-z]/i.test(data) && !parentElement.closest('script, style, noscript, [lang^=zh]:not(html)')) found.push(data);
    }
    return found;
";

/// The document's own sentences: every text of its file.
fn law(portal: &Portal) -> Result<BTreeSet<String>> {
    let text = fs::read_to_string(portal.project().path("policies/data/qujing-2018.toml"))?;
    let mut found = BTreeSet::new();
    texts(&toml::from_str(&text)?, &mut found);
    Ok(found)
}

fn texts(value: &toml::Value, into: &mut BTreeSet<String>) {
    match value {
        toml::Value::String(text) => drop(into.insert(text.clone())),
        toml::Value::Array(all) => all.iter().for_each(|one| texts(one, into)),
        toml::Value::Table(all) => all.values().for_each(|one| texts(one, into)),
        _ => (),
    }
}

/// Reads a page: what is Chinese on it is the law's own, alone or inside a sentence in English, and is marked as Chinese.
async fn only_the_law_is_chinese(browser: &Browser, law: &BTreeSet<String>) -> Result<()> {
    browser.settled().await?;
    let found: Vec<String> = browser.driver.execute(CHINESE, vec![]).await?.convert()?;
    let is_law = |text: &str| law.iter().any(|one| one.contains(text));
    let in_english = |text: &str| text.contains(|sign: char| sign.is_ascii_alphabetic() || sign == '(');
    let ours: Vec<String> = found
        .into_iter()
        .filter(|text| !text.split('、').all(is_law))
        .filter(|text| !in_english(text) || !text.split(|sign: char| sign.is_ascii()).all(is_law))
        .collect();
    let address = browser.driver.current_url().await?;
    ensure!(ours.is_empty(), "not in English on {address}: {ours:#?}");
    let unmarked: Vec<String> = browser.driver.execute(UNMARKED, vec![]).await?.convert()?;
    ensure!(unmarked.is_empty(), "not marked as Chinese on {address}: {unmarked:#?}");
    Ok(())
}

async fn in_english(portal: &Portal, path: &str) -> Result<Browser> {
    let browser = Browser::open(PHONE.width, PHONE.height).await?;
    browser.go(&portal.url(path)).await?;
    browser.press("english").await?;
    browser.says("english", "中文版").await?;
    Ok(browser)
}

fn words(traffic: &[Request]) -> usize {
    traffic
        .iter()
        .filter(|request| request.url.contains("/assets/english-") && request.url.ends_with(".json"))
        .count()
}

#[tokio::test]
async fn a_self_check_is_done_in_english() -> Result<()> {
    let portal = Portal::start()?;
    let law = law(&portal)?;
    for name in ["eligible-no-home", "two-lines-missed", "public-flat-dangerous-30", "unknown-income"] {
        let browser = in_english(&portal, "/qujing").await?;
        only_the_law_is_chinese(&browser, &law).await?;
        let household = example::one(portal.project(), "qujing-2018", name)?.household;
        browser
            .self_check_with(&portal, "qujing", &household, async |_, _| {
                only_the_law_is_chinese(&browser, &law).await
            })
            .await?;
        only_the_law_is_chinese(&browser, &law).await?;
        browser.conclude(&portal.url("")).await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_guide_has_an_english_frame_and_nobody_else_pays_for_it() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(PHONE.width, PHONE.height).await?;
    browser.go(&portal.url("/qujing/guide")).await?;
    browser.find("english").await?;
    let chinese = browser.text().await?;
    ensure!(words(&browser.traffic().await?.requests) == 0, "the dictionary was fetched unasked");
    browser.press("english").await?;
    browser.says("english", "中文版").await?;
    ensure!(words(&browser.traffic().await?.requests) == 1, "where did the words come from?");
    only_the_law_is_chinese(&browser, &law(&portal)?).await?;
    browser.titled("Guide to public rental housing in Qujing · Anju").await?;
    let faults = Judge::new(portal.project())?.faults(&browser).await?;
    ensure!(faults.is_empty(), "{faults:#?}");

    browser.driver.refresh().await?;
    browser.says("english", "中文版").await?;
    browser.press("english").await?;
    browser.says("english", "English").await?;
    ensure!(browser.text().await? == chinese, "there and back it is another page");
    browser.titled("曲靖市公租房办事指南 · 安居").await?;

    // Pages without English words do not offer any.
    browser.go(&portal.url("/yongchuan/guide")).await?;
    browser.settled().await?;
    browser.go(&portal.url("/qujing/guide")).await?;
    browser.find("english").await?;
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn what_was_typed_stays_when_the_language_changes() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(PHONE.width, PHONE.height).await?;
    browser.go(&portal.url("/qujing/check")).await?;
    browser.press("dont-know").await?;
    browser.fill("field-assets_total", "12345").await?;
    browser.press("english").await?;
    browser.says("english", "中文版").await?;
    ensure!(browser.value_of("field-assets_total").await? == "12345", "what was typed is gone");
    browser.press("check-next").await?;
    browser.gone("field-assets_total").await?;
    only_the_law_is_chinese(&browser, &law(&portal)?).await?;
    browser.conclude(&portal.url("")).await
}
