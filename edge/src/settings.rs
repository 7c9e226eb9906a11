//! What an installation configures, read from the Worker's bindings.

use std::collections::HashMap;

use chrono::NaiveDate;
use protocol::{card::CardOfficer, desk::Role, limits::PROOF_BITS, signed::key_bytes};
use serde::Deserialize;

use crate::{clock::day_in_china, office::admission::Terms};

/// Letters of one sort that one office takes per day at the usual price, where nothing else is configured.
pub const DAILY_CAP: u64 = 5000;

/// Characters of letters and messages of one sort that it takes per day at that price (512 MiB).
pub const DAILY_CHARS: u64 = 512 * 1024 * 1024;

/// The configuration, read once for as long as the Worker lives.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Offices with their staff by key id.
    offices: HashMap<String, HashMap<String, StaffKey>>,
    /// How much work is asked for, and how much is taken before more is asked.
    pub terms: Terms,
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

#[derive(Deserialize)]
struct OfficeText {
    #[serde(default)]
    staff: Vec<CardOfficer>,
}

impl Settings {
    /// Reads the bindings' texts; an absent or empty one means its default.
    ///
    /// # Errors
    /// [`SettingsError`] with the name of the binding.
    pub fn parse(
        offices: &str,
        proof_bits: &str,
        daily_cap: &str,
        allowed_origins: &str,
    ) -> Result<Self, SettingsError> {
        let texts: HashMap<String, OfficeText> =
            serde_json::from_str(if offices.is_empty() { "{}" } else { offices })
                .map_err(|_| SettingsError("OFFICES"))?;
        let offices = texts
            .into_iter()
            .map(|(office, text)| Ok((office, staff_keys(text)?)))
            .collect::<Result<_, SettingsError>>()?;
        Ok(Self {
            offices,
            terms: Terms {
                bits: number(proof_bits, PROOF_BITS).ok_or(SettingsError("PROOF_BITS"))?,
                letters: number(daily_cap, DAILY_CAP).ok_or(SettingsError("DAILY_CAP"))?,
                chars: DAILY_CHARS,
            },
            allowed_origins: allowed_origins.split_whitespace().map(str::to_owned).collect(),
        })
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
        let settings = Settings::parse(&offices, "8", "", "https://a.example  https://b.example");
        let settings = settings.unwrap();
        assert_eq!(settings.key("o", "k").map(|key| key.role), Some(Role::Town));
        assert!(settings.has_office("p") && settings.key("p", "k").is_none());
        assert_eq!((settings.terms.bits, settings.terms.letters), (8, DAILY_CAP));
        assert_eq!(settings.allowed_origins.len(), 2);
        assert_eq!(Settings::parse("", "", "", "").unwrap().terms.bits, PROOF_BITS);
        for (offices, bits, cap, wrong) in [
            ("[", "", "", "OFFICES"),
            (r#"{"o":{"staff":[{"kid":"k","role":"town","public_key":"AA=="}]}}"#, "", "", "OFFICES"),
            ("", "many", "", "PROOF_BITS"),
            ("", "", "-1", "DAILY_CAP"),
        ] {
            assert_eq!(Settings::parse(offices, bits, cap, "").err(), Some(SettingsError(wrong)));
        }
    }
}
