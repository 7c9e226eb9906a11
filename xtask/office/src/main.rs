//! `office <task> …`, answering on standard output. `xtask/src/tools.rs` calls it.
//!
//! - `here <folder>`: makes the keys that the folder lacks, and says in JSON what a server here needs
//! - `pages <api> [folder]`: `config.json` for the pages, with the public halves of a folder's key files
//! - `worker [folder]`: the Worker's variable `OFFICES`, of the same key files
//! - `security <origin> <contact>`: `security.txt`, good for a year from today
//! - `contacts`: whom to call, as HTML
//! - `site`: every page of the portal, in JSON
//! - `volumes <folder>`: the documents as files of their own
//! - `key <office> <role> <folder>`: makes one key file

use std::env;
use std::fs;
use std::io::{Write, stdout};
use std::path::Path;

use anyhow::{Context, Result, bail};
use chrono::{NaiveDate, Utc};
use office::{fallback, keys, pages, security, settings};
use protocol::desk::Role;
use serde_json::json;

fn main() -> Result<()> {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let answer = match words.as_slice() {
        ["here", folder] => here(Path::new(folder))?,
        ["pages", api] => settings::for_pages(&[], api, settings::PROOF_BITS)?,
        ["pages", api, folder] => {
            settings::for_pages(&keys::read_all(Path::new(folder))?, api, settings::PROOF_BITS)?
        }
        ["worker"] => settings::for_worker(&[])?.into_bytes(),
        ["worker", folder] => settings::for_worker(&keys::read_all(Path::new(folder))?)?.into_bytes(),
        ["security", origin, contact] => security::text(origin, contact, today())?.into_bytes(),
        ["site"] => serde_json::to_vec(&pages::all())?,
        ["volumes", folder] => volumes(Path::new(folder))?,
        ["contacts"] => fallback::html().into_bytes(),
        ["key", office, role, folder] => key(office, role, Path::new(folder))?.into_bytes(),
        _ => bail!(
            "usage: office here <folder> | pages <api> [folder] | worker [folder] | security <origin> <contact> | contacts | site | \
             volumes <folder> | key <office> <role> <folder>"
        ),
    };
    Ok(stdout().write_all(&answer)?)
}

fn here(folder: &Path) -> Result<Vec<u8>> {
    let keys = keys::for_all_offices(folder)?;
    let named: Vec<_> =
        keys.iter().map(|each| json!({ "office": each.key.office, "file": each.file })).collect();
    Ok(serde_json::to_vec(&json!({
        "pages": String::from_utf8(settings::for_pages(&keys, "", settings::PROOF_BITS)?)?,
        "worker": settings::for_worker(&keys)?,
        "proof_bits": settings::PROOF_BITS,
        "keys": named,
    }))?)
}

fn volumes(folder: &Path) -> Result<Vec<u8>> {
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    for (name, bytes) in policies::volumes() {
        fs::write(folder.join(name), bytes).with_context(|| (*name).to_owned())?;
    }
    Ok(Vec::new())
}

fn key(office: &str, role: &str, folder: &Path) -> Result<String> {
    policies::rulebook().document(office).with_context(|| format!("no document is called {office}"))?;
    let role = Role::from_id(role).with_context(|| format!("no role is called {role}"))?;
    let made = keys::make(folder, office, role)?;
    Ok(format!("{}\n  signs as {}\n  opens {}\n", made.file.display(), made.key.kid, made.key.recipient))
}

#[expect(clippy::disallowed_methods, reason = "the outer shell: until when a text is good")]
fn today() -> NaiveDate {
    Utc::now().date_naive()
}
