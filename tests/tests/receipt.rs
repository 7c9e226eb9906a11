//! The receipt: its picture holds its digits, and so do the file that is saved and the page that is printed.

#![allow(missing_docs)]

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use protocol::chain;
use protocol::receipt::ReceiptCode;
use system_tests::browser::Browser;
use system_tests::paper;
use system_tests::portal::Portal;
use thirtyfour::By;

#[tokio::test]
async fn the_receipt_can_be_scanned_saved_printed_and_kept() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    browser.go(&portal.url("/yongshun/tip")).await?;
    browser.press("choice-tip-what-lent").await?;
    browser.fill("tip-place", "测试小区").await?;
    browser.fill("tip-text", "测试内容").await?;
    browser.press("tip-submit").await?;
    browser.sends().await?;
    let shown = browser.text_of("receipt-code").await?;
    let code = ReceiptCode::parse(&shown).with_context(|| format!("“{shown}” is no receipt code"))?;

    let picture = scanned(&browser).await?;
    let pin = browser.text_of("receipt-pin").await?;
    let leads = portal.url(&format!("/status#{}.{pin}", code.plain()));
    ensure!(pin.len() == chain::PIN && picture == leads, "the picture holds {picture}");
    let number = browser.text_of("case-number").await?;

    let folder = tempfile::tempdir()?;
    browser.saves_into(folder.path()).await?;
    browser.press("receipt-save").await?;
    browser.says("receipt-said", "已交给浏览器保存").await?;
    let file = browser.until("the saved file", async || saved(folder.path())).await?;
    let (grouped, page) = (code.grouped(), portal.url("/status"));
    for words in [
        &grouped,
        &page,
        &number,
        &pin,
        "永顺县",
        "举报",
        "接下来",
        "收到举报的部门",
        "要问人",
        "请不要给别人",
    ] {
        ensure!(file.contains(words), "no “{words}” in the file:\n{file}");
    }
    ensure!(
        ReceiptCode::parse(file.split("查询码：").nth(1).and_then(|rest| rest.lines().next()).unwrap_or(""))
            .is_ok()
    );

    let on_paper = browser.on_paper().await?;
    let digits: String = on_paper.chars().filter(char::is_ascii_digit).collect();
    ensure!(digits.contains(&code.plain()), "the digits are not on paper:\n{on_paper}");
    for words in ["永顺县：举报已经提交", &number, "接下来"] {
        ensure!(on_paper.contains(words), "“{words}” is not on paper:\n{on_paper}");
    }
    ensure!(browser.sheets().await? == 1, "the receipt prints on more than one sheet");
    for pressed in ["我已经保存好了", "存成文件", "复制", "撤回"] {
        ensure!(!on_paper.contains(pressed), "“{pressed}” cannot be pressed on paper:\n{on_paper}");
    }

    // What is made for paper: the code in digits and as a picture, and nothing of the screen.
    let printed = browser.prints("receipt-print").await?;
    let text = printed.text()?;
    for words in ["提交回执", &code.plain(), &number, &pin, "接下来", "要问人", "第1页，共1页"]
    {
        ensure!(text.contains(words), "“{words}” is not printed:\n{text}");
    }
    for of_the_screen in ["我已经保存好了", "存成文件", "大字版", "关于本站", "永顺县：举报"]
    {
        ensure!(!text.contains(of_the_screen), "“{of_the_screen}” is printed:\n{text}");
    }
    ensure!(printed.sheets()? == 1, "the receipt prints on more than one sheet");
    ensure!(paper::scanned(printed.picture()?)? == leads, "the printed code leads elsewhere");

    // A reload keeps the receipt until the person says that it is safe.
    browser.driver.execute("window.onbeforeunload = null", vec![]).await?;
    browser.press("receipt-saved-confirm").await?;
    browser.find("saved-done").await?;
    let left: Vec<String> = browser
        .driver
        .execute("return [localStorage, sessionStorage].flatMap(s => Object.values(s))", vec![])
        .await?
        .convert()?;
    ensure!(!left.iter().any(|text| text.contains(&code.plain())), "the code is still on this device");

    // The whole file, pasted where the code is asked for: into a field of one line a browser pastes it without its breaks.
    browser.press("to-status").await?;
    browser.fill("status-code", &file.replace("\r\n", "")).await?;
    browser.press("status-open").await?;
    ensure!(browser.text_of("case-number").await? == number, "another case");
    ensure!(!browser.has("chain-broken").await?, "the history does not hold");
    browser.press("status-close").await?;

    // A history that is not the one that the file was saved with.
    let other = file.replace("\r\n", "").replace(&pin, &"0".repeat(chain::PIN));
    browser.fill("status-code", &other).await?;
    browser.press("status-open").await?;
    browser.find("chain-broken").await?;
    browser.press("status-close").await?;

    // What a phone opens from the picture: the case, and the code is in the address no longer.
    browser.go("about:blank").await?;
    browser.go(&picture).await?;
    ensure!(browser.text_of("case-number").await? == number, "another case");
    let address = browser.driver.current_url().await?;
    ensure!(address.fragment().is_none() && !address.as_str().contains(&code.plain()), "{address}");
    browser.driver.back().await?;
    browser.driver.forward().await?;
    ensure!(browser.driver.current_url().await?.fragment().is_none(), "the code is in the history");
    browser.conclude(&portal.url("")).await
}

/// What a phone reads from the picture on the screen.
async fn scanned(browser: &Browser) -> Result<String> {
    let picture = browser
        .until("the picture", async || {
            Ok(browser.driver.find_all(By::Css(".receipt__qr svg")).await?.into_iter().next())
        })
        .await?;
    picture.scroll_into_view().await?;
    paper::scanned(paper::grey(&picture.screenshot_as_png().await?)?)
}

/// The one finished file of a folder, as text.
fn saved(folder: &Path) -> Result<Option<String>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.file_name().is_some_and(|name| name == "安居查询码.txt") {
            let text = fs::read_to_string(path)?;
            return Ok((!text.is_empty()).then_some(text));
        }
    }
    Ok(None)
}
