//! What an office configures: `anju.toml`, and the two files with the public halves of its keys that `cargo xtask
//! package --keys` writes beside it.

use std::collections::BTreeMap;
use std::fs;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail, ensure};
use policies_model::CaseKind;
use serde::Deserialize;
use serde_json::Value;

/// The file's name in the settings folder.
const FILE: &str = "anju.toml";

/// Everything that `serve` is told.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where it answers.
    pub listen: SocketAddr,
    /// Letters of a sort that an office takes a day before it asks for more work.
    pub daily_cap: u32,
    /// MiB of papers of a sort that an office takes a day.
    pub daily_papers_mib: u32,
    /// For how many days what was written in a closed case is kept, by its kind, as JSON.
    pub retention_days: String,
    /// Other origins whose pages may ask this API.
    pub origins: Vec<String>,
    /// From how full a disk on no new letter is taken, in percent.
    pub full_at: u64,
    /// Leading zero bits of a proof of work, as the pages are told.
    pub proof_bits: u32,
    /// The pages' `config.json`.
    pub pages: String,
    /// The Worker's variable `OFFICES`.
    pub offices: String,
}

/// `anju.toml`. Every key may be left out.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Configured {
    listen: SocketAddr,
    beyond_this_machine: bool,
    daily_cap: u32,
    daily_papers_mib: u32,
    origins: Vec<String>,
    full_at: u64,
    retention_days: BTreeMap<CaseKind, NonZeroU32>,
}

impl Default for Configured {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8787)),
            beyond_this_machine: false,
            daily_cap: 5000,
            daily_papers_mib: 4096,
            origins: Vec::new(),
            full_at: 95,
            retention_days: BTreeMap::new(),
        }
    }
}

impl Settings {
    /// Reads a settings folder.
    ///
    /// # Errors
    /// With the file and what is wrong in it.
    pub fn read(folder: &Path) -> Result<Self> {
        let read = |name: &str| {
            let file = folder.join(name);
            fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))
        };
        let configured = configured(&read(FILE)?)?;
        let (pages, offices) = (read(local::PAGES_CONFIG)?, read(local::OFFICES)?);
        let object = |name: &str, text: &str| match serde_json::from_str(text) {
            Ok(Value::Object(object)) => Ok(object),
            _ => bail!("{name} is no JSON object: take it from the archive of `cargo xtask package --keys`"),
        };
        let told = object(local::PAGES_CONFIG, &pages)?;
        let staffed = object(local::OFFICES, &offices)?;
        let open = told.get("offices").and_then(Value::as_object);
        let nobody = open.into_iter().flatten().find(|(office, _)| !staffed.contains_key(*office));
        if let Some((office, _)) = nobody {
            bail!(
                "{} takes letters for {office}, but {} names nobody who opens its desk: both must come of the same keys",
                local::PAGES_CONFIG,
                local::OFFICES
            );
        }
        let bits = told.get("proof_bits").and_then(Value::as_u64).and_then(|bits| u32::try_from(bits).ok());
        let proof_bits = bits.with_context(|| format!("{} has no proof_bits", local::PAGES_CONFIG))?;
        let Configured { listen, daily_cap, daily_papers_mib, origins, full_at, .. } = configured;
        let retention_days = serde_json::to_string(&configured.retention_days)?;
        Ok(Self {
            listen,
            daily_cap,
            daily_papers_mib,
            retention_days,
            origins,
            full_at,
            proof_bits,
            pages,
            offices,
        })
    }
}

fn configured(text: &str) -> Result<Configured> {
    let configured: Configured = toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        anyhow!("{FILE}, line {}: {}", before.lines().count().max(1), error.message().replace('\n', " "))
    })?;
    ensure!(
        configured.listen.ip().is_loopback() || configured.beyond_this_machine,
        "{FILE}: listen = \"{}\" is open to the network without TLS; let the proxy on this machine answer it, or say \
         beyond_this_machine = true",
        configured.listen
    );
    ensure!(
        (1..=100).contains(&configured.full_at),
        "{FILE}: full_at = {} is no percentage from 1 to 100",
        configured.full_at
    );
    let bad = |origin: &&String| !origin.starts_with("https://") || origin.matches('/').count() != 2;
    if let Some(origin) = configured.origins.iter().find(bad) {
        bail!("{FILE}: {origin} is no origin such as https://portal.example.org");
    }
    Ok(configured)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_not_written_has_a_safe_default() {
        let empty = configured("").unwrap();
        assert!(empty.listen.ip().is_loopback() && empty.origins.is_empty());
        assert!(empty.retention_days.is_empty(), "the law gives no period, nor does this program");
    }

    #[test]
    fn the_network_is_reached_only_where_that_is_said() {
        let open = "listen = \"0.0.0.0:80\"\n";
        assert!(configured(open).unwrap_err().to_string().contains("without TLS"));
        assert!(configured(&format!("{open}beyond_this_machine = true")).is_ok());
        assert!(configured("listen = \"[::1]:80\"").is_ok());
    }

    #[test]
    fn what_is_misspelt_or_no_origin_is_named() {
        for (text, named) in [
            ("listne = \"127.0.0.1:1\"", "listne"),
            ("\nlisten = \"127.0.0.1:none\"", "anju.toml, line 2: invalid"),
            ("origins = [\"http://a.example\"]", "http://a.example"),
            ("origins = [\"https://a.example/\"]", "https://a.example/"),
            ("[retention_days]\ntip_off = 0", "anju.toml, line 2"),
            ("[retention_days]\ntipoff = 1", "tipoff"),
            ("full_at = 0", "full_at = 0"),
            ("full_at = 101", "full_at = 101"),
        ] {
            let said = format!("{:#}", configured(text).unwrap_err());
            assert!(said.contains(named) && said.lines().count() == 1, "{said}");
        }
    }

    #[test]
    fn pages_that_take_letters_nobody_opens_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        let said = || format!("{:#}", Settings::read(folder.path()).unwrap_err());
        assert!(said().contains("anju.toml"));
        write(FILE, "");
        write(local::PAGES_CONFIG, r#"{"proof_bits": 18, "offices": {"yongshun-2023": {"recipients": []}}}"#);
        write(local::OFFICES, "[]");
        assert!(said().contains("offices.json is no JSON object"));
        write(local::OFFICES, "{}");
        assert!(said().contains("yongshun-2023"));
        write(local::OFFICES, r#"{"yongshun-2023": {"staff": []}}"#);
        assert_eq!(Settings::read(folder.path()).unwrap().proof_bits, 18);
        write(local::PAGES_CONFIG, "{}");
        assert!(said().contains("proof_bits"));
    }
}
