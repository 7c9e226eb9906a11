//! Corrections (补正): the desk names fields with a reason and a last day, their owner mends them in place, with the controls of
//! the form, and the desk shows before and after. The clock stands still meanwhile, and nobody on the way learns what was asked.

#![allow(missing_docs)]

use std::fs;

use anyhow::{Result, ensure};
use chrono::Days;
use protocol::receipt::{self, ReceiptCode};
use system_tests::browser::Browser;
use system_tests::clock::today;
use system_tests::disk;
use system_tests::officer::Officer;
use system_tests::persona::{APPLICANT, id_number};
use system_tests::portal::Portal;
use thirtyfour::prelude::*;

const OFFICE: &str = "yongshun-2023";
const MENDED: &str = "测试改名·阿依𠮷";
const WHY_NAME: &str = "和身份证上的名字不一样";
const WHY_WORK: &str = "社保里有单位，请核对";
const HOME: &str = "测试路九号";
const HOME_NOW: &str = "测试路九号二单元七〇三";

async fn apply(resident: &Browser, portal: &Portal) -> Result<ReceiptCode> {
    resident.go(&portal.url("/yongshun/apply")).await?;
    resident.fill("field-name", APPLICANT).await?;
    resident.fill("field-id-number", &id_number("19900307", "801")).await?;
    resident.press("apply-next").await?;
    resident.find("member-add").await?;
    resident.press("apply-next").await?;
    resident.press("choice-employment-none").await?;
    resident.press("apply-next").await?;
    resident.fill("field-address", HOME).await?;
    resident.press("choice-wanted-flat").await?;
    resident.press("apply-next").await?;
    resident.press("agree-truth").await?;
    resident.press("agree-consent").await?;
    resident.press("apply-next").await?;
    resident.press("submit").await?;
    resident.take_the_receipt().await
}

/// Asks for corrections at the desk: each by the name of its control, with a reason.
async fn ask(desk: &Browser, asked: &[(&str, &str)], by: &str) -> Result<()> {
    desk.unfold("[data-test=ask-correction]").await?;
    for (spot, why) in asked {
        desk.press(&format!("ask-{spot}")).await?;
        desk.fill(&format!("why-{spot}"), why).await?;
    }
    desk.fill("correction-by", by).await?;
    desk.press("correction-send").await?;
    desk.find("correction-open").await.map(drop)
}

async fn stage(desk: &Browser) -> Result<String> {
    Ok(desk.find("stage-current").await?.attr("data-stage").await?.unwrap_or_default())
}

#[tokio::test]
async fn an_application_is_mended_in_place() -> Result<()> {
    let mut portal = Portal::start()?;
    let resident = Browser::open(360, 740).await?;
    let code = apply(&resident, &portal).await?;
    let desk = Browser::at_the_case(&portal, portal.office(OFFICE)?, &code).await?;
    // Nothing goes without a field, a reason and a day.
    desk.unfold("[data-test=ask-correction]").await?;
    desk.press("correction-send").await?;
    desk.says("correction-fault", "请勾上要对方改的地方").await?;
    let by = (today()? + Days::new(9)).to_string();
    let asked = [("person-0-name", WHY_NAME), ("address", "没有写到门牌号"), ("fact-employment", WHY_WORK)];
    ask(&desk, &asked, &by).await?;
    ensure!(stage(&desk).await? == "supplement", "the case does not wait for its owner");

    resident.open_the_status(&portal, &code).await?;
    resident.says("correct", "改 3 处").await?;
    resident.says("correct-ask-2", WHY_NAME).await?;
    resident.says("correct-before-2", APPLICANT).await?;
    // Nothing changed is nothing to send, and says where to write instead.
    resident.press("correct-send").await?;
    resident.at_fault("field-correct-1", "没有改").await?;
    resident.fill("field-correct-2", "测试1").await?;
    resident.press("correct-send").await?;
    resident.at_fault("field-correct-2", "不能有数字").await?;
    resident.fill("field-correct-2", MENDED).await?;
    resident.fill("field-correct-1", HOME_NOW).await?;
    // What is typed outlives a reload, and a server that is down.
    resident.open_the_status(&portal, &code).await?;
    resident.find("correct-send").await?;
    resident
        .until("what was typed", async || {
            Ok((resident.value_of("field-correct-2").await? == MENDED).then_some(()))
        })
        .await?;
    portal.crash();
    resident.press("correct-send").await?;
    resident.says("correct-failed", "写的内容还在上面").await?;
    resident.expect_no_server().await?;
    portal.start_again()?;
    resident.press("correct-send").await?;
    resident.find("corrected").await?;
    ensure!(!resident.has("correct").await?, "it is still asked for");
    resident.says("message-2", "没有改").await?;

    desk.press("case-refresh").await?;
    desk.says("before-1", HOME).await?;
    desk.says("after-1", HOME_NOW).await?;
    desk.says("before-2", APPLICANT).await?;
    desk.says("after-2", MENDED).await?;
    // The letter and what is decided again are those with the corrections in them.
    desk.says("person-name-0", MENDED).await?;
    desk.says("application", HOME_NOW).await?;
    desk.find("replay").await?;
    let view = Officer::of(&portal, OFFICE)?.case(&receipt::derive(&code)?.lookup).await?.view;
    ensure!(view.total == 4, "sent, asked with a move, answered once: {}", view.total);
    for secret in [APPLICANT, MENDED, WHY_NAME, WHY_WORK, HOME, HOME_NOW, "person.0.name"] {
        let found = disk::files_with(portal.data(), secret)?;
        ensure!(found.is_empty(), "“{secret}” stands in {found:?}");
    }
    resident.conclude(&portal.url("")).await?;
    desk.conclude(&portal.url("")).await
}

