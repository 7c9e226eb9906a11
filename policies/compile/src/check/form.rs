//! Forms: for kinds of case that the document knows, with fields that can be told apart and answered.

mod sheet;

use super::{Checker, Step, is_id};
use policies_model::{FieldKind, Form, FormField, FormPart};

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
    }
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
