//! A document with everything that was worked out by hand for it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use policies::{Compiled, Outcome, program::Book};
use policies_compile::{Problem, Step};
use serde::{Deserialize, de::DeserializeOwned};

use crate::{
    CalculatorExample, Dates, Example, Text,
    asked::{asked, median},
    figures,
    notice::Proposal,
    shift::{self, Unnoticed, Watchers},
};

/// Everything that was worked out by hand for a document.
#[derive(Clone, Debug, Default)]
pub struct Proof {
    /// The document's id.
    pub document: String,
    /// Its file.
    pub written: Text,
    /// Worked households, by file name.
    pub examples: Vec<Example>,
    /// Worked calculators, by file name.
    pub figures: Vec<CalculatorExample>,
    /// Worked days.
    pub dates: Dates,
    /// How many questions its way may take.
    pub questions: Option<Questions>,
    /// What is wrong in these files.
    pub unread: Vec<Problem>,
}

/// `questions/<document>.toml`: median questions until the outcome is certain, at most.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Questions {
    /// The file.
    #[serde(skip)]
    pub file: Text,
    /// Over its examples that are decided.
    pub worked: Option<usize>,
    /// Over random households, for the tests of what is built in.
    pub random: Option<usize>,
}

impl Proof {
    /// Reads what a folder holds for a document: `<id>/`, `calculators/<id>/` and `dates/<id>.toml`.
    pub fn read(folder: &Path, document: &str, written: Text) -> Self {
        let mut unread = Vec::new();
        let mut examples: Vec<Example> =
            all(&folder.join(document), &mut unread, |file, one: &mut Example| {
                one.file = file;
            });
        let of_calculators = folder.join("calculators").join(document);
        let mut figures =
            all(&of_calculators, &mut unread, |file, one: &mut CalculatorExample| one.file = file);
        examples.iter_mut().for_each(|one| one.document = document.to_owned());
        figures.iter_mut().for_each(|one| one.document = document.to_owned());
        let of = |kind: &str| {
            Some(folder.join(kind).join(format!("{document}.toml"))).filter(|path| path.exists())
        };
        let dates = of("dates");
        let dates =
            dates.and_then(|path| one(&path, &mut unread, |file, dates: &mut Dates| dates.file = file));
        let questions = of("questions")
            .and_then(|path| one(&path, &mut unread, |file, one: &mut Questions| one.file = file));
        Self {
            document: document.to_owned(),
            written,
            examples,
            figures,
            dates: dates.unwrap_or_default(),
            questions,
            unread,
        }
    }

    /// Everything that is wrong or not worked out, sorted by file and line. `book` holds the one document.
    pub fn faults(&self, book: &Book, doc: &Compiled) -> Vec<Problem> {
        // Of what cannot be read nothing else is told: it would only follow.
        let mut problems = self.unread.clone();
        if !problems.is_empty() {
            problems.extend(self.examples.iter().flat_map(|example| example.faults(doc)));
            problems.extend(self.figures.iter().flat_map(|example| example.faults(doc)));
            problems.sort();
            return problems;
        }
        problems.extend(self.households(doc));
        problems.extend(self.calculations(doc));
        problems.extend(self.days(doc));
        problems.extend(self.questions(doc));
        // Where an example fails already, none can be said to notice.
        if problems.is_empty() {
            problems.extend(self.numbers(book));
        }
        // Of one line in the order in which they were found: some speak of those above.
        problems.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        problems.dedup();
        problems
    }

