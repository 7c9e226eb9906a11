//! Moments of the server's clock in words, Beijing time.

use chrono::{DateTime, Datelike, NaiveDateTime, TimeDelta, Timelike};

fn in_beijing(secs: u64) -> Option<NaiveDateTime> {
    let utc = DateTime::from_timestamp(i64::try_from(secs).ok()?, 0)?;
    Some(utc.checked_add_signed(TimeDelta::hours(8))?.naive_utc())
}

/// `2026年3月1日 09:05`; empty for a moment no calendar holds.
pub fn moment(secs: u64) -> String {
    in_beijing(secs).map_or_else(String::new, |at| {
        format!("{}年{}月{}日 {}", at.year(), at.month(), at.day(), clock_of(at))
    })
}

/// `09:05`.
pub fn clock(secs: u64) -> String {
    in_beijing(secs).map_or_else(String::new, clock_of)
}

/// The day, Beijing time.
pub fn day(secs: u64) -> Option<chrono::NaiveDate> {
    in_beijing(secs).map(|at| at.date())
}

fn clock_of(at: NaiveDateTime) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_in_beijing() {
        // 2026-02-28 16:05 UTC is already March in Beijing.
        assert_eq!(moment(1_772_294_700), "2026年3月1日 00:05");
        assert_eq!(clock(1_772_294_700), "00:05");
        assert_eq!(moment(u64::MAX), "");
    }
}
