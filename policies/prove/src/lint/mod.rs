//! What is allowed in a document and yet is probably a mistake: each at its line, with the cure.

mod logic;
mod spoken;

use policies::{
    model::{CaseKind, Document, Fact},
    program::{Book, CompiledDocument, Cond},
};
use policies_compile::{Problem, Step};

use self::logic::{Cases, Side};
use crate::Text;

/// Everything in a document that is probably a mistake, sorted by line. `book` holds the one document.
pub fn lints(book: &Book, written: &Text, inventory: Option<&str>) -> Vec<Problem> {
    let Some(compiled) = book.documents.first() else { return Vec::new() };
    let mut found = Lints { document: &compiled.document, facts: &book.facts, written, problems: Vec::new() };
    found.names(inventory);
    found.whole();
    found.requirements(compiled);
    found.categories(compiled);
    found.rows(compiled);
    found.words();
    found.problems.sort();
    found.problems
}

struct Lints<'l> {
    document: &'l Document,
    facts: &'l [Fact],
    written: &'l Text,
    problems: Vec<Problem>,
}

impl Lints<'_> {
    fn tell(&mut self, path: &[Step<'_>], message: String) {
        self.problems.push(self.written.problem(path, message));
    }

    /// The file's name against the id; readings against the inventory.
    fn names(&mut self, inventory: Option<&str>) {
        let document = self.document;
        let name = self.written.name.rsplit(['/', '\\']).next().unwrap_or_default();
        if let Some(stem) = name.strip_suffix(".toml").filter(|stem| *stem != document.id) {
            self.tell(
                &[Step::Key("id")],
                format!("the file is called `{stem}` and the document `{}`: give both one name", document.id),
            );
        }
        for (i, reading) in document.readings.iter().enumerate() {
            if inventory.is_some_and(|text| !text.contains(&format!("[{}]", reading.id))) {
                let message = format!("INVENTORY.md has no `[{}]`: number this reading there", reading.id);
                self.tell(&[Step::Key("readings"), Step::At(i)], message);
            }
        }
    }

    /// What every place has.
    fn whole(&mut self) {
        let document = self.document;
        if document.contacts.is_empty() {
            self.tell(
                &[Step::Key("id")],
                "no contact: add `[[contacts]]`, so that people know whom to ask".to_owned(),
            );
        }
        let sent = document.procedures.iter().any(|procedure| procedure.case != CaseKind::TipOff);
        if document.procedures.is_empty() || (!sent && !document.categories.is_empty()) {
            let message = "no procedure but of tip-offs: add `[[procedures]]` of what people apply for";
            let none = "no procedure: add `[[procedures]]`, or nothing can be sent";
            let message = if document.procedures.is_empty() { none } else { message };
            self.tell(&[Step::Key("id")], message.to_owned());
        }
    }

    fn requirements(&mut self, compiled: &CompiledDocument) {
        let document = self.document;
        for (i, (requirement, rule)) in document.requirements.iter().zip(&compiled.program.rules).enumerate()
        {
            let path = [Step::Key("requirements"), Step::At(i), Step::Key("holds")];
            let id = &requirement.id;
            let never =
                |cond: &Cond| Cases::of(self.facts, &[(cond, Side::Holds)]).is_some_and(|cases| cases.none());
            if matches!(rule.holds, Cond::Always(_)) {
                continue;
            }
            let parts = if let Cond::Any(parts) = &rule.holds { parts.as_slice() } else { &[] };
            let idle = (1..).zip(parts).find(|(_, part)| never(part)).map(|(n, _)| n);
            let always =
                Cases::of(self.facts, &[(&rule.holds, Side::Fails)]).is_some_and(|cases| cases.none());
            if never(&rule.holds) {
                self.tell(
                    &path,
                    format!("requirement `{id}`: its parts contradict each other: nobody can meet it"),
                );
            } else if always {
                self.tell(
                    &path,
                    format!("requirement `{id}`: everybody meets it: leave it out, or mend the condition"),
                );
            } else if let Some(n) = idle {
                let message =
                    format!("requirement `{id}`: part {n} of `||` contradicts itself and never holds");
                self.tell(&path, message);
            }
            for (n, when) in rule.ask.iter().enumerate() {
                if !matches!(when, Cond::Always(_))
                    && Cases::of(self.facts, &[(when, Side::Holds)]).is_some_and(|cases| cases.none())
                {
                    let path = [
                        Step::Key("requirements"),
                        Step::At(i),
                        Step::Key("ask"),
                        Step::At(n),
                        Step::Key("when"),
                    ];
                    self.tell(
                        &path,
                        format!("requirement `{id}`: this case contradicts itself: nobody is ever asked"),
                    );
                }
            }
        }
    }

    /// Requirements of one category that nobody can meet together.
    fn categories(&mut self, compiled: &CompiledDocument) {
        for (i, (category, needs)) in
            self.document.categories.iter().zip(&compiled.program.categories).enumerate()
        {
            let rules: Vec<_> = needs
                .iter()
                .filter_map(|at| {
                    let at = usize::from(*at);
                    Some((&self.document.requirements.get(at)?.id, &compiled.program.rules.get(at)?.holds))
                })
                .collect();
            let pair = rules.iter().enumerate().find_map(|(n, one)| {
                let others = rules.iter().skip(n.saturating_add(1));
                let against = others.into_iter().find(|other| {
                    let alone = |cond| {
                        Cases::of(self.facts, &[(cond, Side::Holds)]).is_none_or(|cases| !cases.none())
                    };
                    let both = [(one.1, Side::Holds), (other.1, Side::Holds)];
                    alone(one.1)
                        && alone(other.1)
                        && Cases::of(self.facts, &both).is_some_and(|cases| cases.none())
                });
                against.map(|other| (one.0.clone(), other.0.clone()))
            });
            if let Some((one, other)) = pair {
                let path = [Step::Key("categories"), Step::At(i), Step::Key("requires")];
                let message = format!(
                    "category `{}`: nobody meets both `{one}` and `{other}`: they contradict each other",
                    category.id
                );
                self.tell(&path, message);
            }
        }
    }

    /// Rows of a table that are never reached.
    fn rows(&mut self, compiled: &CompiledDocument) {
        for (i, (benefit, rows)) in self.document.benefits.iter().zip(&compiled.program.benefits).enumerate()
        {
            for (n, (row, at)) in benefit.rows.iter().zip(rows).enumerate() {
                let mine = (&at.when, Side::Holds);
                let above = rows.iter().take(n).map(|row| (&row.when, Side::Fails));
                let all: Vec<_> = std::iter::once(mine).chain(above).collect();
                let none =
                    |all: &[(&Cond, Side)]| Cases::of(self.facts, all).is_some_and(|cases| cases.none());
                let message = if none(&all[..1]) {
                    format!("row “{}” contradicts itself and never applies", row.label)
                } else if none(&all) {
                    format!(
                        "row “{}” is never reached: the rows above take all its cases; put it higher",
                        row.label
                    )
                } else {
                    continue;
                };
                let path = [Step::Key("benefits"), Step::At(i), Step::Key("rows"), Step::At(n)];
                self.tell(&path, format!("benefit `{}`: {message}", benefit.id));
            }
        }
    }

    /// Numbers in words that differ from those that decide.
    fn words(&mut self) {
        for (i, requirement) in self.document.requirements.iter().enumerate() {
            let asks = requirement.ask.iter().map(|ask| ask.when.as_str());
            let decide: Vec<_> = std::iter::once(requirement.holds.as_str()).chain(asks).collect();
            if let Some((said, decides)) = spoken::differs(&requirement.says, &decide) {
                let path = [Step::Key("requirements"), Step::At(i), Step::Key("says")];
                let message = format!(
                    "requirement `{}` says {said}, and decides by {decides}: which is right?",
                    requirement.id
                );
                self.tell(&path, message);
            }
        }
        for (i, clock) in self.document.clocks.iter().enumerate() {
            if let Some(said) = spoken::length(&clock.says, clock) {
                let path = [Step::Key("clocks"), Step::At(i), Step::Key("says")];
                let message = format!(
                    "clock `{}` says {said}, and its length is {}: which is right?",
                    clock.id, clock.length
                );
                self.tell(&path, message);
            }
        }
    }
}
