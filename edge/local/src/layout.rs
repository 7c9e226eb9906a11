//! The folder that workerd is started on.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

/// What the pages are told of offices and API (`protocol::config::FILE`), at the root of the site.
pub const PAGES_CONFIG: &str = "config.json";
/// What the Worker is told of the offices' staff, beside the bundle.
pub const OFFICES: &str = "offices.json";
/// The file that says that no new letter is taken.
pub const FULL: &str = "full";
/// The configuration: a template beside the built bundle, filled beside the one that is started.
const CONFIGURATION: &str = "workerd.capnp";

/// What the places in double braces of `edge/workerd.capnp` are filled with.
#[derive(Clone, Debug)]
pub struct Told {
    /// The folder in which the Worker keeps cases and offices.
    pub store: PathBuf,
    /// The folder of the pages.
    pub site: PathBuf,
    /// The folder in which it is told of its surroundings: a file [`FULL`] there says that no new letter is taken.
    pub state: PathBuf,
    /// Where it answers.
    pub address: SocketAddr,
    /// Leading zero bits of the proof of work.
    pub proof_bits: u32,
    /// Letters of a sort that an office takes a day before it asks for more work.
    pub daily_cap: u32,
    /// MiB of papers of a sort that an office takes a day.
    pub daily_papers_mib: u32,
    /// For how many days what was written in a closed case is kept, by its kind, as JSON; empty: for ever.
    pub retention_days: String,
    /// Other origins whose pages are answered, as `https://portal.example.org`.
    pub origins: Vec<String>,
}

impl Told {
    /// The configuration of a template.
    ///
    /// # Errors
    /// When the template holds a place that is not known here.
    fn fill(&self, template: &str) -> Result<String> {
        let mut text = template.to_owned();
        for (place, value) in [
            ("{{data}}", self.store.display().to_string()),
            ("{{state}}", self.state.display().to_string()),
            ("{{dist}}", self.site.display().to_string()),
            ("{{address}}", self.address.to_string()),
            ("{{proof_bits}}", self.proof_bits.to_string()),
            ("{{daily_cap}}", self.daily_cap.to_string()),
            ("{{daily_papers_mib}}", self.daily_papers_mib.to_string()),
            ("{{retention_days}}", self.retention_days.clone()),
            ("{{allowed_origins}}", self.origins.join(" ")),
        ] {
            text = text.replace(place, &within_quotes(&value));
        }
        ensure!(!text.contains("{{"), "{CONFIGURATION} has a place that nothing here fills");
        Ok(text)
    }
}

/// A value as it stands between the quotes of a text in Cap'n Proto.
fn within_quotes(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

/// Lays the built pages down anew, with what these pages are told of offices and API.
///
/// # Errors
/// Those of the disk.
pub fn lay_pages(built: &Path, site: &Path, config: &str) -> Result<()> {
    if site.exists() {
        fs::remove_dir_all(site).with_context(|| site.display().to_string())?;
    }
    copy_folder(built, site)?;
    let file = site.join(PAGES_CONFIG);
    fs::write(&file, config).with_context(|| file.display().to_string())?;
    // The compressed form of another configuration.
    let shipped = site.join(format!("{PAGES_CONFIG}.br"));
    if shipped.exists() {
        fs::remove_file(&shipped).with_context(|| shipped.display().to_string())?;
    }
    Ok(())
}

/// Lays the built bundle down with its filled configuration, and returns the latter.
///
/// # Errors
/// Those of the disk, and a template that holds a place not known here.
pub fn lay_worker(built: &Path, bundle: &Path, offices: &str, told: &Told) -> Result<PathBuf> {
    copy_folder(built, bundle)?;
    fs::create_dir_all(&told.state).with_context(|| told.state.display().to_string())?;
    let staff = bundle.join(OFFICES);
    fs::write(&staff, offices).with_context(|| staff.display().to_string())?;
    let file = bundle.join(CONFIGURATION);
    let template = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    fs::write(&file, told.fill(&template)?).with_context(|| file.display().to_string())?;
    Ok(file)
}

/// Copies a folder with everything in it.
///
/// # Errors
/// Those of the disk.
pub fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| to.display().to_string())?;
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target).with_context(|| target.display().to_string())?;
        }
    }
    Ok(())
}

/// Every file below a folder.
///
/// # Errors
/// Those of the disk.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn told() -> Told {
        Told {
            store: "/data/with \"quotes\"".into(),
            site: "/site".into(),
            state: "/state".into(),
            address: "127.0.0.1:8787".parse().unwrap(),
            proof_bits: 18,
            daily_cap: 5000,
            daily_papers_mib: 4096,
            retention_days: r#"{"tip_off":730}"#.to_owned(),
            origins: vec!["https://a.example".to_owned(), "https://b.example".to_owned()],
        }
    }

    #[test]
    fn the_shipped_template_is_filled_whole() {
        let text = told().fill(include_str!("../../workerd.capnp")).unwrap();
        for line in [
            r#"path = "/data/with \"quotes\"", writable"#,
            r#"address = "127.0.0.1:8787""#,
            r#"text = "https://a.example https://b.example""#,
            r#"text = "{\"tip_off\":730}""#,
        ] {
            assert!(text.contains(line), "{line} is not in {text}");
        }
    }

    #[test]
    fn a_place_that_nobody_fills_is_refused() {
        assert!(told().fill("(text = \"{{unknown}}\")").is_err());
    }
}
