//! What the parts of a document say of each other: ids, citations, stages, dates.

mod form;

use chrono::NaiveDate;

use super::{
    Problem,
    dictionary::is_id,
    similar::similar,
    source::{Source, Step},
};
use policies_model::{CaseKind, Cite, Document, Role, program::CompiledDocument};

/// Words by which a time limit is a rule of thumb.
const AS_A_RULE: [&str; 2] = ["一般", "原则上"];

/// Words by which a stage says that it is this portal's own.
const OURS: &str = "这一步是本站的";

/// Checks one document.
pub(super) fn document(
    source: &Source<'_>,
    document: &Document,
    inventory: Option<&str>,
    problems: &mut Vec<Problem>,
) {
    let mut checker = Checker { source, document, inventory, problems };
    checker.identity();
    checker.items();
    checker.categories();
    checker.together();
    checker.procedures();
    form::check(&mut checker);
    checker.dates();
}

/// Checks documents against each other: no id twice; versions of one place do not overlap.
pub(super) fn across(compiled: &[(&str, CompiledDocument)], problems: &mut Vec<Problem>) {
    for (n, (file, one)) in compiled.iter().enumerate() {
        for (_, other) in compiled.iter().take(n) {
            let (a, b) = (&one.document, &other.document);
            let message = if a.id == b.id {
                format!("two documents have the id `{}`", a.id)
            } else if a.place.id == b.place.id && overlap(a, b) {
                format!("`{}` and `{}` are both in force on some date in one place", a.id, b.id)
            } else {
                continue;
            };
            problems.push(Problem { file: (*file).to_owned(), line: 1, message });
        }
    }
}

fn overlap(a: &Document, b: &Document) -> bool {
    let start = |d: &Document| d.valid_from.or(d.issued).unwrap_or(NaiveDate::MIN);
    let end = |d: &Document| d.valid_until.unwrap_or(NaiveDate::MAX);
    start(a) <= end(b) && start(b) <= end(a)
}

struct Checker<'c, 't> {
    source: &'c Source<'t>,
    document: &'c Document,
    inventory: Option<&'c str>,
    problems: &'c mut Vec<Problem>,
}

