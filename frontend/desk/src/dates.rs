//! Days as an officer types them.

use chrono::{Datelike, NaiveDate};

/// Reads a typed date: `2026-11-21`, `2026/11/21`, `2026.11.21`, `2026年11月21日`, `20261121`, also
/// with full-width digits. `None` for anything else and for days the calendar lacks.
pub(crate) fn parse(typed: &str) -> Option<NaiveDate> {
    let narrow: String = typed
        .trim()
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
            '年' | '月' | '/' | '.' | '／' | '．' | '－' => '-',
            _ => c,
        })
        .collect();
    let narrow = narrow.trim_end_matches('日');
    let is_bare = narrow.len() == 8 && narrow.bytes().all(|b| b.is_ascii_digit());
    let format = if is_bare { "%Y%m%d" } else { "%Y-%m-%d" };
    NaiveDate::parse_from_str(narrow, format).ok().filter(|date| (1900..=9999).contains(&date.year()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        let expected = NaiveDate::from_ymd_opt(2026, 3, 5);
        for typed in
            ["2026-03-05", "2026/3/5", "2026.3.5", " 2026年3月5日 ", "20260305", "２０２６－０３－０５"]
        {
            assert_eq!(parse(typed), expected, "{typed}");
        }
        for typed in ["", "2026-02-30", "26-3-5", "明天", "2026-3", "202603051"] {
            assert_eq!(parse(typed), None, "{typed}");
        }
    }
}
