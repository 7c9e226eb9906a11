//! Proofs that an office has just found too easy. While it is flooded, the next like them is refused without asking it and
//! without waking an object for a case that is not there: what a refusal costs must be little.

use std::collections::BTreeMap;

use protocol::CaseKind;

/// Seconds for which an office is not asked again. What it asks for only grows until midnight.
const LATELY_SECS: u64 = 10;

/// The hardest proofs that were too easy of late, by office and whether it was a tip-off.
#[derive(Debug, Default)]
pub struct TurnedAway(BTreeMap<(String, bool), Lately>);

#[derive(Clone, Copy, Debug)]
struct Lately {
    bits: u32,
    at: u64,
}

impl Lately {
    /// Whether it still counts: some seconds, and not past midnight in China, when an office begins to count anew.
    fn holds(self, now: u64) -> bool {
        use crate::clock::start_of_day;
        now.saturating_sub(self.at) < LATELY_SECS && start_of_day(self.at) == start_of_day(now)
    }
}

impl TurnedAway {
    /// A proof of so many bits was too easy at a time (Unix seconds).
    pub fn note(&mut self, office: &str, kind: CaseKind, bits: u32, now: u64) {
        let lately = self.0.entry(key(office, kind)).or_insert(Lately { bits, at: now });
        let most = if lately.holds(now) { lately.bits.max(bits) } else { bits };
        *lately = Lately { bits: most, at: now };
    }

    /// Whether a proof of so many bits is known to be too easy.
    pub fn knows(&self, office: &str, kind: CaseKind, bits: u32, now: u64) -> bool {
        self.0.get(&key(office, kind)).is_some_and(|lately| bits <= lately.bits && lately.holds(now))
    }
}

fn key(office: &str, kind: CaseKind) -> (String, bool) {
    (office.to_owned(), kind == CaseKind::TipOff)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Midnight in China.
    const MIDNIGHT: u64 = 1_790_006_400;

    #[test]
    fn what_was_too_easy_is_for_some_seconds_and_for_its_sort_and_office_alone() {
        let mut known = TurnedAway::default();
        let (tip_off, other) = (CaseKind::TipOff, CaseKind::Application);
        known.note("a", tip_off, 18, MIDNIGHT + 100);
        known.note("a", tip_off, 17, MIDNIGHT + 101);
        for (office, kind, bits, at, knows) in [
            ("a", tip_off, 18, 105, true),
            ("a", tip_off, 19, 105, false),
            ("a", tip_off, 18, 110, true),
            ("a", tip_off, 18, 111, false),
            ("a", other, 18, 105, false),
            ("b", tip_off, 18, 105, false),
        ] {
            assert_eq!(known.knows(office, kind, bits, MIDNIGHT + at), knows, "{office} {bits} {at}");
        }
        known.note("a", tip_off, 17, MIDNIGHT + 200);
        assert!(!known.knows("a", tip_off, 18, MIDNIGHT + 201), "what is long ago counts no more");
        known.note("a", tip_off, 20, MIDNIGHT - 2);
        assert!(known.knows("a", tip_off, 20, MIDNIGHT - 1) && !known.knows("a", tip_off, 20, MIDNIGHT));
    }
}
