//! What is on a disk when the power goes: what was flushed, and of the rest whatever the disk had come to.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::trace::Did;

/// The least that a disk writes whole.
const SECTOR: usize = 512;
/// What SQLite shares between processes and makes anew after a crash: never read back from a disk.
const SHARED: &str = "-shm";

/// What a disk had come to of what was written and not flushed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// Nothing of it.
    Nothing,
    /// All of it, as after a process was killed.
    Everything,
    /// Some of it, in whatever order, a write in the middle of a page too; by a number, so that it can be had again.
    Some(u64),
}

/// Something that is not flushed yet.
#[derive(Clone, Debug)]
enum Pending {
    Bytes(usize, Vec<u8>),
    Size(usize),
}

/// A file, whatever it is called.
#[derive(Clone, Debug, Default)]
struct Content {
    flushed: Vec<u8>,
    pending: Vec<Pending>,
}

/// A disk with the files of one folder.
#[derive(Clone, Debug, Default)]
pub(super) struct Platter {
    contents: Vec<Content>,
    /// Which file a name means to the server.
    names: BTreeMap<PathBuf, usize>,
    /// Which it means on the disk, whatever happens.
    flushed: BTreeMap<PathBuf, usize>,
    /// Names that came and went since, in this order.
    pending: Vec<(PathBuf, Option<usize>)>,
}

impl Platter {
    /// A disk that has all that is in a folder now.
    ///
    /// # Errors
    /// Those of the disk.
    pub(super) fn of(folder: &Path) -> Result<Self> {
        let mut platter = Self::default();
        for path in local::files(folder)? {
            let flushed = fs::read(&path).with_context(|| path.display().to_string())?;
            platter.flushed.insert(path, platter.contents.len());
            platter.contents.push(Content { flushed, pending: Vec::new() });
        }
        platter.names = platter.flushed.clone();
        Ok(platter)
    }

    /// Goes on by one step.
    ///
    /// # Errors
    /// When it concerns a file that is not there.
    pub(super) fn go_on(&mut self, did: &Did) -> Result<()> {
        match did {
            Did::Opened(path) if !self.names.contains_key(path) => {
                let new = self.contents.len();
                self.contents.push(Content::default());
                self.names.insert(path.clone(), new);
                self.pending.push((path.clone(), Some(new)));
            }
            Did::Opened(_) | Did::Answered(_) => {}
            Did::Wrote(path, at, bytes) => {
                self.content(path)?.pending.push(Pending::Bytes(*at, bytes.clone()))
            }
            Did::Resized(path, size) => self.content(path)?.pending.push(Pending::Size(*size)),
            Did::Unlinked(path) => {
                self.names.remove(path);
                self.pending.push((path.clone(), None));
            }
            Did::Flushed(path) if self.names.contains_key(path) => {
                let content = self.content(path)?;
                for pending in std::mem::take(&mut content.pending) {
                    put(&mut content.flushed, &pending);
                }
            }
            Did::Flushed(folder) => {
                let (of_it, others) = std::mem::take(&mut self.pending)
                    .into_iter()
                    .partition(|(path, _)| path.parent() == Some(folder));
                self.pending = others;
                let of_it: Vec<_> = of_it;
                of_it.into_iter().for_each(|change| name(&mut self.flushed, change));
            }
        }
        Ok(())
    }

    fn content(&mut self, path: &Path) -> Result<&mut Content> {
        let which = *self.names.get(path).with_context(|| format!("{} is not there", path.display()))?;
        self.contents.get_mut(which).context("a file without content")
    }

    /// Lays down in its place what is there when the power goes now; what lay there before goes.
    ///
    /// # Errors
    /// Those of the disk.
    pub(super) fn lay_down(&self, folder: &Path, left: Left) -> Result<()> {
        let mut chance = Chance(if let Left::Some(number) = left { number } else { 0 });
        let mut names = self.flushed.clone();
        // A folder's changes reach the disk in their order, so far or farther.
        let reached = match left {
            Left::Nothing => 0,
            Left::Everything => self.pending.len(),
            Left::Some(_) => chance.below(self.pending.len() + 1),
        };
        self.pending.iter().take(reached).cloned().for_each(|change| name(&mut names, change));
        for path in local::files(folder)? {
            fs::remove_file(&path)?;
        }
        for (path, which) in names.iter().filter(|(path, _)| !path.to_string_lossy().ends_with(SHARED)) {
            ensure!(path.starts_with(folder), "{} lies elsewhere", path.display());
            let content = self.contents.get(*which).context("a file without content")?;
            fs::write(path, content.left(left, &mut chance)).with_context(|| path.display().to_string())?;
        }
        Ok(())
    }
}

