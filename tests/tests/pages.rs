//! Every page has a file of its own: its title, what to load at once, and a true status; and a document that does not
//! come is said so.

#![allow(missing_docs)]

use anyhow::{Context, Result, ensure};
use system_tests::browser::Browser;
use system_tests::portal::Portal;
use thirtyfour::prelude::*;

#[tokio::test]
async fn every_page_answers_for_itself_and_no_other_address_does() -> Result<()> {
    let portal = Portal::start()?;
    let mut titles = Vec::new();
    for page in office::pages::all() {
        let answer = reqwest::get(portal.url(&format!("/{}", page.path))).await?;
        ensure!(answer.status().as_u16() == 200, "/{}: {}", page.path, answer.status());
        let text = answer.text().await?;
        ensure!(
            text.contains(&format!("<title>安居 · {}</title>", page.title)),
            "/{} has another title",
            page.path
        );
        // The card with which it is shared, and what is read of it where scripts are off.
        let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        for (name, said) in [("title", &page.title), ("description", &page.description)] {
            let card = format!("<meta property=\"og:{name}\" content=\"{}\">", escaped(said));
            ensure!(text.contains(&card), "/{} lacks {card}", page.path);
        }
        ensure!(text.contains(&format!("<noscript><h1>{}</h1>", escaped(&page.title))), "/{}", page.path);
        // Where something is reported, the title tells nobody so: it is the first page's.
        if page.program == "tip" {
            ensure!(titles.first() == Some(&page.title), "/{} has a title of its own", page.path);
        } else {
            titles.push(page.title);
        }
        // What it asks for at once is there, and is all that the program needs.
        let links = text.split("<link rel=\"preload\" href=\"").skip(1);
        let mut loaded = 0;
        for link in links {
            let (address, _) = link.split_once('"').context("an open attribute")?;
            let answer = reqwest::get(portal.url(address)).await?;
            ensure!(answer.status().is_success(), "/{} preloads {address}: {}", page.path, answer.status());
            loaded += 1;
        }
        let expected = 1 + usize::from(page.document.is_some());
        ensure!(loaded == expected, "/{} preloads {loaded} files, not {expected}", page.path);
    }
    let count = titles.len();
    titles.sort();
    titles.dedup();
    ensure!(titles.len() == count, "two pages share a title");
    for path in ["/nowhere", "/yongshun/nothing", "/yongshun/check/more", "/%E6%B2%A1%E6%9C%89"] {
        let answer = reqwest::get(portal.url(path)).await?;
        ensure!(answer.status().as_u16() == 404, "{path}: {}", answer.status());
        ensure!(answer.text().await?.contains("没有这一页"), "{path} says nothing");
    }
    Ok(())
}

#[tokio::test]
async fn what_a_browser_has_is_not_sent_again() -> Result<()> {
    let portal = Portal::start()?;
    let client = reqwest::Client::new();
    let ask = |path: &str, accepted: &str, known: &str| {
        let request = client.get(portal.url(path)).header("accept-encoding", accepted);
        request.header("if-none-match", known).send()
    };
    let tag = |answer: &reqwest::Response| -> Result<String> {
        Ok(answer.headers().get("etag").context("no tag")?.to_str()?.to_owned())
    };
    let first = ask("/", "", "\"other\"").await?;
    ensure!(first.status() == 200 && !first.headers().contains_key("content-encoding"));
    let plain = tag(&first)?;
    let same = ask("/", "", &plain).await?;
    ensure!(same.status() == 304 && tag(&same)? == plain && same.bytes().await?.is_empty());
    let packed = ask("/", "br", &plain).await?;
    ensure!(packed.status() == 200 && tag(&packed)? != plain, "the packed form passes for the plain one");
    ensure!(packed.headers().get("content-encoding").is_some_and(|form| form == "br"));
    let refused = ask("/", "br;q=0.0", "").await?;
    ensure!(!refused.headers().contains_key("content-encoding"), "packed although that was refused");
    let lost = ask("/nowhere", "", "*").await?;
    ensure!(lost.status() == 404, "an address that leads nowhere is {}", lost.status());
    Ok(())
}

