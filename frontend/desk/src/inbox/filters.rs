//! Which cases the inbox asks for and how those that came are sorted: a reducer without a browser.

use std::cmp::Ordering;
use std::rc::Rc;

use policies::model::{CaseKind, Document};
use protocol::query::{InboxQuery, Standing};
use yew::Reducible;

use super::lines::{Column, Line};

/// The officer's choice of cases and order. Starts with open cases, those first whose day comes first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filters {
    /// What is asked for.
    pub(crate) asked: InboxQuery,
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
            FilterAction::Standing(standing) => next.asked.standing = standing,
            FilterAction::Kind(kind) => {
                next.asked.kind = kind;
                next.asked.stage = None;
            }
            FilterAction::Stage(stage) => next.asked.stage = stage,
            FilterAction::Sort(column) => {
                next.descending = next.column == column && !next.descending;
                next.column = column;
            }
        }
        Rc::new(next)
    }
}

impl Filters {
    /// The rows that came, in order. Rows that the column cannot tell apart keep the order of the office.
    pub(crate) fn sorted(&self, lines: &[Line]) -> Vec<Line> {
        let mut shown = lines.to_vec();
        shown.sort_by(|a, b| self.order(a, b));
        shown
    }

    fn order(&self, a: &Line, b: &Line) -> Ordering {
        let order = self.column.compare(a, b);
        let order = if self.descending { order.reverse() } else { order };
        order.then_with(|| Column::Due.compare(a, b)).then(a.received.cmp(&b.received))
    }
}

/// The kinds that the document knows.
pub(crate) fn kinds(document: &Document) -> Vec<(CaseKind, String)> {
    document.procedures.iter().map(|procedure| (procedure.case, procedure.label.clone())).collect()
}

/// The stages of a kind, or of all, each once: what the document names, whether or not a case is there.
pub(crate) fn stages(document: &Document, kind: Option<CaseKind>) -> Vec<(String, String)> {
    let mut stages: Vec<(String, String)> = Vec::new();
    for procedure in document.procedures.iter().filter(|one| kind.is_none_or(|kind| kind == one.case)) {
        for stage in &procedure.stages {
            if !stages.iter().any(|(id, _)| *id == stage.id) {
                stages.push((stage.id.clone(), stage.label.clone()));
            }
        }
    }
    stages
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use chrono::NaiveDate;

    use super::*;

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, d).unwrap()
    }

    fn line(lookup: &str, kind: CaseKind, received: u32, due: Option<u32>, closed: bool) -> Line {
        Line {
            lookup: lookup.into(),
            kind,
            kind_label: format!("{kind:?}"),
            stage: "town".into(),
            stage_label: "town".into(),
            received: day(received),
            days: i64::from(20 - received),
            due: due.map(day),
            overdue: false,
            needs_reply: false,
            closed,
        }
    }

    fn rows() -> Vec<Line> {
        vec![
            line("a", CaseKind::Application, 5, None, false),
            line("b", CaseKind::Application, 6, Some(25), false),
            line("c", CaseKind::TipOff, 7, Some(21), false),
            line("d", CaseKind::TipOff, 1, Some(2), true),
        ]
    }

    fn after(actions: Vec<FilterAction>) -> Filters {
        let filters = actions.into_iter().fold(Rc::new(Filters::default()), Reducible::reduce);
        (*filters).clone()
    }

    fn ids(actions: Vec<FilterAction>) -> String {
        after(actions).sorted(&rows()).into_iter().map(|line| line.lookup).collect()
    }

    #[test]
    fn open_cases_come_first_and_the_next_day_before_them_all() {
        assert_eq!(ids(Vec::new()), "cbad");
    }

    #[test]
    fn the_same_column_again_turns_the_order_round_and_ties_keep_the_offices_order() {
        assert_eq!(ids(vec![FilterAction::Sort(Column::Received)]), "dabc");
        assert_eq!(ids(vec![FilterAction::Sort(Column::Received); 2]), "cbad");
        assert_eq!(ids(vec![FilterAction::Sort(Column::Stage)]), "cbad");
    }

    #[test]
    fn a_new_kind_lets_the_stage_go() {
        let filters = after(vec![
            FilterAction::Kind(Some(CaseKind::Application)),
            FilterAction::Stage(Some("town_review".into())),
            FilterAction::Kind(Some(CaseKind::TipOff)),
        ]);
        assert_eq!((filters.asked.kind, filters.asked.stage), (Some(CaseKind::TipOff), None));
    }

    #[test]
    fn every_stage_of_the_document_can_be_chosen_before_a_case_is_in_it() {
        for compiled in policies::rulebook().documents() {
            let document = compiled.document();
            for (kind, _) in kinds(document) {
                let chosen = stages(document, Some(kind));
                assert_eq!(chosen.len(), document.procedure(kind).unwrap().stages.len());
                assert!(chosen.iter().all(|stage| stages(document, None).iter().any(|all| all.0 == stage.0)));
            }
        }
    }
}
