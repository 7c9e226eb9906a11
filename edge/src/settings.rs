//! What an installation configures, read from the Worker's bindings.

use std::{collections::HashMap, num::NonZeroU32};

use chrono::NaiveDate;
use protocol::{CaseKind, card::CardOfficer, desk::Role, limits::PROOF_BITS, signed::key_bytes};
use serde::{Deserialize, de::DeserializeOwned};

use crate::{clock::day_in_china, office::admission::Terms};

/// Letters of one sort that one office takes per day at the usual price, where nothing else is configured.
pub const DAILY_CAP: u64 = 5000;

/// Characters of letters and messages of one sort that it takes per day at that price (512 MiB).
pub const DAILY_CHARS: u64 = 512 * 1024 * 1024;

/// MiB of papers of one sort that one office takes per day, where nothing else is configured.
pub const DAILY_PAPERS_MIB: u64 = 4096;

/// The configuration, read once for as long as the Worker lives.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Offices with their staff by key id.
    offices: HashMap<String, HashMap<String, StaffKey>>,
    /// How much work is asked for, and how much is taken before more is asked.
    pub terms: Terms,
    /// For how many days after its closing what was written in a case is kept, by its kind; not named: for ever.
    retention_days: HashMap<CaseKind, NonZeroU32>,
    /// Other origins that are answered, e.g. `https://portal.example.gov.cn`.
    pub allowed_origins: Vec<String>,
}

/// A registered staff key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffKey {
    /// What it may do.
    pub role: Role,
    /// Ed25519 public key.
    pub public_key: [u8; 32],
    /// The last day on which it signs.
    pub last_day: Option<NaiveDate>,
}

impl StaffKey {
    /// Whether it signs at a time, Unix seconds.
    pub fn signs_at(&self, now: u64) -> bool {
        self.last_day.is_none_or(|last| day_in_china(now) <= last)
    }
}

/// The configuration cannot be used; says which binding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SettingsError(pub &'static str);

/// The texts of the bindings; an empty one means its default.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bindings<'a> {
    /// JSON: offices by id with their staff.
    pub offices: &'a str,
    /// A number.
    pub proof_bits: &'a str,
    /// A number.
    pub daily_cap: &'a str,
    /// A number.
    pub daily_papers_mib: &'a str,
    /// Origins with blanks between them.
    pub allowed_origins: &'a str,
    /// JSON: days by kind of case.
    pub retention_days: &'a str,
}

#[derive(Deserialize)]
struct OfficeText {
    #[serde(default)]
    staff: Vec<CardOfficer>,
}

impl Settings {
    /// Reads the bindings' texts.
    ///
    /// # Errors
    /// [`SettingsError`] with the name of the binding.
    pub fn parse(bindings: &Bindings<'_>) -> Result<Self, SettingsError> {
        let texts: HashMap<String, OfficeText> = object(bindings.offices).ok_or(SettingsError("OFFICES"))?;
        let offices = texts
            .into_iter()
            .map(|(office, text)| Ok((office, staff_keys(text)?)))
            .collect::<Result<_, SettingsError>>()?;
        Ok(Self {
            offices,
            terms: Terms {
                bits: number(bindings.proof_bits, PROOF_BITS).ok_or(SettingsError("PROOF_BITS"))?,
                letters: number(bindings.daily_cap, DAILY_CAP).ok_or(SettingsError("DAILY_CAP"))?,
                chars: DAILY_CHARS,
                papers: number(bindings.daily_papers_mib, DAILY_PAPERS_MIB)
                    .ok_or(SettingsError("DAILY_PAPERS_MIB"))?
                    .saturating_mul(1024 * 1024),
            },
            retention_days: object(bindings.retention_days).ok_or(SettingsError("RETENTION_DAYS"))?,
            allowed_origins: bindings.allowed_origins.split_whitespace().map(str::to_owned).collect(),
        })
    }

    /// For how many days after its closing what was written in a case of a kind is kept; none: for ever.
    pub fn retention_days(&self, kind: CaseKind) -> Option<u32> {
        self.retention_days.get(&kind).map(|days| days.get())
    }

    /// Whether this office is served here.
    pub fn has_office(&self, office: &str) -> bool {
        self.offices.contains_key(office)
    }

    /// Whether somebody in the office opens at a time (Unix seconds) what is for its supervisors.
    pub fn has_supervisor(&self, office: &str, now: u64) -> bool {
        let supervises = |key: &StaffKey| key.role == Role::Supervisor && key.signs_at(now);
        self.offices.get(office).is_some_and(|keys| keys.values().any(supervises))
    }

    /// The registered key of an office.
    pub fn key(&self, office: &str, kid: &str) -> Option<&StaffKey> {
        self.offices.get(office)?.get(kid)
    }
}

fn staff_keys(text: OfficeText) -> Result<HashMap<String, StaffKey>, SettingsError> {
    text.staff
        .into_iter()
        .map(|staff| {
            let public_key = key_bytes(&staff.public_key).ok_or(SettingsError("OFFICES"))?;
            let key = StaffKey { role: staff.role, public_key, last_day: staff.last_day };
            Ok((staff.kid, key))
        })
        .collect()
}

fn object<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(if text.is_empty() { "{}" } else { text }).ok()
}

fn number<N: std::str::FromStr>(text: &str, default: N) -> Option<N> {
    if text.is_empty() { Some(default) } else { text.parse().ok() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use data_encoding::BASE64;

    use super::*;

    #[test]
    fn bindings_are_read_or_named() {
        let key = BASE64.encode(&[1; 32]);
        let offices =
            format!(r#"{{"o":{{"staff":[{{"kid":"k","role":"town","public_key":"{key}"}}]}},"p":{{}}}}"#);
        let settings = Settings::parse(&Bindings {
            offices: &offices,
            proof_bits: "8",
            allowed_origins: "https://a.example  https://b.example",
            retention_days: r#"{"tip_off": 730}"#,
            ..Bindings::default()
        })
        .unwrap();
        assert_eq!(settings.retention_days(CaseKind::TipOff), Some(730));
        assert_eq!(settings.retention_days(CaseKind::Application), None, "nobody said so");
        assert_eq!(settings.key("o", "k").map(|key| key.role), Some(Role::Town));
        assert!(settings.has_office("p") && settings.key("p", "k").is_none());
        assert_eq!((settings.terms.bits, settings.terms.letters), (8, DAILY_CAP));
        assert_eq!(settings.terms.papers, DAILY_PAPERS_MIB << 20);
        assert_eq!(settings.allowed_origins.len(), 2);
        let none = Bindings::default();
        assert_eq!(Settings::parse(&none).unwrap().terms.bits, PROOF_BITS);
        let short = r#"{"o":{"staff":[{"kid":"k","role":"town","public_key":"AA=="}]}}"#;
        for (bindings, wrong) in [
            (Bindings { offices: "[", ..none }, "OFFICES"),
            (Bindings { offices: short, ..none }, "OFFICES"),
            (Bindings { proof_bits: "many", ..none }, "PROOF_BITS"),
            (Bindings { daily_cap: "-1", ..none }, "DAILY_CAP"),
            (Bindings { daily_papers_mib: "4 GB", ..none }, "DAILY_PAPERS_MIB"),
            (Bindings { retention_days: r#"{"tip_off": 0}"#, ..none }, "RETENTION_DAYS"),
            (Bindings { retention_days: r#"{"tipoff": 1}"#, ..none }, "RETENTION_DAYS"),
        ] {
            assert_eq!(Settings::parse(&bindings).err(), Some(SettingsError(wrong)));
        }
    }
}
