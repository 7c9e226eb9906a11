//! The evidence of a tip-off in one file: `sha256sum -c` finds it whole, the photo is byte for byte the one that was sent,
//! the sealed letter opens with the stock `age`, and the history holds for the script that knows nothing of this code.

#![allow(missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use data_encoding::BASE64;
use office::cards::DEMONSTRATION_SEED;
use protocol::letter::Letter;
use protocol::paper::Media;
use protocol::staff::public_key;
use system_tests::api::Api;
use system_tests::applicant::{Applicant, Server};
use system_tests::browser::Browser;
use system_tests::papers::{Sheets, picture};
use system_tests::portal::Portal;

const OFFICE: &str = "yongshun-2023";
const SEEN: &str = "门口贴着招租的纸。";
const ASKED: &str = "请说明是哪一天看到的。";

#[tokio::test]
async fn the_evidence_of_a_case_is_one_file_that_anybody_can_check() -> Result<()> {
    let portal = Portal::start()?;
    let photo = picture((320, 200))?;
    let sheets = Sheets::seal(&[
        ("门口的照片", Media::Png, photo.clone()),
        ("没有传来的", Media::Png, picture((100, 100))?),
    ])?;
    let server = Server::of(&portal, &portal.key(OFFICE)?.recipient);
    let (enclosures, announced) = (Some(sheets.enclosures()), sheets.announced());
    let sender = Applicant::enclosing(&server, OFFICE, ("测试小区", SEEN), enclosures, announced)?;
    sender.submit().await?;
    sheets.all[0].send(&Api::of(&portal), &sender).await?;

    let folder = tempfile::tempdir()?;
    let desk = Browser::at_the_case(&portal, portal.office(OFFICE)?, &sender.code).await?;
    desk.saves_into(folder.path()).await?;
    desk.move_on(ASKED).await?;
    desk.press("evidence-fold").await?;
    desk.press("evidence").await?;
    desk.press("evidence-confirm").await?;
    desk.says("evidence-saved", "1 份材料；另有 1 份").await?;
    let archive = desk.until("the archive", async || zip_in(folder.path())).await?;
    let out = folder.path().join("out");
    ran(Command::new("unzip").arg("-q").arg(&archive).arg("-d").arg(&out))?;
    ran(Command::new("sha256sum").args(["--check", "--strict", "--quiet", "SHA256SUMS"]).current_dir(&out))?;
    let listed = fs::read_to_string(out.join("SHA256SUMS"))?.lines().count();
    ensure!(listed + 1 == local::files(&out)?.len(), "a file is in no list");

    let read = |path: &str| fs::read_to_string(out.join(path)).with_context(|| path.to_owned());
    ensure!(read("letter.txt")?.contains(SEEN) && read("messages/002.txt")?.contains(ASKED));
    ensure!(fs::read(out.join("photos/01.png"))? == photo, "another photo was saved");
    ensure!(read("photos/missing.txt")?.contains("没有传来的"), "what is missing is not told");
    let opened = ran(Command::new("age")
        .args(["--decrypt", "--identity"])
        .arg(&portal.office(OFFICE)?.file)
        .arg(out.join("letter.age")))?;
    let Letter::TipOff(letter) = Letter::parse(&opened)? else { anyhow::bail!("no tip-off") };
    ensure!(letter.text == SEEN, "another letter was saved");
    let root = BASE64.encode(&public_key(&DEMONSTRATION_SEED));
    let said = ran(Command::new("node")
        .arg(portal.project().path("protocol/verify.mjs"))
        .args([out.join("case.json"), out.join("config.json")])
        .arg(root))?;
    ensure!(String::from_utf8_lossy(&said).contains("3 events, whole and signed"));

    // One byte is enough.
    fs::write(out.join("letter.txt"), "别的内容")?;
    let check = Command::new("sha256sum").args(["--check", "SHA256SUMS"]).current_dir(&out).output()?;
    ensure!(!check.status.success(), "a changed file passes");
    desk.conclude(&portal.url("")).await
}

fn ran(command: &mut Command) -> Result<Vec<u8>> {
    let output = command.output().with_context(|| format!("{command:?}"))?;
    ensure!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(output.stdout)
}

/// The archive in a folder, once it is there whole.
fn zip_in(folder: &Path) -> Result<Option<PathBuf>> {
    let files = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    Ok(files.into_iter().find(|file| file.extension().is_some_and(|end| end == "zip")))
}