impl Checker<'_, '_> {
    fn wrong(&mut self, path: &[Step<'_>], message: String) {
        self.problems.push(self.source.problem(path, message));
    }

    fn identity(&mut self) {
        let d = self.document;
        if !d.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') || d.id.is_empty()
        {
            self.wrong(
                &[Step::Key("id")],
                format!("`{}` is not a document id: lower-case letters, digits and - only", d.id),
            );
        }
        let place = &d.place;
        if !is_id(&place.id) {
            self.wrong(&[Step::Key("place")], format!("`{}` is not a place id", place.id));
        }
        if place.division.len() != 6 || !place.division.bytes().all(|b| b.is_ascii_digit()) {
            self.wrong(
                &[Step::Key("place")],
                format!("division code `{}` is not six digits", place.division),
            );
        }
        for (key, text) in [
            ("title", &d.title),
            ("issuer", &d.issuer),
            ("status_note", &d.status_note),
            ("summary", &d.summary),
        ] {
            if text.trim().is_empty() {
                self.wrong(&[Step::Key(key)], format!("`{key}` is empty"));
            }
        }
    }

    fn items(&mut self) {
        let d = self.document;
        self.list("contacts", d.contacts.iter().map(|x| ("", &x.cite)));
        self.list("not_held", d.not_held.iter().map(|x| ("", &x.cite)));
        self.list("categories", d.categories.iter().map(|x| (x.id.as_str(), &x.cite)));
        self.list("requirements", d.requirements.iter().map(|x| (x.id.as_str(), &x.cite)));
        self.list("open_clauses", d.open_clauses.iter().map(|x| (x.id.as_str(), &x.cite)));
        self.list("reminders", d.reminders.iter().map(|x| (x.id.as_str(), &x.cite)));
        self.list("benefits", d.benefits.iter().map(|x| (x.id.as_str(), &x.cite)));
        self.list("papers", d.papers.iter().map(|x| (x.id.as_str(), &x.cite)));
        self.list("priorities", d.priorities.iter().map(|x| (x.id.as_str(), &x.cite)));
        self.list("procedures", d.procedures.iter().map(|x| ("", &x.cite)));
        self.list("clocks", d.clocks.iter().map(|x| (x.id.as_str(), &x.cite)));
        self.list("windows", d.windows.iter().map(|x| (x.id.as_str(), &x.cite)));
        self.list("bars", d.bars.iter().map(|x| (x.id.as_str(), &x.cite)));
        self.list("checks", d.checks.iter().map(|x| ("", &x.cite)));
        self.list("ledgers", d.ledgers.iter().map(|x| (x.id.as_str(), &x.cite)));
        self.list("duties", d.duties.iter().map(|x| (x.id.as_str(), &x.cite)));
        self.list("exits", d.exits.iter().map(|x| (x.id.as_str(), &x.cite)));
        self.list("breaches", d.breaches.iter().map(|x| (x.id.as_str(), &x.cite)));
        self.list("calculators", d.calculators.iter().map(|x| (x.id.as_str(), &x.cite)));
        for (i, clause) in d.open_clauses.iter().enumerate() {
            for id in clause.categories.iter().filter(|id| d.category(id).is_none()) {
                self.wrong(
                    &[Step::Key("open_clauses"), Step::At(i)],
                    format!("no category is called `{id}`"),
                );
            }
        }
        if d.procedures.iter().any(|p| p.case == CaseKind::TipOff) && d.breaches.is_empty() {
            self.wrong(
                &[Step::Key("procedures")],
                "tip-offs are taken, and no `[[breaches]]` says of what".to_owned(),
            );
        }
        for (i, reminder) in d.reminders.iter().enumerate() {
            if let Some(id) = reminder.window.as_ref().filter(|id| d.window(id).is_none()) {
                self.wrong(&[Step::Key("reminders"), Step::At(i)], format!("no window is called `{id}`"));
            }
        }
        for (i, benefit) in d.benefits.iter().enumerate() {
            for (n, _) in benefit.open.iter().enumerate().filter(|(_, line)| line.trim().is_empty()) {
                let path = [Step::Key("benefits"), Step::At(i), Step::Key("open"), Step::At(n)];
                self.wrong(&path, format!("benefit `{}`: an open line says nothing", benefit.id));
            }
        }
        for (i, reading) in d.readings.iter().enumerate() {
            if d.readings.iter().take(i).any(|r| r.id == reading.id) {
                self.wrong(
                    &[Step::Key("readings"), Step::At(i)],
                    format!("two readings are called `{}`", reading.id),
                );
            }
        }
        for (i, requirement) in d.requirements.iter().enumerate() {
            for (n, ask) in requirement.ask.iter().enumerate() {
                if !ask.reading.is_empty() && d.reading(&ask.reading).is_none() {
                    let path = [Step::Key("requirements"), Step::At(i), Step::Key("ask"), Step::At(n)];
                    self.wrong(&path, format!("no reading is called `{}`", ask.reading));
                }
            }
        }
    }

    fn together(&mut self) {
        let Some(together) = &self.document.together else { return };
        if together.label.trim().is_empty() || together.says.trim().is_empty() {
            self.wrong(&[Step::Key("together")], "`together` wants a label and says".to_owned());
        }
        self.cite(&[Step::Key("together")], &together.cite);
        for (i, relation) in together.relations.iter().enumerate() {
            let path = [Step::Key("together"), Step::Key("relations"), Step::At(i)];
            if together.relations.iter().take(i).any(|known| known.id == relation.id) {
                self.wrong(&path, format!("two relations are called `{}`", relation.id));
            }
            if !is_id(&relation.id) || relation.label.is_empty() || relation.most == 0 {
                self.wrong(
                    &path,
                    format!("relation `{}` wants an id, a label and at least 1 as `most`", relation.id),
                );
            }
        }
    }

    fn list<'i>(&mut self, name: &str, items: impl Iterator<Item = (&'i str, &'i Cite)>) {
        let mut seen: Vec<&str> = Vec::new();
        for (i, (id, cite)) in items.enumerate() {
            let path = [Step::Key(name), Step::At(i)];
            if !id.is_empty() {
                if seen.contains(&id) {
                    self.wrong(&path, format!("two of `{name}` are called `{id}`"));
                }
                if !is_id(id) {
                    self.wrong(&path, format!("`{id}` is not an id: lower-case letters, digits and _ only"));
                }
                seen.push(id);
            }
            self.cite(&path, cite);
        }
    }

