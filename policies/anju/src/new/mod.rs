//! `anju new`: a place to begin with, and stubs of what is to be worked out by hand. Nothing that is there is written over.

use std::{
    fmt::Write as _,
    fs::{self, OpenOptions},
    io::Write as _,
    path::{Path, PathBuf},
};

use policies::{Rulebook, program::Book};
use policies_prove::{Proof, Proposal, Text};

use crate::{
    input, output,
    written::{self, Facts},
};

const SKELETON: &str = include_str!("skeleton.toml");
const INVENTORY: &str = include_str!("inventory.md");

/// A folder like `policies/`, with what is written into it.
struct Folder<'f>(&'f Path);

pub(crate) fn run(place: &str, name: Option<&str>, year: Option<u16>, folder: &Path) -> Result<(), String> {
    let folder = Folder(folder);
    let data = match folder.data(place, year)? {
        Some(data) => data,
        None => folder.begin(place, name, year)?,
    };
    let facts = Facts::of(&data, None)?;
    let book = written::book(&data, &facts, None)?;
    folder.stubs(&data, &book)
}

impl Folder<'_> {
    /// The file of the place that there is: that of the year, or the latest.
    fn data(&self, place: &str, year: Option<u16>) -> Result<Option<PathBuf>, String> {
        let is_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if !place.starts_with(|c: char| c.is_ascii_lowercase()) || !place.chars().all(is_id) {
            return Err(format!(
                "`{place}` is not an id: lower-case letters, digits and _ only, a letter first"
            ));
        }
        let named = |path: &PathBuf| {
            let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            let of_place = stem.rsplit_once('-').filter(|(of, _)| *of == place.replace('_', "-"));
            of_place.is_some_and(|(_, of)| year.is_none_or(|year| of == year.to_string()))
        };
        let entries = fs::read_dir(self.0.join("data")).into_iter().flatten();
        let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(named).collect();
        files.sort();
        Ok(files.pop())
    }

    /// Writes a data file to begin with, and its lines of the inventory.
    fn begin(&self, place: &str, name: Option<&str>, year: Option<u16>) -> Result<PathBuf, String> {
        let (Some(name), Some(year)) = (name, year) else {
            return Err(format!(
                "no file of `{place}` is there yet: give `--name` and `--year` to begin one"
            ));
        };
        let path = self.0.join("INVENTORY.md");
        let known = if path.exists() { input::text(&path)? } else { String::new() };
        let (reading, prefix) = (next_reading(&known, &self.0.join("data")), prefix(place, &known));
        let id = format!("{}-{year}", place.replace('_', "-"));
        let year = year.to_string();
        let filled = |text: &str| {
            [("{id}", id.as_str()), ("{place}", place), ("{name}", name), ("{year}", &year)]
                .into_iter()
                .chain([("{reading}", reading.as_str()), ("{prefix}", &prefix)])
                .fold(text.to_owned(), |text, (key, value)| text.replace(key, value))
        };
        let data = self.0.join(format!("data/{id}.toml"));
        self.write(&data, &filled(SKELETON))?;
        let appended = OpenOptions::new().create(true).append(true).open(&path);
        let appended = appended.and_then(|mut file| file.write_all(filled(INVENTORY).as_bytes()));
        appended.map_err(|e| format!("{}: {e}", path.display()))?;
        output::line(&format!("{}: lines {prefix}-01 to {prefix}-04 and {reading} added", path.display()))?;
        Ok(data)
    }

    /// Stubs of examples for each number that none notices, of days, and of how many questions it takes.
    fn stubs(&self, data: &Path, book: &Book) -> Result<(), String> {
        let rulebook = Rulebook::new(book.clone());
        let document = rulebook.documents().first().ok_or("no document")?.document();
        let examples = self.0.join("examples");
        let written = Text::open(data).map_err(|problem| problem.to_string())?;
        let proof = Proof::read(&examples, &document.id, written);
        if !proof.unread.is_empty() {
            let told = written::listed(&proof.unread);
            return Err(format!("{told}\nthese are to be completed before there are more"));
        }
        let first = document.valid_from.or(document.issued);
        let on =
            first.map_or_else(|| format!("{}-03-02", document.year.unwrap_or(2026)), |day| day.to_string());
        if !proof.examples.iter().any(|example| example.household.facts.is_empty()) {
            let outcome = if document.categories.is_empty() {
                "no_verdict = \"no_thresholds\"".to_owned()
            } else {
                "outcome = \"unknown\"".to_owned()
            };
            let text = format!("title = \"什么都还不知道\"\non = \"{on}\"\n\n[expect]\n{outcome}\n");
            self.write(&examples.join(&document.id).join("nothing-known.toml"), &text)?;
        }
        let mut number = 0_u32;
        for (item, proposal) in proof.proposals(book) {
            let path = loop {
                number = number.saturating_add(1);
                let name = format!("{item}-{number}.toml").replace('_', "-");
                let folder = if proposal.calculator.is_some() {
                    examples.join("calculators")
                } else {
                    examples.clone()
                };
                let path = folder.join(&document.id).join(name);
                if !path.exists() {
                    break path;
                }
            };
            self.write(&path, &stub(&proposal))?;
        }
        let dates = examples.join("dates").join(format!("{}.toml", document.id));
        if !dates.exists() {
            self.write(&dates, &days(document, data, &on))?;
        }
        output::line(&format!(
            "next: fill in what is “?” or “待填”, and look with `anju watch {}`",
            data.display()
        ))
    }

    /// Writes a file that is not there yet.
    fn write(&self, path: &Path, text: &str) -> Result<(), String> {
        let fail = |e: std::io::Error| format!("{}: {e}", path.display());
        path.parent().map_or(Ok(()), fs::create_dir_all).map_err(fail)?;
        let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(fail)?;
        file.write_all(text.as_bytes()).map_err(fail)?;
        output::line(&format!("{}: written", path.display()))
    }
}

