//! Server time and the calendar day of the offices.

use chrono::{DateTime, NaiveDate};

/// Seconds of a day.
pub const DAY_SECS: u64 = 86_400;

/// China Standard Time is eight hours ahead of UTC all year.
const OFFSET_SECS: u64 = 8 * 3600;

/// The calendar day in China at a Unix second.
///
/// ```
/// use edge::clock::day_in_china;
/// assert_eq!(day_in_china(57_599).to_string(), "1970-01-01");
/// assert_eq!(day_in_china(57_600).to_string(), "1970-01-02");
/// ```
pub fn day_in_china(secs: u64) -> NaiveDate {
    i64::try_from(secs.saturating_add(OFFSET_SECS))
        .ok()
        .and_then(|secs| DateTime::from_timestamp(secs, 0))
        .map_or(NaiveDate::MIN, |at| at.date_naive())
}

/// The first second of that day.
pub fn start_of_day(secs: u64) -> u64 {
    let shifted = secs.saturating_add(OFFSET_SECS);
    (shifted / DAY_SECS).saturating_mul(DAY_SECS).saturating_sub(OFFSET_SECS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_starts_at_midnight_in_china() {
        let noon = 1_792_123_200;
        let start = start_of_day(noon);
        assert_eq!(day_in_china(start), day_in_china(noon));
        assert_ne!(day_in_china(start - 1), day_in_china(noon));
    }
}
