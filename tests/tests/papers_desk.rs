//! Papers at the desk: listed with what has come, fetched when they are opened, shown, saved under a name that is safe, and
//! told of where they are damaged or missing; in a real browser.

#![allow(missing_docs)]

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use protocol::case::Written;
use protocol::letter::Letter;
use protocol::paper::Media;
use protocol::routes::Route;
use protocol::seal;
use system_tests::api::{Api, announcing, message, ok, receipt};
use system_tests::applicant::Server;
use system_tests::browser::Browser;
use system_tests::papers::{Sheets, photograph, picture, send_part};
use system_tests::portal::Portal;
use thirtyfour::{By, WebElement};

const OFFICE: &str = "yongshun-2023";
/// The picture that is sent, in pixels.
const SIZE: (u32, u32) = (320, 200);

async fn row(desk: &Browser, id: &str) -> Result<WebElement> {
    desk.find(&format!("paper-{id}")).await
}

async fn press_in(row: &WebElement, test: &str) -> Result<()> {
    row.find(By::Css(format!("[data-test={test}]"))).await?.click().await?;
    Ok(())
}

async fn row_says(desk: &Browser, id: &str, words: &str) -> Result<()> {
    let look = async || Ok(row(desk, id).await?.text().await?.contains(words).then_some(()));
    desk.until(words, look).await
}

#[tokio::test]
async fn papers_are_opened_shown_saved_and_told_of_where_they_cannot_be() -> Result<()> {
    let portal = Portal::start()?;
    let (api, key) = (Api::of(&portal), portal.key(OFFICE)?);
    let pdf = b"%PDF-1.4\nnothing more".to_vec();
    let sheets = Sheets::seal(&[
        ("门口的照片", Media::Png, picture(SIZE)?),
        ("../合同 <第 1 页>", Media::Pdf, pdf.clone()),
        ("其实不是照片", Media::Jpeg, b"<script>alert(1)</script>".to_vec()),
        ("传了一半", Media::Jpeg, photograph(600_000, 1)),
        ("还没传", Media::Jpeg, photograph(70_000, 2)),
    ])?;
    let [shown, saved, lied, half, none] = [0, 1, 2, 3, 4].map(|place: usize| &sheets.all[place]);
    let sender = sheets.sender(&Server::of(&portal, &key.recipient), OFFICE)?;
    sender.submit().await?;
    for sheet in [shown, saved, lied] {
        sheet.send(&api, &sender).await?;
    }
    let (number, bytes) = half.parts().next().context("a part")?;
    ok::<protocol::paper::PartKept>(send_part(&api, &sender, &half.paper.id, number, bytes)).await?;

    let folder = tempfile::tempdir()?;
    let desk = Browser::at_the_case(&portal, portal.office(OFFICE)?, &sender.code).await?;
    desk.saves_into(folder.path()).await?;
    row_says(&desk, &shown.paper.id, "门口的照片").await?;
    row_says(&desk, &none.paper.id, "还没有传来").await?;
    row_says(&desk, &half.paper.id, "3 段到了 1 段").await?;
    // Nothing is fetched before it is asked for.
    let fetched = async |desk: &Browser| -> Result<usize> {
        let traffic = desk.traffic().await?;
        Ok(traffic.requests.iter().filter(|one| one.url.contains("/papers/")).count())
    };
    ensure!(fetched(&desk).await? == 0, "a paper was fetched unasked");

    press_in(&row(&desk, &shown.paper.id).await?, "paper-open").await?;
    let width = "const one = document.querySelector('[data-test=paper-image]'); \
                 return one && one.complete ? one.naturalWidth : 0;";
    let look = async || {
        let found = desk.driver.execute(width, Vec::new()).await?.json().as_u64();
        Ok((found == Some(SIZE.0.into())).then_some(()))
    };
    desk.until("the picture", look).await?;

    press_in(&row(&desk, &saved.paper.id).await?, "paper-open").await?;
    row_says(&desk, &saved.paper.id, "已解密").await?;
    press_in(&row(&desk, &saved.paper.id).await?, "paper-save").await?;
    let file = desk.until("the saved file", async || only_file(folder.path())).await?;
    ensure!(file.0.ends_with("合同 第 1 页.pdf") && !file.0.contains(['<', '/']), "saved as {}", file.0);
    ensure!(file.1 == pdf, "another file was saved");

    press_in(&row(&desk, &lied.paper.id).await?, "paper-open").await?;
    row_says(&desk, &lied.paper.id, "不是信里写的格式").await?;

    // The rest comes, and with a message one more.
    half.send(&api, &sender).await?;
    desk.press("papers-again").await?;
    let ready = async || {
        let row = row(&desk, &half.paper.id).await?;
        Ok(row.find(By::Css("[data-test=paper-open]")).await.ok())
    };
    desk.until("the rest of the paper", ready).await?;
    let more = Sheets::seal(&[("后来补的", Media::Png, picture(SIZE)?)])?;
    let letter = Letter::message("补一张").enclosing(Some(more.enclosures()));
    let to = [key.recipient.as_str(), sender.keys.recipient.as_str()];
    let envelope = seal::seal_envelope(&to, &letter.to_padded())?;
    let said = message(OFFICE, &sender, "0123456789abcdef", envelope);
    let said = announcing(OFFICE, &sender, said, more.announced());
    let path = Route::Message { lookup: &sender.keys.lookup }.to_path();
    ok::<Written>(api.post(&path, &said).header("authorization", receipt(&sender))).await?;
    more.all[0].send(&api, &sender).await?;
    desk.press("case-refresh").await?;
    desk.says("messages", "附 1 份材料").await?;
    row_says(&desk, &more.all[0].paper.id, "后来补的").await?;
    press_in(&row(&desk, &more.all[0].paper.id).await?, "paper-open").await?;
    desk.until("the second picture", async || {
        let row = row(&desk, &more.all[0].paper.id).await?;
        Ok(row.find(By::Css("img")).await.ok())
    })
    .await?;
    desk.conclude(&portal.url("")).await
}

/// The one file in a folder, once it is there whole.
fn only_file(folder: &Path) -> Result<Option<(String, Vec<u8>)>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.extension().is_some_and(|end| end == "pdf") {
            return Ok(Some((name, fs::read(path)?)));
        }
    }
    Ok(None)
}
