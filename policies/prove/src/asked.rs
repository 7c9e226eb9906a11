//! How many questions lead to a certain answer.

use chrono::NaiveDate;
use policies::{Compiled, Household, Outcome, assess};

/// Questions asked until the outcome is certain, or until none is left. A fact that the household
/// does not tell is answered "don't know" and passed over.
pub fn asked(doc: &Compiled, told: &Household, on: NaiveDate) -> usize {
    let mut known = Household { people: told.people.clone(), ..Household::default() };
    let mut passed: Vec<String> = Vec::new();
    let mut count = 0;
    loop {
        let Ok(now) = assess(doc, &known, on) else { return count };
        if now.outcome != Some(Outcome::Unknown) {
            return count;
        }
        let mut open = now.questions.into_iter().map(|q| q.into_owned());
        let Some(next) = open.find(|q| !passed.contains(q)) else {
            return count;
        };
        count = count.saturating_add(1);
        match told.facts.get(&next) {
            Some(value) => {
                known.facts.insert(next, value.clone());
            }
            None => passed.push(next),
        }
    }
}

/// The middle one.
pub fn median(counts: &mut [usize]) -> usize {
    counts.sort_unstable();
    counts.get(counts.len() / 2).copied().unwrap_or(0)
}
