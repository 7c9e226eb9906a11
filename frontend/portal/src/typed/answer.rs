//! An answer to a field of a document's form, by the kind of the field.

use chrono::NaiveDate;
use policies::{
    identity,
    model::{Asked, FieldKind},
    parse_value,
    seen::visible,
};

use super::{LINE_CHARS, TEXT_CHARS, citizen, name, phone, text};

/// What a field says, as it is sent; empty: nothing was told. A tick is no text and is read where it is ticked.
///
/// # Errors
/// What to do, in the words of the field.
pub(crate) fn answer(kind: &FieldKind, label: &str, typed: &str, on: NaiveDate) -> Result<String, String> {
    match kind {
        FieldKind::Line => text(typed, LINE_CHARS),
        FieldKind::Text => text(typed, TEXT_CHARS),
        _ if visible(typed).is_empty() => Ok(String::new()),
        FieldKind::Name => name(typed),
        FieldKind::IdNumber => Ok(citizen(typed, on)?.number),
        FieldKind::Phone => phone(typed),
        FieldKind::CreditCode => identity::credit_code(typed).map_err(|error| error.message),
        kind => match kind.as_fact() {
            Some(fact) => {
                let asked = Asked::field(label, &fact);
                let value = parse_value(asked, typed, on).map_err(|error| error.message)?;
                Ok(ui::typed::text(asked, &value))
            }
            None => Ok(String::new()),
        },
    }
}

/// What is said of a field that must be filled in and is empty.
pub(crate) fn missing(kind: &FieldKind, label: &str) -> String {
    let picked = !kind.answers().is_empty();
    let what = if picked { "请选一个" } else { "请填写" };
    [what, "：", label.trim_end_matches(['？', '。'])].concat() + "。"
}
