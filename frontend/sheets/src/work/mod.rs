//! The worker's work: tables out of files, lists out of tables, tables to fill in.

mod cell;
mod container;
mod list;
mod text;
mod workbook;
mod write;

use crate::ops::{FILE_BYTES, Refusal, Reply, Request, WantedColumn};

/// Answers a request; what it is about is beside it, and so is what it makes.
pub fn answer(request: &Request, file: &[u8]) -> (Reply, Option<Vec<u8>>) {
    match request {
        Request::Read { columns, sheet } => match read(file, columns, sheet.as_deref()) {
            Ok(list) => (Reply::Read(list), None),
            Err(refusal) => (Reply::Refused(refusal), None),
        },
        Request::Write { title, columns, rows, format } => {
            match write::table(title, columns, rows, *format) {
                Some(bytes) => (Reply::Written, Some(bytes)),
                None => (Reply::Refused(Refusal::Failed), None),
            }
        }
    }
}

/// The list in a file of any format that is known.
///
/// # Errors
/// See [`Refusal`].
pub fn read(file: &[u8], columns: &[WantedColumn], sheet: Option<&str>) -> Result<crate::ops::List, Refusal> {
    if file.is_empty() {
        return Err(Refusal::Empty);
    }
    if file.len() > FILE_BYTES {
        return Err(Refusal::TooLarge);
    }
    let tables = match kind(file) {
        Kind::Workbook => workbook::tables(file)?,
        Kind::Text => vec![text::table(file)?],
        Kind::WebPage => return Err(Refusal::WebPage),
        Kind::Other => return Err(Refusal::NotATable),
    };
    list::of(&tables, columns, sheet)
}

/// What the first bytes say that a file is: its name often says something else.
enum Kind {
    Workbook,
    Text,
    WebPage,
    Other,
}

fn kind(file: &[u8]) -> Kind {
    const ZIP: &[u8] = b"PK\x03\x04";
    const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    if file.starts_with(ZIP) || file.starts_with(OLE) {
        return Kind::Workbook;
    }
    let pictures: [&[u8]; 6] = [b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf"];
    if pictures.iter().any(|magic| file.starts_with(magic)) {
        return Kind::Other;
    }
    let utf16 = file.starts_with(&[0xff, 0xfe]) || file.starts_with(&[0xfe, 0xff]);
    if !utf16 && file.contains(&0) {
        return Kind::Other;
    }
    let head: Vec<u8> = file.iter().take(1024).map(u8::to_ascii_lowercase).collect();
    let says = |word: &[u8]| head.windows(word.len()).any(|window| window == word);
    let tag = head.iter().find(|byte| !byte.is_ascii_whitespace() && ![0xef, 0xbb, 0xbf].contains(*byte));
    if tag == Some(&b'<') && (says(b"<html") || says(b"<table") || says(b"<?xml") || says(b"<!doctype")) {
        return Kind::WebPage;
    }
    Kind::Text
}
