//! What an old workbook (xls) lies in, looked through before its reader trusts it: that reader follows a chain of sectors that
//! runs in a circle until there is no memory left, and makes room for every cell up to the one that is farthest out.

use std::io::{Cursor, Read as _};

use cfb::CompoundFile;

/// Streams that hold the cells: of Excel 97 and later, and of before.
const BOOKS: [&str; 2] = ["Workbook", "Book"];
/// Records of one cell, row and column first (MS-XLS 2.4: Blank, Number, Label, `BoolErr`, Formula, `RString`, `LabelSst`, RK).
const CELL: [u16; 8] = [0x0201, 0x0203, 0x0204, 0x0205, 0x0006, 0x00d6, 0x00fd, 0x027e];
/// Records of several cells of a row, the last column last (`MulRk`, `MulBlank`).
const CELLS: [u16; 2] = [0x00bd, 0x00be];
/// What follows it is encrypted (`FilePass`).
const LOCKED: u16 = 0x002f;
/// The last column that such a workbook has (IV).
const LAST_COLUMN: u16 = 255;

/// Whether every chain has an end and every cell lies on a sheet.
pub(super) fn is_sound(file: &[u8]) -> bool {
    let Ok(mut container) = CompoundFile::open(Cursor::new(file)) else { return false };
    let streams: Vec<_> = container.walk().filter(cfb::Entry::is_stream).collect();
    streams.into_iter().all(|entry| {
        let mut bytes = Vec::new();
        let read = entry.len() <= file.len() as u64
            && container
                .open_stream(entry.path())
                .is_ok_and(|mut stream| stream.read_to_end(&mut bytes).is_ok());
        read && (!BOOKS.contains(&entry.name()) || cells_are_on_a_sheet(&bytes))
    })
}

fn cells_are_on_a_sheet(mut book: &[u8]) -> bool {
    while let Some((kind, rest)) = short(book) {
        let Some((length, rest)) = short(rest).filter(|_| kind != LOCKED) else { return true };
        let (record, rest) = rest.split_at(usize::from(length).min(rest.len()));
        let column = if CELL.contains(&kind) {
            record.get(2..).and_then(short)
        } else if CELLS.contains(&kind) {
            record.len().checked_sub(2).and_then(|last| record.get(last..)).and_then(short)
        } else {
            None
        };
        if column.is_some_and(|(column, _)| column > LAST_COLUMN) {
            return false;
        }
        book = rest;
    }
    true
}

fn short(bytes: &[u8]) -> Option<(u16, &[u8])> {
    let (first, rest) = bytes.split_first_chunk::<2>()?;
    Some((u16::from_le_bytes(*first), rest))
}
