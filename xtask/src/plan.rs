//! A build that somebody waits for: what it is doing, how long is left, and in the end where the time went.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::cache;
use crate::project::Project;

/// How often a long part says that it goes on.
const TICK: Duration = Duration::from_secs(20);

/// A part and how many seconds it takes on two processors: from nothing, and after a change in a page.
pub struct Part {
    /// What is done.
    pub name: &'static str,
    /// Seconds with empty caches.
    pub first: u64,
    /// Seconds once everything has been built.
    pub again: u64,
}

/// The parts of a build, and how far it is.
pub struct Plan {
    parts: &'static [Part],
    expected: BTreeMap<String, u64>,
    took: Vec<(&'static str, Duration)>,
    /// Where the times of a build after another are kept; the very first tells nothing about the next.
    kept: PathBuf,
    again: bool,
}

impl Plan {
    /// A plan for these parts. `again` when they have been done before on this machine.
    pub fn new(project: &Project, parts: &'static [Part], again: bool) -> Self {
        let kept = project.cache().join("light/seconds.json");
        let usual =
            parts.iter().map(|part| (part.name.to_owned(), if again { part.again } else { part.first }));
        let mut expected: BTreeMap<String, u64> = usual.collect();
        if let (true, Ok(text)) = (again, fs::read(&kept)) {
            expected.extend(serde_json::from_slice::<BTreeMap<String, u64>>(&text).unwrap_or_default());
        }
        Self { parts, expected, took: Vec::new(), kept, again }
    }

    /// Does the next part, and says so.
    ///
    /// # Errors
    /// Those of the work, with the part's name in front.
    pub fn part<T>(&mut self, name: &'static str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let left = self.left();
        let number = self.took.len() + 1;
        eprintln!("▸ {number} of {}: {name}; about {left} s to the first page", self.parts.len());
        let begun = Instant::now();
        let done = ticking(name, left, work).with_context(|| format!("{name} failed"))?;
        self.took.push((name, begun.elapsed()));
        Ok(done)
    }

    /// Seconds that the parts not yet done will take.
    fn left(&self) -> u64 {
        let waiting = self.parts.iter().skip(self.took.len());
        waiting.map(|part| self.expected.get(part.name).copied().unwrap_or(part.first)).sum()
    }

    /// Says where the time went, and keeps it for the next estimate.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn conclude(self) -> Result<()> {
        let all: Duration = self.took.iter().map(|(_, took)| *took).sum();
        let parts: Vec<String> =
            self.took.iter().map(|(name, took)| format!("{name} {:.1} s", took.as_secs_f32())).collect();
        eprintln!("  ready after {:.0} s: {}", all.as_secs_f32(), parts.join(", "));
        if self.again {
            let seconds: BTreeMap<&str, u64> =
                self.took.iter().map(|(name, took)| (*name, took.as_secs() + 1)).collect();
            cache::write(&self.kept, &serde_json::to_vec(&seconds)?)?;
        }
        Ok(())
    }
}

/// Does the work, saying from time to time that it goes on.
fn ticking<T>(name: &str, left: u64, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let (done, waiting) = mpsc::channel::<()>();
    thread::scope(|scope| {
        scope.spawn(move || {
            let begun = Instant::now();
            while waiting.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                match left.checked_sub(begun.elapsed().as_secs()) {
                    Some(left) if left > 0 => eprintln!("  … {name}: about {left} s left"),
                    _ => eprintln!(
                        "  … {name}: takes longer than expected, {} s so far",
                        begun.elapsed().as_secs()
                    ),
                }
            }
        });
        let result = work();
        drop(done);
        result
    })
}
