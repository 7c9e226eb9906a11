//! Forms: for kinds of case that the document knows, with fields that can be told apart and answered.

mod sheet;

use super::{Checker, Step, is_id};
use policies_model::{CaseKind, FieldKind, Form, FormField, FormPart, MIRRORS_NUMBER, Roster, RosterColumn};

pub(super) fn check(checker: &mut Checker<'_, '_>) {
    let document = checker.document;
    for (i, form) in document.forms.iter().enumerate() {
        let path = [Step::Key("forms"), Step::At(i)];
        let message = if document.procedure(form.case).is_none() {
            Some("a form for a kind of case that has no procedure here")
        } else if form.case.has_own_pages() {
            Some("applications and tip-offs have pages of their own and no form here")
        } else if document.forms.iter().take(i).any(|known| known.case == form.case) {
            Some("a second form for this kind of case")
        } else if form.whom.trim().is_empty() || form.parts.is_empty() {
            Some("a form wants `whom` and at least one part")
        } else {
            None
        };
        if let Some(message) = message {
            checker.wrong(&path, message.to_owned());
        }
        checker.cite(&path, &form.cite);
        for n in 0..form.parts.len() {
            part(checker, i, form, n);
        }
        sheet::check(checker, i, form);
        if let Some(list) = &form.roster {
            roster(checker, i, form, list);
        }
    }
}

/// What cannot be in a list of people, but for its facts, which the dictionary knows (`document::rosters`).
fn roster(checker: &mut Checker<'_, '_>, i: usize, form: &Form, list: &Roster) {
    let path = [Step::Key("forms"), Step::At(i), Step::Key("roster")];
    checker.cite(&path, &list.cite);
    let count = |kind: &FieldKind| list.columns.iter().filter(|one| one.kind.as_ref() == Some(kind)).count();
    let unknown = list.categories.iter().find(|id| checker.document.category(id).is_none());
    let message = if form.case != CaseKind::EmployerGroup {
        Some("only a group application has a list of people".to_owned())
    } else if list.title.trim().is_empty() || list.each.trim().is_empty() || list.most == 0 {
        Some("a list wants a title, what one entry is called, and `most`".to_owned())
    } else if count(&FieldKind::Name) != 1 || count(&FieldKind::IdNumber) != 1 {
        Some("a list has one column of kind `name` and one of kind `id_number`".to_owned())
    } else {
        unknown.map(|id| format!("no category is called `{id}`"))
    };
    if let Some(message) = message {
        checker.wrong(&path, message);
    }
    for (n, column) in list.columns.iter().enumerate() {
        let path = [Step::Key("forms"), Step::At(i), Step::Key("roster"), Step::Key("columns"), Step::At(n)];
        for message in column_faults(list.columns.get(..n).unwrap_or_default(), column) {
            checker.wrong(&path, message);
        }
        checker.cite(&path, &column.cite);
    }
}

fn column_faults(before: &[RosterColumn], column: &RosterColumn) -> Vec<String> {
    let mut faults = Vec::new();
    if !is_id(&column.id) || column.label.trim().is_empty() {
        faults.push(format!("column `{}` wants an id and a label", column.id));
    }
    if before.iter().any(|known| known.id == column.id) {
        faults.push(format!("two columns of this list are called `{}`", column.id));
    }
    let heads = |column: &RosterColumn| -> Vec<String> {
        std::iter::once(&column.label).chain(&column.also).cloned().collect()
    };
    let taken: Vec<String> = before.iter().flat_map(heads).collect();
    if let Some(head) = heads(column).iter().find(|head| taken.contains(head)) {
        faults.push(format!("two columns of this list have the head `{head}`"));
    }
    match (&column.kind, &column.fact) {
        (Some(FieldKind::Agree), _) => {
            faults.push(format!("column `{}`: nobody ticks for others", column.id))
        }
        (Some(_), Some(_)) | (None, None) => {
            faults.push(format!("column `{}` has either `kind` or `fact`", column.id));
        }
        _ => {}
    }
    let person = matches!(column.kind, Some(FieldKind::Name | FieldKind::IdNumber));
    if person && column.optional {
        faults.push(format!("column `{}`: nobody is on a list without", column.id));
    }
    faults
}

fn part(checker: &mut Checker<'_, '_>, i: usize, form: &Form, n: usize) {
    let Some((part, before)) = form.parts.get(n).zip(form.parts.get(..n)) else { return };
    let path = [Step::Key("forms"), Step::At(i), Step::Key("parts"), Step::At(n)];
    if !is_id(&part.id) || part.title.trim().is_empty() || part.fields.is_empty() {
        checker.wrong(&path, format!("part `{}` wants an id, a title and at least one field", part.id));
    }
    if before.iter().any(|known| known.id == part.id) {
        checker.wrong(&path, format!("two parts of this form are called `{}`", part.id));
    }
    let bounded = part.least <= part.most && part.most > 0;
    if part.repeats() != bounded || (!part.repeats() && part.least > 0) {
        let message = format!("part `{}`: `each` goes with `most`, and `least` is no more than it", part.id);
        checker.wrong(&path, message);
    }
    for (m, field) in part.fields.iter().enumerate() {
        let path = [
            Step::Key("forms"),
            Step::At(i),
            Step::Key("parts"),
            Step::At(n),
            Step::Key("fields"),
            Step::At(m),
        ];
        for message in field_faults(part, m, field) {
            checker.wrong(&path, message);
        }
        if let Some(id) = &field.clock {
            let clock = checker.document.clock(id);
            let is_date = matches!(field.kind, FieldKind::Date { .. });
            if !is_date || clock.is_none_or(|clock| !clock.backwards) {
                let message =
                    format!("field `{}`: only a date has a clock, one that runs backwards", field.id);
                checker.wrong(&path, message);
            }
        }
        let mirrored = field.mirrors.as_deref().filter(|mirrored| *mirrored != MIRRORS_NUMBER);
        if let Some(mirrored) = mirrored {
            let found = mirrored.split_once('.').and_then(|(part, id)| form.part(part)?.field(id));
            if found.is_none_or(|found| found.kind != field.kind) {
                let message =
                    format!("field `{}`: `{mirrored}` is no field of this form of the same kind", field.id);
                checker.wrong(&path, message);
            }
        }
        checker.cite(&path, &field.cite);
    }
}

fn field_faults(part: &FormPart, m: usize, field: &FormField) -> Vec<String> {
    let mut faults = Vec::new();
    let before = part.fields.get(..m).unwrap_or_default();
    if !is_id(&field.id) || field.label.trim().is_empty() {
        faults.push(format!("field `{}` wants an id and a label", field.id));
    }
    if before.iter().any(|known| known.id == field.id) {
        faults.push(format!("two fields of this part are called `{}`", field.id));
    }
    if let Some(only) = &field.only_if {
        let answers = before.iter().find(|known| known.id == only.field).map(|known| known.kind.answers());
        match answers {
            None => faults.push(format!("no earlier field of this part is called `{}`", only.field)),
            Some(answers) => {
                let unknown = only.is.iter().find(|id| !answers.contains(&id.as_str()));
                if let Some(unknown) = unknown {
                    faults.push(format!("`{unknown}` is no answer to `{}`", only.field));
                }
                if only.is.is_empty() {
                    faults.push("`only_if` names no answer".to_owned());
                }
            }
        }
    }
    faults
}
