//! What one row of the inbox says, worked out from the open columns the edge keeps.

use std::cmp::Ordering;

use chrono::NaiveDate;
use policies::model::{CaseKind, Document};
use protocol::desk::IndexRow;

use crate::words;
use ui::words::day;

/// One case as the inbox shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// Look-up id, hex.
    pub(crate) lookup: String,
    /// What kind of case.
    pub(crate) kind: CaseKind,
    /// The kind in the document's words.
    pub(crate) kind_label: String,
    /// Stage id.
    pub(crate) stage: String,
    /// The stage in the document's words.
    pub(crate) stage_label: String,
    /// Day of receipt, China time.
    pub(crate) received: NaiveDate,
    /// Whole days since receipt; counted to today for open cases, to the last change for closed ones.
    pub(crate) days: i64,
    /// Last day on which the stage is in time, where the document sets one.
    pub(crate) due: Option<NaiveDate>,
    /// That day is over.
    pub(crate) overdue: bool,
    /// The applicant wrote last, or nobody has acted yet.
    pub(crate) needs_reply: bool,
    /// No further stage follows, or it is set aside.
    pub(crate) closed: bool,
}

/// Rows in the words of the office's document.
pub(crate) fn lines(cases: &[IndexRow], document: &Document, today: NaiveDate) -> Vec<Line> {
    cases.iter().map(|row| line(row, document, today)).collect()
}

fn line(row: &IndexRow, document: &Document, today: NaiveDate) -> Line {
    let received = day(row.received_at);
    let closed = row.closed || row.withdrawn || row.aside || words::is_closed(document, row.kind, &row.stage);
    let due = row.due.filter(|_| !closed);
    let until = if closed { day(row.updated_at) } else { today };
    Line {
        lookup: row.lookup.clone(),
        kind: row.kind,
        kind_label: words::kind(document, row.kind),
        stage: row.stage.clone(),
        stage_label: match (row.withdrawn, row.aside) {
            (true, _) => "已撤回".to_owned(),
            (false, true) => "无效来件".to_owned(),
            (false, false) => words::stage(document, row.kind, &row.stage),
        },
        received,
        days: (until - received).num_days().max(0),
        due,
        overdue: due.is_some_and(|due| due < today),
        needs_reply: row.waiting_for_office && !closed,
        closed,
    }
}

/// What the inbox can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Column {
    /// Last day of the stage: open cases first, those without a last day after them.
    #[default]
    Due,
    /// Day of receipt.
    Received,
    /// Kind of case.
    Kind,
    /// Stage.
    Stage,
    /// Days waiting.
    Days,
    /// Needs a reply first.
    NeedsReply,
}

impl Column {
    /// Order of two rows, ascending; equal rows keep the oldest first.
    pub(crate) fn compare(self, a: &Line, b: &Line) -> Ordering {
        match self {
            Self::Due => {
                let place = |line: &Line| (line.closed, line.due.unwrap_or(NaiveDate::MAX));
                place(a).cmp(&place(b)).then(a.received.cmp(&b.received))
            }
            Self::Received => a.received.cmp(&b.received),
            Self::Kind => a.kind.cmp(&b.kind),
            Self::Stage => a.stage_label.cmp(&b.stage_label),
            Self::Days => a.days.cmp(&b.days),
            Self::NeedsReply => a.needs_reply.cmp(&b.needs_reply),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// Noon of 21 November 2026 in China.
    const NOON: u64 = 1_795_233_600;
    const DAY: u64 = 86_400;

    fn row(stage: &str, withdrawn: bool) -> IndexRow {
        IndexRow {
            lookup: "3f8a91c2".into(),
            kind: CaseKind::Application,
            stage: stage.into(),
            received_at: NOON - 5 * DAY,
            updated_at: NOON - 2 * DAY,
            waiting_for_office: true,
            withdrawn,
            destroyed_at: None,
            closed: false,
            aside: false,
            due: day(NOON).pred_opt(),
        }
    }

    fn shown(row: IndexRow) -> Line {
        let document = policies::rulebook().document("yongshun-2023").unwrap().document();
        lines(&[row], document, day(NOON)).into_iter().next().unwrap()
    }

    #[test]
    fn an_open_case_is_counted_to_today_in_the_documents_words() {
        let line = shown(row("town_review", false));
        let document = policies::rulebook().document("yongshun-2023").unwrap().document();
        let stage = words::find_stage(document, CaseKind::Application, "town_review").unwrap();
        assert_eq!((line.stage_label, line.days), (stage.label.clone(), 5));
        assert!(line.needs_reply && !line.closed && line.overdue);
    }

    #[test]
    fn a_finished_case_is_counted_to_its_last_change_and_waits_for_nothing() {
        let line = shown(row("not_accepted", false));
        assert!(line.closed && !line.needs_reply && !line.overdue && line.due.is_none());
        assert_eq!(line.days, 3);
    }

    #[test]
    fn a_withdrawn_case_says_so_whatever_its_stage() {
        let line = shown(row("submitted", true));
        assert_eq!((line.stage_label.as_str(), line.closed), ("已撤回", true));
    }

    #[test]
    fn what_is_set_aside_waits_for_nothing() {
        let line = shown(IndexRow { aside: true, ..row("submitted", false) });
        assert_eq!((line.stage_label.as_str(), line.closed, line.needs_reply), ("无效来件", true, false));
    }

    #[test]
    fn a_stage_the_document_lacks_shows_its_id_and_stays_open() {
        let line = shown(row("gone", false));
        assert_eq!((line.stage_label.as_str(), line.closed), ("gone", false));
    }
}