/// An example that a person completes: the answers are left open, for they are to be worked out from the document.
fn stub(proposal: &Proposal) -> String {
    let mut text = format!("title = \"待填：这个例子说明什么\"\non = \"{}\"\n", proposal.on);
    let lines: String = proposal.lines().map(|line| line + "\n").collect();
    let mut asked = String::new();
    let ids = proposal.differs.iter().map(|(id, _)| id);
    match &proposal.calculator {
        Some(calculator) => {
            let _ = write!(text, "calculator = \"{calculator}\"\n\n[inputs]\n{lines}");
            ids.for_each(|id| asked += &format!("{id} = \"?\"\n"));
        }
        None => {
            let _ = write!(text, "\n[household.facts]\n{lines}");
            asked += "outcome = \"?\"  # eligible | ask | unknown | not_eligible\n";
            let (requirements, sums): (Vec<_>, Vec<_>) =
                ids.filter(|id| *id != "outcome").partition(|id| id.contains('.'));
            if !requirements.is_empty() {
                asked += "\n[expect.requirements]\n";
                requirements
                    .iter()
                    .for_each(|id| asked += &format!("\"{id}\" = \"?\"  # met | ask | unknown | not_met\n"));
            }
            sums.iter().for_each(|id| {
                asked +=
                    &format!("\n[[expect.money]]\nbenefit = \"{id}\"\nleast = \"?\"  # 分\nmost = \"?\"\n");
            });
        }
    }
    let remark = proposal.remark();
    text + "\n# 对着文件手算，再填；现在写的算出来是：" + &format!("\n# {remark}\n[expect]\n{asked}")
}

/// The days of a document, to be counted by hand.
fn days(document: &policies::model::Document, data: &Path, on: &str) -> String {
    let mut text = String::from("# 每个日子对着日历数出来再填。\n\n[force]\n");
    for (key, day) in [("first", document.valid_from.or(document.issued)), ("last", document.valid_until)] {
        if day.is_some() {
            let _ = writeln!(text, "{key} = \"?\"");
        }
    }
    for clock in &document.clocks {
        let said = format!("anju clock --document {} {} {on}", data.display(), clock.id);
        let _ =
            write!(text, "\n[[clock]]\nid = \"{}\"\nfrom = \"{on}\"\nlast_day = \"?\"  # {said}\n", clock.id);
    }
    for window in &document.windows {
        let _ = write!(text, "\n[[window]]\nid = \"{}\"\nfirst = \"?\"\nlast = \"?\"\n", window.id);
    }
    for bar in &document.bars {
        let _ = write!(text, "\n[[bar]]\nid = \"{}\"\nfrom = \"{on}\"\nfree = \"?\"\n", bar.id);
    }
    text
}

/// The first `A-nn` that neither the inventory nor a data file has.
fn next_reading(inventory: &str, data: &Path) -> String {
    let mut texts = vec![inventory.to_owned()];
    let entries = fs::read_dir(data).into_iter().flatten();
    texts.extend(entries.filter_map(|entry| fs::read_to_string(entry.ok()?.path()).ok()));
    let numbers = texts.iter().flat_map(|text| text.split("A-").skip(1)).filter_map(|rest| {
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<u32>().ok().filter(|_| digits.len() <= 3)
    });
    format!("A-{:02}", numbers.max().unwrap_or(0).saturating_add(1))
}

/// Two letters for the lines of the inventory that no other document has.
fn prefix(place: &str, inventory: &str) -> String {
    let letters: Vec<char> =
        place.chars().filter(char::is_ascii_lowercase).map(|c| c.to_ascii_uppercase()).collect();
    let first = letters.first().copied().unwrap_or('X');
    let seconds = letters.iter().copied().skip(1).chain('A'..='Z');
    let free =
        seconds.map(|second| format!("{first}{second}")).find(|p| !inventory.contains(&format!("[{p}-")));
    free.unwrap_or_else(|| "XX".to_owned())
}
