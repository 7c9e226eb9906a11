//! In WeChat's own browser nothing is printed and no file is saved, and neither says so: whoever presses is told what can be
//! done there, and it works there.

#![allow(missing_docs)]

use anyhow::{Context, Result, ensure};
use protocol::chain;
use protocol::receipt::ReceiptCode;
use serde_json::json;
use system_tests::browser::Browser;
use system_tests::example;
use system_tests::paper;
use system_tests::portal::Portal;

/// As WeChat 8 on an Android phone calls itself.
const AGENT: &str = "Mozilla/5.0 (Linux; Android 13; M2012K11AC Build/TKQ1; wv) AppleWebKit/537.36 (KHTML, like Gecko) \
    Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 XWEB/1160065 MMWEBSDK/20231202 MicroMessenger/8.0.47.2560 \
    WeChat/arm64 Weixin NetType/WIFI Language/zh_CN ABI/arm64";

/// Keeps what is copied, and counts what would be saved: both are nobody's but the page's.
const WATCH: &str = "window.copied = []; window.saved = 0; \
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: async text => { window.copied.push(text); } } }); \
    HTMLAnchorElement.prototype.click = () => { window.saved += 1; };";

async fn wechat() -> Result<Browser> {
    let browser = Browser::open(360, 740).await?;
    let cdp = browser.driver.cdp();
    cdp.send_raw("Network.setUserAgentOverride", json!({ "userAgent": AGENT })).await?;
    cdp.send_raw("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH })).await?;
    Ok(browser)
}

/// What was copied last, once something was.
async fn copied(browser: &Browser) -> Result<String> {
    browser
        .until("something copied", async || {
            Ok(browser.driver.execute("return window.copied.at(-1) ?? null", vec![]).await?.convert()?)
        })
        .await
}

async fn nothing_was_saved(browser: &Browser) -> Result<()> {
    let saved: u64 = browser.driver.execute("return window.saved", vec![]).await?.convert()?;
    ensure!(saved == 0, "a file was offered where none can be saved");
    Ok(())
}

#[tokio::test]
async fn a_receipt_is_kept_by_picture_or_by_text() -> Result<()> {
    let portal = Portal::start()?;
    let browser = wechat().await?;
    browser.go(&portal.url("/yongshun/tip")).await?;
    browser.press("choice-tip-what-lent").await?;
    browser.fill("tip-place", "测试小区").await?;
    browser.fill("tip-text", "测试内容").await?;
    browser.press("tip-submit").await?;
    browser.sends().await?;
    let code = ReceiptCode::parse(&browser.text_of("receipt-code").await?).context("no receipt code")?;
    let pin = browser.text_of("receipt-pin").await?;
    ensure!(pin.len() == chain::PIN, "{pin}");

    browser.press("receipt-save").await?;
    browser.says("receipt-file-wechat", "保存图片").await?;
    nothing_was_saved(&browser).await?;
    browser.press("receipt-file-copy").await?;
    let text = copied(&browser).await?;
    for words in [code.grouped().as_str(), &pin, "提交回执", "接下来"] {
        ensure!(text.contains(words), "no “{words}” in what was copied:\n{text}");
    }
    // The picture is a file of its own, as a phone saves it, and leads to the case.
    let picture = browser.find("receipt-picture").await?.attr("src").await?.unwrap_or_default();
    let png = picture.strip_prefix("data:image/png;base64,").with_context(|| picture.clone())?;
    let png = data_encoding::BASE64.decode(png.as_bytes())?;
    let leads = portal.url(&format!("/status#{}.{pin}", code.plain()));
    let read = paper::scanned(paper::grey(&png)?)?;
    ensure!(read == leads, "the picture holds {read}");

    browser.press("receipt-print").await?;
    browser.says("print-wechat", "在浏览器打开").await?;
    browser.press("print-copy").await?;
    let again = || async { Ok((copied(&browser).await? != text).then_some(())) };
    browser.until("the paper copied", again).await?;
    ensure!(copied(&browser).await?.contains(&pin), "the paper that was copied has no pin");
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn drafts_days_and_results_say_what_to_do_instead() -> Result<()> {
    let portal = Portal::start()?;
    let browser = wechat().await?;
    browser.go(&portal.url("/yongshun/apply")).await?;
    browser.fill("field-name", "测试甲").await?;
    browser.unfold(".keep__more").await?;
    browser.press("draft-save").await?;
    browser.says("draft-state", "微信里不能存文件").await?;
    nothing_was_saved(&browser).await?;

    browser.go(&portal.url("/yongshun/acts/renewal")).await?;
    browser.press("act-print").await?;
    browser.says("print-wechat", "微信里不能打印").await?;

    let household = example::one(portal.project(), "yongshun-2023", "dibao-eligible")?.household;
    browser.self_check(&portal, "yongshun", &household).await?;
    browser.press("print").await?;
    let said = browser.driver.get_alert_text().await?;
    ensure!(said.contains("微信里不能打印"), "{said}");
    browser.driver.accept_alert().await?;
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn days_are_copied_where_no_calendar_takes_them() -> Result<()> {
    let portal = Portal::start()?;
    let browser = wechat().await?;
    browser.go(&portal.url("/yongshun/acts/renewal")).await?;
    browser.fill("field-sender-name", "测试甲").await?;
    browser.fill("field-sender-id_number", &system_tests::persona::id_number("19900307", "801")).await?;
    browser.fill("field-lease-flat", "测试小区九栋七〇三").await?;
    browser.fill("field-lease-ends_on", "20281231").await?;
    browser.press("choice-still-changed-no").await?;
    browser.press("act-submit").await?;
    browser.find("receipt-code").await?;
    let day = browser.text_of("date-1").await?;
    browser.press("date-save-1").await?;
    browser.says("dates-wechat", "微信里不能加到日历").await?;
    nothing_was_saved(&browser).await?;
    browser.press("dates-copy").await?;
    let text = copied(&browser).await?;
    ensure!(text.contains(&day), "“{day}” was not copied:\n{text}");
    browser.conclude(&portal.url("")).await
}