    fn cite(&mut self, path: &[Step<'_>], cite: &Cite) {
        if cite.article.trim().is_empty() {
            self.wrong(path, "no article is given".to_owned());
        }
        for id in &cite.readings {
            if self.document.reading(id).is_none() {
                self.wrong(path, format!("no reading of this document is called `{id}`"));
            }
        }
        for id in &cite.inventory {
            if self.inventory.is_some_and(|text| !text.contains(&format!("[{id}]"))) {
                self.wrong(path, format!("INVENTORY.md has no line `{id}`"));
            }
        }
    }

    fn categories(&mut self) {
        let d = self.document;
        let mut unknown = false;
        for (i, category) in d.categories.iter().enumerate() {
            let path = [Step::Key("categories"), Step::At(i), Step::Key("requires")];
            if category.requires.is_empty() {
                self.wrong(&path, format!("category `{}` requires nothing", category.id));
            }
            for id in &category.requires {
                if d.requirement(id).is_none() {
                    let hint = similar(id, d.requirements.iter().map(|r| r.id.as_str()));
                    self.wrong(&path, format!("no requirement is called `{id}`{hint}"));
                    unknown = true;
                }
            }
        }
        // Where one is misspelt, that nobody requires it only follows.
        for (i, requirement) in d.requirements.iter().enumerate().filter(|_| !unknown) {
            if !d.categories.iter().any(|c| c.requires.contains(&requirement.id)) {
                self.wrong(
                    &[Step::Key("requirements"), Step::At(i)],
                    format!("no category requires `{}`", requirement.id),
                );
            }
        }
        for (i, paper) in d.papers.iter().enumerate() {
            for id in &paper.categories {
                if d.category(id).is_none() {
                    self.wrong(&[Step::Key("papers"), Step::At(i)], format!("no category is called `{id}`"));
                }
            }
        }
    }

    fn procedures(&mut self) {
        let d = self.document;
        for (i, procedure) in d.procedures.iter().enumerate() {
            let here = [Step::Key("procedures"), Step::At(i)];
            if d.procedures.iter().take(i).any(|p| p.case == procedure.case) {
                self.wrong(&here, "a second procedure for this kind of case".to_owned());
            }
            let named = d.papers.iter().any(|p| p.is_for(procedure.case));
            if named != procedure.no_papers.is_empty() {
                let message = if named {
                    "`no_papers` says that none is named, but a paper names this kind of case"
                } else {
                    "no paper names this kind of case: say in `no_papers` that the document names none"
                };
                self.wrong(&here, message.to_owned());
            }
            if procedure.stages.is_empty() {
                self.wrong(&here, "a procedure wants at least one stage".to_owned());
            }
            for (n, stage) in procedure.stages.iter().enumerate() {
                let path = [Step::Key("procedures"), Step::At(i), Step::Key("stages"), Step::At(n)];
                if procedure.stages.iter().take(n).any(|s| s.id == stage.id) {
                    self.wrong(&path, format!("two stages are called `{}`", stage.id));
                }
                for next in &stage.next {
                    if procedure.stage(next).is_none() {
                        let hint = similar(next, procedure.stages.iter().map(|s| s.id.as_str()));
                        self.wrong(&path, format!("no stage of this procedure is called `{next}`{hint}"));
                    }
                }
                let mut all_next = procedure.stages.iter().flat_map(|s| &s.next);
                let known = all_next.all(|next| procedure.stage(next).is_some());
                // Where one is misspelt, that nothing leads to it only follows.
                if n > 0 && known && !procedure.stages.iter().any(|s| s.next.contains(&stage.id)) {
                    self.wrong(&path, format!("no stage leads to `{}`", stage.id));
                }
                if let Some(clock) = &stage.clock
                    && d.clock(clock).is_none()
                {
                    let hint = similar(clock, d.clocks.iter().map(|c| c.id.as_str()));
                    self.wrong(&path, format!("no clock is called `{clock}`{hint}"));
                }
                let message = if n == 0 && !stage.roles.is_empty() {
                    Some("is the first, and nobody moves a case into it: it has no `roles`")
                } else if n > 0 && stage.roles.is_empty() {
                    Some("does not say in `roles` who may move a case into it")
                } else if stage.roles.contains(&Role::Auditor) {
                    Some("names the auditor in `roles`, who changes nothing")
                } else if stage.roles.contains(&Role::Supervisor) {
                    Some(
                        "names the supervisor in `roles`, who moves what is about the office itself, by every procedure",
                    )
                } else {
                    None
                };
                if let Some(message) = message {
                    self.wrong(&path, format!("stage `{}` {message}", stage.id));
                }
                if let Some(remedy) = &stage.remedy {
                    if !stage.adverse {
                        let message = format!("stage `{}` has a remedy but is not `adverse`", stage.id);
                        self.wrong(&path, message);
                    }
                    self.cite(&path, &remedy.cite);
                }
                // What interrupts must have something to interrupt.
                let before = procedure.stages.iter().filter(|s| s.next.contains(&stage.id));
                if stage.interrupts && !before.filter_map(|s| d.clock_of(s)).any(|clock| clock.at_least) {
                    let message =
                        format!("stage `{}` interrupts, but no stage before it must last", stage.id);
                    self.wrong(&path, message);
                }
                // What a stage says of itself and what it is must agree.
                if stage.says.contains(OURS) != stage.ours {
                    let message = format!("stage `{}`: `{OURS}` and `ours = true` go together", stage.id);
                    self.wrong(&path, message);
                }
                self.cite(&path, &stage.cite);
            }
        }
    }

    fn dates(&mut self) {
        let d = self.document;
        if let (Some(from), Some(until)) = (d.valid_from.or(d.issued), d.valid_until)
            && from > until
        {
            self.wrong(&[Step::Key("valid_until")], "the last day of force lies before the first".to_owned());
        }
        for (i, clock) in d.clocks.iter().enumerate().filter(|(_, clock)| clock.length == 0) {
            let path = [Step::Key("clocks"), Step::At(i), Step::Key("length")];
            self.wrong(&path, format!("clock `{}` has no length", clock.id));
        }
        // What a clock says and what it is must agree.
        for (i, clock) in d.clocks.iter().enumerate() {
            let said = AS_A_RULE.iter().any(|word| clock.says.contains(word));
            if said != clock.as_a_rule {
                let message = if said {
                    "says that it is as a rule: add `as_a_rule = true`"
                } else {
                    "is `as_a_rule`, but its `says` does not say 一般 or 原则上"
                };
                self.wrong(
                    &[Step::Key("clocks"), Step::At(i), Step::Key("says")],
                    format!("clock `{}` {message}", clock.id),
                );
            }
        }
        for (i, bar) in d.bars.iter().enumerate().filter(|(_, bar)| bar.years == 0) {
            self.wrong(
                &[Step::Key("bars"), Step::At(i), Step::Key("years")],
                format!("bar `{}` has no length", bar.id),
            );
        }
        for (i, window) in d.windows.iter().enumerate() {
            for text in [&window.from, &window.until] {
                let year = window.year.unwrap_or(2023);
                if NaiveDate::parse_from_str(&format!("{year}-{text}"), "%Y-%m-%d").is_err()
                    || text.len() != 5
                {
                    self.wrong(
                        &[Step::Key("windows"), Step::At(i)],
                        format!("`{text}` is not a day MM-DD of every year"),
                    );
                }
            }
        }
    }
}
