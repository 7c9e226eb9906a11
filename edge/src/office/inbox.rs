//! The inbox in SQLite: which cases are asked for, in which order, from where on.

use chrono::{Days, NaiveDate};
use protocol::{
    CaseKind,
    desk::{Counts, Inbox, IndexRow},
    limits::{INBOX_ROWS, REMIND_DAYS},
    query::{InboxQuery, Standing},
};
use serde::Deserialize;
use worker::{Result, SqlStorage, SqlStorageValue};

use crate::sql::{integer, parse, whole, word};

/// How a case stands, as the column has it: the order of the inbox begins with it.
const OPEN: u64 = 0;
const CLOSED: u64 = 1;
const ASIDE: u64 = 2;

/// Stands in the column for the last day where there is none: after every day there will be.
const NEVER: u64 = 99_999;

#[derive(Deserialize)]
struct Row {
    standing: f64,
    due: f64,
    received_at: f64,
    lookup: String,
    json: String,
}

impl Row {
    /// Its place in the order of the inbox.
    fn place(&self) -> String {
        let [standing, due, received] = [self.standing, self.due, self.received_at].map(whole);
        format!("{standing}-{due}-{received}-{}", self.lookup)
    }
}

#[derive(Deserialize)]
struct Count {
    n: f64,
}

#[derive(Deserialize)]
struct Tally {
    open: f64,
    waiting: f64,
    fresh: f64,
    aside: f64,
    tip_offs: f64,
    listed: f64,
}

/// How a case stands.
pub(super) fn standing(row: &IndexRow) -> u64 {
    match (row.aside, row.closed) {
        (true, _) => ASIDE,
        (false, true) => CLOSED,
        (false, false) => OPEN,
    }
}

/// A day as the column has it: days since 1970.
pub(super) fn day_number(day: Option<NaiveDate>) -> u64 {
    let since = day.map(|day| day.signed_duration_since(NaiveDate::default()).num_days());
    since.and_then(|days| u64::try_from(days).ok()).unwrap_or(NEVER)
}

/// The last day in time of a row, in days since 1970.
pub(super) fn due(row: &IndexRow) -> SqlStorageValue {
    integer(day_number(row.due))
}

/// In which order a part of the inbox comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    /// Open before closed, then by the last day, then the oldest first.
    OfWork,
    /// The newest first.
    Newest,
}

impl Order {
    fn sql(self) -> &'static str {
        match self {
            Self::OfWork => "standing, due, received_at, lookup",
            Self::Newest => "received_at DESC, lookup DESC",
        }
    }
}

/// What a query asks for, as SQL and the values in it.
struct Asked {
    sql: String,
    order: Order,
    values: Vec<SqlStorageValue>,
}

impl Asked {
    fn of(query: &InboxQuery, today: NaiveDate) -> Result<Self> {
        let order = if query.standing == Standing::Fresh { Order::Newest } else { Order::OfWork };
        let mut asked = Self { sql: "1".to_owned(), order, values: Vec::new() };
        match query.standing {
            Standing::Open => asked.and("standing = 0", []),
            Standing::Waiting => asked.and("standing = 0 AND waiting = 1", []),
            Standing::Overdue => asked.and("standing = 0 AND due < ?", [integer(day_number(Some(today)))]),
            Standing::Closed => asked.and("standing = 1", []),
            Standing::All => asked.and("standing < 2", []),
            Standing::Aside => asked.and("standing = 2", []),
            Standing::Fresh => asked.and("fresh = 1", []),
        }
        if let Some(kind) = query.kind {
            asked.and("kind = ?", [word(&kind)?]);
        }
        if let Some(stage) = &query.stage {
            asked.and("stage = ?", [stage.as_str().into()]);
        }
        Ok(asked)
    }

    fn and<const N: usize>(&mut self, condition: &str, values: [SqlStorageValue; N]) {
        self.sql.push_str(" AND ");
        self.sql.push_str(condition);
        self.values.extend(values);
    }

    /// From a place on; one that cannot be a place asks for nothing.
    fn after(&mut self, place: &str) {
        let parts: Vec<&str> = place.split('-').collect();
        let number = |at: usize| parts.get(at).and_then(|part| part.parse::<u64>().ok());
        match (number(0), number(1), number(2), parts.get(3)) {
            (Some(standing), Some(due), Some(received), Some(lookup)) => match self.order {
                Order::OfWork => {
                    let place = [integer(standing), integer(due), integer(received), (*lookup).into()];
                    self.and("(standing, due, received_at, lookup) > (?, ?, ?, ?)", place);
                }
                Order::Newest => {
                    let place = [integer(received), (*lookup).into()];
                    self.and("(received_at, lookup) < (?, ?)", place);
                }
            },
            _ => self.and("0", []),
        }
    }
}

