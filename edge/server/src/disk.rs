//! How full the disk under a folder is.

use std::fmt;
use std::path::Path;

use anyhow::{Context, Result};

/// From here on it is time to make room, in percent.
pub const WARN_AT: u64 = 80;

/// A disk's room, in bytes, as whoever is not root sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Taken.
    pub used: u64,
    /// Free to write.
    pub free: u64,
}

impl Room {
    /// The room of the disk that a folder lies on.
    ///
    /// # Errors
    /// When the folder cannot be asked.
    pub fn under(folder: &Path) -> Result<Self> {
        let found = rustix::fs::statvfs(folder).with_context(|| folder.display().to_string())?;
        let bytes = |blocks: u64| blocks.saturating_mul(found.f_frsize);
        Ok(Self { used: bytes(found.f_blocks.saturating_sub(found.f_bfree)), free: bytes(found.f_bavail) })
    }

    /// How full it is, in percent, rounded up, as `df` says it.
    pub fn percent(self) -> u64 {
        let all = u128::from(self.used) + u128::from(self.free);
        let percent = (u128::from(self.used) * 100).div_ceil(all.max(1));
        u64::try_from(percent).unwrap_or(100)
    }
}

impl fmt::Display for Room {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "disk {} % full, {} MiB free", self.percent(), self.free >> 20)
    }
}

#[cfg(test)]
mod tests {
    use super::Room;

    #[test]
    fn percents_round_up_and_an_empty_disk_is_no_fault() {
        for (used, free, percent) in [(0, 0, 0), (0, 10, 0), (79, 21, 79), (801, 199, 81), (10, 0, 100)] {
            assert_eq!(Room { used, free }.percent(), percent, "{used} {free}");
        }
    }

    #[test]
    fn this_machine_has_a_disk() {
        let room = Room::under(&std::env::temp_dir());
        assert!(room.is_ok_and(|room| room.used > 0));
    }
}
