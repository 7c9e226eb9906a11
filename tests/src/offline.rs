//! What the service worker keeps in a browser, and a site that becomes another release while it is open.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use xtask::offline;

use crate::browser::Browser;
use crate::portal::Portal;

/// Whether all of these addresses are kept.
const KEPT: &str = "const done = arguments[1]; \
    Promise.all(arguments[0].map(address => caches.match(address))).then(found => done(found.every(Boolean)));";
/// Every address that is kept.
const ALL: &str = "const done = arguments[0]; (async () => { const all = []; \
    for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) all.push(new URL(request.url).pathname); \
    done(all); })();";
/// Asks the server for a newer release, as a browser does by itself when a page is opened.
const LOOK: &str = "const done = arguments[0]; navigator.serviceWorker.ready.then(worker => worker.update()).then(() => done(), () => done());";
/// What a release is called that differs from the built one in a name and a title alone.
pub const NEWER: &str = "0123456789ab";

impl Browser {
    /// Waits until pages and files are kept for days without a network.
    ///
    /// # Errors
    /// When they are not.
    pub async fn keeps(&self, addresses: &[&str]) -> Result<()> {
        self.until(&format!("{addresses:?} in the cache"), async || {
            let kept = self.driver.execute_async(KEPT, vec![serde_json::json!(addresses)]).await?;
            Ok(kept.convert::<bool>()?.then_some(()))
        })
        .await
    }

    /// The paths of everything that is kept, in no particular order.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn all_kept(&self) -> Result<Vec<String>> {
        Ok(self.driver.execute_async(ALL, vec![]).await?.convert()?)
    }

    /// The paths of everything that the open page has loaded.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn loaded(&self) -> Result<Vec<String>> {
        let loaded =
            "return performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)";
        Ok(self.driver.execute(loaded, vec![]).await?.convert()?)
    }

    /// Lets the browser look for a newer release now.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn look_for_newer(&self) -> Result<()> {
        self.driver.execute_async(LOOK, vec![]).await?;
        Ok(())
    }

    /// The release of which the open page is.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn release(&self) -> Result<String> {
        let told = "return document.querySelector('meta[name=offline]').dataset.release";
        Ok(self.driver.execute(told, vec![]).await?.convert()?)
    }
}

/// Makes the site a newer release: the script that starts its pages has another name, and the old one is gone. Gives the
/// addresses of both.
///
/// # Errors
/// When the site is not as it was built.
pub fn make_newer(portal: &Portal) -> Result<(String, String)> {
    let site = portal.home().site();
    let first = fs::read_to_string(site.join("index.html"))?;
    let release = between(&first, "data-release=\"", "\"").context("no release")?.to_owned();
    let script = between(&first, "<script type=\"module\" src=\"/", "\"").context("no script")?.to_owned();
    let newer = format!("assets/portal-{NEWER}.js");
    for file in local::files(&site)? {
        if file.extension().is_some_and(|ending| ending == "html") {
            let text = fs::read_to_string(&file)?.replace(&release, NEWER).replace(&script, &newer);
            fs::write(&file, text)?;
            remove(&file, "html.br")?;
        }
    }
    fs::rename(site.join(&script), site.join(&newer))?;
    remove(&site.join(&script), "js.br")?;
    offline::write(portal.project(), &site)?;
    Ok((format!("/{script}"), format!("/{newer}")))
}

/// The compressed form beside a file, if there is one.
fn remove(file: &Path, ending: &str) -> Result<()> {
    let beside = file.with_extension(ending);
    if beside.exists() {
        fs::remove_file(beside)?;
    }
    Ok(())
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    text.split_once(before)?.1.split_once(after).map(|(inside, _)| inside)
}
