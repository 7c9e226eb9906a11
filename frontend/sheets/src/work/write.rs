//! Tables to fill in, and filled ones.

use rust_xlsxwriter::{DataValidation, Format as Look, Formula, Workbook, Worksheet, XlsxError};

use crate::{
    heads::letters,
    ops::{Blank, Format},
};

/// The rows below the heads in which something may be picked.
const PREPARED: u32 = 1_000;

/// The sheet that says how each column is filled in.
const NOTES: &str = "怎么填";
/// The sheet that holds what may be picked.
const CHOICES: &str = "选项";

/// A table as the bytes of its file; none where the writer refuses, as it does a sheet's name of 32 signs.
pub(super) fn table(title: &str, columns: &[Blank], rows: &[Vec<String>], format: Format) -> Option<Vec<u8>> {
    match format {
        Format::Xlsx => xlsx(title, columns, rows).ok(),
        Format::Csv => csv(columns, rows),
    }
}

fn csv(columns: &[Blank], rows: &[Vec<String>]) -> Option<Vec<u8>> {
    // The mark by which table programs take it for UTF-8.
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(columns.iter().map(|column| &column.head)).ok()?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell))).ok()?;
    }
    writer.into_inner().ok()
}

/// A cell that no table program takes for a formula or a number to round: a tab behind a long number, which they do not
/// show, and an apostrophe before what begins like a formula.
fn harmless(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    let long = cell.len() > 11 && cell.bytes().all(|byte| byte.is_ascii_digit());
    if formula {
        ["'", cell].concat()
    } else if long {
        [cell, "\t"].concat()
    } else {
        cell.to_owned()
    }
}

fn xlsx(title: &str, columns: &[Blank], rows: &[Vec<String>]) -> Result<Vec<u8>, XlsxError> {
    // Format 49, text: an identity number stays as it is typed.
    let text = Look::new().set_num_format_index(49);
    let head = Look::new().set_num_format_index(49).set_bold().set_text_wrap();
    let mut workbook = Workbook::new();
    let picked = columns.iter().any(|column| !column.choices.is_empty());
    let sheet = workbook.add_worksheet().set_name(title)?;
    sheet.set_freeze_panes(1, 0)?;
    for (place, column) in (0_u16..).zip(columns) {
        let width = column.head.chars().count().saturating_mul(2).clamp(10, 24);
        sheet.set_column_width(place, f64::from(u32::try_from(width).unwrap_or(10)))?;
        sheet.set_column_format(place, &text)?;
        sheet.write_string_with_format(0, place, &column.head, &head)?;
    }
    for (number, row) in (1_u32..).zip(rows) {
        for (place, cell) in (0_u16..).zip(row) {
            sheet.write_string_with_format(number, place, cell, &text)?;
        }
    }
    if rows.is_empty() {
        for (place, column) in (0_u16..).zip(columns) {
            prepare(sheet, place, column)?;
        }
        notes(workbook.add_worksheet().set_name(NOTES)?, columns)?;
        if picked {
            choices(workbook.add_worksheet().set_name(CHOICES)?, columns)?;
        }
    }
    workbook.save_to_buffer()
}

/// What may be picked in a column, and how it is filled in where the cursor stands in it.
fn prepare(sheet: &mut Worksheet, place: u16, column: &Blank) -> Result<(), XlsxError> {
    let mut rule = DataValidation::new().ignore_blank(true);
    if let Ok(count @ 1..) = u32::try_from(column.choices.len()) {
        let letter = letters(u32::from(place));
        rule = rule.allow_list_formula(Formula::new(format!(
            "='{CHOICES}'!${letter}$2:${letter}${}",
            count.saturating_add(1)
        )));
    }
    // A table program shows no more.
    let help: String = column.help.chars().take(250).collect();
    if !help.is_empty() {
        rule = rule.set_input_message(help)?;
    }
    sheet.add_data_validation(1, place, PREPARED, place, &rule)?;
    Ok(())
}

fn notes(sheet: &mut Worksheet, columns: &[Blank]) -> Result<(), XlsxError> {
    let (bold, wrapped) = (Look::new().set_bold(), Look::new().set_text_wrap());
    for (place, width) in [(0, 24.0), (1, 10.0), (2, 60.0), (3, 60.0)] {
        sheet.set_column_width(place, width)?;
    }
    for (place, title) in (0_u16..).zip(["哪一列", "要不要填", "怎么填", "只能填"]) {
        sheet.write_string_with_format(0, place, title, &bold)?;
    }
    for (row, column) in (1_u32..).zip(columns) {
        sheet.write_string(row, 0, &column.head)?;
        sheet.write_string(row, 1, if column.needed { "要填" } else { "可以空着" })?;
        sheet.write_string_with_format(row, 2, &column.help, &wrapped)?;
        sheet.write_string_with_format(row, 3, column.choices.join("\n"), &wrapped)?;
    }
    Ok(())
}

fn choices(sheet: &mut Worksheet, columns: &[Blank]) -> Result<(), XlsxError> {
    for (place, column) in (0_u16..).zip(columns).filter(|(_, column)| !column.choices.is_empty()) {
        sheet.write_string(0, place, &column.head)?;
        for (row, choice) in (1_u32..).zip(&column.choices) {
            sheet.write_string(row, place, choice)?;
        }
    }
    Ok(())
}