#[tokio::test]
async fn every_guide_can_be_read_without_a_program() -> Result<()> {
    let portal = Portal::start()?;
    let first = reqwest::get(portal.url("/")).await?.text().await?;
    for compiled in policies::rulebook().documents() {
        let document = compiled.document();
        let path = format!("/{}/text", document.place.id);
        ensure!(first.contains(&format!("<a href=\"{path}\">")), "nothing leads to {path}");
        let answer = reqwest::get(portal.url(&path)).await?;
        ensure!(answer.status().as_u16() == 200, "{path}: {}", answer.status());
        let text = answer.text().await?;
        ensure!(!text.contains("<script"), "{path} has a script");
        for contact in &document.contacts {
            ensure!(text.contains(&contact.name), "{path} does not tell of {}", contact.name);
        }
    }
    for compiled in policies::rulebook().documents() {
        let document = compiled.document();
        let path = format!("/{}/forms", document.place.id);
        ensure!(
            first.contains(&format!("<a href=\"{path}\">")) != document.forms.is_empty(),
            "{path} and the first page do not fit"
        );
        if !document.forms.is_empty() {
            let text = reqwest::get(portal.url(&path)).await?.error_for_status()?.text().await?;
            ensure!(text.contains("空白表") && !text.contains("<script type=\"module\""), "{path}");
        }
    }
    let robots = reqwest::get(portal.url("/robots.txt")).await?;
    ensure!(robots.text().await?.contains("Disallow: /desk/"), "robots.txt lets searchers to the desk");
    Ok(())
}

#[tokio::test]
async fn without_scripts_a_page_says_what_it_is_whom_to_call_and_where_to_read_on() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    let off = serde_json::json!({ "value": true });
    browser.driver.cdp().send_raw("Emulation.setScriptExecutionDisabled", off).await?;
    for (path, heading) in [("/", "公共租赁住房自助服务"), ("/yongshun", "永顺县公租房")] {
        browser.go(&portal.url(path)).await?;
        let text = browser.text().await?;
        for said in [heading, "关掉了 JavaScript", "县住房保障服务中心"] {
            ensure!(text.contains(said), "{path} does not say {said}: {text}");
        }
    }
    let link = browser.driver.find(By::Css("a[href='/yongshun/text']")).await?;
    link.click().await?;
    browser.reads("不用 JavaScript 也能看").await?;
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn a_browser_that_is_too_old_says_so_and_what_to_do() -> Result<()> {
    let portal = Portal::start()?;
    // One that knows modules, and no WebAssembly or none that the page's policy allows.
    let browser = Browser::open(360, 740).await?;
    let without = serde_json::json!({ "source": "delete globalThis.WebAssembly;" });
    browser.driver.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", without).await?;
    for path in ["/", "/yongshun/guide", "/yongshun/apply"] {
        browser.go(&portal.url(path)).await?;
        browser.reads("换一个新一些的浏览器").await?;
        browser.reads("县住房保障服务中心").await?;
    }
    // One that knows no modules runs nothing but this.
    let browser = Browser::open(360, 740).await?;
    let block = serde_json::json!({ "urls": ["*/assets/portal-*.js"] });
    browser.driver.cdp().send_raw("Network.enable", serde_json::json!({})).await?;
    browser.driver.cdp().send_raw("Network.setBlockedURLs", block).await?;
    browser.go(&portal.url("/")).await?;
    let address = "return document.querySelector('script[nomodule]').src";
    let address: String = browser.driver.execute(address, vec![]).await?.convert()?;
    let run = "const script = document.createElement('script'); script.src = arguments[0]; document.head.append(script);";
    browser.driver.execute(run, vec![address.into()]).await?;
    browser.reads("这个浏览器太旧").await?;
    Ok(())
}

#[tokio::test]
async fn a_document_that_does_not_come_is_said_so_and_asked_for_again() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    let block = |urls: &[&str]| serde_json::json!({ "urls": urls });
    browser.driver.cdp().send_raw("Network.enable", serde_json::json!({})).await?;
    browser.driver.cdp().send_raw("Network.setBlockedURLs", block(&["*/assets/light-*"])).await?;
    browser.go(&portal.url("/qujing/check")).await?;
    browser.reads("这一页没有打开").await?;
    browser.driver.cdp().send_raw("Network.setBlockedURLs", block(&[])).await?;
    browser.press("open-again").await?;
    browser.find("together").await?;
    Ok(())
}
