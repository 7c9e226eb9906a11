//! A list in a table: the row of its heads, wherever it is, and the rows below.

use std::collections::BTreeMap;

use super::{cell::Cell, workbook::Table};
use crate::{
    heads::{bare, letters},
    ops::{Found, List, Refusal, Row, WantedColumn},
};

/// Rows that are looked through for heads: above them may be titles, a date, who filled it in.
const ABOVE: usize = 60;

/// The heads of a table.
#[derive(Debug, Default)]
struct Heads {
    /// The columns of the table that are asked for: which of those.
    columns: BTreeMap<u32, usize>,
    /// The last row of the heads.
    last: u32,
}

impl Heads {
    fn holds(&self, wanted: usize) -> bool {
        self.columns.values().any(|known| *known == wanted)
    }
}

/// The list of the sheet that a person picked, or else of the one that has most of what is asked for.
pub(super) fn of(tables: &[Table], wanted: &[WantedColumn], sheet: Option<&str>) -> Result<List, Refusal> {
    if tables.iter().all(|table| table.rows.is_empty()) {
        return Err(Refusal::Empty);
    }
    let complete = |heads: &Heads| (0..).zip(wanted).all(|(n, one)| !one.needed || heads.holds(n));
    let found: Vec<(&Table, Heads)> = tables.iter().map(|table| (table, heads(table, wanted))).collect();
    let picked = found.iter().find(|(table, _)| Some(table.name.as_str()) == sheet);
    let mut best = picked.or_else(|| found.first());
    for one in found.iter().filter(|_| picked.is_none()) {
        let rank = |(table, heads): &(&Table, Heads)| {
            let below = table.rows.range(heads.last.saturating_add(1)..).next().is_some();
            (complete(heads), complete(heads) && below, heads.columns.len())
        };
        if best.is_none_or(|best| rank(one) > rank(best)) {
            best = Some(one);
        }
    }
    let Some((table, heads)) = best else { return Err(Refusal::Empty) };
    if !complete(heads) {
        let name = |of: &dyn Fn(usize, &WantedColumn) -> bool| {
            let named = (0..).zip(wanted).filter(|(n, one)| of(*n, one));
            named.filter_map(|(_, one)| one.heads.first().cloned()).collect()
        };
        return Err(Refusal::NoHeads {
            lacks: name(&|n, one| one.needed && !heads.holds(n)),
            found: name(&|n, _| heads.holds(n)),
        });
    }
    let rows = rows(table, heads, wanted);
    if rows.is_empty() {
        return Err(Refusal::NoRows);
    }
    let others = found.iter().filter(|(other, heads)| other.name != table.name && complete(heads));
    let column = |(column, n): (&u32, &usize)| {
        Some(Found { id: wanted.get(*n)?.id.clone(), letters: letters(*column) })
    };
    Ok(List {
        sheet: if tables.len() > 1 { table.name.clone() } else { String::new() },
        others: others.map(|(other, _)| other.name.clone()).collect(),
        columns: heads.columns.iter().filter_map(column).collect(),
        unused: unused(table, heads),
        rows,
    })
}

/// The row that has most of the heads, with the row below where the heads take two.
fn heads(table: &Table, wanted: &[WantedColumn]) -> Heads {
    let names: Vec<Vec<String>> =
        wanted.iter().map(|one| one.heads.iter().map(|head| bare(head)).collect()).collect();
    let mut best = Heads::default();
    for (number, row) in table.rows.iter().take(ABOVE) {
        let here = in_row(row, &names, &BTreeMap::new());
        if here.len() > best.columns.len() {
            best = Heads { columns: here, last: *number };
        }
    }
    let below = best.last.saturating_add(1);
    if let Some(row) = table.rows.get(&below).filter(|_| !best.columns.is_empty()) {
        let mut more = in_row(row, &names, &best.columns);
        // What is below a head that is there is a list already, not a head of two rows.
        if !more.is_empty() && best.columns.keys().all(|column| is_head(row.get(column), &names)) {
            best.columns.append(&mut more);
            best.last = below;
        }
    }
    best
}

/// The columns of a row that are asked for and not known yet.
fn in_row(
    row: &BTreeMap<u32, Cell>,
    names: &[Vec<String>],
    known: &BTreeMap<u32, usize>,
) -> BTreeMap<u32, usize> {
    let mut found = BTreeMap::new();
    for (column, cell) in row.iter().filter(|(column, _)| !known.contains_key(*column)) {
        let head = bare(&cell.text(false));
        let place = names.iter().position(|names| !head.is_empty() && names.contains(&head));
        let new = |n: &usize| !found.values().chain(known.values()).any(|other| other == n);
        if let Some(n) = place.filter(new) {
            found.insert(*column, n);
        }
    }
    found
}

/// Whether a cell below a head is empty, or the same head again, as merged cells give it.
fn is_head(cell: Option<&Cell>, names: &[Vec<String>]) -> bool {
    cell.is_none_or(|cell| {
        let head = bare(&cell.text(false));
        names.iter().any(|names| names.contains(&head))
    })
}

fn rows(table: &Table, heads: &Heads, wanted: &[WantedColumn]) -> Vec<Row> {
    let mut rows = Vec::new();
    let own = |n: usize, text: &str| {
        wanted.get(n).is_some_and(|one| one.heads.iter().any(|h| bare(h) == bare(text)))
    };
    for (number, row) in table.rows.range(heads.last.saturating_add(1)..) {
        let text = |(column, n): (&u32, &usize)| {
            let date = wanted.get(*n).is_some_and(|one| one.date);
            row.get(column).map(|cell| cell.text(date)).unwrap_or_default()
        };
        let cells: Vec<String> = heads.columns.iter().map(text).collect();
        let told = |(n, text): (usize, &String)| !text.is_empty() && !own(n, text);
        // Rows without anything, and the heads again on every page of a print.
        if heads.columns.values().copied().zip(&cells).any(told) {
            rows.push(Row { number: number.saturating_add(1), cells });
        }
    }
    rows
}

fn unused(table: &Table, heads: &Heads) -> Vec<String> {
    let row = table.rows.get(&heads.last);
    let others = row.into_iter().flatten().filter(|(column, _)| !heads.columns.contains_key(column));
    others.map(|(_, cell)| cell.text(false)).collect()
}
