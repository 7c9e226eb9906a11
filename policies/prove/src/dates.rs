//! The days of force, clocks, windows and bars of a document against days worked out by hand; a length or a day shifted by
//! one must not agree with them.

use chrono::NaiveDate;
use policies::{
    calendar::{WindowState, bar_free, clock_due, window_on},
    iso,
    model::{Clock, Document, Window},
};
use policies_compile::{Problem, Step};
use serde::Deserialize;

use crate::Text;

/// `examples/dates/<document>.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dates {
    /// The file; empty where there is none.
    #[serde(skip)]
    pub file: Text,
    /// The days of force.
    #[serde(default)]
    pub force: Force,
    #[serde(default)]
    clock: Vec<ClockDates>,
    #[serde(default)]
    window: Vec<WindowDates>,
    #[serde(default)]
    bar: Vec<BarDates>,
}

/// First and last day of force; what is absent has no end on that side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Force {
    /// The first.
    #[serde(default, deserialize_with = "iso::option::deserialize")]
    pub first: Option<NaiveDate>,
    /// The last, included.
    #[serde(default, deserialize_with = "iso::option::deserialize")]
    pub last: Option<NaiveDate>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClockDates {
    id: String,
    #[serde(deserialize_with = "iso::deserialize")]
    from: NaiveDate,
    #[serde(deserialize_with = "iso::deserialize")]
    last_day: NaiveDate,
    /// Whether it counts a year whose official calendar is not known yet.
    #[serde(default)]
    provisional: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WindowDates {
    id: String,
    #[serde(deserialize_with = "iso::deserialize")]
    first: NaiveDate,
    #[serde(deserialize_with = "iso::deserialize")]
    last: NaiveDate,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct BarDates {
    id: String,
    #[serde(deserialize_with = "iso::deserialize")]
    from: NaiveDate,
    #[serde(deserialize_with = "iso::deserialize")]
    free: NaiveDate,
}

impl Force {
    /// Whether a day lies in it.
    pub fn holds(self, on: NaiveDate) -> bool {
        self.first.is_none_or(|first| first <= on) && self.last.is_none_or(|last| on <= last)
    }
}

impl Dates {
    /// Everything that the calendar says otherwise, at its line; and what has no dates, at its line in the document.
    pub fn faults(&self, document: &Document, written: &Text) -> Vec<Problem> {
        let mut found = Faults { dates: self, document, written, problems: Vec::new() };
        found.force();
        document.clocks.iter().enumerate().for_each(|(at, clock)| found.clock(at, clock));
        document.windows.iter().enumerate().for_each(|(at, window)| found.window(at, window));
        for (at, bar) in document.bars.iter().enumerate() {
            let mut lines = self.bar.iter().enumerate().filter(|(_, line)| line.id == bar.id).peekable();
            if lines.peek().is_none() {
                found.lacking("bars", at, format!("bar `{}`: no dates: `[[bar]]` id, from, free", bar.id));
            }
            for (n, line) in lines {
                let free = bar_free(bar, line.from);
                found.differs(("bar", n, "free"), &bar.id, line.from, (line.free, free));
            }
        }
        let clocks = self.clock.iter().map(|line| &line.id).enumerate();
        found.strange("clock", clocks, |id| document.clock(id).is_some());
        let windows = self.window.iter().map(|line| &line.id).enumerate();
        found.strange("window", windows, |id| document.window(id).is_some());
        let bars = self.bar.iter().map(|line| &line.id).enumerate();
        found.strange("bar", bars, |id| document.bars.iter().any(|bar| bar.id == *id));
        found.problems
    }
}

struct Faults<'f> {
    dates: &'f Dates,
    document: &'f Document,
    written: &'f Text,
    problems: Vec<Problem>,
}

impl<'f> Faults<'f> {
    /// Something of the document that has no dates.
    fn lacking(&mut self, list: &str, at: usize, message: String) {
        let file = format!("; add it to examples/dates/{}.toml", self.document.id);
        self.problems.push(self.written.problem(&[Step::Key(list), Step::At(at)], message + &file));
    }

    fn differs(
        &mut self,
        (list, n, key): (&str, usize, &str),
        id: &str,
        from: NaiveDate,
        (told, found): (NaiveDate, NaiveDate),
    ) {
        if told != found {
            let message = format!("`{id}` from {from}: expected {told}, got {found}");
            let path = [Step::Key(list), Step::At(n), Step::Key(key)];
            self.problems.push(self.dates.file.problem(&path, message));
        }
    }

    fn strange<'i>(
        &mut self,
        list: &str,
        ids: impl Iterator<Item = (usize, &'i String)>,
        is_known: impl Fn(&str) -> bool,
    ) {
        for (n, id) in ids.filter(|(_, id)| !is_known(id)) {
            let message = format!("the document has no {list} `{id}`");
            self.problems.push(self.dates.file.problem(&[Step::Key(list), Step::At(n)], message));
        }
    }

    fn force(&mut self) {
        let document = self.document;
        let is = Force { first: document.valid_from.or(document.issued), last: document.valid_until };
        let told = self.dates.force;
        let day = |day: Option<NaiveDate>| day.map_or("no end".to_owned(), |day| day.to_string());
        for (key, told, is) in [("first", told.first, is.first), ("last", told.last, is.last)] {
            if told != is {
                let problem = if self.dates.file.name.is_empty() {
                    let file = format!("examples/dates/{}.toml", document.id);
                    let message =
                        format!("the {key} day of force is not worked out: `[force]` {key} in {file}");
                    let of_document = if key == "first" { "valid_from" } else { "valid_until" };
                    self.written.problem(&[Step::Key(of_document)], message)
                } else {
                    let message = format!("[force] {key}: expected {}, got {}", day(told), day(is));
                    self.dates.file.problem(&[Step::Key("force"), Step::Key(key)], message)
                };
                self.problems.push(problem);
            }
        }
    }

    fn clock(&mut self, at: usize, clock: &'f Clock) {
        let all = &self.dates.clock;
        let lines: Vec<_> = all.iter().enumerate().filter(|(_, line)| line.id == clock.id).collect();
        if lines.is_empty() {
            let message = format!("clock `{}`: no dates: `[[clock]]` id, from, last_day", clock.id);
            self.lacking("clocks", at, message);
            return;
        }
        for (n, line) in &lines {
            let due = clock_due(clock, line.from);
            self.differs(("clock", *n, "last_day"), &clock.id, line.from, (line.last_day, due.last_day));
            if due.provisional != line.provisional {
                let message = format!(
                    "`{}`: expected provisional = {}, got {}",
                    clock.id, line.provisional, due.provisional
                );
                self.problems.push(self.dates.file.problem(&[Step::Key("clock"), Step::At(*n)], message));
            }
        }
        for length in [clock.length.saturating_sub(1), clock.length.saturating_add(1)] {
            let shifted = Clock { length, ..clock.clone() };
            if lines.iter().all(|(_, line)| clock_due(&shifted, line.from).last_day == line.last_day) {
                let message =
                    format!("clock `{}`: its length could as well be {length}: no date notices", clock.id);
                self.lacking("clocks", at, message);
            }
        }
    }

    fn window(&mut self, at: usize, window: &'f Window) {
        let all = &self.dates.window;
        let mut lines = all.iter().enumerate().filter(|(_, line)| line.id == window.id).peekable();
        if lines.peek().is_none() {
            let message = format!("window `{}`: no dates: `[[window]]` id, first, last", window.id);
            self.lacking("windows", at, message);
        }
        let open = |day: Option<NaiveDate>| {
            day.is_some_and(|day| matches!(window_on(window, day), Some(WindowState::Open { .. })))
        };
        let mut wrong = Vec::new();
        for (n, line) in lines {
            for (key, day, inside) in [
                ("first", line.first.pred_opt(), false),
                ("first", Some(line.first), true),
                ("last", Some(line.last), true),
                ("last", line.last.succ_opt(), false),
            ] {
                if open(day) != inside {
                    let day = day.unwrap_or_default();
                    let word = |open: bool| if open { "open" } else { "closed" };
                    let message =
                        format!("`{}` on {day}: expected {}, got {}", window.id, word(inside), word(!inside));
                    wrong.push(
                        self.dates.file.problem(&[Step::Key("window"), Step::At(n), Step::Key(key)], message),
                    );
                }
            }
        }
        self.problems.extend(wrong);
    }
}
