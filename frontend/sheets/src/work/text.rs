//! Tables as text: comma, semicolon or tab between cells, in UTF-8, UTF-16 or the encoding of Chinese table programs.

use encoding_rs::{Encoding, GB18030, UTF_8};

use super::{cell::Cell, workbook::Table};
use crate::ops::Refusal;

/// What may stand between cells.
const SEPARATORS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// Reads a table.
pub(super) fn table(file: &[u8]) -> Result<Table, Refusal> {
    let text = decoded(file);
    let mut body = text.as_str();
    let mut separator = None;
    // What Excel writes above, so that it knows again itself.
    let (first, rest) = body.split_once('\n').unwrap_or((body, ""));
    if let Some(sign) = first.trim_end().strip_prefix("sep=") {
        separator = sign.bytes().next().or(Some(b'\t'));
        body = rest;
    }
    let above = u32::from(separator.is_some());
    let separator = separator.unwrap_or_else(|| between(body));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(body.as_bytes());
    // Breaks within cells so far: lines, but no rows.
    let (mut inside, mut free) = (0_u64, 0_u32);
    let mut table = Table::default();
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|_| Refusal::Damaged)? {
        // The reader passes over blank lines and counts them; a cell may hold breaks, and its row is one for all that.
        let breaks: usize = record.iter().map(|cell| cell.matches('\n').count()).sum();
        let lines = u64::try_from(breaks.saturating_add(1)).unwrap_or(u64::MAX);
        let begun = reader.position().line().saturating_sub(lines).saturating_sub(inside);
        inside = inside.saturating_add(lines.saturating_sub(1));
        let row = u32::try_from(begun).unwrap_or(u32::MAX).saturating_sub(1).saturating_add(above).max(free);
        free = row.saturating_add(1);
        for (column, cell) in (0..).zip(record.iter()) {
            if !table.put(row, column, Cell::Text(cell.to_owned())) {
                return Err(Refusal::TooManyRows);
            }
        }
    }
    Ok(table)
}

/// As the byte order mark says; else as UTF-8, if it is; else as GB 18030, which holds GBK and GB 2312.
fn decoded(file: &[u8]) -> String {
    let (encoding, _) = Encoding::for_bom(file).unwrap_or((UTF_8, 0));
    let (text, _, wrong) = encoding.decode(file);
    let text = if wrong && encoding == UTF_8 { GB18030.decode(file).0 } else { text };
    [&text.replace("\r\n", "\n").replace('\r', "\n"), "\n"].concat()
}

/// The sign that stands between cells: the one of which most lines have as many as the first that has any.
fn between(text: &str) -> u8 {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(30).collect();
    let agree = |separator: &u8| {
        let counts: Vec<usize> = lines.iter().map(|line| outside(line, *separator)).collect();
        let most = counts.iter().copied().max().unwrap_or_default();
        let alike = counts.iter().filter(|count| **count == most).count();
        if most == 0 { (0, 0) } else { (alike, most) }
    };
    // The earlier of two that are as good.
    let mut best = (b',', (0, 0));
    for separator in SEPARATORS {
        let found = agree(&separator);
        if found > best.1 {
            best = (separator, found);
        }
    }
    best.0
}

/// How often a sign stands in a line outside quotation marks.
fn outside(line: &str, separator: u8) -> usize {
    let mut quoted = false;
    let mut count = 0_usize;
    for byte in line.bytes() {
        if byte == b'"' {
            quoted = !quoted;
        } else if byte == separator && !quoted {
            count = count.saturating_add(1);
        }
    }
    count
}
