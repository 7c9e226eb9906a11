//! Days between which something counts: as a condition on the application date.

use chrono::NaiveDate;

use super::source::{Source, Step};
use crate::Problem;
use policies_model::{
    Document,
    date::day_of,
    program::{Cond, Expr, NO_FACT, Op},
};

/// A first and a last day, each included where it is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from: Option<NaiveDate>,
    pub(super) until: Option<NaiveDate>,
}

impl Span {
    pub(super) const fn new(from: Option<NaiveDate>, until: Option<NaiveDate>) -> Self {
        Self { from, until }
    }

    const fn is_whole(self) -> bool {
        self.from.is_none() && self.until.is_none()
    }

    /// The condition, where it holds on these days only.
    pub(super) fn narrow(self, cond: Cond) -> Cond {
        if self.is_whole() {
            return cond;
        }
        let days = self.sides(Op::Ge, Op::Le);
        Cond::All(if cond == Cond::Always(true) { days.collect() } else { days.chain([cond]).collect() })
    }

    /// The condition, where it holds on every other day as well.
    pub(super) fn widen(self, cond: Cond) -> Cond {
        if self.is_whole() { cond } else { Cond::Any(self.sides(Op::Lt, Op::Gt).chain([cond]).collect()) }
    }

    fn sides(self, from: Op, until: Op) -> impl Iterator<Item = Cond> {
        let side = |(op, day): (Op, NaiveDate)| day_is(op, day);
        [self.from.map(|day| (from, day)), self.until.map(|day| (until, day))].into_iter().flatten().map(side)
    }

    /// Tells what is wrong with days that an item of a document counts on.
    pub(super) fn check(
        self,
        source: &Source<'_>,
        path: &[Step<'_>],
        document: &Document,
        problems: &mut Vec<Problem>,
    ) {
        let starts = document.valid_from.or(document.issued);
        let mut wrong = |key, message: &str| {
            problems.push(source.problem(&[path, &[Step::Key(key)]].concat(), message.to_owned()));
        };
        if self.from.zip(self.until).is_some_and(|(from, until)| from > until) {
            wrong("valid_until", "the last day lies before the first");
        }
        if self.from.zip(starts).is_some_and(|(from, starts)| from <= starts) {
            wrong("valid_from", "the document itself is in force no earlier: leave `valid_from` out");
        }
        if self.until.zip(document.valid_until).is_some_and(|(until, ends)| until >= ends) {
            wrong("valid_until", "the document itself is in force no longer: leave `valid_until` out");
        }
    }

    /// In words: `2026年7月1日起` or nothing where it is always.
    pub(super) fn words(self) -> Option<String> {
        let day = |day: NaiveDate| day.format("%Y年%-m月%-d日").to_string();
        match (self.from.map(day), self.until.map(day)) {
            (Some(from), Some(until)) => Some(format!("{from}到{until}")),
            (Some(from), None) => Some(format!("{from}起")),
            (None, Some(until)) => Some(format!("到{until}为止")),
            (None, None) => None,
        }
    }
}

/// The application date compared with a day.
pub(super) fn day_is(op: Op, day: NaiveDate) -> Cond {
    Cond::Compare(Expr::Today, op, Expr::Const(day_of(day)), NO_FACT)
}
