//! A document's own form on paper, row by row as its data says.

use std::collections::BTreeSet;

use policies::model::{
    FieldKind, Form, SheetCell, SheetRow,
    sheet::{At, COLUMNS, Piece, SIDE, Taken, pieces},
};
use protocol::letter::{FilledPart, FormLetter};
use yew::prelude::*;

use super::{
    Standing,
    filled::{Filled, room},
    foot, head,
    parts::table,
    typeset::{blank, filled, lines},
};
use crate::{place::Doc, words::form_parts};

/// The form with what was answered in it, and below it what it has no room for.
pub(super) fn sheet(doc: Doc, form: &'static Form, letter: &FormLetter, standing: &Standing) -> Html {
    let told = Filled { form, letter };
    html! {
        <>
            { head(doc, &form.sheet_title, standing) }
            <table class="paper__sheet">
                <colgroup>for _ in 0..COLUMNS { <col /> }</colgroup>
                <tbody>
                    for (n, row) in form.sheet.iter().enumerate() {
                        { told.row(row, side(&form.sheet, n, &told)) }
                    }
                </tbody>
            </table>
            { told.beside(doc) }
            { foot(doc, letter.on, standing) }
        </>
    }
}

/// The heading at the side of a row: the first of those that share it has it, over the lines of all.
fn side(rows: &[SheetRow], n: usize, told: &Filled<'_>) -> Option<(AttrValue, usize)> {
    let (before, from) = rows.split_at_checked(n)?;
    let name = &from.first().filter(|row| !row.side.is_empty())?.side;
    if before.last().is_some_and(|row| row.side == *name) {
        return None;
    }
    let shared = from.iter().take_while(|row| row.side == *name);
    Some((name.clone().into(), shared.map(|row| told.lines_of(row)).sum()))
}

impl<'a> Filled<'a> {
    /// Lines on paper that a row takes.
    fn lines_of(&self, row: &SheetRow) -> usize {
        if row.each.is_empty() { 1 } else { self.entry_lines(row).saturating_add(1) }
    }

    fn entry_lines(&self, row: &SheetRow) -> usize {
        self.entries(&row.each).count().max(usize::try_from(row.lines).unwrap_or_default())
    }

    fn row(&self, row: &SheetRow, side: Option<(AttrValue, usize)>) -> Html {
        let side = side.map(|(name, lines)| {
            html! { <th scope="rowgroup" colspan={SIDE.to_string()} rowspan={lines.to_string()}>{ name }</th> }
        });
        if row.each.is_empty() {
            // What stands over the rows below it stays with them.
            let heading = row.cells.iter().all(|cell| cell.text.is_empty()).then_some("paper__heading");
            return html! {
                <tr class={heading}>{ side }{ for row.cells.iter().map(|cell| self.cell(cell)) }</tr>
            };
        }
        let entries: Vec<&FilledPart> = self.entries(&row.each).collect();
        let head =
            |cell: &SheetCell| html! { <th scope="col" colspan={cell.wide.to_string()}>{ &cell.head }</th> };
        html! {
            <>
                <tr>{ side }{ for row.cells.iter().map(head) }</tr>
                for n in 0..self.entry_lines(row) {
                    <tr>{ for row.cells.iter().map(|cell| self.entry_cell(row, cell, entries.get(n).copied())) }</tr>
                }
            </>
        }
    }

    fn cell(&self, cell: &SheetCell) -> Html {
        let wide = cell.wide.to_string();
        if cell.text.is_empty() {
            return html! { <th colspan={wide}>{ &cell.head }</th> };
        }
        html! { <td colspan={wide}>{ self.text(&cell.text, None) }</td> }
    }

    /// A cell of an entry has no line to write on: it is a box of its own.
    fn entry_cell(&self, row: &SheetRow, cell: &SheetCell, entry: Option<&'a FilledPart>) -> Html {
        let read = pieces(&cell.text).unwrap_or_default();
        let words: Vec<String> = read
            .iter()
            .filter_map(|piece| match piece {
                Piece::Answer(at, taken) => {
                    entry.map(|entry| self.shown(*at, *taken, Some(entry), &others(row, *at)))
                }
                Piece::Text(text) => Some((*text).to_owned()),
                Piece::Blank(_) | Piece::Tick(..) | Piece::Each(..) => None,
            })
            .collect();
        html! { <td class="paper__entry" colspan={cell.wide.to_string()}><bdi>{ words.concat() }</bdi></td> }
    }

