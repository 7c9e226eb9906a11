//! Photos of a tip-off: nothing but the picture leaves the browser, and what was blacked out is in it no more, whether it was
//! drawn with a mouse or placed by the keyboard; what could tell more than a picture is refused with the reason.

#![allow(missing_docs)]

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use protocol::paper::Removed;
use protocol::receipt::ReceiptCode;
use system_tests::browser::Browser;
use system_tests::papers::at_the_office;
use system_tests::photo::{as_by_a_phone, drawn, nothing_but_the_picture};
use system_tests::portal::Portal;
use tempfile::TempDir;
use thirtyfour::Key;

const OFFICE: &str = "yongshun-2023";

/// A tip-off that wants only to be sent, and a folder with photos of a phone.
async fn begun(
    portal: &Portal,
    size: (u32, u32),
    photo_size: (u32, u32),
) -> Result<(Browser, TempDir, PathBuf)> {
    let browser = Browser::open(size.0, size.1).await?;
    browser.write_a_tip_off(portal, "门口贴着出租").await?;
    let folder = tempfile::tempdir()?;
    let photo = folder.path().join("IMG_0001.jpg");
    fs::write(&photo, as_by_a_phone(&drawn(&browser, photo_size).await?)?)?;
    browser.choose_file("choose-other", &photo).await?;
    for gone in ["拍摄地点", "拍摄时间", "型号、序列号"] {
        browser.says("cleaned-add-other-1", gone).await?;
    }
    Ok((browser, folder, photo))
}

/// The brightest channel of any pixel in a part of a JPEG, in hundredths of its sides, and the least bright pixel's of the rest.
async fn brightness(
    browser: &Browser,
    jpeg: &[u8],
    [left, top, right, bottom]: [u32; 4],
) -> Result<(u8, u8)> {
    const READ: &str = r"
        const [text, left, top, right, bottom, done] = arguments;
        const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
        createImageBitmap(new Blob([bytes], { type: 'image/jpeg' })).then((image) => {
            const canvas = document.createElement('canvas');
            [canvas.width, canvas.height] = [image.width, image.height];
            const context = canvas.getContext('2d');
            context.drawImage(image, 0, 0);
            const { data } = context.getImageData(0, 0, image.width, image.height);
            let inside = 0, outside = 255;
            for (let at = 0; at < data.length; at += 4) {
                const x = (at / 4) % image.width * 100 / image.width;
                const y = Math.floor(at / 4 / image.width) * 100 / image.height;
                const brightest = Math.max(data[at], data[at + 1], data[at + 2]);
                if (x > left && x < right && y > top && y < bottom) inside = Math.max(inside, brightest);
                else if (x < left - 5 || x > right + 5 || y < top - 5 || y > bottom + 5) outside = Math.min(outside, brightest);
            }
            done([inside, outside]);
        }, (error) => done(String(error)));
    ";
    let (text, edges) = (data_encoding::BASE64.encode(jpeg), [left, top, right, bottom]);
    let arguments = [vec![text.into()], edges.map(Into::into).to_vec()].concat();
    Ok(browser.driver.execute_async(READ, arguments).await?.convert()?)
}

/// Sends it, and gives the only picture that the office opens, with what the letter says went out of it.
async fn sent(browser: &Browser, portal: &Portal) -> Result<(ReceiptCode, Vec<u8>, Vec<Removed>)> {
    browser.press("tip-submit").await?;
    let code = browser.take_the_receipt().await?;
    browser.gone("uploading").await?;
    let mut opened = at_the_office(portal, OFFICE, &code).await?;
    ensure!(opened.len() == 1, "{} pictures came", opened.len());
    let (paper, picture) = opened.pop().context("no picture")?;
    nothing_but_the_picture(&picture)?;
    Ok((code, picture, paper.removed))
}

