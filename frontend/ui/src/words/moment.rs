//! Moments of the server's clock in words and days, Beijing time: UTC+8 all year, no summer time.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Timelike};

use policies::model::CaseKind;
use protocol::coarse::owners_step;

use super::date_words;

fn in_beijing(secs: u64) -> Option<NaiveDateTime> {
    let utc = DateTime::from_timestamp(i64::try_from(secs).ok()?, 0)?;
    Some(utc.checked_add_signed(TimeDelta::hours(8))?.naive_utc())
}

/// `2026年3月1日 09:05`; empty for a moment no calendar holds.
pub fn moment(secs: u64) -> String {
    in_beijing(secs).map_or_else(String::new, |at| format!("{} {}", date_words(at.date()), clock_of(at)))
}

/// When the owner of a case did something, as finely as it is kept: of a tip-off the hour, `2026年3月1日 9 点多`.
pub fn owners_moment(kind: CaseKind, secs: u64) -> String {
    if owners_step(kind) == 0 {
        return moment(secs);
    }
    in_beijing(secs).map_or_else(String::new, |at| format!("{} {} 点多", date_words(at.date()), at.hour()))
}

/// `09:05`.
pub fn clock(secs: u64) -> String {
    in_beijing(secs).map_or_else(String::new, clock_of)
}

/// The day, Beijing time; 1970-01-01 for a moment no calendar holds.
pub fn day(secs: u64) -> NaiveDate {
    in_beijing(secs).unwrap_or_default().date()
}

fn clock_of(at: NaiveDateTime) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_moment_is_told_in_beijing() {
        // 2026-02-28 16:05 UTC is already March in Beijing.
        assert_eq!(moment(1_772_294_700), "2026年3月1日 00:05");
        assert_eq!(clock(1_772_294_700), "00:05");
        assert_eq!((moment(u64::MAX), day(u64::MAX)), (String::new(), NaiveDate::default()));
    }

    #[test]
    fn an_informants_moment_is_told_by_the_hour() {
        assert_eq!(owners_moment(CaseKind::TipOff, 1_772_294_700), "2026年3月1日 0 点多");
        assert_eq!(owners_moment(CaseKind::Application, 1_772_294_700), moment(1_772_294_700));
        assert_eq!(owners_moment(CaseKind::TipOff, u64::MAX), "");
    }

    #[test]
    fn the_day_turns_at_midnight_in_beijing() {
        // 2026-11-20T15:59:59Z and the second after it.
        assert_eq!(day(1_795_190_399), "2026-11-20".parse().unwrap());
        assert_eq!(day(1_795_190_400), "2026-11-21".parse().unwrap());
        assert_eq!(moment(1_795_190_400), "2026年11月21日 00:00");
    }
}
