//! `anju watch`: a document file is checked and tested again at each save, and what became of it is told.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    thread,
    time::{Duration, SystemTime},
};

use crate::{check, output, prove, written};

/// How often it is looked whether a file was saved. There is no dependency for it: a few hundred times are read in under a
/// millisecond.
const LOOKS: Duration = Duration::from_millis(250);

/// When each file was saved.
type Saved = BTreeMap<PathBuf, SystemTime>;

/// Goes on until it is stopped.
pub(crate) fn run(file: &Path, facts: Option<&Path>, examples: Option<&Path>) -> Result<(), String> {
    let mut saved = Saved::new();
    let mut told = BTreeSet::new();
    loop {
        let now = look(file, facts, examples);
        if now != saved {
            let changed =
                now.iter().filter(|(path, time)| !saved.is_empty() && saved.get(*path) != Some(time));
            let gone = saved.keys().filter(|path| !now.contains_key(*path));
            for path in changed.map(|(path, _)| path).chain(gone) {
                output::line(&format!("saved: {}", path.display()))?;
            }
            saved = now;
            told = tell(file, facts, examples, &told)?;
        }
        thread::sleep(LOOKS);
    }
}

/// Tells what is wrong now and was not, what was and is not, and how it stands; what is wrong now.
fn tell(
    file: &Path,
    facts: Option<&Path>,
    examples: Option<&Path>,
    before: &BTreeSet<String>,
) -> Result<BTreeSet<String>, String> {
    let opened = written::open(file);
    let checked = opened.and_then(|text| {
        let (book, said) = check::checked(file, &text, facts, None)?;
        Ok((text, book, said))
    });
    let stands = checked.and_then(|(text, book, said)| {
        let warnings: String =
            check::warnings(file, &text, &book, None)?.iter().map(|line| format!("{line}\n")).collect();
        Ok(format!("{warnings}{said}\n{}", prove::proven(file, &book, examples)?))
    });
    let (wrong, stands) = match stands {
        Ok(stands) => (BTreeSet::new(), stands),
        Err(told) => {
            // A problem may go on in lines that are set in; how many there are stands last.
            let (problems, count) = told.rsplit_once('\n').unwrap_or(("", &told));
            let mut all: Vec<String> = Vec::new();
            for line in problems.lines() {
                match all.last_mut().filter(|_| line.starts_with(' ')) {
                    Some(last) => *last += &format!("\n{line}"),
                    None => all.push(line.to_owned()),
                }
            }
            (all.into_iter().collect(), count.to_owned())
        }
    };
    for mended in before.difference(&wrong) {
        output::line(&format!("mended: {}", mended.lines().next().unwrap_or_default()))?;
    }
    for problem in wrong.difference(before) {
        output::line(problem)?;
    }
    output::line(&stands)?;
    Ok(wrong)
}

/// The document, what it is compiled with, and everything in the folder of its examples.
fn look(file: &Path, facts: Option<&Path>, examples: Option<&Path>) -> Saved {
    let mut saved = Saved::new();
    let beside = file.with_file_name("facts.toml");
    let named = [file, &beside].into_iter().chain(facts).map(Path::to_owned);
    named.chain(prove::folder(file, examples).ok()).for_each(|path| add(path, &mut saved));
    saved
}

fn add(path: PathBuf, saved: &mut Saved) {
    if let Ok(entries) = fs::read_dir(&path) {
        entries.filter_map(|entry| Some(entry.ok()?.path())).for_each(|path| add(path, saved));
    } else if let Ok(time) = fs::metadata(&path).and_then(|file| file.modified()) {
        saved.insert(path, time);
    }
}
