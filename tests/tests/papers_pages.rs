//! Papers in the resident's browser: taken, turned, cleaned and kept; refused with a sentence that helps; sent behind the
//! letter through broken lines and reloads, and the same bytes at the office.

#![allow(missing_docs)]

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use protocol::limits::PART_BYTES;
use protocol::paper::Removed;
use protocol::receipt::ReceiptCode;
use system_tests::browser::Browser;
use system_tests::judge::Judge;
use system_tests::papers::at_the_office;
use system_tests::photo::{as_by_a_phone, drawn, nothing_but_the_picture};
use system_tests::portal::Portal;
use tempfile::TempDir;

const OFFICE: &str = "yongshun-2023";
const FORM: &str = "/yongshun/acts/swap";
const FLAT: &str = "测试小区一栋一号";

/// Files to choose from.
struct Folder(TempDir);

impl Folder {
    fn new() -> Result<Self> {
        Ok(Self(tempfile::tempdir()?))
    }

    fn with(&self, name: &str, bytes: &[u8]) -> Result<PathBuf> {
        let path = self.0.path().join(name);
        fs::write(&path, bytes)?;
        Ok(path)
    }
}

/// The form of a swap, filled in.
async fn swap(browser: &Browser, portal: &Portal) -> Result<()> {
    browser.go(&portal.url(FORM)).await?;
    browser.fill("field-sender-name", "测试甲").await?;
    browser.fill("field-sender-id_number", "999999199001010016").await?;
    browser.fill("field-mine-flat", FLAT).await?;
    browser.fill("field-other-name", "测试乙").await?;
    browser.fill("field-other-flat", "二栋二号").await?;
    browser.press("choice-other-agrees-no").await?;
    browser.press("choice-why-reason-work").await?;
    browser.fill("field-why-text", "上班太远").await
}

/// Width, height and the colour of the upper left corner of a picture on the page.
async fn seen(browser: &Browser, test: &str) -> Result<(u32, u32, String)> {
    const LOOK: &str = r#"
        const image = document.querySelector(`[data-test="${arguments[0]}"]`);
        if (!image?.complete || !image.naturalWidth) return null;
        const canvas = document.createElement('canvas');
        canvas.width = canvas.height = 1;
        const context = canvas.getContext('2d');
        context.drawImage(image, 0, 0, 4, 4, 0, 0, 1, 1);
        const [red, , blue] = context.getImageData(0, 0, 1, 1).data;
        return [image.naturalWidth, image.naturalHeight, red > blue ? 'red' : 'blue'];
    "#;
    browser
        .until("a picture", async || Ok(browser.driver.execute(LOOK, vec![test.into()]).await?.convert()?))
        .await
}

/// The page's own `fetch`, but after so many parts of papers no further one gets through.
async fn lose_the_line_after(browser: &Browser, parts: u32) -> Result<()> {
    const LOSE: &str = r"
        const [parts] = arguments, real = window.fetch.bind(window);
        window.partsSent = 0;
        window.fetch = async (request, options) => {
            if (new URL(request.url ?? request, location).pathname.includes('/uploads/')) {
                if (window.partsSent >= parts) throw new TypeError('the line is gone');
                window.partsSent += 1;
            }
            return real(request, options);
        };
    ";
    browser.driver.execute(LOSE, vec![parts.into()]).await?;
    Ok(())
}

/// The parts of papers that were posted since this was asked last.
async fn posted(browser: &Browser) -> Result<usize> {
    let traffic = browser.traffic().await?;
    Ok(traffic.requests.iter().filter(|request| request.url.contains("/uploads/")).count())
}

