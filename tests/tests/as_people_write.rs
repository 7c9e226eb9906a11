//! What people write as they are used to, and paste with what nobody sees in it: understood, and shown as it was
//! understood; and what cannot be of the people they tell of, told at the field.

#![allow(missing_docs)]

use anyhow::{Result, ensure};
use system_tests::browser::Browser;
use system_tests::persona::{APPLICANT, CHILD, SPOUSE, id_number};
use system_tests::portal::Portal;

/// As a phone's own list gives a number or a name when it is copied.
fn pasted(text: &str) -> String {
    format!("\u{202d}\u{feff}{text}\u{200b}\u{202c}")
}

#[tokio::test]
async fn an_application_is_understood_as_people_write_it() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    browser.go(&portal.url("/yongshun/apply")).await?;
    who_applies(&browser).await?;
    who_else(&browser).await?;
    what_is_told(&browser).await?;
    browser.conclude(&portal.url("")).await
}

async fn who_applies(browser: &Browser) -> Result<()> {
    browser.insert("field-name", "\u{200b}\u{3164}").await?;
    browser.insert("field-id-number", &id_number("20200307", "801")).await?;
    browser.press("apply-next").await?;
    browser.faults(2).await?;
    browser.at_fault("field-name", "请填写姓名").await?;
    browser.at_fault("field-id-number", "申请人还不满 18 岁").await?;
    browser.says("echo-id-number", "2020年3月7日出生").await?;
    browser.insert("field-name", &pasted(APPLICANT)).await?;
    browser.insert("field-id-number", &pasted(&id_number("19900307", "801"))).await?;
    browser.insert("field-phone", "\u{202d}138 0013 8000\u{202c}").await?;
    browser.says("echo-id-number", "1990年3月7日出生").await?;
    browser.press("apply-next").await?;
    browser.find("member-add").await.map(drop)
}

async fn who_else(browser: &Browser) -> Result<()> {
    browser.press("member-add").await?;
    browser.fill("field-member-1-name", SPOUSE).await?;
    browser.fill("field-member-1-id-number", &id_number("19920307", "808")).await?;
    browser.press("choice-member-1-relation-配偶").await?;
    browser.press("member-add").await?;
    browser.fill("field-member-2-name", CHILD).await?;
    browser.press("member-2-no-number").await?;
    browser.fill("field-member-2-birth", "1985 3 5").await?;
    browser.says("echo-member-2-birth", "就是 1985年3月5日").await?;
    for (relation, words) in [("配偶", "配偶只能有一位"), ("子女", "不比申请人小")] {
        browser.press(&format!("choice-member-2-relation-{relation}")).await?;
        browser.press("apply-next").await?;
        browser.faults(1).await?;
        browser.at_fault("choice-member-2-relation-配偶", words).await?;
    }
    for (typed, words) in [("2015-03", "没有写全"), ("15.3.5", "年份写满 4 位"), ("201535", "写满 8 位")]
    {
        browser.fill("field-member-2-birth", typed).await?;
        browser.press("apply-next").await?;
        browser.faults(1).await?;
        browser.at_fault("field-member-2-birth", words).await?;
    }
    browser.fill("field-member-2-birth", "２０１５、3、5").await?;
    browser.says("echo-member-2-birth", "就是 2015年3月5日").await?;
    browser.press("apply-next").await?;
    browser.gone("member-add").await
}

async fn what_is_told(browser: &Browser) -> Result<()> {
    browser.find("choice-employment-company").await?;
    ensure!(
        !browser.has("field-applicant_birth_date").await?,
        "the birth date in the number is asked for again"
    );
    browser.reads("1990年3月7日").await?;
    // What was picked can be unpicked, and the focus stays where it was picked.
    browser.press("choice-employment-company").await?;
    browser.press("unknown-employment").await?;
    browser.gone("unknown-employment").await?;
    let focused = browser.focused().await?;
    ensure!(focused.starts_with("choice-employment-"), "the focus went to {focused}");
    browser.press("choice-employment-company").await?;
    browser.tell_household(&[], Some("contract_months")).await?;
    browser.press("choice-contract_months-open").await?;
    ensure!(browser.value_of("field-contract_months").await?.is_empty(), "a time without an end in months");
    browser.press("apply-next").await?;
    browser.find("field-address").await?;
    let here = browser.driver.current_url().await?;
    browser.go(here.as_str().replace("page=wanted", "page=review").as_str()).await?;
    browser.says("review-household", "合同没有写到期日").await?;
    browser.says("review-applicant", APPLICANT).await?;
    browser.says("review-household", "1990年3月7日").await
}

#[tokio::test]
async fn money_is_understood_in_ten_thousands_and_by_the_month() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    browser.go(&portal.url("/qujing/apply?page=household")).await?;
    browser.tell_household(&[], Some("income_12_months")).await?;
    let (year, month) = ("field-income_12_months", "monthly-income_12_months");
    for (typed, echo) in
        [("3万", "就是 30,000.00 元"), ("1.36 万元", "就是 13,600.00 元"), ("３千", "就是 3,000.00 元")]
    {
        browser.fill(year, typed).await?;
        browser.says("echo-fact-income_12_months", echo).await?;
    }
    browser.fill(year, "3万5").await?;
    browser.press("apply-next").await?;
    browser.at_fault(year, "请只填数字").await?;
    browser.unfold("details.why").await?;
    browser.fill(month, "0.3万").await?;
    browser.press("fill-year-income_12_months").await?;
    browser.until("a year", async || Ok((browser.value_of(year).await? == "36000").then_some(()))).await?;
    browser.conclude(&portal.url("")).await
}
