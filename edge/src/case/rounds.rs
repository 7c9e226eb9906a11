//! When a case tells the office's list again where it stands, though nothing happened: a list that was lost or restored
//! from an older copy fills itself again.

use crate::clock::{DAY_SECS, start_of_day};

/// Days between two rounds of a case that is closed or set aside.
const CLOSED_DAYS: u64 = 28;

/// Seconds until the next round: an open case goes once a day, one that is closed or set aside every four weeks, each at its own second of
/// the day, which follows from its look-up id, so that they do not all come at once.
pub(super) fn until_next(lookup: &str, closed: bool, now: u64) -> u64 {
    let digits = lookup.get(..8).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or_default();
    let today = start_of_day(now).saturating_add(digits % DAY_SECS);
    let next = if today > now { today } else { today.saturating_add(DAY_SECS) };
    let more = if closed { CLOSED_DAYS.saturating_sub(1).saturating_mul(DAY_SECS) } else { 0 };
    next.saturating_sub(now).saturating_add(more)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_790_000_000;

    #[test]
    fn an_open_case_goes_within_a_day_and_a_closed_one_within_four_weeks() {
        let (mut least, mut most) = (u64::MAX, 0);
        for number in 0..500u64 {
            let lookup = format!("{:032x}", u128::from(number * 8_589_934) << 96);
            let open = until_next(&lookup, false, NOW);
            assert!((1..=DAY_SECS).contains(&open), "{open}");
            assert_eq!(until_next(&lookup, true, NOW), open + 27 * DAY_SECS);
            assert_eq!(until_next(&lookup, false, NOW + open), DAY_SECS, "the next round is not a day later");
            assert_eq!(until_next(&lookup, false, NOW + open - 1), 1);
            (least, most) = (least.min(open), most.max(open));
        }
        assert!(most - least > DAY_SECS * 9 / 10, "they crowd between {least} and {most}");
    }
}