#[tokio::test]
async fn a_photo_is_cleaned_turned_kept_sent_through_a_broken_line_and_opened() -> Result<()> {
    let (portal, folder) = (Portal::start()?, Folder::new()?);
    let browser = Browser::open(360, 740).await?;
    swap(&browser, &portal).await?;
    let photo = as_by_a_phone(&drawn(&browser, (1_600, 1_200)).await?)?;
    ensure!(nothing_but_the_picture(&photo).is_err(), "the reader sees nothing");
    let file = folder.with("IMG_0001.jpg", &photo)?;
    browser.choose_file("choose-other", &file).await?;
    for gone in ["拍摄地点", "拍摄时间", "型号、序列号"] {
        browser.says("cleaned-add-other-1", gone).await?;
    }
    // Upright, as its file says: what was left is above.
    ensure!(seen(&browser, "picture-add-other-1").await? == (1_200, 1_600, "red".to_owned()));
    browser.press("right-add-other-1").await?;
    browser
        .until("the turned picture", async || {
            Ok((seen(&browser, "picture-add-other-1").await?.0 == 1_600).then_some(()))
        })
        .await?;
    ensure!(seen(&browser, "picture-add-other-1").await? == (1_600, 1_200, "blue".to_owned()));
    browser.fill("name-add-other-1", "合同 𠮷").await?;
    browser.choose_file("choose-other", &file).await?;
    browser.find("added-add-other-2").await?;
    browser.choose_file("choose-other", &folder.with("收入证明.pdf", b"%PDF-1.4\n1 0 obj\n%%EOF\n")?).await?;
    browser.says("cleaned-add-other-3", "没有去掉").await?;

    // Readable by everybody as it stands.
    let faults = Judge::new(portal.project())?.faults(&browser).await?;
    ensure!(faults.is_empty(), "{faults:#?}");

    // There again after a reload; one goes.
    browser.driver.refresh().await?;
    browser.find("added-add-other-3").await?;
    ensure!(seen(&browser, "picture-add-other-1").await?.0 == 1_600);
    for (name, words) in [("name-add-other-1", "合同 𠮷"), ("name-add-other-3", "收入证明")] {
        let named = async || Ok((browser.value_of(name).await? == words).then_some(()));
        browser.until(&format!("“{words}” in {name}"), named).await?;
    }
    browser.press("remove-add-other-2").await?;
    browser.press("remove-add-other-2-confirm").await?;
    browser.gone("added-add-other-3").await?;
    browser.says("state-other", "已经加了 2 份").await?;

    // The line goes in the middle: the letter is there, and the rest follows after a reload, nothing of it twice.
    posted(&browser).await?;
    lose_the_line_after(&browser, 2).await?;
    browser.find("office-key").await?;
    browser.press("act-submit").await?;
    let code = ReceiptCode::parse(&browser.text_of("receipt-code").await?)?;
    browser.says("uploading", "材料还没有传完").await?;
    browser.press("receipt-saved-confirm").await?;
    browser.find("saved-done").await?;
    browser.go(&portal.url("/yongshun")).await?;
    browser.reads("材料还在上传，没有传完").await?;
    // What is kept for it lets this browser send, and tells the code to nobody.
    let kept = browser.kept_text("anju.uploads").await?.context("nothing is left to go on with")?;
    ensure!(kept.contains("token") && !kept.contains(&code.plain()), "{kept}");
    let before = posted(&browser).await?;
    ensure!(before == 2, "{before} parts went before the line was gone");
    browser.press("waiting").await?;
    browser.find("nothing-sent").await?;
    browser.gone("uploading").await?;
    ensure!(browser.kept_text("anju.uploads").await?.is_none(), "the token stays when everything is there");
    let after = posted(&browser).await?;

    let opened = at_the_office(&portal, OFFICE, &code).await?;
    let [(first, picture), (second, pdf)] = opened.as_slice() else {
        anyhow::bail!("{} papers", opened.len())
    };
    ensure!((first.name.as_str(), second.name.as_str()) == ("合同 𠮷", "收入证明"));
    ensure!([Removed::Place, Removed::Time, Removed::Device].iter().all(|one| first.removed.contains(one)));
    nothing_but_the_picture(picture)?;
    ensure!(pdf == b"%PDF-1.4\n1 0 obj\n%%EOF\n");
    let parts = |content: &[u8]| {
        protocol::paper::sealed_len(protocol::paper::padded_len(content.len())).div_ceil(PART_BYTES)
    };
    let all = parts(picture) + parts(pdf);
    ensure!(before + after == all, "{before} and {after} parts were sent of {all}");

    // The owner's copy shows the very same.
    browser.open_the_status(&portal, &code).await?;
    browser.unfold("[data-test=own]").await?;
    browser.press("own-open").await?;
    browser.press("enclosed-1-open").await?;
    ensure!(seen(&browser, "enclosed-1-picture").await? == (1_600, 1_200, "blue".to_owned()));
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn what_cannot_be_taken_says_what_to_do_and_nothing_is_lost() -> Result<()> {
    let (portal, folder) = (Portal::start()?, Folder::new()?);
    let browser = Browser::open(360, 740).await?;
    swap(&browser, &portal).await?;
    let jpeg = drawn(&browser, (60, 40)).await?;
    let half = jpeg.get(..jpeg.len() / 2).context("no half")?;
    let large = [b"%PDF-1.4\n".as_slice(), &vec![b' '; 8 << 20], b"%%EOF"].concat();
    let files: [(&str, &[u8], &str); 12] = [
        ("empty.jpg", b"", "这个文件是空的"),
        ("cut.jpg", half, "没有存完整"),
        ("noise.jpg", b"\xff\xd8\xff\xda\0\x02 no picture \xff\xd9", "重新拍一张"),
        ("new.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        ("locked.pdf", b"%PDF-1.4\ntrailer <</Encrypt 5 0 R>>\n%%EOF", "加了密码"),
        ("cut.pdf", b"%PDF-1.4\n1 0 obj", "没有下载完整"),
        ("large.pdf", &large, "最大 7 MB"),
        ("film.jpg", b"\0\0\0\x18ftypisom\0\0\0\0isomavc1", "这是视频"),
        ("sound.pdf", b"ID3\x03\0\0\0\0\0\0", "这是录音"),
        ("letter.docx", b"PK\x03\x04\x14\0\0\0\0\0[Content_Types].xml", "另存为 PDF"),
        ("photos.zip", b"PK\x03\x04\x14\0\0\0\0\0photo.jpg", "先解压"),
        ("note.txt", b"hello", "不是照片，也不是 PDF"),
    ];
    for (name, bytes, words) in files {
        browser.choose_file("choose-other", &folder.with(name, bytes)?).await?;
        browser.says("refused-other", name).await?;
        browser.says("refused-other", words).await?;
        browser.says("state-other", "还没有").await?;
    }
    let huge = folder.with("huge.jpg", &jpeg)?;
    fs::OpenOptions::new().write(true).open(&huge)?.set_len(61 << 20)?;
    browser.choose_file("choose-other", &huge).await?;
    browser.says("refused-other", "超过 60 MB").await?;
    browser.choose_file("choose-other", &folder.with("pixels.png", &two_hundred_megapixels()?)?).await?;
    browser.says("refused-other", "像素太多").await?;
    // A good one goes in after all, and what was typed is there.
    browser.choose_file("choose-other", &folder.with("good.jpg", &jpeg)?).await?;
    browser.says("cleaned-add-other-1", "没有发现").await?;
    browser.gone("refused-other").await?;
    ensure!(browser.value_of("field-mine-flat").await? == FLAT, "what was typed is gone");
    browser.conclude(&portal.url("")).await
}

/// A picture of one colour, few bytes long, that would take 800 MB to draw.
fn two_hundred_megapixels() -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 16_000, 12_500);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&vec![0; 16_000 / 8 * 12_500])?;
    writer.finish()?;
    Ok(bytes)
}

