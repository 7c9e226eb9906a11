//! Households laid out column by column, 64 to a block, so that one machine word holds a yes/no answer of them all.

use super::verdict::HouseholdRow;

/// Households in a block.
pub(crate) const BLOCK: usize = 64;

/// The numbers of one fact in one block.
pub(crate) type Numbers = [i64; BLOCK];

/// Many households for one [`crate::Decider`], made by [`crate::Decider::table`].
#[derive(Clone, Debug)]
pub struct Table {
    columns: Vec<Column>,
    rows: usize,
}

/// One fact of every household.
#[derive(Clone, Debug, Default)]
struct Column {
    /// A yes/no fact, kept in `bits`; every other is kept in `numbers`.
    flag: bool,
    /// A bit per household, a word per block: whether the fact is known.
    known: Vec<u64>,
    bits: Vec<u64>,
    numbers: Vec<Numbers>,
}

impl Table {
    /// An empty table; each flag says whether that column is a yes/no fact.
    pub(crate) fn new(flags: impl Iterator<Item = bool>) -> Self {
        Self { columns: flags.map(|flag| Column { flag, ..Column::default() }).collect(), rows: 0 }
    }

    /// How many households it holds.
    pub const fn len(&self) -> usize {
        self.rows
    }

    /// Whether it holds none.
    pub const fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Forgets every household and keeps the room.
    pub fn clear(&mut self) {
        self.rows = 0;
        for column in &mut self.columns {
            column.known.clear();
            column.bits.clear();
            column.numbers.clear();
        }
    }

    /// Adds a household that the same decider laid out.
    pub fn push(&mut self, row: &HouseholdRow) {
        let place = self.rows % BLOCK;
        let bit = 1_u64 << place;
        self.rows = self.rows.saturating_add(1);
        for (column, value) in self.columns.iter_mut().zip(row.values()) {
            if place == 0 {
                column.known.push(0);
                if column.flag { column.bits.push(0) } else { column.numbers.push([0; BLOCK]) }
            }
            let (Some(known), Some(value)) = (column.known.last_mut(), value) else { continue };
            *known |= bit;
            if let Some(bits) = column.bits.last_mut() {
                *bits |= if *value == 0 { 0 } else { bit };
            } else if let Some(number) = column.numbers.last_mut().and_then(|n| n.get_mut(place)) {
                *number = *value;
            }
        }
    }

    /// The blocks, each with how many households stand in it.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = (Block<'_>, usize)> {
        let starts = (0..self.rows).step_by(BLOCK);
        starts.map(|start| {
            (Block { table: self, at: start / BLOCK }, BLOCK.min(self.rows.saturating_sub(start)))
        })
    }
}

/// 64 households, the last ones possibly unknown in everything because there are no more.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block<'t> {
    table: &'t Table,
    at: usize,
}

impl<'t> Block<'t> {
    fn column(self, fact: usize) -> Option<&'t Column> {
        self.table.columns.get(fact)
    }

    /// For whom a fact is known.
    pub(crate) fn known(self, fact: usize) -> u64 {
        self.column(fact).and_then(|c| c.known.get(self.at)).copied().unwrap_or(0)
    }

    /// For whom a yes/no fact is true; meaningless where it is unknown.
    pub(crate) fn bits(self, fact: usize) -> u64 {
        self.column(fact).and_then(|c| c.bits.get(self.at)).copied().unwrap_or(0)
    }

    /// A fact's numbers, 0 where it is unknown; `None` for a yes/no fact.
    pub(crate) fn numbers(self, fact: usize) -> Option<&'t Numbers> {
        self.column(fact)?.numbers.get(self.at)
    }

    /// One household's value of a fact.
    pub(crate) fn value(self, fact: usize, row: usize) -> Option<i64> {
        if self.known(fact) >> row & 1 == 0 {
            return None;
        }
        match self.numbers(fact) {
            Some(numbers) => numbers.get(row).copied(),
            None => Some(i64::from(self.bits(fact) >> row & 1 == 1)),
        }
    }
}
