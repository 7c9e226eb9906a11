//! After a report the disk of whoever made it is read: every file of the browser's profile (history, sessions, storage, caches,
//! forms), and neither what was written nor the receipt code is in any.

#![allow(missing_docs)]

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use protocol::receipt;
use system_tests::browser::Browser;
use system_tests::photo::{SERIAL, as_by_a_phone, drawn};
use system_tests::portal::Portal;
use system_tests::profile::traces;

/// What is typed: each is found in no file of anybody's.
const TYPED: [&str; 6] = [
    "测试小区Qx81mWv",
    "七栋Rk52tYb",
    "房号Pw37nLd",
    "门口贴着出租Zq73vXj",
    "去年立冬Hs64gCf",
    "亲眼看到Jd95kMz",
];
const NAME: &str = "测试举报人";
/// What is left on purpose, so that the reader is known to find it: in the history, in storage, in a form that is restored.
const MARKS: [&str; 3] = ["Mark17qZ", "Mark28xW", "Mark39vT"];
const ANSWER: &str = "晚上九点以后灯亮着Bn28pTr";

/// Writes a tip-off on its page, as a person comes to it.
async fn write(browser: &Browser, portal: &Portal) -> Result<()> {
    browser.go(&portal.url("/yongshun")).await?;
    browser.press("tip").await?;
    browser.press("choice-tip-what-sublet").await?;
    for (field, text) in ["tip-place", "tip-building", "tip-flat", "tip-text", "tip-since", "tip-how-known"]
        .into_iter()
        .zip(TYPED)
    {
        browser.fill(field, text).await?;
    }
    browser.press("choice-tip-by-named").await?;
    browser.fill("tip-name", NAME).await
}

/// Leaves what is found where a browser keeps what it is not asked to keep: history, storage, a form that it restores.
async fn leave_traces(browser: &Browser, portal: &Portal) -> Result<()> {
    const KEEP: &str = "
        localStorage.setItem('mark', arguments[1]);
        const form = document.createElement('form'), area = document.createElement('textarea');
        form.append(area);
        document.body.append(form);
        area.dataset.test = 'mark';
    ";
    browser.go(&portal.url(&format!("/about?{}", MARKS[0]))).await?;
    browser.settled().await?;
    browser.driver.execute(KEEP, MARKS.map(Into::into).to_vec()).await?;
    browser.fill("mark", MARKS[2]).await?;
    // Long enough for the browser to put down what it would restore after a crash.
    browser.until("a form on the disk", async || session(browser.profile(), MARKS[2])).await
}

/// Nothing of it is in any file.
fn nothing_of(profile: &Path, secrets: &[&str]) -> Result<()> {
    let found = traces(profile, secrets)?;
    ensure!(found.is_empty(), "still there: {found:#?}");
    Ok(())
}

#[tokio::test]
async fn after_a_report_no_file_of_the_browser_holds_its_text_or_its_code() -> Result<()> {
    let (portal, folder) = (Portal::start()?, tempfile::tempdir()?);
    let browser = Browser::open(360, 740).await?;
    write(&browser, &portal).await?;
    let photo = folder.path().join("IMG_4417.jpg");
    std::fs::write(&photo, as_by_a_phone(&drawn(&browser, (800, 600)).await?)?)?;
    browser.choose_file("choose-other", &photo).await?;
    browser.find("added-add-other-1").await?;
    browser.press("tip-submit").await?;
    let code = browser.take_the_receipt().await?;
    browser.gone("uploading").await?;
    browser.open_the_status(&portal, &code).await?;
    browser.fill("reply-text", ANSWER).await?;
    browser.press("reply-send").await?;
    browser.find("reply-sent").await?;
    leave_traces(&browser, &portal).await?;
    let profile = browser.closed().await?;

    let control = traces(profile.path(), &MARKS)?;
    println!("What a browser keeps of a page that does not care: {control:#?}");
    for (mark, kept) in MARKS.into_iter().zip(["History", "Local Storage", "Sessions"]) {
        let there = |(text, file): &(String, PathBuf)| text == mark && file.to_string_lossy().contains(kept);
        ensure!(control.iter().any(there), "nothing found in {kept}");
    }
    let keys = receipt::derive(&code)?;
    let secrets =
        [&*code.plain(), &code.grouped(), &keys.lookup, &keys.token, NAME, ANSWER, SERIAL, "IMG_4417"];
    nothing_of(profile.path(), &secrets.into_iter().chain(TYPED).collect::<Vec<_>>())
}

#[tokio::test]
async fn a_report_that_breaks_off_in_the_middle_leaves_nothing_behind() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(1280, 900).await?;
    write(&browser, &portal).await?;
    // Long enough for the browser to put down what it would restore after a crash.
    browser.until("a session on the disk", async || session(browser.profile(), "/yongshun/contact")).await?;
    let profile = browser.killed()?;
    nothing_of(profile.path(), &[NAME].into_iter().chain(TYPED).collect::<Vec<_>>())
}

/// Whether a text stands where the browser puts down which pages it would open again, and what was written in them.
fn session(profile: &Path, text: &str) -> Result<Option<()>> {
    let found = traces(&profile.join("Default/Sessions"), &[text]).unwrap_or_default();
    Ok((!found.is_empty()).then_some(()))
}
