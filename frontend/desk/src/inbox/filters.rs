//! Which rows the inbox shows and in which order: a reducer without a browser.

use std::cmp::Ordering;
use std::rc::Rc;

use policies::model::CaseKind;
use yew::Reducible;

use super::lines::{Column, Line};

/// Open, closed or needing a reply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Cases not at an end.
    #[default]
    Open,
    /// Cases waiting for the office's word.
    NeedsReply,
    /// Cases at an end.
    Closed,
    /// Every case.
    All,
}

impl Standing {
    /// In the order shown.
    pub(crate) const EVERY: [Self; 4] = [Self::Open, Self::NeedsReply, Self::Closed, Self::All];

    /// Stable id, used in form values.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::NeedsReply => "needs-reply",
            Self::Closed => "closed",
            Self::All => "all",
        }
    }

    /// Whether a row stands so.
    pub(crate) fn admits(self, line: &Line) -> bool {
        match self {
            Self::Open => !line.closed,
            Self::NeedsReply => line.needs_reply,
            Self::Closed => line.closed,
            Self::All => true,
        }
    }
}

/// The officer's choice of rows and order. Starts with open cases, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filters {
    /// Open, closed, needing a reply.
    pub(crate) standing: Standing,
    /// Only this kind of case.
    pub(crate) kind: Option<CaseKind>,
    /// Only this stage id.
    pub(crate) stage: Option<String>,
    /// Sorted by.
    pub(crate) column: Column,
    /// Largest first.
    pub(crate) descending: bool,
}

/// A change of the choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FilterAction {
    /// Show cases that stand so.
    Standing(Standing),
    /// Show one kind, or every kind. Stages belong to a kind, so the stage is let go.
    Kind(Option<CaseKind>),
    /// Show one stage, or every stage.
    Stage(Option<String>),
    /// Sort by a column; the same column again turns the order round.
    Sort(Column),
}

impl Reducible for Filters {
    type Action = FilterAction;

    fn reduce(self: Rc<Self>, action: FilterAction) -> Rc<Self> {
        let mut next = (*self).clone();
        match action {
            FilterAction::Standing(standing) => next.standing = standing,
            FilterAction::Kind(kind) => {
                next.kind = kind;
                next.stage = None;
            }
            FilterAction::Stage(stage) => next.stage = stage,
            FilterAction::Sort(column) => {
                next.descending = next.column == column && !next.descending;
                next.column = column;
            }
        }
        Rc::new(next)
    }
}

impl Filters {
    /// The rows to show, in order. Rows that the column cannot tell apart keep the oldest first.
    pub(crate) fn visible(&self, lines: &[Line]) -> Vec<Line> {
        let mut shown: Vec<Line> = lines.iter().filter(|line| self.admits(line)).cloned().collect();
        shown.sort_by(|a, b| self.order(a, b));
        shown
    }

    fn admits(&self, line: &Line) -> bool {
        self.standing.admits(line)
            && self.kind.is_none_or(|kind| kind == line.kind)
            && self.stage.as_ref().is_none_or(|stage| *stage == line.stage)
    }

    fn order(&self, a: &Line, b: &Line) -> Ordering {
        let order = self.column.compare(a, b);
        let order = if self.descending { order.reverse() } else { order };
        order.then(a.received.cmp(&b.received)).then_with(|| a.lookup.cmp(&b.lookup))
    }
}

/// The kinds that occur among the rows, each once, in the document's order of kinds.
pub(crate) fn kinds(lines: &[Line]) -> Vec<(CaseKind, String)> {
    let mut kinds: Vec<_> = lines.iter().map(|l| (l.kind, l.kind_label.clone())).collect();
    kinds.sort();
    kinds.dedup();
    kinds
}

/// The stages that occur among the rows of a kind (or of all), each once.
pub(crate) fn stages(lines: &[Line], kind: Option<CaseKind>) -> Vec<(String, String)> {
    let mut stages: Vec<(String, String)> = Vec::new();
    for line in lines.iter().filter(|l| kind.is_none_or(|k| k == l.kind)) {
        if !stages.iter().any(|(id, _)| *id == line.stage) {
            stages.push((line.stage.clone(), line.stage_label.clone()));
        }
    }
    stages.sort_by(|a, b| a.1.cmp(&b.1));
    stages
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use chrono::NaiveDate;

    use super::*;
    use crate::inbox::lines::counts;

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, d).unwrap()
    }

    fn line(lookup: &str, kind: CaseKind, stage: &str, received: u32, flags: (bool, bool)) -> Line {
        Line {
            lookup: lookup.into(),
            kind,
            kind_label: format!("{kind:?}"),
            stage: stage.into(),
            stage_label: stage.into(),
            received: day(received),
            days: i64::from(20 - received),
            needs_reply: flags.0,
            closed: flags.1,
        }
    }

    fn rows() -> Vec<Line> {
        vec![
            line("b", CaseKind::Application, "town", 5, (true, false)),
            line("a", CaseKind::Application, "town", 5, (false, false)),
            line("c", CaseKind::TipOff, "received", 2, (true, false)),
            line("d", CaseKind::Application, "done", 1, (false, true)),
        ]
    }

    fn ids(filters: &Filters) -> String {
        filters.visible(&rows()).into_iter().map(|l| l.lookup).collect()
    }

    fn after(actions: Vec<FilterAction>) -> Filters {
        let filters = actions.into_iter().fold(Rc::new(Filters::default()), Reducible::reduce);
        (*filters).clone()
    }

    #[test]
    fn the_oldest_open_case_comes_first() {
        assert_eq!(ids(&Filters::default()), "cab");
    }

    #[test]
    fn the_same_column_again_turns_the_order_round_and_ties_stay_oldest_first() {
        let by_days = after(vec![FilterAction::Sort(Column::Days)]);
        assert_eq!(ids(&by_days), "abc");
        let turned = after(vec![FilterAction::Sort(Column::Days); 2]);
        assert_eq!(ids(&turned), "cab");
    }

    #[test]
    fn a_new_kind_lets_the_stage_go() {
        let filters = after(vec![
            FilterAction::Kind(Some(CaseKind::Application)),
            FilterAction::Stage(Some("town".into())),
            FilterAction::Kind(Some(CaseKind::TipOff)),
        ]);
        assert_eq!(ids(&filters), "c");
    }

    #[test]
    fn standing_parts_the_cases_and_counts_agree() {
        let shown = |s| ids(&after(vec![FilterAction::Standing(s)])).len();
        let all = counts(&rows());
        assert_eq!(shown(Standing::Open), all.open);
        assert_eq!(shown(Standing::NeedsReply), all.needs_reply);
        assert_eq!(shown(Standing::Closed), all.closed);
        assert_eq!(shown(Standing::All), all.all);
    }

    #[test]
    fn choices_list_each_kind_and_stage_once() {
        assert_eq!(kinds(&rows()).len(), 2);
        assert_eq!(stages(&rows(), Some(CaseKind::Application)).len(), 2);
        assert_eq!(stages(&rows(), None).len(), 3);
    }
}
