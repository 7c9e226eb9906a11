//! Dates as numbers of days, as a program reckons with them.

use chrono::{Days, Months, NaiveDate};

/// Days since 1970-01-01.
pub fn day_of(date: NaiveDate) -> i64 {
    date.signed_duration_since(NaiveDate::default()).num_days()
}

/// The date that lies so many days after 1970-01-01; `None` where the calendar has no such day.
pub fn date_of(day: i64) -> Option<NaiveDate> {
    let distance = Days::new(day.unsigned_abs());
    let epoch = NaiveDate::default();
    if day < 0 { epoch.checked_sub_days(distance) } else { epoch.checked_add_days(distance) }
}

/// A date moved by whole months, both as days since 1970-01-01; the end of a shorter month stands for a day that it
/// does not have.
pub fn moved(day: i64, months: i64) -> Option<i64> {
    let date = date_of(day)?;
    let distance = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
    let target =
        if months < 0 { date.checked_sub_months(distance) } else { date.checked_add_months(distance) };
    target.map(day_of)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn day(text: &str) -> i64 {
        day_of(text.parse().unwrap())
    }

    #[test]
    fn months_clamp_to_the_end_of_a_shorter_month() {
        assert_eq!(moved(day("2024-02-29"), -24), Some(day("2022-02-28")));
        assert_eq!(moved(day("2024-03-31"), 1), Some(day("2024-04-30")));
    }
}
