//! When a desk that nobody touches locks itself.

/// Minutes without a touch after which the desk locks.
pub(crate) const LOCKS_AFTER_MINUTES: u32 = 15;
/// Seconds before that in which it warns.
const WARNS_FOR: u32 = 60;
const LOCKS_AFTER: u32 = LOCKS_AFTER_MINUTES * 60;

/// What a quiet spell calls for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quiet {
    /// Nothing yet.
    Fine,
    /// Say that the desk will lock in so many seconds.
    Warn(u32),
    /// Lock.
    Lock,
}

/// Judges a spell of so many seconds without a touch.
pub(crate) fn judge(seconds: u32) -> Quiet {
    match LOCKS_AFTER.checked_sub(seconds) {
        None | Some(0) => Quiet::Lock,
        Some(left) if left <= WARNS_FOR => Quiet::Warn(left),
        Some(_) => Quiet::Fine,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_warns_for_a_minute_and_then_locks() {
        assert_eq!(judge(0), Quiet::Fine);
        assert_eq!(judge(LOCKS_AFTER - WARNS_FOR - 1), Quiet::Fine);
        assert_eq!(judge(LOCKS_AFTER - WARNS_FOR), Quiet::Warn(60));
        assert_eq!(judge(LOCKS_AFTER - 1), Quiet::Warn(1));
        assert_eq!(judge(LOCKS_AFTER), Quiet::Lock);
        assert_eq!(judge(u32::MAX), Quiet::Lock);
    }
}
