//! A form of a document, filled in as its data says: for every place and kind of case.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use policies::model::{FieldKind, Form, FormField, FormPart};

use crate::browser::Browser;
use crate::clock::today;

/// A name with a sign outside the basic plane.
pub const NAME: &str = "测试甲·阿卜杜𠮷";
/// Division 999999 does not exist, so nobody holds this number.
pub const ID_NUMBER: &str = "999999198803128070";
/// A phone of nobody.
pub const PHONE: &str = "13900000017";
/// A short text.
pub const LINE: &str = "测试小区九栋七〇三";
/// A long one.
pub const TEXT: &str = "测试内容：原来这样，现在那样。";
/// A credit code that checks.
pub const CREDIT_CODE: &str = "91110000600037341L";

/// How many faults a form is told of as it opens: a field each, and one for a list with nobody on it.
pub fn missing(form: &Form) -> usize {
    let fields: usize = form.parts.iter().map(missing_in).sum();
    fields + usize::from(form.roster.is_some())
}

fn missing_in(part: &FormPart) -> usize {
    let entries = if part.repeats() { usize::try_from(part.least).unwrap_or_default() } else { 1 };
    let asked = part.fields.iter().filter(|field| field.only_if.is_none() && !field.optional);
    entries * asked.count()
}

/// Fills in every field that is asked; of a list it knows nothing.
///
/// # Errors
/// When a control does not come.
pub async fn fill(browser: &Browser, form: &Form) -> Result<()> {
    for part in &form.parts {
        let mut answered = BTreeMap::new();
        for field in &part.fields {
            let asked = field.only_if.as_ref().is_none_or(|only| {
                answered.get(&only.field).is_some_and(|answer: &String| only.is.contains(answer))
            });
            if asked {
                let id = control(part, field);
                answered.insert(field.id.clone(), write(browser, field, &id).await.context(id)?);
            }
        }
    }
    Ok(())
}

/// The first entry's control.
fn control(part: &FormPart, field: &FormField) -> String {
    let n = if part.repeats() { "-1" } else { "" };
    format!("{}{n}-{}", part.id, field.id)
}

/// Answers a field; returns what it was.
async fn write(browser: &Browser, field: &FormField, id: &str) -> Result<String> {
    let typed = match &field.kind {
        FieldKind::Line => LINE.to_owned(),
        FieldKind::Text => TEXT.to_owned(),
        FieldKind::Name => NAME.to_owned(),
        FieldKind::IdNumber => ID_NUMBER.to_owned(),
        FieldKind::Phone => PHONE.to_owned(),
        FieldKind::CreditCode => CREDIT_CODE.to_owned(),
        FieldKind::Money => "1.2万".to_owned(),
        FieldKind::Area => "45.5".to_owned(),
        FieldKind::Count { least, .. } => (least + 1).to_string(),
        FieldKind::Date { .. } => today()?.to_string(),
        FieldKind::Agree => {
            browser.press(id).await?;
            return Ok(String::new());
        }
        // The last answer: what else is asked for depends on a yes, a change or another reason.
        FieldKind::YesNo | FieldKind::Choice { .. } => {
            let answers = field.kind.answers();
            let answer =
                if field.kind == FieldKind::YesNo { "yes" } else { answers.last().context("no answer")? };
            browser.press(&format!("choice-{id}-{answer}")).await?;
            return Ok(answer.to_owned());
        }
    };
    browser.fill(&format!("field-{id}"), &typed).await?;
    Ok(typed)
}
