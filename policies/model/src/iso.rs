//! Dates as `YYYY-MM-DD` (ISO 8601), and nothing looser. Used with `#[serde(with = …)]` in place of
//! chrono's own reader, which understands far more and would weigh on every download.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

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

/// A date by itself, as what is made of several reads and writes it.
#[derive(Serialize, Deserialize)]
struct Iso(#[serde(with = "crate::iso")] NaiveDate);

/// The same for a date that may be absent.
pub mod option {
    use chrono::NaiveDate;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::Iso;

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

/// The same for a first and a last day that may be absent.
pub mod span {
    use chrono::NaiveDate;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::Iso;

    /// Writes both or nothing.
    ///
    /// # Errors
    /// The serializer's own.
    pub fn serialize<S: Serializer>(span: &Option<(NaiveDate, NaiveDate)>, to: S) -> Result<S::Ok, S::Error> {
        span.map(|(first, last)| (Iso(first), Iso(last))).serialize(to)
    }

    /// Reads both or nothing.
    ///
    /// # Errors
    /// Where one of the texts is no such date.
    pub fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<(NaiveDate, NaiveDate)>, D::Error> {
        let span = Option::<(Iso, Iso)>::deserialize(from)?;
        Ok(span.map(|(Iso(first), Iso(last))| (first, last)))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Dates {
        #[serde(with = "crate::iso")]
        on: NaiveDate,
        #[serde(default, with = "crate::iso::option")]
        due: Option<NaiveDate>,
        #[serde(default, with = "crate::iso::span")]
        between: Option<(NaiveDate, NaiveDate)>,
    }

    #[test]
    fn dates_are_written_in_full_and_read_in_no_other_way() {
        let on = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
        let all = Dates { on, due: Some(on), between: Some((on, on)) };
        let text = r#"{"on":"2026-03-02","due":"2026-03-02","between":["2026-03-02","2026-03-02"]}"#;
        assert_eq!(serde_json::to_string(&all).unwrap(), text);
        assert_eq!(serde_json::from_str::<Dates>(text).unwrap(), all);
        let alone = Dates { on, due: None, between: None };
        assert_eq!(serde_json::from_str::<Dates>(r#"{"on":"2026-03-02"}"#).unwrap(), alone);
        for other in ["2026-3-2", "+2026-03-02", "2026-02-30", "2026-03-02T00:00:00Z", ""] {
            assert!(serde_json::from_str::<Dates>(&format!(r#"{{"on":"{other}"}}"#)).is_err(), "{other}");
        }
    }
}
