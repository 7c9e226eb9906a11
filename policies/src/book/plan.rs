//! What every assessment under a document would otherwise find out again.

use super::dictionary::Dictionary;
use crate::program::{Program, Slot};

/// Of each requirement, in the order of the document's list.
#[derive(Clone, Debug)]
pub(crate) struct Plan(Vec<Reads>);

/// What a requirement's answer rests on, and how often it is given.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reads {
    /// The facts that it mentions, each once, in order of mention; a ratio stands for the facts in it. No other
    /// fact can change the answer.
    pub(crate) facts: Vec<Slot>,
    /// In how many categories it stands.
    pub(crate) categories: usize,
}

impl Plan {
    pub(crate) fn new(program: &Program, dictionary: &Dictionary) -> Self {
        let of_rule = program.rules.iter().enumerate().map(|(index, rule)| {
            let mut all = Vec::new();
            rule.mentions.iter().for_each(|slot| dictionary.underlying(*slot, &mut all));
            let mut facts = Vec::new();
            for slot in all {
                if !facts.contains(&slot) {
                    facts.push(slot);
                }
            }
            let names = |i: &&u16| usize::from(**i) == index;
            Reads { facts, categories: program.categories.iter().flatten().filter(names).count() }
        });
        Self(of_rule.collect())
    }

    /// Of the requirement at an index.
    pub(crate) fn rule(&self, index: usize) -> Option<&Reads> {
        self.0.get(index)
    }
}
