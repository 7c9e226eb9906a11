//! Every form that a document gives goes from its place's page to the desk, and its answer comes back; what is wrong in it is
//! told at its field, and nothing typed is lost. The forms are taken from the data: a place that joins is tried as well.

#![allow(missing_docs)]

use anyhow::{Context, Result, ensure};
use policies::model::{Document, FieldKind, Form};
use protocol::desk::Role;
use protocol::receipt::ReceiptCode;
use system_tests::browser::Browser;
use system_tests::disk;
use system_tests::document_form::{ID_NUMBER, LINE, NAME, PHONE, TEXT, fill, missing};
use system_tests::portal::Portal;

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
    resident.faults(missing(form)).await?;
    fill(&resident, form).await?;
    on_the_list(&resident, form).await?;
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

/// Somebody for the list of a form, by hand; what else is asked of him is left open.
async fn on_the_list(resident: &Browser, form: &Form) -> Result<()> {
    let Some(roster) = &form.roster else { return Ok(()) };
    let column = |kind: FieldKind| roster.of_kind(&kind).map(|column| format!("field-list-{}", column.id));
    resident.press("list-add").await?;
    resident.fill(&column(FieldKind::Name).context("no column of names")?, NAME).await?;
    resident.fill(&column(FieldKind::IdNumber).context("no column of numbers")?, ID_NUMBER).await?;
    resident.press("list-done").await?;
    resident.says("list-mark-1", "还缺信息").await
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
