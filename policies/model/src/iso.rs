//! Dates as `YYYY-MM-DD` (ISO 8601), and nothing looser. Used with `#[serde(with = …)]` in place of
//! chrono's own reader, which understands far more and would weigh on every download.

use chrono::{Datelike, NaiveDate};
use serde::{Deserializer, Serializer, de};

/// Reads `YYYY-MM-DD`.
pub fn read(text: &str) -> Option<NaiveDate> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
    if parts.next().is_some() || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
        return None;
    }
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// Writes a date.
///
/// # Errors
/// The serializer's own.
pub fn serialize<S: Serializer>(date: &NaiveDate, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(&format_args!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day()))
}

/// Reads a date.
///
/// # Errors
/// Where the text is no such date.
pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveDate, D::Error> {
    from.deserialize_str(Visitor)
}

struct Visitor;

impl de::Visitor<'_> for Visitor {
    type Value = NaiveDate;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a date YYYY-MM-DD")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<NaiveDate, E> {
        read(text).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
    }
}

/// The same for a date that may be absent.
pub mod option {
    use chrono::NaiveDate;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    struct Iso(#[serde(with = "super")] NaiveDate);

    /// Writes a date or nothing.
    ///
    /// # Errors
    /// The serializer's own.
    pub fn serialize<S: Serializer>(date: &Option<NaiveDate>, to: S) -> Result<S::Ok, S::Error> {
        date.map(Iso).serialize(to)
    }

    /// Reads a date or nothing.
    ///
    /// # Errors
    /// Where the text is no such date.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<NaiveDate>, D::Error> {
        Ok(Option::<Iso>::deserialize(from)?.map(|Iso(date)| date))
    }
}
