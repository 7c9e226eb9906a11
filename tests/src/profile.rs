//! What a browser has left on the disk of whoever used it: every file of its profile, read once it is closed.

use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use data_encoding::{BASE64, HEXLOWER};
use memchr::memmem;
use tempfile::TempDir;

use crate::browser::Browser;
use crate::driver;
use crate::process;

impl Browser {
    /// Closes the browser as a person does, and gives what it has left.
    ///
    /// # Errors
    /// When it does not end.
    pub async fn closed(mut self) -> Result<TempDir> {
        self.driver.clone().quit().await?;
        self.left()
    }

    /// Ends the browser in the middle of everything, and gives what it has left.
    ///
    /// # Errors
    /// When it does not end.
    pub fn killed(mut self) -> Result<TempDir> {
        let profile = self.profile().to_owned();
        for (process, line) in process::all()? {
            if uses(&profile, &line) {
                // One may have ended with another by now.
                let _ = process::signal("KILL", process);
            }
        }
        self.left()
    }

    fn left(&mut self) -> Result<TempDir> {
        let profile = self.take_profile()?;
        process::gone(|_, line| uses(profile.path(), line))?;
        Ok(profile)
    }
}

fn uses(profile: &Path, line: &str) -> bool {
    line.contains(&*profile.to_string_lossy())
}

/// Which of some texts stand in which files of a profile: as they are, in another encoding, in an address, in base64, as JSON
/// escapes them, or in a compressed piece.
///
/// # Errors
/// Those of the disk.
pub fn traces(profile: &Path, secrets: &[&str]) -> Result<Vec<(String, PathBuf)>> {
    let needles: Vec<(&str, Vec<u8>)> =
        secrets.iter().flat_map(|secret| forms(secret).into_iter().map(|form| (*secret, form))).collect();
    let finders: Vec<_> = needles.iter().map(|(secret, form)| (secret, memmem::Finder::new(form))).collect();
    let mut found = Vec::new();
    for file in local::files(profile)? {
        // Links and sockets hold nothing; one is written by who drives the browser, not by the browser.
        if !file.is_file() || file.file_name().is_some_and(|name| name == driver::SAID) {
            continue;
        }
        let bytes = match fs::read(&file) {
            Ok(bytes) => bytes,
            // A browser that runs puts files away while one looks.
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(error).with_context(|| file.display().to_string()),
        };
        let contents = [vec![bytes.clone()], unpacked(&bytes)].concat();
        for (secret, finder) in &finders {
            let known = found.last().is_some_and(|(text, last)| text == *secret && file.ends_with(last));
            if !known && contents.iter().any(|content| finder.find(content).is_some()) {
                found.push(((**secret).to_owned(), file.strip_prefix(profile)?.to_owned()));
            }
        }
    }
    Ok(found)
}

/// Every way in which a browser may keep a text.
fn forms(text: &str) -> Vec<Vec<u8>> {
    let bytes = text.as_bytes();
    let utf16 = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let percent: String = bytes.iter().map(|byte| format!("%{byte:02X}")).collect();
    let json: String = text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    let mut forms = vec![
        bytes.to_vec(),
        utf16(u16::to_le_bytes),
        utf16(u16::to_be_bytes),
        percent.to_ascii_lowercase().into_bytes(),
        percent.into_bytes(),
        json.into_bytes(),
        HEXLOWER.encode(bytes).into_bytes(),
    ];
    // Three places where it may begin within four letters of base64; what its neighbours share a letter with is left out.
    for before in 0..3_usize {
        let padded = [&vec![0; before], bytes].concat();
        let coded = BASE64.encode(&padded);
        let inside = (before * 8).div_ceil(6)..padded.len() * 8 / 6;
        forms.extend(coded.get(inside).map(|inside| inside.as_bytes().to_vec()));
    }
    forms
}

/// The pieces of a file that were compressed by gzip.
fn unpacked(bytes: &[u8]) -> Vec<Vec<u8>> {
    let begins = memmem::find_iter(bytes, b"\x1f\x8b\x08");
    let piece = |at: usize| {
        let mut piece = Vec::new();
        // One that breaks off holds what came before.
        let _ = flate2::read::GzDecoder::new(bytes.get(at..)?).read_to_end(&mut piece);
        (!piece.is_empty()).then_some(piece)
    };
    begins.filter_map(piece).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::io::Write;

    #[test]
    fn a_text_is_found_in_every_form() {
        let folder = tempfile::tempdir().unwrap();
        let secret = "门口贴着出租Zq7";
        let shifted = |before: &str| BASE64.encode(format!("{before}{secret}!").as_bytes()).into_bytes();
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(format!("{{\"text\":\"{secret}\"}}").as_bytes()).unwrap();
        let mut all = forms(secret);
        all.extend([shifted(""), shifted("a"), shifted("ab"), packed.finish().unwrap()]);
        let count = all.len();
        for (n, form) in all.into_iter().enumerate() {
            fs::write(folder.path().join(n.to_string()), [b"\0\x01", &*form, b"\xff"].concat()).unwrap();
        }
        fs::write(folder.path().join("other"), "门口贴着出租Zq8").unwrap();
        assert_eq!(traces(folder.path(), &[secret, "another"]).unwrap().len(), count);
    }
}