#[tokio::test]
async fn papers_follow_their_draft_on_every_page_and_go_with_it() -> Result<()> {
    let (portal, folder) = (Portal::start()?, Folder::new()?);
    let browser = Browser::open(360, 740).await?;
    swap(&browser, &portal).await?;
    let photo = folder.with("a.jpg", &drawn(&browser, (60, 40)).await?)?;
    browser.choose_file("choose-other", &photo).await?;
    browser.find("added-add-other-1").await?;
    // A second page has it, and what it adds the first has.
    let first = browser.beside(&portal.url(FORM)).await?;
    browser.find("added-add-other-1").await?;
    browser.choose_file("choose-other", &photo).await?;
    browser.find("added-add-other-2").await?;
    browser.to(&first).await?;
    browser.find("added-add-other-2").await?;
    // Cleared, nothing of it is left in the browser.
    browser.press("act-clear").await?;
    browser.press("act-clear-confirm").await?;
    browser.gone("added-add-other-1").await?;
    browser.until("an empty database", async || Ok((shelved(&browser).await? == 0).then_some(()))).await?;
    browser.driver.refresh().await?;
    browser.says("state-other", "还没有").await?;

    // On a shared computer nothing goes into the browser's database, and what was there goes.
    browser.choose_file("choose-other", &photo).await?;
    browser.find("added-add-other-1").await?;
    ensure!(shelved(&browser).await? == 1);
    browser.go(&portal.url("/yongshun/apply")).await?;
    browser.settled().await?;
    browser.unfold("details.keep__more").await?;
    browser.press("shared-computer").await?;
    browser.go(&portal.url(FORM)).await?;
    browser.says("state-other", "还没有").await?;
    browser.choose_file("choose-other", &photo).await?;
    browser.find("papers-not-kept").await?;
    ensure!(shelved(&browser).await? == 0, "it lies in the browser's database");
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn where_the_database_is_full_papers_go_from_the_page() -> Result<()> {
    const FULL: &str =
        "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };";
    let (portal, folder) = (Portal::start()?, Folder::new()?);
    let browser = Browser::open(360, 740).await?;
    let script = serde_json::json!({ "source": FULL });
    browser.driver.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", script).await?;
    swap(&browser, &portal).await?;
    let photo = folder.with("a.jpg", &as_by_a_phone(&drawn(&browser, (60, 40)).await?)?)?;
    browser.choose_file("choose-other", &photo).await?;
    browser.says("papers-not-kept", "照样可以提交").await?;
    browser.press("act-submit").await?;
    let code = ReceiptCode::parse(&browser.text_of("receipt-code").await?)?;
    browser.gone("uploading").await?;
    let opened = at_the_office(&portal, OFFICE, &code).await?;
    let [(_, picture)] = opened.as_slice() else { anyhow::bail!("{} papers", opened.len()) };
    nothing_but_the_picture(picture)?;
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn two_pages_send_no_part_twice() -> Result<()> {
    let (portal, folder) = (Portal::start()?, Folder::new()?);
    let browser = Browser::open(360, 740).await?;
    swap(&browser, &portal).await?;
    let photo = folder.with("a.jpg", &drawn(&browser, (1_600, 1_200)).await?)?;
    browser.choose_file("choose-other", &photo).await?;
    browser.find("added-add-other-1").await?;
    posted(&browser).await?;
    lose_the_line_after(&browser, 0).await?;
    browser.press("act-submit").await?;
    let code = ReceiptCode::parse(&browser.text_of("receipt-code").await?)?;
    browser.says("uploading", "材料还没有传完").await?;

    // Two pages on a line that takes seconds for each part: one sends, and the other tells how far it is.
    let slow = serde_json::json!({ "offline": false, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 150_000 });
    browser.driver.execute("window.onbeforeunload = null", vec![]).await?;
    browser.press("receipt-saved-confirm").await?;
    browser.find("saved-done").await?;
    browser.driver.cdp().send_raw("Network.emulateNetworkConditions", slow).await?;
    browser.driver.refresh().await?;
    browser.find("uploading").await?;
    let first = browser.beside(&portal.url("/sent")).await?;
    browser.gone("uploading").await?;
    browser.to(&first).await?;
    browser.gone("uploading").await?;
    let sent = posted(&browser).await?;
    let opened = at_the_office(&portal, OFFICE, &code).await?;
    let [(_, picture)] = opened.as_slice() else { anyhow::bail!("{} papers", opened.len()) };
    let parts = protocol::paper::sealed_len(protocol::paper::padded_len(picture.len())).div_ceil(PART_BYTES);
    ensure!(sent == parts && parts > 1, "{sent} parts were sent of {parts}");
    browser.conclude(&portal.url("")).await
}

/// How many files lie in the browser's database.
async fn shelved(browser: &Browser) -> Result<u64> {
    const COUNT: &str = r"
        const done = arguments[arguments.length - 1], opening = indexedDB.open('anju');
        opening.onsuccess = () => {
            const database = opening.result;
            if (!database.objectStoreNames.contains('files')) {
                database.close();
                indexedDB.deleteDatabase('anju').onsuccess = () => done(0);
                return;
            }
            const asked = database.transaction('files').objectStore('files').count();
            asked.onsuccess = () => { database.close(); done(asked.result); };
        };
    ";
    Ok(browser.driver.execute_async(COUNT, vec![]).await?.convert()?)
}

#[tokio::test]
async fn a_message_brings_papers_and_says_how_far_they_are() -> Result<()> {
    let (portal, folder) = (Portal::start()?, Folder::new()?);
    let sender = system_tests::applicant::Applicant::with_tip_off(&portal, OFFICE, "测试小区", "测试内容")?;
    sender.submit().await?;
    let browser = Browser::open(360, 740).await?;
    browser.open_the_status(&portal, &sender.code).await?;
    browser.fill("reply-text", "补交合同").await?;
    let photo = folder.with("a.jpg", &as_by_a_phone(&drawn(&browser, (60, 40)).await?)?)?;
    browser.unfold("[data-test=reply-papers]").await?;
    browser.choose_file("choose-other", &photo).await?;
    browser.find("added-add-other-1").await?;
    browser.press("reply-send").await?;
    browser.find("reply-sent").await?;
    browser.gone("added-add-other-1").await?;
    browser.gone("uploading").await?;
    browser.press("enclosed-1-open").await?;
    ensure!(seen(&browser, "enclosed-1-picture").await?.0 == 40);
    browser.conclude(&portal.url("")).await
}
