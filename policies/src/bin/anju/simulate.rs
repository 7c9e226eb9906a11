//! `anju simulate`: a document against a changed version of it, over a population.

use std::{collections::BTreeMap, path::Path};

use chrono::NaiveDate;
use policies::{
    Decider, Outcome, Rulebook, Verdict,
    compile::{self, File},
    embedded,
};

use crate::{
    check::{FACTS, listed},
    input,
};

pub(crate) fn run(document: &str, with: &Path, households: &Path, on: NaiveDate) -> Result<(), String> {
    let before = input::document(document)?;
    let text = input::text(with)?;
    let name = with.display().to_string();
    let dictionary = compile::dictionary(File { name: "facts.toml", text: FACTS }).map_err(|p| listed(&p))?;
    let changed = compile::document(File { name: &name, text: &text }, FACTS, &dictionary, None)
        .map_err(|p| listed(&p))?;
    let id = changed.document.id.clone();
    let book = Rulebook::new(policies::program::Book { documents: vec![changed], ..embedded() });
    let after = book.document(&id).ok_or("the changed document was not kept")?;
    let silent = |why| format!("no verdict on {on}: {why:?}");
    let (old, new) = (Decider::new(before, on).map_err(silent)?, Decider::new(after, on).map_err(silent)?);
    let mut moves: BTreeMap<(String, String), u64> = BTreeMap::new();
    let (mut gain, mut lose, mut same, mut bad) = (0_u64, 0_u64, 0_u64, 0_u64);
    let (mut least, mut most) = (0_i128, 0_i128);
    for (row, household) in input::households(households, false, on)? {
        let decided = household.and_then(|h| {
            let was = old.lay_out(&h).map(|r| old.decide(&r)).map_err(|e| input::lines(&e))?;
            let is = new.lay_out(&h).map(|r| new.decide(&r)).map_err(|e| input::lines(&e))?;
            Ok((was, is))
        });
        let (was, is) = match decided {
            Ok(both) => both,
            Err(message) => {
                bad += 1;
                eprintln!("row {row}: {}", message.replace('\n', "; "));
                continue;
            }
        };
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
            *moves.entry((format!("{:?}", was.outcome), format!("{:?}", is.outcome))).or_default() += 1;
        }
    }
    println!(
        "{}",
        serde_json::json!({
            "document": before.document().id,
            "on": on,
            "gain": gain,
            "lose": lose,
            "same": same,
            "bad_rows": bad,
            "moves": moves.iter().map(|((a, b), n)| serde_json::json!({"from": a, "to": b, "households": n})).collect::<Vec<_>>(),
            "money_of_eligible_change_fen_per_period": [least.to_string(), most.to_string()],
        })
    );
    Ok(())
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