/// With the keyboard alone, on a wide screen; and what is late is taken, and told to both.
#[tokio::test]
async fn a_form_is_mended_with_the_keyboard() -> Result<()> {
    const FLAT: &str = "测试小区九栋七〇三";
    let portal = Portal::start()?;
    let resident = Browser::open(1280, 800).await?;
    resident.go(&portal.url("/yongshun/acts/swap")).await?;
    resident.fill("field-sender-name", APPLICANT).await?;
    resident.fill("field-sender-id_number", &id_number("19900307", "801")).await?;
    resident.fill("field-mine-flat", "测试小区九栋").await?;
    resident.fill("field-other-name", "测试乙").await?;
    resident.fill("field-other-flat", "测试小区八栋").await?;
    resident.press("choice-other-agrees-yes").await?;
    resident.press("choice-why-reason-work").await?;
    resident.fill("field-why-text", "上班太远").await?;
    resident.press("act-submit").await?;
    let code = resident.take_the_receipt().await?;
    let desk = Browser::at_the_case(&portal, portal.office(OFFICE)?, &code).await?;
    let by = today()?.to_string();
    ask(&desk, &[("field-mine-1-flat", "没有写到哪一套"), ("field-other-1-agrees", "对方说没有同意")], &by)
        .await?;

    resident.open_the_status(&portal, &code).await?;
    // Its last day goes into a calendar, which says nothing of what it is.
    let folder = tempfile::tempdir()?;
    resident.saves_into(folder.path()).await?;
    resident.find("correct").await?;
    resident.unfold("[data-test=days]").await?;
    resident.press("date-save-1").await?;
    let file = folder.path().join("日程.ics");
    let saved = resident
        .until("a calendar file", async || {
            Ok(fs::read_to_string(&file).ok().filter(|text| text.ends_with("END:VCALENDAR\r\n")))
        })
        .await?;
    let day = format!("DTSTART;VALUE=DATE:{}\r\n", today()?.format("%Y%m%d"));
    ensure!(saved.contains(&day) && !saved.contains("补正"), "{saved}");
    let first = resident.find("field-correct-1").await?;
    first.focus().await?;
    first.send_keys(Key::Control + "a").await?;
    first.send_keys(FLAT).await?;
    // From the text to the chosen button of the group, to the other one, and to the button that sends.
    first.send_keys(Key::Tab + "").await?;
    let on = async || Ok::<_, anyhow::Error>(resident.driver.active_element().await?);
    on().await?.send_keys(Key::Down + "").await?;
    on().await?.send_keys(Key::Tab + "").await?;
    on().await?.send_keys(Key::Enter + "").await?;
    resident.find("corrected").await?;
    desk.press("case-refresh").await?;
    desk.says("after-1", FLAT).await?;
    desk.says("before-2", "是").await?;
    desk.says("after-2", "否").await?;
    desk.says("form-letter", FLAT).await?;
    resident.conclude(&portal.url("")).await?;
    desk.conclude(&portal.url("")).await
}