#[tokio::test]
async fn what_is_blacked_out_with_a_mouse_is_in_no_picture_that_leaves() -> Result<()> {
    let portal = Portal::start()?;
    let (browser, _folder, _) = begun(&portal, (1280, 900), (400, 300)).await?;
    browser.press("cover-add-other-1").await?;
    let stage = browser.find("stage-add-other-1").await?;
    stage.scroll_into_view().await?;
    let (width, height) = {
        let rect = stage.rect().await?;
        (rect.width as i64, rect.height as i64)
    };
    // From the middle, a line to the lower right; a second one is taken back.
    for (across, down) in [(4, 4), (-4, -4)] {
        browser
            .driver
            .action_chain()
            .move_to_element_center(&stage)
            .click_and_hold()
            .move_by_offset(width / across, height / down)
            .release()
            .perform()
            .await?;
    }
    browser.says("covered-add-other-1", "涂了 2 块").await?;
    browser.press("cover-undo-add-other-1").await?;
    browser.says("covered-add-other-1", "涂了 1 块").await?;
    browser.press("cover-done-add-other-1").await?;
    browser.gone("covering-add-other-1").await?;
    browser
        .until("the picture drawn anew", async || {
            Ok((!browser.text_of("state-other").await?.contains("正在处理")).then_some(()))
        })
        .await?;
    let (_, picture, removed) = sent(&browser, &portal).await?;
    ensure!([Removed::Place, Removed::Time, Removed::Device].iter().all(|one| removed.contains(one)));
    let (inside, outside) = brightness(&browser, &picture, [52, 52, 73, 73]).await?;
    println!("blacked out: at most {inside} of 255 inside, at least {outside} outside");
    ensure!(inside < 16, "something of the picture is left: {inside}");
    ensure!(outside > 60, "more went black than was drawn: {outside}");
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn a_part_is_blacked_out_by_the_keyboard_alone_on_a_phone() -> Result<()> {
    let portal = Portal::start()?;
    let (browser, _folder, _) = begun(&portal, (360, 740), (1_600, 1_200)).await?;
    let press = async |test: &str| -> Result<()> {
        let button = browser.find(test).await?;
        browser.driver.execute("arguments[0].focus()", vec![button.to_json()?]).await?;
        button.send_keys(Key::Enter).await?;
        Ok(())
    };
    press("cover-add-other-1").await?;
    press("cover-add-add-other-1").await?;
    browser.says("covered-add-other-1", "离左边 40%、离上边 40%，宽 20%、高 20%").await?;
    for tool in ["left", "up", "wider", "wider", "higher", "higher"] {
        press(&format!("cover-{tool}-add-other-1")).await?;
    }
    browser.says("covered-add-other-1", "离左边 37%、离上边 37%，宽 25%、高 25%").await?;
    press("cover-done-add-other-1").await?;
    browser.gone("covering-add-other-1").await?;
    let (_, picture, _) = sent(&browser, &portal).await?;
    let (inside, outside) = brightness(&browser, &picture, [38, 38, 62, 62]).await?;
    ensure!(inside < 16 && outside > 60, "{inside} inside, {outside} outside");
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn what_could_tell_more_than_a_picture_is_refused_with_the_reason() -> Result<()> {
    let portal = Portal::start()?;
    let (browser, folder, photo) = begun(&portal, (360, 740), (1_600, 1_200)).await?;
    let files: [(&str, &[u8], &str); 3] = [
        ("notice.pdf", b"%PDF-1.4\n1 0 obj\n%%EOF\n", "记着的作者、时间、软件去不干净"),
        ("film.mp4", b"\0\0\0\x18ftypisom\0\0\0\0isomavc1", "这是视频"),
        ("sound.mp3", b"ID3\x03\0\0\0\0\0\0", "这是录音"),
    ];
    for (name, bytes, words) in files {
        let file = folder.path().join(name);
        fs::write(&file, bytes)?;
        browser.choose_file("choose-other", &file).await?;
        browser.says("refused-other", words).await?;
        browser.says("state-other", "已经加了 1 张").await?;
    }
    browser.choose_file("choose-other", &photo).await?;
    browser.says("state-other", "已经加了 2 张").await?;
    browser.press("remove-add-other-2").await?;
    browser.press("remove-add-other-2-confirm").await?;
    sent(&browser, &portal).await?;
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn a_question_is_answered_with_a_photo_and_nothing_of_it_stays() -> Result<()> {
    const WORD: &str = "补一张昨晚拍的。";
    let portal = Portal::start()?;
    let (browser, _folder, photo) = begun(&portal, (360, 740), (1_600, 1_200)).await?;
    browser.press("tip-submit").await?;
    let code = browser.take_the_receipt().await?;
    browser.gone("uploading").await?;
    browser.open_the_status(&portal, &code).await?;
    browser.says("reply-not-kept", "不留在这台设备上").await?;
    browser.fill("reply-text", WORD).await?;
    browser.unfold("[data-test=reply-papers]").await?;
    browser.choose_file("choose-other", &photo).await?;
    browser.says("cleaned-add-other-1", "拍摄地点").await?;
    browser.press("cover-add-other-1").await?;
    browser.press("cover-add-add-other-1").await?;
    browser.press("cover-done-add-other-1").await?;
    browser.gone("covering-add-other-1").await?;
    browser.press("reply-send").await?;
    browser.find("reply-sent").await?;
    browser.gone("uploading").await?;
    let kept = "return JSON.stringify({ ...localStorage, ...sessionStorage })";
    let kept: String = browser.driver.execute(kept, vec![]).await?.convert()?;
    ensure!(!kept.contains("anju."), "kept: {kept}");
    // Whoever holds the code sees what was sent, and so does the office.
    browser.press("status-refresh").await?;
    browser.press("enclosed-1-open").await?;
    browser.find("enclosed-1-picture").await?;
    let desk = Browser::at_the_case(&portal, portal.office(OFFICE)?, &code).await?;
    desk.says("messages", WORD).await?;
    browser.conclude(&portal.url("")).await?;
    desk.conclude(&portal.url("")).await
}
