//! Anybody can hold what a site serves against the list of its release: one byte that is changed is named, in the file and
//! in its compressed form. Browsers run no other script than the one that a page names.

#![allow(missing_docs)]

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use system_tests::browser::Browser;
use system_tests::portal::Portal;
use xtask::release;

/// What `frontend/verify.mjs` says of the site.
fn verified(portal: &Portal, list: &Path) -> Result<(bool, String)> {
    let script = portal.project().path("frontend/verify.mjs");
    let output = Command::new("node").arg(script).arg(portal.url("")).arg(list).output()?;
    ensure!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok((output.status.success(), String::from_utf8(output.stdout)?))
}

/// Changes one byte in the middle of a file, and gives what was there.
fn changed(file: &Path) -> Result<Vec<u8>> {
    let before = fs::read(file)?;
    let mut after = before.clone();
    *after.get_mut(before.len() / 2).context("an empty file")? ^= 1;
    fs::write(file, after)?;
    Ok(before)
}

/// The script that starts the portal.
fn script(site: &Path) -> Result<std::path::PathBuf> {
    let of_portal = |name: &str| name.starts_with("portal-") && name.ends_with(".js");
    let mut files = local::files(&site.join("assets"))?.into_iter();
    let named = |file: &Path| file.file_name().is_some_and(|name| of_portal(&name.to_string_lossy()));
    files.find(|file| named(file)).context("no script of the portal")
}

#[tokio::test(flavor = "multi_thread")]
async fn one_byte_that_is_not_the_releases_is_named() -> Result<()> {
    let portal = Portal::start()?;
    let (site, folder) = (portal.home().site(), tempfile::tempdir()?);
    release::write(portal.project(), &site)?;
    let list = folder.path().join("list.json");
    fs::rename(site.join(release::FILE), &list)?;
    let (fine, said) = verified(&portal, &list)?;
    ensure!(fine && said.contains("as in release"), "{said}");

    for file in [script(&site)?, site.join("desk/index.html")] {
        let before = changed(&file)?;
        let path = file.strip_prefix(&site)?.to_string_lossy().into_owned();
        let (fine, said) = verified(&portal, &list)?;
        ensure!(!fine && said.contains(&path), "{path} is not named: {said}");
        fs::write(&file, before)?;
    }
    // Another text in the compressed form alone, as browsers would get it.
    let script = script(&site)?;
    let beside = script.with_extension("js.br");
    let kept = fs::read(&beside).ok();
    fs::write(&beside, b"not compressed at all")?;
    let (fine, said) = verified(&portal, &list)?;
    ensure!(!fine && said.contains("(br)") && !said.contains("(identity)"), "{said}");
    match kept {
        Some(kept) => fs::write(&beside, kept)?,
        None => fs::remove_file(&beside)?,
    }
    ensure!(verified(&portal, &list)?.0, "it is as it was");
    Ok(())
}

#[tokio::test]
async fn a_browser_runs_no_other_script_than_the_page_names() -> Result<()> {
    let portal = Portal::start()?;
    let site = portal.home().site();
    let script = script(&site)?;
    let browser = Browser::open(360, 740).await?;
    browser.go(&portal.url("/")).await?;
    browser.settled().await?;
    browser.conclude(&portal.url("")).await?;

    // A script that would do all that the rightful one does.
    let mut text = fs::read(&script)?;
    text.extend(b"\ndocument.title = \"changed\";\n");
    fs::write(&script, text)?;
    let beside = script.with_extension("js.br");
    if beside.exists() {
        fs::remove_file(beside)?;
    }
    let browser = Browser::open(360, 740).await?;
    browser.go(&portal.url("/")).await?;
    let told = browser.until("the browser's refusal", async || {
        Ok(browser.complaints().await?.into_iter().find(|said| said.contains("integrity")))
    });
    told.await?;
    ensure!(browser.driver.title().await? != "changed", "it ran");
    Ok(())
}
