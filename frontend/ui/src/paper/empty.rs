//! A form to be filled in by hand, for whoever has no browser that runs programs.

use chrono::NaiveDate;
use policies::model::{FieldKind, Form, FormPart};
use protocol::letter::{FieldAnswer, FilledPart, FormLetter, Letter};
use yew::prelude::*;

use super::{Standing, letter};
use crate::place::Doc;

/// Entries with room on the sheet, of a part that may be filled in more than once.
const ROOM: u32 = 3;

/// The form of a document, as it is printed, with nothing in it but what can be ticked.
pub fn empty(doc: Doc, form: &'static Form, on: NaiveDate) -> Html {
    // A document's own form on paper has its own lines and boxes.
    let parts: &[FormPart] = if form.sheet.is_empty() { &form.parts } else { &[] };
    let entries = parts.iter().flat_map(|part| {
        let entries = if part.repeats() { part.least.max(ROOM).min(part.most.max(1)) } else { 1 };
        (0..entries).map(|_| entry(part))
    });
    let written = FormLetter {
        kind: form.case,
        document: doc.document().id.clone(),
        document_hash: String::new(),
        on,
        entries: entries.collect(),
        roster: None,
        reply_to: String::new(),
        owner_key: String::new(),
        own_copy: false,
        enclosures: None,
    };
    letter(doc, &Letter::Form(written), &Standing::Empty)
}

fn entry(part: &FormPart) -> FilledPart {
    let answers = part.fields.iter().filter(|field| field.kind != FieldKind::Agree);
    FilledPart {
        part: part.id.clone(),
        answers: answers
            .map(|field| FieldAnswer { field: field.id.clone(), value: to_tick(&field.kind) })
            .collect(),
    }
}

/// What can be picked, with a box before each; nothing of what is written.
fn to_tick(kind: &FieldKind) -> String {
    let boxes =
        |labels: &[&str]| labels.iter().map(|label| ["□", label].concat()).collect::<Vec<_>>().join("　");
    match kind {
        FieldKind::YesNo => boxes(&["是", "否"]),
        FieldKind::Choice { choices } => {
            boxes(&choices.iter().map(|choice| choice.label.as_str()).collect::<Vec<_>>())
        }
        _ => String::new(),
    }
}
