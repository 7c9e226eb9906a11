//! Workbooks: xlsx, xls, xlsb, ods.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, DataType as _, Dimensions, Ods, Reader, Sheets, Xls, XlsError, Xlsb, Xlsx, XlsxError};

use super::cell::Cell;
use super::container;
use crate::ops::{ROWS, Refusal};

/// A table: its cells by row and column, each from 0.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Name of its sheet; empty where a file has but one.
    pub(super) name: String,
    /// What is in it.
    pub(super) rows: BTreeMap<u32, BTreeMap<u32, Cell>>,
}

/// Columns that are read: a cell far out is no part of any list.
const COLUMNS: u32 = 512;
/// Cells that are read of a workbook.
const CELLS: usize = 4_000_000;
/// What a workbook may unpack to, in bytes.
const UNPACKED: u64 = 256 * 1024 * 1024;

impl Table {
    /// Takes a cell in. False: there is no room for more.
    pub(super) fn put(&mut self, row: u32, column: u32, cell: Cell) -> bool {
        if column < COLUMNS && !cell.is_blank() {
            self.rows.entry(row).or_default().insert(column, cell);
        }
        self.rows.len() <= ROWS
    }

    /// What stands in the first cell of what is merged downwards stands in all of them.
    fn fill(&mut self, merged: &[Dimensions]) {
        for Dimensions { start, end } in merged {
            let first = self.rows.get(&start.0).and_then(|row| row.get(&start.1)).cloned();
            let Some(cell) = first.filter(|_| end.0 > start.0) else { continue };
            let below = start.0.saturating_add(1)..=end.0;
            for (_, row) in self.rows.range_mut(below) {
                row.entry(start.1).or_insert_with(|| cell.clone());
            }
        }
    }
}

/// The tables of a workbook, a sheet each.
pub(super) fn tables(file: &[u8]) -> Result<Vec<Table>, Refusal> {
    let is_zip = file.starts_with(b"PK");
    if is_zip {
        fits(file)?;
    } else if contains_utf16(file, "EncryptedPackage") {
        return Err(Refusal::Locked);
    } else if !container::is_sound(file) {
        return Err(Refusal::Damaged);
    }
    let mut sheets = open(file, is_zip)?;
    let mut tables = Vec::new();
    let mut cells = 0_usize;
    for name in sheets.sheet_names() {
        let mut table = Table { name: name.clone(), ..Table::default() };
        let mut take = |position: (u32, u32), data: Data| {
            cells = cells.saturating_add(1);
            let room = Cell::of(data).is_none_or(|cell| table.put(position.0, position.1, cell));
            if room && cells <= CELLS { Ok(()) } else { Err(Refusal::TooManyRows) }
        };
        let merged = match &mut sheets {
            Sheets::Xlsx(book) => {
                // A page of charts has no cells.
                if let Ok(mut reader) = book.worksheet_cells_reader(&name) {
                    while let Some(cell) = reader.next_cell().map_err(|_| Refusal::Damaged)? {
                        take(cell.get_position(), Data::from(cell.get_value().clone()))?;
                    }
                }
                book.merge_cells_by_sheet_name(&name).unwrap_or_default()
            }
            Sheets::Xlsb(book) => {
                if let Ok(mut reader) = book.worksheet_cells_reader(&name) {
                    while let Some(cell) = reader.next_cell().map_err(|_| Refusal::Damaged)? {
                        take(cell.get_position(), Data::from(cell.get_value().clone()))?;
                    }
                }
                Vec::new()
            }
            other => {
                let Ok(range) = other.worksheet_range(&name) else { continue };
                let (top, left) = range.start().unwrap_or_default();
                for (row, column, data) in range.used_cells().filter(|(_, _, data)| !data.is_empty()) {
                    let at = |from: u32, offset: usize| {
                        from.saturating_add(u32::try_from(offset).unwrap_or(u32::MAX))
                    };
                    take((at(top, row), at(left, column)), data.clone())?;
                }
                match other {
                    Sheets::Xls(book) => book.merge_cells_by_sheet_name(&name).unwrap_or_default(),
                    _ => Vec::new(),
                }
            }
        };
        table.fill(&merged);
        tables.push(table);
    }
    Ok(tables)
}

fn open(file: &[u8], is_zip: bool) -> Result<Sheets<Cursor<&[u8]>>, Refusal> {
    if !is_zip {
        return Xls::new(Cursor::new(file)).map(Sheets::Xls).map_err(|error| match error {
            XlsError::Password => Refusal::Locked,
            _ => Refusal::Damaged,
        });
    }
    let inside = |name: &[u8]| file.windows(name.len()).any(|window| window == name);
    if inside(b"xl/workbook.bin") {
        Xlsb::new(Cursor::new(file)).map(Sheets::Xlsb).map_err(|_| Refusal::Damaged)
    } else if inside(b"opendocument.spreadsheet") || inside(b"content.xml") {
        Ods::new(Cursor::new(file)).map(Sheets::Ods).map_err(|error| match error {
            calamine::OdsError::Password => Refusal::Locked,
            _ => Refusal::Damaged,
        })
    } else if inside(b"xl/") {
        Xlsx::new(Cursor::new(file)).map(Sheets::Xlsx).map_err(|error| match error {
            XlsxError::Password => Refusal::Locked,
            _ => Refusal::Damaged,
        })
    } else {
        Err(Refusal::NotATable)
    }
}

/// Whether what is packed in a workbook says that it has room here.
fn fits(file: &[u8]) -> Result<(), Refusal> {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).map_err(|_| Refusal::Damaged)?;
    let mut unpacked = 0_u64;
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(|_| Refusal::Damaged)?;
        unpacked = unpacked.saturating_add(part.size());
    }
    if unpacked > UNPACKED { Err(Refusal::TooLarge) } else { Ok(()) }
}

fn contains_utf16(file: &[u8], word: &str) -> bool {
    let bytes: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    file.windows(bytes.len()).any(|window| window == bytes)
}