/// A part of the inbox.
pub(super) fn read(sql: &SqlStorage, query: &InboxQuery, today: NaiveDate) -> Result<Inbox> {
    let asked = Asked::of(query, today)?;
    let counts = counts(sql, today)?;
    let total = match (query.standing, query.kind, &query.stage) {
        (Standing::Open, None, None) => counts.open,
        (Standing::Waiting, None, None) => counts.waiting,
        (Standing::Overdue, None, None) => counts.overdue,
        (Standing::All, None, None) => counts.all,
        (Standing::Aside, None, None) => counts.aside,
        (Standing::Fresh, None, None) => counts.fresh,
        (Standing::Overdue, ..) => count(sql, "SELECT count(*) AS n FROM entry", &asked)?,
        _ => count(sql, "SELECT coalesce(sum(n), 0) AS n FROM tally", &asked)?,
    };
    let mut part = asked;
    if let Some(after) = &query.after {
        part.after(after);
    }
    let mut values = part.values;
    // One more than is told, to know whether it goes on.
    values.push(integer(u64::from(INBOX_ROWS).saturating_add(1)));
    let mut rows: Vec<Row> = sql
        .exec(
            &format!(
                "SELECT standing, due, received_at, lookup, json FROM entry WHERE {} ORDER BY {} LIMIT ?",
                part.sql,
                part.order.sql()
            ),
            values,
        )?
        .to_array()?;
    let told = usize::try_from(INBOX_ROWS).unwrap_or(usize::MAX);
    let more = rows.len() > told;
    rows.truncate(told);
    let next = rows.last().filter(|_| more).map(Row::place);
    let cases = rows.iter().map(|row| parse(&row.json)).collect::<Result<_>>()?;
    Ok(Inbox { cases, total, counts, next })
}

fn counts(sql: &SqlStorage, today: NaiveDate) -> Result<Counts> {
    let tallies: Vec<Tally> = sql
        .exec(
            "SELECT coalesce(sum(n) FILTER (WHERE standing = 0), 0) AS open, \
             coalesce(sum(n) FILTER (WHERE waiting = 1), 0) AS waiting, \
             coalesce(sum(n) FILTER (WHERE fresh = 1), 0) AS fresh, \
             coalesce(sum(n) FILTER (WHERE standing = 2), 0) AS aside, \
             coalesce(sum(n) FILTER (WHERE waiting = 1 AND kind = 'tip_off'), 0) AS tip_offs, \
             coalesce(sum(n) FILTER (WHERE standing < 2), 0) AS listed FROM tally",
            None,
        )?
        .to_array()?;
    let overdue = Asked::of(&InboxQuery { standing: Standing::Overdue, ..InboxQuery::default() }, today)?;
    let overdue = count(sql, "SELECT count(*) AS n FROM entry", &overdue)?;
    let near = today.checked_add_days(Days::new(REMIND_DAYS.saturating_add(1))).unwrap_or(today);
    let due =
        InboxQuery { standing: Standing::Overdue, kind: Some(CaseKind::TipOff), ..InboxQuery::default() };
    let tip_offs_due = count(sql, "SELECT count(*) AS n FROM entry", &Asked::of(&due, near)?)?;
    let counts = tallies.first().map(|tally| {
        let [open, waiting, all] = [tally.open, tally.waiting, tally.listed].map(whole);
        let [fresh, aside, tip_offs_waiting] = [tally.fresh, tally.aside, tally.tip_offs].map(whole);
        Counts { all, open, waiting, overdue, fresh, aside, tip_offs_waiting, tip_offs_due }
    });
    Ok(counts.unwrap_or_default())
}

fn count(sql: &SqlStorage, select: &str, asked: &Asked) -> Result<u64> {
    let counts: Vec<Count> =
        sql.exec(&format!("{select} WHERE {}", asked.sql), asked.values.clone())?.to_array()?;
    Ok(counts.first().map_or(0, |count| whole(count.n)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use chrono::Days;

    use super::*;

    #[test]
    fn a_case_without_a_last_day_comes_after_all_that_have_one() {
        let day = |text: &str| day_number(Some(text.parse().unwrap()));
        assert_eq!(day("1970-01-02"), 1);
        assert!(day("2026-11-20") < day("2026-11-21") && day("2199-12-31") < day_number(None));
        assert_eq!(
            NaiveDate::default().checked_add_days(Days::new(day("2026-11-20"))),
            "2026-11-20".parse().ok()
        );
    }

    #[test]
    fn what_is_asked_for_becomes_one_condition() {
        let today = "2026-11-20".parse().unwrap();
        let sql = |text: &str| Asked::of(&InboxQuery::parse(text).unwrap(), today).unwrap();
        assert_eq!(sql("").sql, "1 AND standing = 0");
        let narrow = sql("standing=overdue&kind=tip_off&stage=verifying");
        assert_eq!(narrow.sql, "1 AND standing = 0 AND due < ? AND kind = ? AND stage = ?");
        assert_eq!(narrow.values.len(), 3);
        let mut on = sql("standing=all");
        on.after("0-20000-1790000000-0a");
        assert_eq!((on.sql.matches('?').count(), on.values.len()), (4, 4));
        let mut older = sql("standing=fresh");
        older.after("0-20000-1790000000-0a");
        assert!(older.sql.ends_with("(received_at, lookup) < (?, ?)") && older.values.len() == 2);
        let mut nowhere = sql("standing=all");
        nowhere.after("x-y");
        assert_eq!(nowhere.sql, "1 AND standing < 2 AND 0");
    }
}