    /// A whole cell alone in a row is a box too; within a sentence an answer stands on its line.
    fn text(&self, text: &str, entry: Option<&'a FilledPart>) -> Html {
        let read = pieces(text).unwrap_or_default();
        if let [Piece::Answer(at, taken)] = read.as_slice() {
            return html! { <bdi>{ self.shown(*at, *taken, entry, &[]) }</bdi> };
        }
        self.sentence(&read, entry)
    }

    fn sentence(&self, read: &[Piece<'_>], entry: Option<&'a FilledPart>) -> Html {
        read.iter().map(|piece| self.piece(piece, entry)).collect()
    }

    fn piece(&self, piece: &Piece<'_>, entry: Option<&'a FilledPart>) -> Html {
        match piece {
            Piece::Text(text) => lines(text),
            // A Chinese sign is as wide as two underscores.
            Piece::Blank(wide) => blank(wide.div_ceil(2)),
            Piece::Answer(at, taken) => {
                let ems = self.field(*at, entry).map_or(4, |(_, field)| room(&field.kind));
                filled(&self.shown(*at, *taken, entry, &[]), ems)
            }
            Piece::Tick(at, choices) => {
                let answers = self.answers(*at, entry);
                let ticked = choices.iter().any(|choice| answers.contains(choice));
                html! { <span class="paper__tick">{ if ticked { "☑" } else { "□" } }</span> }
            }
            Piece::Each(part, line) => {
                let told = self.entries(part).filter(|entry| self.says(line, entry));
                let mut lines: Vec<Html> = told.map(|entry| self.sentence(line, Some(entry))).collect();
                if lines.is_empty() {
                    lines.push(self.sentence(&unfilled(part, line), None));
                }
                let lines = lines.into_iter().enumerate();
                lines.map(|(n, line)| html! { <>if n > 0 { <br /> }{ line }</> }).collect()
            }
        }
    }

    /// Whether an entry answers something of a line.
    fn says(&self, line: &[Piece<'_>], entry: &'a FilledPart) -> bool {
        line.iter().any(|piece| match piece {
            Piece::Answer(at, _) => self.answers(*at, Some(entry)).iter().any(|told| !told.is_empty()),
            _ => false,
        })
    }

    /// What was told and has no place on the form: who wrote it, remarks.
    fn beside(&self, doc: Doc) -> Html {
        let mut named = BTreeSet::new();
        for row in &self.form.sheet {
            for cell in &row.cells {
                named_in(&pieces(&cell.text).unwrap_or_default(), &row.each, &mut named);
            }
        }
        let parts = form_parts(doc.document(), self.letter).into_iter().zip(&self.letter.entries);
        let rest = parts.filter_map(|(part, entry)| {
            let known = self.form.part(&entry.part)?;
            let rows = part.rows.into_iter().filter(|row| {
                let ticked = known.field(&row.field).is_some_and(|field| field.kind == FieldKind::Agree);
                !ticked && !named.contains(&[entry.part.as_str(), ".", &row.field].concat())
            });
            Some(rows.collect::<Vec<_>>())
        });
        let rest: Vec<_> = rest.flatten().collect();
        table("表上没有的栏目，在本站另外填写的", rest)
    }
}

/// The words of a field that the other cells of a row take.
fn others<'r>(row: &'r SheetRow, of: At<'_>) -> Vec<Taken<'r>> {
    let read = row.cells.iter().filter_map(|cell| pieces(&cell.text).ok()).flatten();
    read.filter_map(|piece| match piece {
        Piece::Answer(at, taken) if at.field == of.field && at.part == of.part => Some(taken),
        _ => None,
    })
    .collect()
}

/// A line of a part that nobody filled in: each answer of it an empty line.
fn unfilled<'t>(part: &'t str, line: &[Piece<'t>]) -> Vec<Piece<'t>> {
    let of = |at: At<'t>| At { part: Some(part), ..at };
    line.iter()
        .map(|piece| match piece {
            Piece::Answer(at, taken) => Piece::Answer(of(*at), *taken),
            other => other.clone(),
        })
        .collect()
}

/// Every field that pieces name, as `part.field`.
fn named_in(read: &[Piece<'_>], each: &str, named: &mut BTreeSet<String>) {
    for piece in read {
        match piece {
            Piece::Answer(at, _) | Piece::Tick(at, _) => {
                named.insert([at.part.unwrap_or(each), ".", at.field].concat());
            }
            Piece::Each(part, line) => named_in(line, part, named),
            Piece::Text(_) | Piece::Blank(_) => {}
        }
    }
}