    /// What is said of the worked households otherwise than they say; articles that they show and the document has not; and
    /// that there are some, with nothing known of one of them.
    pub fn households(&self, doc: &Compiled) -> Vec<Problem> {
        let mut problems: Vec<_> = self.examples.iter().flat_map(|example| example.faults(doc)).collect();
        let articles =
            self.examples.iter().flat_map(|e| e.cites.iter().enumerate().map(move |cited| (e, cited)));
        let json = serde_json::to_string(doc.document()).unwrap_or_default();
        for (example, (n, article)) in articles {
            if !json.contains(&format!("\"article\":\"{article}")) {
                let path = [Step::Key("cites"), Step::At(n)];
                problems
                    .push(example.file.problem(&path, format!("no item of the document cites {article}")));
            }
        }
        let document = doc.document();
        let lacking = if self.examples.is_empty() {
            Some("no examples".to_owned())
        } else if !self.examples.iter().any(|e| e.household.facts.is_empty() && e.household.people.is_empty())
        {
            Some("no example of which nothing is known".to_owned())
        } else {
            None
        };
        if let Some(lacking) = lacking {
            let message = format!("{lacking}; add one to examples/{}/", document.id);
            problems.push(self.written.problem(&[Step::Key("id")], message));
        }
        for (i, category) in document.categories.iter().enumerate() {
            let met = |e: &Example| {
                e.expect.categories.contains_key(&category.id)
                    || e.expect.outcome == Some(Outcome::Eligible)
                    || e.expect.requirements.keys().any(|path| {
                        path.strip_prefix(category.id.as_str()).is_some_and(|rest| rest.starts_with('.'))
                    })
            };
            if !self.examples.is_empty() && !self.examples.iter().any(met) {
                let message = format!("category `{}`: no example says anything of it", category.id);
                problems.push(self.written.problem(&[Step::Key("categories"), Step::At(i)], message));
            }
        }
        problems
    }

    /// What the calculators give otherwise; steps that no example gives.
    pub fn calculations(&self, doc: &Compiled) -> Vec<Problem> {
        let mut problems: Vec<_> = self.figures.iter().flat_map(|example| example.faults(doc)).collect();
        problems.extend(figures::unseen(doc, &self.written, &self.figures));
        problems
    }

    /// What the calendar says otherwise of days of force, clocks, windows and bars; those without dates.
    pub fn days(&self, doc: &Compiled) -> Vec<Problem> {
        self.dates.faults(doc.document(), &self.written)
    }

    /// Where the way to an answer takes more questions than it may.
    pub fn questions(&self, doc: &Compiled) -> Vec<Problem> {
        let decided =
            self.examples.iter().filter(|e| e.expect.outcome.is_some_and(|o| o != Outcome::Unknown));
        let mut worked: Vec<_> = decided.map(|e| asked(doc, &e.household, e.on)).collect();
        let is = median(&mut worked);
        let too_many = self.questions.as_ref().and_then(|bar| {
            let most = bar.worked.filter(|most| is > *most)?;
            let message = format!("the examples take {is} questions now (median), and {most} at most");
            Some(bar.file.problem(&[Step::Key("worked")], message))
        });
        too_many.into_iter().collect()
    }

    /// Every number that no example notices.
    pub fn numbers(&self, book: &Book) -> Vec<Problem> {
        self.unnoticed(book).into_iter().map(|unnoticed| unnoticed.problem).collect()
    }

    /// Households and inputs that would notice those numbers, each with the id of the item that it is about.
    pub fn proposals(&self, book: &Book) -> Vec<(String, Proposal)> {
        self.unnoticed(book)
            .into_iter()
            .filter_map(|unnoticed| Some((unnoticed.item, unnoticed.proposal?)))
            .collect()
    }

    fn unnoticed(&self, book: &Book) -> Vec<Unnoticed> {
        shift::unnoticed(book, &self.written, &Watchers { examples: &self.examples, figures: &self.figures })
    }
}

/// Every file of a folder.
fn all<T: DeserializeOwned>(folder: &Path, unread: &mut Vec<Problem>, name: fn(Text, &mut T)) -> Vec<T> {
    toml_files(folder).iter().filter_map(|path| one(path, unread, name)).collect()
}

fn one<T: DeserializeOwned>(path: &Path, unread: &mut Vec<Problem>, name: fn(Text, &mut T)) -> Option<T> {
    let file = Text::open(path).map_err(|problem| unread.push(problem)).ok()?;
    let mut read: T = file.read().map_err(|problems| unread.extend(problems)).ok()?;
    name(file, &mut read);
    Some(read)
}

/// The files of a folder in the order of their names; none of one that is not there.
fn toml_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    files
}
