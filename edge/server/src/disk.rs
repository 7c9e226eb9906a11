//! How full the disk under a folder is, and what is done about it.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::folder::Folder;
use crate::settings::Settings;

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

/// How often a disk that is getting full is told of.
const TOLD_AGAIN: Duration = Duration::from_secs(3600);
/// How many percent must be free again before letters are taken again: not one in, one out.
const AGAIN_BELOW: u64 = 2;

/// Looks at the disk from time to time: tells when it is getting full, and shuts the door to new letters before it is.
#[derive(Debug)]
pub struct Watch {
    full_at: u64,
    /// The file that shuts the door.
    door: PathBuf,
    told: Option<Instant>,
}

impl Watch {
    /// A watch over a data folder.
    pub fn of(settings: &Settings, folder: &Folder) -> Self {
        Self { full_at: settings.full_at, door: folder.state().join(local::FULL), told: None }
    }

    /// Looks once.
    ///
    /// # Errors
    /// When the door can be neither shut nor opened.
    pub fn look(&mut self, room: Room) -> Result<()> {
        let (full, shut) = (room.percent() >= self.full_at, self.door.exists());
        if full && !shut {
            fs::write(&self.door, "").with_context(|| self.door.display().to_string())?;
            eprintln!("anju-server: {room}: no new letter is taken until there is room");
        } else if shut && room.percent() < self.full_at.saturating_sub(AGAIN_BELOW) {
            fs::remove_file(&self.door).with_context(|| self.door.display().to_string())?;
            eprintln!("anju-server: {room}: letters are taken again");
        }
        let again = self.told.is_none_or(|told| told.elapsed() >= TOLD_AGAIN);
        if room.percent() < WARN_AT {
            self.told = None;
        } else if again {
            eprintln!("anju-server: {room}: make room, or give the data folder a larger disk");
            self.told = Some(Instant::now());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_door_shuts_before_the_disk_is_full_and_opens_when_there_is_room_again() {
        let folder = tempfile::tempdir().unwrap();
        let mut watch = Watch { full_at: 95, door: folder.path().join("full"), told: None };
        for (percent, shut) in [(94, false), (95, true), (94, true), (93, true), (92, false), (100, true)] {
            watch.look(Room { used: percent, free: 100 - percent }).unwrap();
            assert_eq!(watch.door.exists(), shut, "{percent} %");
        }
        assert!(watch.told.is_some());
        watch.look(Room { used: 79, free: 21 }).unwrap();
        assert!(watch.told.is_none(), "what is over is told again when it comes back");
    }

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
