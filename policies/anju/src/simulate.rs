//! `anju simulate`: a document against a changed version of it, over a population.

use std::{collections::BTreeMap, path::Path};

use anju::households;
use chrono::NaiveDate;
use policies::{Decider, Outcome, Rulebook, Verdict};

use crate::{
    batch::Count,
    input, output, rows,
    written::{self, Facts},
};

pub(crate) fn run(
    document: &str,
    facts: &Facts,
    with: &Path,
    households: &Path,
    on: NaiveDate,
    csv: bool,
) -> Result<(), String> {
    let before = input::document(document, Some(on))?;
    let name = with.display().to_string();
    let book = Rulebook::new(written::book(with, facts, None)?);
    let after = book.documents().first().ok_or("the changed document was not kept")?;
    let (was, is) = (&before.document().place.id, &after.document().place.id);
    if is != was {
        return Err(format!("{name} is a document of `{is}`, not of `{was}`"));
    }
    let old = Decider::new(before, on).map_err(|why| input::silence(document, on, why))?;
    let new = Decider::new(after, on).map_err(|why| input::silence(&name, on, why))?;
    let mut moves: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    let (mut gain, mut lose, mut same) = (0_u64, 0_u64, 0_u64);
    let mut count = Count::default();
    let (mut least, mut most) = (0_i128, 0_i128);
    for (row, household) in rows::households(households, csv, on)? {
        let decided = household.and_then(|h| {
            let was = old.lay_out(&h).map(|r| old.decide(&r)).map_err(|e| households::lines(&e))?;
            let is = new.lay_out(&h).map(|r| new.decide(&r)).map_err(|e| households::lines(&e))?;
            Ok((was, is))
        });
        let (was, is) = match decided {
            Ok(both) => both,
            Err(message) => {
                count.row(row, Err(message.replace('\n', "; ")));
                continue;
            }
        };
        count.row(row, Ok(()));
        match standing(&is).cmp(&standing(&was)) {
            std::cmp::Ordering::Greater => gain += 1,
            std::cmp::Ordering::Less => lose += 1,
            std::cmp::Ordering::Equal => same += 1,
        }
        let sum = |v: &Verdict, pick: fn((i64, i64)) -> i64| {
            if v.outcome == Outcome::Eligible { v.money.map_or(0, |m| i128::from(pick(m))) } else { 0 }
        };
        least += sum(&is, |m| m.0) - sum(&was, |m| m.0);
        most += sum(&is, |m| m.1) - sum(&was, |m| m.1);
        if was.outcome != is.outcome {
            *moves.entry((name_of(was.outcome), name_of(is.outcome))).or_default() += 1;
        }
    }
    let found = serde_json::json!({
            "document": before.document().id,
            "on": on,
            "gain": gain,
            "lose": lose,
            "same": same,
            "bad_rows": count.bad(),
            "moves": moves.iter().map(|((a, b), n)| serde_json::json!({"from": a, "to": b, "households": n})).collect::<Vec<_>>(),
            "money_of_eligible_change_fen_per_period": [least.to_string(), most.to_string()],
    });
    output::line(&found.to_string())?;
    count.end()
}

/// As on the wire.
const fn name_of(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Eligible => "eligible",
        Outcome::NotEligible => "not_eligible",
        Outcome::Unknown => "unknown",
        Outcome::Ask => "ask",
    }
}

/// What is better for a household is larger: the outcome first, then the money.
fn standing(verdict: &Verdict) -> (u8, i64) {
    let rank = match verdict.outcome {
        Outcome::Eligible => 3,
        Outcome::Unknown => 2,
        Outcome::Ask => 1,
        Outcome::NotEligible => 0,
    };
    (rank, verdict.money.map_or(0, |m| m.1))
}
