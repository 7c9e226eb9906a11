//! Tickets: who was helped at the counter sends for the usual work, however much comes in.

use std::collections::BTreeSet;

use protocol::{
    desk::AuditAction,
    error::ErrorCode,
    limits::{TICKET_DAYS, TICKETS_LIVE, TICKETS_WRONG},
    ticket::{NewTickets, TicketsMade},
};
use serde::{Deserialize, Serialize};
use worker::{Result, SqlStorage, SqlStorageValue, Storage};

use super::{Deed, store};
use crate::{
    auth::Staff,
    clock::{DAY_SECS, start_of_day},
    sql::{atomically, integer, whole},
};

/// A ticket that a letter brings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brought {
    /// What the office keeps of it.
    pub hash: String,
    /// Look-up id of the letter.
    pub lookup: String,
}

/// A ticket as the office keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The first second in which it is good no more.
    pub until: u64,
    /// Look-up id of the letter that it brought.
    pub spent_by: Option<String>,
}

/// What a ticket is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Good {
    /// The letter comes in, and the ticket is spent.
    Now,
    /// It brought this very letter before.
    Again,
}

/// Judges a ticket that a letter brings, after so many wrong ones today. Once there were too many, right and wrong get the
/// same answer.
///
/// # Errors
/// `tickets_resting`, `ticket_unknown`, `ticket_spent`.
pub fn judge(kept: Option<&Kept>, lookup: &str, wrong: u64, now: u64) -> Result<Good, ErrorCode> {
    match kept {
        Some(Kept { spent_by: Some(letter), .. }) if letter == lookup => Ok(Good::Again),
        _ if wrong >= TICKETS_WRONG => Err(ErrorCode::TicketsResting),
        Some(Kept { until, .. }) if now >= *until => Err(ErrorCode::TicketUnknown),
        Some(Kept { spent_by: Some(_), .. }) => Err(ErrorCode::TicketSpent),
        Some(_) => Ok(Good::Now),
        None => Err(ErrorCode::TicketUnknown),
    }
}

/// What the office has of tickets, as far as it decides whether more are made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stock {
    /// How many are good and not used.
    pub live: u64,
    /// Hashes that were made by the request at hand before.
    pub made: BTreeSet<String>,
    /// How many of its hashes are there, by whatever request.
    pub taken: usize,
}

/// Whether tickets are to be made: not where the same request made them before.
///
/// # Errors
/// `request_reused` where the request made others, or where one is there already: a desk then draws anew;
/// `tickets_enough`.
pub fn to_be_made(stock: &Stock, request: &NewTickets) -> Result<bool, ErrorCode> {
    let asked: BTreeSet<&str> = request.hashes.iter().map(String::as_str).collect();
    if !stock.made.is_empty() {
        let same = stock.made.iter().map(String::as_str).eq(asked.iter().copied());
        return if same { Ok(false) } else { Err(ErrorCode::RequestReused) };
    }
    if stock.taken > 0 || asked.len() < request.hashes.len() {
        return Err(ErrorCode::RequestReused);
    }
    if stock.live.saturating_add(count_of(request)) > TICKETS_LIVE {
        return Err(ErrorCode::TicketsEnough);
    }
    Ok(true)
}

/// The first second in which tickets made now are good no more: after their last day.
pub fn until(now: u64) -> u64 {
    start_of_day(now).saturating_add(TICKET_DAYS.saturating_add(1).saturating_mul(DAY_SECS))
}

fn count_of(request: &NewTickets) -> u64 {
    u64::try_from(request.hashes.len()).unwrap_or(u64::MAX)
}

#[derive(Deserialize)]
struct Row {
    until: f64,
    spent_by: Option<String>,
}

#[derive(Deserialize)]
struct Hash {
    hash: String,
    until: f64,
}

#[derive(Deserialize)]
struct Count {
    n: f64,
}

/// A ticket by its hash.
pub(super) fn find(sql: &SqlStorage, hash: &str) -> Result<Option<Kept>> {
    let rows: Vec<Row> =
        sql.exec("SELECT until, spent_by FROM ticket WHERE hash = ?", vec![hash.into()])?.to_array()?;
    Ok(rows.into_iter().next().map(|row| Kept { until: whole(row.until), spent_by: row.spent_by }))
}

/// Writes down which letter a ticket brought.
pub(super) fn spend(sql: &SqlStorage, brought: &Brought) -> Result<()> {
    let values = vec![brought.lookup.as_str().into(), brought.hash.as_str().into()];
    sql.exec("UPDATE ticket SET spent_by = ? WHERE hash = ?", values)?;
    Ok(())
}

/// Forgets tickets whose time has been over for a day, and with them which letter each brought.
pub(super) fn forget(sql: &SqlStorage, now: u64) -> Result<()> {
    sql.exec("DELETE FROM ticket WHERE until < ?", vec![integer(now.saturating_sub(DAY_SECS))])?;
    Ok(())
}

