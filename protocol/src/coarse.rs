//! Times of a tip-off. When somebody was at the phone may say who it was, so of what an informant does the hour is kept,
//! and nothing finer: on the disk, in the history, for the office. What the office does has its own exact time.

use crate::CaseKind;

/// Seconds of the step to which the times of an informant are cut (one hour).
pub const COARSE_SECS: u64 = 3600;

/// A time (Unix seconds) at which the owner of a case did something, as it is written down: the hour of a tip-off, the
/// second of anything else.
pub fn owners_time(kind: CaseKind, at: u64) -> u64 {
    if kind == CaseKind::TipOff { at.saturating_sub(at % COARSE_SECS) } else { at }
}

/// Seconds by which [`owners_time`] may lie before the time itself.
pub fn owners_step(kind: CaseKind) -> u64 {
    if kind == CaseKind::TipOff { COARSE_SECS } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_informants_second_is_cut_to_its_hour_and_nobody_elses() {
        for (at, told) in [(0, 0), (3599, 0), (3600, 3600), (7199, 3600), (1_790_000_000, 1_789_999_200)] {
            assert_eq!(owners_time(CaseKind::TipOff, at), told);
            assert_eq!(owners_time(CaseKind::Application, at), at);
            assert!(at - told < owners_step(CaseKind::TipOff));
        }
        assert_eq!(owners_step(CaseKind::Objection), 0);
    }
}
