//! From the self-check to the officer's answer and back, and the same for an anonymous tip-off, in two real browsers;
//! afterwards nothing that anyone typed stands in any file of the server.

#![allow(missing_docs)]

use anyhow::{Result, ensure};
use protocol::receipt::ReceiptCode;
use protocol::routes;
use system_tests::browser::Browser;
use system_tests::disk;
use system_tests::example;
use system_tests::portal::Portal;

const OFFICE: &str = "yongshun-2023";
/// A rare character beyond the basic plane, and the middle dot of minority names.
const NAME: &str = "测试甲·阿卜杜𠮷";
/// Born on the day that the household of the self-check says.
const ID_NUMBER: &str = "999999198803128070";
const PHONE: &str = "13900000017";
const HOME: &str = "测试路九号二单元七〇三";
const MEMBER: &str = "测试乙·古丽𡘙";
const MEMBER_ID: &str = "999999199203078086";
const ASKED: &str = "请补交劳动合同复印件壹份。";
const ANSWERED: &str = "合同复印件已经送到窗口了。";
/// Of those who come first by the document, the one whom this household ticks.
const FIRST: &str = "消防救援人员";

#[tokio::test]
async fn an_application_goes_there_and_back() -> Result<()> {
    let portal = Portal::start()?;
    let resident = Browser::open(360, 740).await?;
    let household = example::one(portal.project(), OFFICE, "county-worker-eligible")?.household;
    let verdict = resident.self_check(&portal, "yongshun", &household).await?;
    ensure!(verdict == "eligible", "the verdict is {verdict}");
    resident.press("start-apply").await?;
    fill_the_application(&resident).await?;
    resident.reads(FIRST).await?;
    resident.press("submit").await?;
    let code = resident.take_the_receipt().await?;

    let desk = Browser::at_the_case(&portal, portal.office(OFFICE)?, &code).await?;
    desk.reads(NAME).await?;
    desk.reads(MEMBER).await?;
    let person = desk.text_of("person-0").await?;
    ensure!(person.contains(" 岁") && !person.contains("1988"), "the mask is worth nothing: {person}");
    ensure!(desk.sheets().await? == 1, "a case prints on {} sheets", desk.sheets().await?);
    desk.press("show-id-0").await?;
    desk.says("person-0", "1988年3月12日").await?;
    desk.says("priority-equal_terms", FIRST).await?;
    desk.find("replay").await?;
    let stage = desk.move_on(ASKED).await?;

    resident.open_the_status(&portal, &code).await?;
    let shown = resident.driver.find(thirtyfour::By::Css("[data-test=stage][data-stage]")).await?;
    ensure!(
        shown.attr("data-stage").await?.as_deref() == Some(stage.as_str()),
        "the status shows another stage"
    );
    resident.says("message-1", ASKED).await?;
    ensure!(resident.sheets().await? == 1, "where a case stands prints on more than one sheet");
    resident.fill("reply-text", ANSWERED).await?;
    resident.press("reply-send").await?;
    resident.reads(ANSWERED).await?;

    desk.press("case-refresh").await?;
    desk.says("messages", ANSWERED).await?;

    resident.conclude(&portal.url("")).await?;
    desk.conclude(&portal.url("")).await?;
    nothing_is_readable(
        &portal,
        &[NAME, "测试甲", ID_NUMBER, PHONE, HOME, MEMBER, MEMBER_ID, ASKED, ANSWERED],
    )
}

#[tokio::test]
async fn a_tip_off_goes_there_and_back_without_a_name() -> Result<()> {
    const PLACE: &str = "某某小区十一栋九〇二";
    const SEEN: &str = "看到有人把公租房转租给别人住，门口贴着招租广告。";
    let portal = Portal::start()?;
    let resident = Browser::open(360, 740).await?;
    resident.go(&portal.url("/yongshun/tip")).await?;
    resident.press("choice-tip-what-sublet").await?;
    resident.fill("tip-place", PLACE).await?;
    resident.fill("tip-text", SEEN).await?;
    resident.press("tip-submit").await?;
    let code = resident.take_the_receipt().await?;

    let desk = Browser::at_the_case(&portal, portal.office(OFFICE)?, &code).await?;
    desk.says("tip-place", PLACE).await?;
    desk.says("tip-text", SEEN).await?;
    desk.move_on(ASKED).await?;

    resident.open_the_status(&portal, &code).await?;
    resident.says("message-1", ASKED).await?;
    resident.fill("reply-text", ANSWERED).await?;
    resident.press("reply-send").await?;
    resident.reads(ANSWERED).await?;
    desk.press("case-refresh").await?;
    desk.says("messages", ANSWERED).await?;

    resident.conclude(&portal.url("")).await?;
    desk.conclude(&portal.url("")).await?;
    nothing_is_readable(&portal, &[PLACE, SEEN, ASKED, ANSWERED])
}

#[tokio::test]
async fn a_wrong_digit_is_caught_before_any_request() -> Result<()> {
    let portal = Portal::start()?;
    let resident = Browser::open(360, 740).await?;
    let code = ReceiptCode::from_entropy([7; 16]).plain();
    let mut wrong: Vec<char> = code.chars().collect();
    wrong[4] = if wrong[4] == '9' { '0' } else { char::from(wrong[4] as u8 + 1) };
    resident.go(&portal.url("/status")).await?;
    resident.fill("status-code", &wrong.into_iter().collect::<String>()).await?;
    let _before = resident.traffic().await?;
    resident.press("status-open").await?;
    resident.find("error-summary").await?;
    let asked = resident.traffic().await?.requests;
    ensure!(
        !asked.iter().any(|request| request.url.contains(&format!("{}/", routes::ROOT))),
        "it asked the server: {asked:?}"
    );
    resident.conclude(&portal.url("")).await
}

async fn fill_the_application(resident: &Browser) -> Result<()> {
    resident.fill("field-name", NAME).await?;
    resident.fill("field-id-number", ID_NUMBER).await?;
    resident.fill("field-phone", PHONE).await?;
    resident.press("apply-next").await?;

    resident.press("member-add").await?;
    resident.fill("field-member-1-name", MEMBER).await?;
    resident.fill("field-member-1-id-number", MEMBER_ID).await?;
    resident.press("choice-member-1-relation-配偶").await?;
    resident.press("apply-next").await?;

    resident.find("from-check").await?;
    resident.find("priorities").await?;
    resident.press("fact-firefighter").await?;
    resident.press("apply-next").await?;

    resident.fill("field-address", HOME).await?;
    resident.press("choice-wanted-subsidy").await?;
    resident.press("apply-next").await?;

    resident.press("agree-truth").await?;
    resident.press("agree-consent").await?;
    resident.press("agree-members").await?;
    resident.press("apply-next").await
}

fn nothing_is_readable(portal: &Portal, typed: &[&str]) -> Result<()> {
    for secret in typed {
        let found = disk::files_with(portal.data(), secret)?;
        ensure!(found.is_empty(), "“{secret}” stands in {found:?}");
        ensure!(!portal.log_text().contains(secret), "“{secret}” stands in the log");
    }
    Ok(())
}
