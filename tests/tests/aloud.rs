//! Reading aloud: what a page shows, in its order, in words; it stops when asked, when the page is left, and is not offered
//! where nothing can speak Chinese.

#![allow(missing_docs)]

use anyhow::{Result, ensure};
use serde_json::json;
use system_tests::browser::Browser;
use system_tests::example;
use system_tests::portal::Portal;
use thirtyfour::Key;

/// In place of the browser's voice: keeps what it is told to say and, but for the first text while it is held, is done at once.
const VOICE: &str = r#"
    window.spoken = []; window.cancelled = 0; window.held = false;
    const voice = { lang: LANG, name: 'test' };
    window.SpeechSynthesisUtterance = function (text) { this.text = text; };
    Object.defineProperty(window, 'speechSynthesis', { value: {
        getVoices: () => [voice],
        addEventListener() {}, removeEventListener() {},
        cancel() { window.cancelled += 1; },
        speak(words) {
            window.spoken.push([words.text, words.lang]);
            if (!window.held) setTimeout(() => words.onend && words.onend(), 0);
        },
    } });
"#;

async fn with_a_voice(lang: &str) -> Result<Browser> {
    let browser = Browser::open(360, 740).await?;
    let source = VOICE.replace("LANG", &format!("'{lang}'"));
    let script = json!({ "source": source });
    browser.driver.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", script).await?;
    Ok(browser)
}

async fn hold(browser: &Browser, on: bool) -> Result<()> {
    browser.driver.execute("window.held = arguments[0]; window.spoken = [];", vec![on.into()]).await?;
    Ok(())
}

async fn spoken(browser: &Browser) -> Result<Vec<String>> {
    let said: Vec<(String, String)> =
        browser.driver.execute("return window.spoken", vec![]).await?.convert()?;
    ensure!(said.iter().all(|(_, lang)| lang == "zh-CN"), "{said:?}");
    Ok(said.into_iter().map(|(text, _)| text).collect())
}

/// Presses the button and waits until everything is said.
async fn heard(browser: &Browser) -> Result<String> {
    hold(browser, false).await?;
    browser.press("read-aloud").await?;
    browser
        .until("the end", async || Ok((browser.text_of("read-aloud").await? == "朗读").then_some(())))
        .await?;
    Ok(spoken(browser).await?.join("|"))
}

/// These words, in this order.
fn in_order(heard: &str, words: &[&str]) -> Result<()> {
    let mut rest = heard;
    for words in words {
        let Some((_, after)) = rest.split_once(words) else {
            anyhow::bail!("“{words}” is not said, or not there: {heard}")
        };
        rest = after;
    }
    Ok(())
}

#[tokio::test]
async fn a_question_and_its_answer_are_read_aloud() -> Result<()> {
    let portal = Portal::start()?;
    let browser = with_a_voice("zh-CN").await?;
    browser.go(&portal.url("/qujing/check")).await?;
    let title = browser.driver.find(thirtyfour::By::Tag("h1")).await?.text().await?;
    let said = heard(&browser).await?;
    in_order(&said, &[&title])?;
    for pressed in ["下一步", "不知道|", "首页", "大字版"] {
        ensure!(!said.contains(pressed), "“{pressed}” is said: {said}");
    }
    let household = example::one(portal.project(), "yongshun-2023", "dibao-eligible")?.household;
    browser.self_check(&portal, "yongshun", &household).await?;
    let said = heard(&browser).await?;
    let order = [
        "符合条件",
        "按永顺县现行文件",
        "能得到",
        "525 元每季度",
        "要带",
        "9 样",
        "去哪办",
        "县住房保障服务中心",
    ];
    in_order(&said, &order)?;
    // What is folded away is not read, nor are footnotes; opened, it is.
    ensure!(!said.contains("户口簿") && !said.contains("本站理解 A"), "{said}");
    browser.press("see-papers").await?;
    let said = heard(&browser).await?;
    in_order(&said, &["要准备的材料", "身份证和户口簿", "依据：第十六条第一项", "可能要"])?;
    ensure!(!said.contains("本站理解 A"), "{said}");
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn reading_pauses_stops_and_ends_with_the_page() -> Result<()> {
    let portal = Portal::start()?;
    let browser = with_a_voice("zh-CN").await?;
    browser.go(&portal.url("/yongshun/guide")).await?;
    browser.find("read-aloud").await?;
    ensure!(!browser.find("read-stop").await?.is_displayed().await?, "there is nothing to stop yet");
    hold(&browser, true).await?;
    // A keyboard is enough.
    let button = browser.find("read-aloud").await?;
    button.send_keys(Key::Enter + "").await?;
    browser.says("read-aloud", "暂停朗读").await?;
    let first = spoken(&browser).await?;
    ensure!(first.len() == 1 && first[0].contains("办事指南"), "{first:?}");
    button.send_keys(Key::Enter + "").await?;
    browser.says("read-aloud", "接着读").await?;
    button.send_keys(Key::Enter + "").await?;
    // What was begun is said again.
    ensure!(spoken(&browser).await? == [first[0].clone(), first[0].clone()]);
    browser.find("read-stop").await?.send_keys(Key::Enter + "").await?;
    browser.says("read-aloud", "朗读").await?;
    ensure!(browser.focused().await? == "read-aloud", "the focus is lost");
    browser.press("read-aloud").await?;
    let before: u64 = browser.driver.execute("return window.cancelled", vec![]).await?.convert()?;
    // Another page of the same program.
    browser.press("calculate").await?;
    browser.reads("算一算").await?;
    browser.says("read-aloud", "朗读").await?;
    let after: u64 = browser.driver.execute("return window.cancelled", vec![]).await?.convert()?;
    ensure!(after > before, "it goes on reading on another page");
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn numbers_and_units_are_said_as_people_say_them() -> Result<()> {
    let portal = Portal::start()?;
    let browser = with_a_voice("zh-CN").await?;
    browser.go(&portal.url("/about")).await?;
    browser.find("read-aloud").await?;
    let text = "document.getElementById('main').innerHTML = \
        '<p>1,234.50 元/月，45.5 ㎡，30m²，10%，第十二条</p><p>电话 0874-3123456、13900000017</p><p>2026年3月1日</p>'; \
        document.getElementById('main').append(document.createElement('read-aloud'));";
    browser.driver.execute(text, vec![]).await?;
    let said = heard(&browser).await?;
    let told = "1234.50 元每月，45.5平方米，30平方米，百分之10，第十二条\
        |电话 0 8 7 4 ， 3 1 2 3 4 5 6、1 3 9 0 0 0 0 0 0 1 7|2026年3月1日";
    ensure!(said == told, "{said}");
    browser.driver.clone().quit().await?;
    Ok(())
}

#[tokio::test]
async fn where_no_voice_speaks_chinese_nothing_is_offered() -> Result<()> {
    let portal = Portal::start()?;
    let browser = with_a_voice("de-DE").await?;
    browser.go(&portal.url("/yongshun/guide")).await?;
    browser.settled().await?;
    browser.find("calculate").await?;
    ensure!(!browser.has("read-aloud").await?, "it offers to read with a voice that cannot");
    browser.conclude(&portal.url("")).await
}
