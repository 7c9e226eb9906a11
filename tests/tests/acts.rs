//! Every form that a document gives goes from its place's page to the desk, and its answer comes back; what is wrong in it is
//! told at its field, and nothing typed is lost. The forms are taken from the data: a place that joins is tried as well.

#![allow(missing_docs)]

use anyhow::{Context, Result, ensure};
use policies::model::{Document, FieldKind, Form, FormField, FormPart};
use protocol::desk::Role;
use protocol::receipt::ReceiptCode;
use system_tests::browser::Browser;
use system_tests::clock::today;
use system_tests::disk;
use system_tests::portal::Portal;

const NAME: &str = "测试甲·阿卜杜𠮷";
/// Division 999999 does not exist, so nobody holds this number.
const ID_NUMBER: &str = "999999198803128070";
const PHONE: &str = "13900000017";
const LINE: &str = "测试小区九栋七〇三";
const TEXT: &str = "测试内容：原来这样，现在那样。";
const ANSWERED: &str = "收到了，我们核实以后再告诉您。";

#[tokio::test]
async fn yongshun_takes_every_kind_of_case() -> Result<()> {
    every_form_of("yongshun-2023").await
}

#[tokio::test]
async fn the_other_places_take_every_kind_of_case() -> Result<()> {
    for document in ["qujing-2018", "shishi-2021", "tiedong-2024", "yongchuan-2019"] {
        every_form_of(document).await?;
    }
    Ok(())
}

async fn every_form_of(id: &str) -> Result<()> {
    let staff = [Role::Town, Role::Community, Role::Department].map(|role| (id, role));
    let portal = Portal::start_with(&staff, |home| home)?;
    let document = policies::rulebook().document(id).context("no such document")?.document();
    ensure!(!document.forms.is_empty(), "{id} has no form");
    for form in &document.forms {
        there_and_back(&portal, document, form).await.with_context(|| format!("{id}, {}", form.case.id()))?;
    }
    for secret in [NAME, ID_NUMBER, PHONE, LINE, TEXT, ANSWERED] {
        let found = disk::files_with(portal.data(), secret)?;
        ensure!(found.is_empty(), "“{secret}” stands in {found:?}");
    }
    Ok(())
}

async fn there_and_back(portal: &Portal, document: &'static Document, form: &'static Form) -> Result<()> {
    let resident = Browser::open(360, 740).await?;
    resident.go(&portal.url(&format!("/{}", document.place.id))).await?;
    resident.press("acts").await?;
    resident.press(&format!("act-{}", form.case.id())).await?;
    // Nothing is sent as it is, and every field that must be filled in says so.
    resident.press("act-submit").await?;
    resident.faults(form.parts.iter().map(missing).sum()).await?;
    fill(&resident, form).await?;
    // What was typed is there again after a reload.
    let typed = resident.held().await?;
    resident.driver.refresh().await?;
    resident.holds(&typed).await?;
    resident.find("office-key").await?;
    resident.press("act-submit").await?;
    let code = resident.take_the_receipt().await?;
    at_the_desk(portal, document, form, &code).await?;
    resident.open_the_status(portal, &code).await?;
    resident.says("message-1", ANSWERED).await?;
    // What was sent is there for whoever holds the code, in the same words as at the desk.
    resident.unfold("[data-test=own]").await?;
    resident.press("own-open").await?;
    let copy = resident.text_of("own-copy").await?;
    for part in &form.parts {
        ensure!(copy.contains(&part.title), "“{}” is not in the copy: {copy}", part.title);
    }
    ensure!(copy.contains(NAME) || copy.contains(TEXT), "the answers are not in the copy: {copy}");
    resident.conclude(&portal.url("")).await
}

/// How many fields of a part an empty form is told of.
fn missing(part: &FormPart) -> usize {
    let entries = if part.repeats() { usize::try_from(part.least).unwrap_or_default() } else { 1 };
    let asked = part.fields.iter().filter(|field| field.only_if.is_none() && !field.optional);
    entries * asked.count()
}

async fn fill(resident: &Browser, form: &Form) -> Result<()> {
    for part in &form.parts {
        let mut answered = std::collections::BTreeMap::new();
        for field in &part.fields {
            let asked = field.only_if.as_ref().is_none_or(|only| {
                answered.get(&only.field).is_some_and(|answer: &String| only.is.contains(answer))
            });
            if asked {
                let id = control(part, field);
                answered.insert(field.id.clone(), write(resident, field, &id).await.context(id)?);
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
async fn write(resident: &Browser, field: &FormField, id: &str) -> Result<String> {
    let typed = match &field.kind {
        FieldKind::Line => LINE.to_owned(),
        FieldKind::Text => TEXT.to_owned(),
        FieldKind::Name => NAME.to_owned(),
        FieldKind::IdNumber => ID_NUMBER.to_owned(),
        FieldKind::Phone => PHONE.to_owned(),
        FieldKind::Money => "1.2万".to_owned(),
        FieldKind::Area => "45.5".to_owned(),
        FieldKind::Count { least, .. } => (least + 1).to_string(),
        FieldKind::Date { .. } => today()?.to_string(),
        FieldKind::Agree => {
            resident.press(id).await?;
            return Ok(String::new());
        }
        // The last answer: what else is asked for depends on a yes, a change or another reason.
        FieldKind::YesNo | FieldKind::Choice { .. } => {
            let answers = field.kind.answers();
            let answer =
                if field.kind == FieldKind::YesNo { "yes" } else { answers.last().context("no answer")? };
            resident.press(&format!("choice-{id}-{answer}")).await?;
            return Ok(answer.to_owned());
        }
    };
    resident.fill(&format!("field-{id}"), &typed).await?;
    Ok(typed)
}

/// Whom the document gives the case: the office where it takes part, else whoever is named first.
fn who_opens(document: &Document, form: &Form) -> Result<Role> {
    let procedure = document.procedure(form.case).context("no procedure")?;
    let mut named = procedure.stages.iter().flat_map(|stage| &stage.roles).copied();
    let first = named.next().context("nobody moves it")?;
    Ok(if named.any(|role| role == Role::Office) { Role::Office } else { first })
}

/// The desk shows each field by the form's own name, and answers.
async fn at_the_desk(portal: &Portal, document: &Document, form: &Form, code: &ReceiptCode) -> Result<()> {
    let key = portal.staff(&document.id, who_opens(document, form)?)?;
    let desk = Browser::at_the_case(portal, key, code).await?;
    let shown = desk.text_of("form-letter").await?;
    for part in &form.parts {
        ensure!(shown.contains(&part.title), "“{}” is not there: {shown}", part.title);
        for field in part.fields.iter().filter(|field| field.only_if.is_none()) {
            ensure!(shown.contains(&field.label), "“{}” is not there: {shown}", field.label);
        }
    }
    let words = if shown.contains("元") { "12,000.00 元" } else { TEXT };
    ensure!(shown.contains(words), "“{words}” is not there: {shown}");
    desk.fill("desk-reply-text", ANSWERED).await?;
    desk.press("desk-reply-send").await?;
    desk.says("messages", ANSWERED).await?;
    desk.conclude(&portal.url("")).await
}