/// Makes tickets, with a line in the audit trail; the same request again makes no more.
pub(super) fn make(
    storage: &Storage,
    list: String,
    staff: Staff,
    request: NewTickets,
    now: u64,
) -> Result<Result<TicketsMade, ErrorCode>> {
    let sql = storage.sql();
    let made: Vec<Hash> = sql
        .exec("SELECT hash, until FROM ticket WHERE request = ?", vec![request.id.as_str().into()])?
        .to_array()?;
    let mut stock = Stock { live: live(&sql, now)?, ..Stock::default() };
    let good_until = made.first().map_or_else(|| until(now), |first| whole(first.until));
    stock.made = made.into_iter().map(|row| row.hash).collect();
    for hash in &request.hashes {
        stock.taken = stock.taken.saturating_add(usize::from(find(&sql, hash)?.is_some()));
    }
    match to_be_made(&stock, &request) {
        Err(code) => return Ok(Err(code)),
        Ok(false) => {}
        Ok(true) => {
            let sql = storage.sql();
            atomically(storage, move || write(&sql, &list, staff, &request, now))?;
        }
    }
    Ok(Ok(TicketsMade { until: good_until, live: live(&sql, now)? }))
}

fn write(sql: &SqlStorage, list: &str, staff: Staff, request: &NewTickets, now: u64) -> Result<()> {
    for hash in &request.hashes {
        sql.exec(
            "INSERT INTO ticket (hash, request, until, spent_by) VALUES (?, ?, ?, ?)",
            vec![
                hash.as_str().into(),
                request.id.as_str().into(),
                integer(until(now)),
                SqlStorageValue::Null,
            ],
        )?;
    }
    let deed = Deed { staff, action: AuditAction::Ticketed { count: count_of(request) } };
    store::note(sql, list, &deed, None, now)
}

fn live(sql: &SqlStorage, now: u64) -> Result<u64> {
    let counts: Vec<Count> = sql
        .exec("SELECT count(*) AS n FROM ticket WHERE spent_by IS NULL AND until > ?", vec![integer(now)])?
        .to_array()?;
    Ok(counts.first().map_or(0, |count| whole(count.n)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const NOW: u64 = 1_790_000_000;

    fn kept(until: u64, spent_by: Option<&str>) -> Kept {
        Kept { until, spent_by: spent_by.map(str::to_owned) }
    }

    #[test]
    fn a_ticket_brings_one_letter_until_its_time_is_over_and_that_letter_again() {
        let judged = |kept: Option<Kept>| judge(kept.as_ref(), "aa", 0, NOW);
        assert_eq!(judged(Some(kept(NOW + 1, None))), Ok(Good::Now));
        assert_eq!(judged(Some(kept(NOW, None))), Err(ErrorCode::TicketUnknown));
        assert_eq!(judged(None), Err(ErrorCode::TicketUnknown));
        assert_eq!(judged(Some(kept(NOW + 1, Some("bb")))), Err(ErrorCode::TicketSpent));
        for until in [NOW - 1, NOW + 1] {
            assert_eq!(judged(Some(kept(until, Some("aa")))), Ok(Good::Again));
        }
    }

    #[test]
    fn after_too_many_wrong_ones_nobody_learns_which_is_right() {
        let right = kept(NOW + 1, None);
        for (wrong, expected) in
            [(TICKETS_WRONG - 1, Ok(Good::Now)), (TICKETS_WRONG, Err(ErrorCode::TicketsResting))]
        {
            assert_eq!(judge(Some(&right), "aa", wrong, NOW), expected);
        }
        assert_eq!(judge(None, "aa", TICKETS_WRONG, NOW), Err(ErrorCode::TicketsResting));
        let mine = kept(NOW + 1, Some("aa"));
        assert_eq!(judge(Some(&mine), "aa", TICKETS_WRONG, NOW), Ok(Good::Again), "the same letter is in");
    }

    #[test]
    fn the_same_request_makes_tickets_once_and_there_are_never_too_many() {
        let hashes = |count: u64| (0..count).map(|n| n.to_string()).collect::<Vec<_>>();
        let request = |hashes: Vec<String>| NewTickets { id: "r".into(), hashes };
        let ask = |stock: &Stock, count| to_be_made(stock, &request(hashes(count)));
        assert_eq!(ask(&Stock::default(), 3), Ok(true));
        let again = Stock { live: 3, made: hashes(3).into_iter().collect(), taken: 3 };
        assert_eq!(ask(&again, 3), Ok(false));
        assert_eq!(ask(&again, 2), Err(ErrorCode::RequestReused));
        let others = Stock { live: 1, taken: 1, ..Stock::default() };
        assert_eq!(ask(&others, 3), Err(ErrorCode::RequestReused), "two people would hold one ticket");
        let twice = request(vec!["1".into(), "1".into()]);
        assert_eq!(to_be_made(&Stock::default(), &twice), Err(ErrorCode::RequestReused));
        let full = |live| Stock { live, ..Stock::default() };
        assert_eq!(ask(&full(TICKETS_LIVE - 3), 3), Ok(true));
        assert_eq!(ask(&full(TICKETS_LIVE - 2), 3), Err(ErrorCode::TicketsEnough));
    }

    #[test]
    fn a_ticket_is_good_to_the_end_of_its_last_day_in_china() {
        let end = until(NOW);
        let last = crate::clock::day_in_china(end - 1);
        assert_eq!((last - crate::clock::day_in_china(NOW)).num_days(), 7);
        assert_eq!(start_of_day(end), end);
    }
}
