//! Days and times as an office in China counts them: UTC+8 all year, no summer time.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Timelike};

const CHINA_OFFSET: TimeDelta = TimeDelta::hours(8);

/// Wall clock in China at a moment given in seconds since 1970-01-01 UTC. A moment beyond the
/// calendar reads as its first second.
fn china(secs: u64) -> NaiveDateTime {
    i64::try_from(secs)
        .ok()
        .and_then(|secs| DateTime::from_timestamp(secs, 0))
        .and_then(|moment| moment.naive_utc().checked_add_signed(CHINA_OFFSET))
        .unwrap_or_default()
}

/// The day in China.
pub(crate) fn china_date(secs: u64) -> NaiveDate {
    china(secs).date()
}

/// `2026年11月21日 09:05`.
pub(crate) fn moment(secs: u64) -> String {
    let at = china(secs);
    format!("{} {:02}:{:02}", day(at.date()), at.hour(), at.minute())
}

/// `2026年11月21日`.
pub(crate) fn day(date: NaiveDate) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

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

    #[test]
    fn the_day_turns_at_midnight_in_china() {
        // 2026-11-20T15:59:59Z and the second after it.
        assert_eq!(day(china_date(1_795_190_399)), "2026年11月20日");
        assert_eq!(day(china_date(1_795_190_400)), "2026年11月21日");
        assert_eq!(moment(1_795_190_400), "2026年11月21日 00:00");
    }

    #[test]
    fn an_impossible_moment_does_not_panic() {
        assert_eq!(china_date(u64::MAX), NaiveDate::default());
    }
}
