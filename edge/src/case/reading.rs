//! How much of a case its owner reads within an hour: whoever asks for the same thread again and again keeps others waiting.

use std::cell::Cell;

use protocol::error::ErrorCode;

/// Seconds for which what was read counts.
const HOUR_SECS: u64 = 3600;

/// What was read in the hour that began with the first reading. Only memory: an object that nobody asks forgets it.
#[derive(Debug, Default)]
pub(super) struct Reading {
    since: Cell<u64>,
    amount: Cell<u64>,
}

impl Reading {
    /// Whether more may be read now, of so much an hour.
    ///
    /// # Errors
    /// `read_too_often`.
    pub(super) fn is_open(&self, now: u64, most: u64) -> Result<(), ErrorCode> {
        if now.saturating_sub(self.since.get()) >= HOUR_SECS {
            self.since.set(now);
            self.amount.set(0);
        }
        if self.amount.get() < most { Ok(()) } else { Err(ErrorCode::ReadTooOften) }
    }

    /// So much was given out.
    pub(super) fn count(&self, amount: usize) {
        let more = u64::try_from(amount).unwrap_or(u64::MAX);
        self.amount.set(self.amount.get().saturating_add(more));
    }
}

#[cfg(test)]
mod tests {
    use protocol::limits::READ_CHARS;

    use super::*;

    #[test]
    fn the_whole_thread_can_be_read_four_times_an_hour_and_again_in_the_next() {
        let (reading, now) = (Reading::default(), 1_790_000_000);
        assert_eq!(reading.is_open(now, READ_CHARS), Ok(()));
        reading.count(usize::try_from(READ_CHARS).unwrap_or_default() - 1);
        assert_eq!(reading.is_open(now + 1, READ_CHARS), Ok(()));
        reading.count(1);
        assert_eq!(reading.is_open(now + HOUR_SECS - 1, READ_CHARS), Err(ErrorCode::ReadTooOften));
        assert_eq!(reading.is_open(now + HOUR_SECS, READ_CHARS), Ok(()));
    }
}
