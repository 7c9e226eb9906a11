//! What one row of the inbox says, worked out from the open columns the edge keeps.

use std::cmp::Ordering;

use chrono::NaiveDate;
use policies::model::{CaseKind, Document};
use protocol::desk::IndexRow;

use crate::desk::dates::china_date;
use crate::desk::words;

/// One case as the inbox shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Look-up id, hex.
    pub lookup: String,
    /// What kind of case.
    pub kind: CaseKind,
    /// The kind in the document's words.
    pub kind_label: String,
    /// Stage id.
    pub stage: String,
    /// The stage in the document's words.
    pub stage_label: String,
    /// Day of receipt, China time.
    pub received: NaiveDate,
    /// Whole days since receipt; counted to today for open cases, to the last change for closed ones.
    pub days: i64,
    /// The applicant wrote last, or nobody has acted yet.
    pub needs_reply: bool,
    /// No further stage follows.
    pub closed: bool,
}

/// Rows in the words of the office's document.
pub fn lines(cases: &[IndexRow], document: &Document, today: NaiveDate) -> Vec<Line> {
    cases.iter().map(|row| line(row, document, today)).collect()
}

fn line(row: &IndexRow, document: &Document, today: NaiveDate) -> Line {
    let received = china_date(row.received_at);
    let closed = row.withdrawn || words::is_closed(document, row.kind, &row.stage);
    let until = if closed { china_date(row.updated_at) } else { today };
    Line {
        lookup: row.lookup.clone(),
        kind: row.kind,
        kind_label: words::kind(document, row.kind),
        stage: row.stage.clone(),
        stage_label: if row.withdrawn {
            "已撤回".to_owned()
        } else {
            words::stage(document, row.kind, &row.stage)
        },
        received,
        days: (until - received).num_days().max(0),
        needs_reply: row.waiting_for_office && !closed,
        closed,
    }
}

/// What the inbox can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Column {
    /// Day of receipt.
    #[default]
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
    pub fn compare(self, a: &Line, b: &Line) -> Ordering {
        match self {
            Self::Received => a.received.cmp(&b.received),
            Self::Kind => a.kind.cmp(&b.kind),
            Self::Stage => a.stage_label.cmp(&b.stage_label),
            Self::Days => a.days.cmp(&b.days),
            Self::NeedsReply => a.needs_reply.cmp(&b.needs_reply),
        }
    }
}

/// How many cases stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Everything.
    pub all: usize,
    /// Not at an end.
    pub open: usize,
    /// Waiting for the office's word.
    pub needs_reply: usize,
    /// At an end.
    pub closed: usize,
}

/// Counts over all rows.
pub fn counts(lines: &[Line]) -> Counts {
    let closed = lines.iter().filter(|line| line.closed).count();
    Counts {
        all: lines.len(),
        open: lines.len() - closed,
        needs_reply: lines.iter().filter(|line| line.needs_reply).count(),
        closed,
    }
}