impl Content {
    fn left(&self, left: Left, chance: &mut Chance) -> Vec<u8> {
        let mut bytes = self.flushed.clone();
        for pending in &self.pending {
            match (left, pending) {
                (Left::Nothing, _) => {}
                (Left::Everything, pending) => put(&mut bytes, pending),
                (Left::Some(_), Pending::Bytes(at, written)) => {
                    for (number, sector) in
                        written.chunks(SECTOR).enumerate().filter(|_| chance.below(2) == 0)
                    {
                        put(&mut bytes, &Pending::Bytes(at + number * SECTOR, sector.to_vec()));
                    }
                }
                (Left::Some(_), pending) if chance.below(2) == 0 => put(&mut bytes, pending),
                (Left::Some(_), Pending::Size(_)) => {}
            }
        }
        bytes
    }
}

fn put(bytes: &mut Vec<u8>, pending: &Pending) {
    match pending {
        Pending::Size(size) => bytes.resize(*size, 0),
        Pending::Bytes(at, written) => {
            if bytes.len() < at + written.len() {
                bytes.resize(at + written.len(), 0);
            }
            if let Some(place) = bytes.get_mut(*at..at + written.len()) {
                place.copy_from_slice(written);
            }
        }
    }
}

fn name(names: &mut BTreeMap<PathBuf, usize>, (path, which): (PathBuf, Option<usize>)) {
    match which {
        Some(which) => names.insert(path, which),
        None => names.remove(&path),
    };
}

/// Numbers by chance that come again for the same beginning (SplitMix64).
pub(super) struct Chance(pub(super) u64);

impl Chance {
    /// Below a number.
    pub(super) fn below(&mut self, number: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) >> 33).unwrap_or_default() % number.max(1)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_what_was_flushed_is_there_for_certain() {
        let folder = tempfile::tempdir().unwrap();
        let (old, new) = (folder.path().join("old"), folder.path().join("new"));
        fs::write(&old, "before").unwrap();
        let mut platter = Platter::of(folder.path()).unwrap();
        for did in [
            Did::Opened(new.clone()),
            Did::Wrote(new.clone(), 0, b"first".to_vec()),
            Did::Flushed(new.clone()),
            Did::Wrote(old.clone(), 2, b"--".to_vec()),
            Did::Flushed(old.clone()),
            Did::Wrote(old.clone(), 4, b"++".to_vec()),
        ] {
            platter.go_on(&did).unwrap();
        }
        let there = |platter: &Platter, left| {
            platter.lay_down(folder.path(), left).unwrap();
            [&old, &new].map(|path| fs::read_to_string(path).ok())
        };
        // A new file's bytes are flushed, its name is not.
        assert_eq!(there(&platter, Left::Nothing), [Some("be--re".into()), None]);
        assert_eq!(there(&platter, Left::Everything), [Some("be--++".into()), Some("first".into())]);
        platter.go_on(&Did::Flushed(folder.path().to_owned())).unwrap();
        assert_eq!(there(&platter, Left::Nothing), [Some("be--re".into()), Some("first".into())]);
        platter.go_on(&Did::Unlinked(old.clone())).unwrap();
        assert_eq!(there(&platter, Left::Nothing), [Some("be--re".into()), Some("first".into())]);
        assert_eq!(there(&platter, Left::Everything), [None, Some("first".into())]);
        let by_chance: std::collections::BTreeSet<_> =
            (1..40).map(|n| there(&platter, Left::Some(n))).collect();
        assert_eq!(by_chance.len(), 3, "{by_chance:?}");
    }
}
