//! `office <task> …`, answering on standard output. `xtask/src/tools.rs` calls it.
//!
//! - `here <folder>`: makes the demonstration keys that the folder lacks, and says in JSON what a server here needs
//! - `roots [file]`: the root keys that a sealer is built with, in one line; without a file those of a demonstration
//! - `pages <api>`: `config.json` for pages that know no office
//! - `deployed <api> <cards> [roots]`: what both sides are told of the cards in a folder, in JSON
//! - `policy [api]`, `headers <api> <path>…`: what a page says of itself, and `_headers` for static hosts
//! - `security <origin> <contact>`: `security.txt`, good for a year from today
//! - `contacts`: whom to call, as HTML
//! - `site`: every page of the portal, in JSON
//! - `volumes <folder>`: the documents as files of their own

use std::env;
use std::fs;
use std::io::{Write, stdout};
use std::path::Path;
use std::time::SystemTime;

use anyhow::{Context, Result, bail};
use chrono::{DateTime, NaiveDate};
use office::{cards, fallback, keys, pages, security, settings};
use protocol::headers;
use serde_json::json;

fn main() -> Result<()> {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let answer = match words.as_slice() {
        ["here", folder] => here(Path::new(folder))?,
        ["pages", api] => settings::for_pages(&[], api, settings::PROOF_BITS)?,
        ["roots"] => cards::roots(None)?.to_text().into_bytes(),
        ["roots", file] => cards::roots(Some(Path::new(file)))?.to_text().into_bytes(),
        ["deployed", api, folder] => deployed(api, Path::new(folder), None)?,
        ["deployed", api, folder, roots] => deployed(api, Path::new(folder), Some(Path::new(roots)))?,
        ["policy"] => headers::policy_of_a_page("").into_bytes(),
        ["policy", api] => headers::policy_of_a_page(api).into_bytes(),
        ["headers", api, hashed @ ..] => headers::for_static_hosts(api, hashed).into_bytes(),
        ["security", origin, contact] => security::text(origin, contact, today()?)?.into_bytes(),
        ["site"] => serde_json::to_vec(&pages::all())?,
        ["volumes", folder] => volumes(Path::new(folder))?,
        ["contacts"] => fallback::html().into_bytes(),
        _ => bail!(
            "usage: office here <folder> | roots [file] | pages <api> | deployed <api> <cards> [roots] | policy [api] | \
             headers <api> <path>… | security <origin> <contact> | contacts | site | volumes <folder>"
        ),
    };
    Ok(stdout().write_all(&answer)?)
}

fn here(folder: &Path) -> Result<Vec<u8>> {
    let keys = keys::for_all_offices(folder)?;
    let cards = cards::demonstration(&keys);
    let named: Vec<_> =
        keys.iter().map(|each| json!({ "office": each.key.office, "file": each.file })).collect();
    Ok(serde_json::to_vec(&json!({
        "pages": String::from_utf8(settings::for_pages(&cards, "", settings::PROOF_BITS)?)?,
        "worker": settings::for_worker(&cards)?,
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

fn deployed(api: &str, folder: &Path, roots: Option<&Path>) -> Result<Vec<u8>> {
    let cards = cards::read_all(folder, &cards::roots(roots)?, today()?)?;
    Ok(serde_json::to_vec(&json!({
        "pages": String::from_utf8(settings::for_pages(&cards, api, settings::PROOF_BITS)?)?,
        "worker": settings::for_worker(&cards)?,
    }))?)
}

/// Today in China.
#[allow(clippy::disallowed_methods, reason = "the outer shell reads the clock")]
fn today() -> Result<NaiveDate> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_secs();
    let in_china = DateTime::from_timestamp(i64::try_from(now)?.saturating_add(8 * 3600), 0);
    Ok(in_china.context("the clock shows no day")?.date_naive())
}
