//! The dictionary of facts, found by id or by slot.

use std::borrow::Cow;

use crate::{
    model::Fact,
    program::{Cond, Slot},
    units::order::sorted,
};

/// The dictionary of facts with its index.
#[derive(Clone, Debug)]
pub(crate) struct Dictionary {
    pub(crate) facts: Vec<Fact>,
    pub(crate) asked_if: Vec<Cond>,
    pub(crate) parts: Vec<Vec<Slot>>,
    /// Every slot, in the order of the facts' ids.
    by_id: Vec<Slot>,
}

impl Dictionary {
    /// Facts, each with when its question makes sense and what it is computed from.
    pub(crate) fn new(facts: Vec<Fact>, asked_if: Vec<Cond>, parts: Vec<Vec<Slot>>) -> Self {
        let ids: Vec<(&str, Slot)> = sorted(facts.iter().map(|fact| fact.id.as_str()).zip(0..));
        let by_id = ids.into_iter().map(|(_, slot)| slot).collect();
        Self { facts, asked_if, parts, by_id }
    }

    pub(crate) fn slot(&self, id: &str) -> Option<Slot> {
        let found = self.by_id.binary_search_by(|slot| self.name_of(*slot).cmp(id)).ok()?;
        self.by_id.get(found).copied()
    }

    pub(crate) fn at(&self, slot: Slot) -> Option<&Fact> {
        self.facts.get(usize::from(slot))
    }

    /// Every fact with its slot, in the order of their ids.
    pub(crate) fn in_order(&self) -> impl Iterator<Item = (Slot, &Fact)> {
        self.by_id.iter().filter_map(|slot| Some((*slot, self.at(*slot)?)))
    }

    fn name_of(&self, slot: Slot) -> &str {
        self.at(slot).map_or("", |fact| fact.id.as_str())
    }

    pub(crate) fn id(&self, slot: Slot) -> Cow<'_, str> {
        Cow::Borrowed(self.name_of(slot))
    }

    /// Adds a fact, or for a ratio the facts it is computed from.
    pub(crate) fn underlying(&self, slot: Slot, into: &mut Vec<Slot>) {
        match self.parts.get(usize::from(slot)) {
            Some(parts) if !parts.is_empty() => into.extend(parts),
            _ => into.push(slot),
        }
    }
}
