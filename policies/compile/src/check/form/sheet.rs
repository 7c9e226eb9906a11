//! The form on paper: rows that are full, and answers that the form asks for.

use super::{Checker, Step};
use policies_model::{
    FieldKind, Form, FormField, FormPart, SheetRow,
    sheet::{At, COLUMNS, Piece, SIDE, Taken, pieces},
};

pub(super) fn check(checker: &mut Checker<'_, '_>, i: usize, form: &Form) {
    if form.sheet.is_empty() != form.sheet_title.trim().is_empty() {
        let message = "`sheet_title` and the rows of `sheet` go together".to_owned();
        checker.wrong(&[Step::Key("forms"), Step::At(i)], message);
    }
    for (n, row) in form.sheet.iter().enumerate() {
        let path = [Step::Key("forms"), Step::At(i), Step::Key("sheet"), Step::At(n)];
        checker.cite(&path, &row.cite);
        for message in row_faults(form, row) {
            checker.wrong(&path, format!("row `{}`: {message}", row.name));
        }
    }
}

fn row_faults(form: &Form, row: &SheetRow) -> Vec<String> {
    let mut faults = Vec::new();
    let room = if row.side.is_empty() { COLUMNS } else { COLUMNS.saturating_sub(SIDE) };
    let taken = row.cells.iter().fold(0_u32, |sum, cell| sum.saturating_add(cell.wide));
    if row.name.trim().is_empty() {
        faults.push("it has no name".to_owned());
    }
    if taken != room || row.cells.iter().any(|cell| cell.wide == 0) {
        faults.push(format!("its cells take {taken} of {room} columns"));
    }
    let entry = form.part(&row.each);
    if !row.each.is_empty() && entry.is_none_or(|part| !part.repeats()) {
        faults.push(format!("no part that can be filled in more than once is called `{}`", row.each));
    }
    for cell in &row.cells {
        match pieces(&cell.text) {
            Ok(read) => faults.extend(read.iter().flat_map(|piece| piece_faults(form, entry, piece))),
            Err(message) => faults.push(message),
        }
    }
    faults
}

fn piece_faults(form: &Form, entry: Option<&FormPart>, piece: &Piece<'_>) -> Vec<String> {
    match piece {
        Piece::Text(_) | Piece::Blank(_) => Vec::new(),
        Piece::Answer(at, taken) => match field(form, entry, *at) {
            None => vec![unknown(*at)],
            Some(field) if *taken == Taken::TenThousands && field.kind != FieldKind::Money => {
                vec![format!("`{}` is no money", at.field)]
            }
            Some(_) => Vec::new(),
        },
        Piece::Tick(at, choices) => match field(form, entry, *at).map(|field| field.kind.answers()) {
            None => vec![unknown(*at)],
            Some(answers) => {
                let strange = choices.iter().filter(|choice| !answers.contains(choice));
                strange.map(|choice| format!("`{choice}` is no answer to `{}`", at.field)).collect()
            }
        },
        Piece::Each(part, line) => match form.part(part).filter(|part| part.repeats()) {
            None => vec![format!("no part that can be filled in more than once is called `{part}`")],
            entry => line.iter().flat_map(|piece| piece_faults(form, entry, piece)).collect(),
        },
    }
}

fn field<'f>(form: &'f Form, entry: Option<&'f FormPart>, at: At<'_>) -> Option<&'f FormField> {
    let part = match at.part {
        Some(part) => form.part(part),
        None => entry,
    };
    part?.field(at.field)
}

fn unknown(at: At<'_>) -> String {
    let part = at.part.map_or_else(String::new, |part| format!("{part}."));
    format!("this form asks for no `{part}{}`", at.field)
}
