//! What would have to change: the smallest single change of one fact that turns a "no" into a "yes",
//! found at the lines that were compared and confirmed by deciding again what reads that fact.

use super::{
    assessment::{CategoryResult, Change},
    turns::Trial,
};
use crate::{
    book::{Compiled, Reads},
    facts::value,
    program::{Answer, Cond, Known, Outcome, Rule},
};

/// The smallest change per category and fact, in the order of the categories and of mention.
pub(crate) fn find<'d>(
    doc: &'d Compiled,
    known: &Known<'_>,
    categories: &[CategoryResult<'d>],
) -> Vec<Change<'d>> {
    let mut trial = Trial::new(known);
    let mut found = Vec::new();
    for (result, requires) in categories.iter().zip(&doc.program.categories) {
        // A change must mend every failing requirement and must not leave another one open.
        let fixable = |r: &Answer| matches!(r, Answer::Met | Answer::NotMet);
        if result.outcome != Outcome::NotEligible || !result.requirements.iter().all(|r| fixable(&r.answer)) {
            continue;
        }
        let rule = |i: &u16| doc.program.rules.get(usize::from(*i)).zip(doc.plan.rule(usize::from(*i)));
        let rules = || result.requirements.iter().zip(requires.iter().filter_map(rule));
        let failing = || rules().filter(|(r, _)| r.answer == Answer::NotMet);
        let Some((requirement, (_, first))) = failing().next() else {
            continue;
        };
        for slot in &first.facts {
            let Some((fact, now)) = doc.dictionary.at(*slot).zip(trial.get(*slot)) else {
                continue;
            };
            // What does not read the fact keeps its answer, so everything that fails must read it.
            let reads = |reads: &Reads| reads.facts.contains(slot);
            if fact.fixed || !failing().all(|(_, (_, r))| reads(r)) {
                continue;
            }
            let touched: Vec<&Rule> =
                rules().filter(|(_, (_, r))| reads(r)).map(|(_, (rule, _))| rule).collect();
            let conditions: Vec<&Cond> =
                touched.iter().flat_map(|rule| std::iter::once(&rule.holds).chain(&rule.ask)).collect();
            let met = |known: &Known<'_>| touched.iter().all(|rule| known.answer(rule) == Answer::Met);
            let mut candidates = trial.candidates(fact, *slot, now, &conditions).into_iter();
            let best = candidates.find(|to| trial.with(*slot, *to, met));
            if let Some((from, to)) = best.and_then(|to| value(fact, now).zip(value(fact, to))) {
                found.push(Change {
                    category: result.id.clone(),
                    requirement: requirement.id.clone(),
                    article: requirement.article.clone(),
                    fact: doc.dictionary.id(*slot),
                    from,
                    to,
                });
            }
        }
    }
    found
}
