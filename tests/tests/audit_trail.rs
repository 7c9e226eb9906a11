//! A trail that was lost, rolled back or written anew shows to whoever kept its latest line: this browser by itself, and
//! anybody with the saved file.

#![allow(missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use protocol::desk::AuditTrail;
use protocol::routes::Route;
use protocol::signed::sign;
use protocol::trail::TrailHead;
use system_tests::api::{Api, ok};
use system_tests::browser::Browser;
use system_tests::clock::now;
use system_tests::disk;
use system_tests::portal::Portal;
use system_tests::store::OFFICES;

const OFFICE: &str = "yongshun-2023";

async fn trail(portal: &Portal) -> Result<AuditTrail> {
    let route = Route::Audit { office: OFFICE }.to_path();
    ok(Api::of(portal).signed_get(portal.key(OFFICE)?, &route)).await
}

/// The trail's latest line as the desk saves it, in a file.
async fn saved(portal: &Portal, folder: &Path) -> Result<PathBuf> {
    let key = portal.key(OFFICE)?;
    let head = TrailHead::of(OFFICE, &trail(portal).await?, &key.kid, now()).context("an empty trail")?;
    let signature = sign(&key.signing, &head.signed_text());
    let file = folder.join("head.txt");
    fs::write(&file, TrailHead { signature, ..head }.to_text())?;
    Ok(file)
}

async fn open_the_trail(portal: &Portal, desk: &Browser) -> Result<()> {
    desk.go(&portal.url("/desk/")).await?;
    desk.choose_file("key-file", &portal.office(OFFICE)?.file).await?;
    desk.press("desk-audit").await?;
    desk.says("audit-chain", "校验通过").await
}

#[tokio::test]
async fn a_trail_that_was_lost_or_rolled_back_shows_to_whoever_kept_its_latest_line() -> Result<()> {
    let mut portal = Portal::start()?;
    let folder = tempfile::tempdir()?;
    trail(&portal).await?;
    // What a host would roll back to.
    portal.crash();
    let (store, old) = (portal.store().join(OFFICES), folder.path().join("old"));
    local::copy_folder(&store, &old)?;
    portal.start_again()?;

    let desk = Browser::open(1280, 900).await?;
    open_the_trail(&portal, &desk).await?;
    ensure!(!desk.has("audit-lost").await?, "nothing was kept yet");
    let file = saved(&portal, folder.path()).await?;
    // The whole trail: for the browser that has seen it, and for whoever brings the file.
    open_the_trail(&portal, &desk).await?;
    desk.choose_file("audit-check", &file).await?;
    desk.says("audit-kept", "没有删改").await?;
    ensure!(!desk.has("audit-lost").await?, "it is whole");
    desk.press("audit-save").await?;
    desk.says("audit-saved", "已交给浏览器保存").await?;
    // A file that somebody changed proves nothing.
    let other = folder.path().join("other.txt");
    fs::write(&other, fs::read_to_string(&file)?.replace("\n1\n", "\n0\n").replace(OFFICE, "qujing-2018"))?;
    desk.choose_file("audit-check", &other).await?;
    desk.says("audit-unchecked", "签名对不上").await?;

    for lost in [false, true] {
        portal.crash();
        fs::remove_dir_all(&store)?;
        if !lost {
            local::copy_folder(&old, &store)?;
        }
        portal.start_again()?;
        // As long as before, but not the same: the number alone tells nothing.
        for _ in 0..6 {
            trail(&portal).await?;
        }
        open_the_trail(&portal, &desk).await?;
        desk.says("audit-lost", "现在的记录里没有了").await?;
        let elsewhere = Browser::open(1280, 900).await?;
        open_the_trail(&portal, &elsewhere).await?;
        ensure!(!elsewhere.has("audit-lost").await?, "it cannot know");
        elsewhere.choose_file("audit-check", &file).await?;
        elsewhere.says("audit-lost", "现在的记录里没有了").await?;
        elsewhere.conclude(&portal.url("")).await?;
    }
    ensure!(disk::files_with(folder.path(), "AGE-SECRET")?.is_empty());
    desk.conclude(&portal.url("")).await
}
