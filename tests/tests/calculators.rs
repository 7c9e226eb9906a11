//! The calculators in a real browser: figures while typing, messages at the fields, links from the guide.

#![allow(missing_docs)]

use anyhow::{Result, ensure};
use system_tests::browser::Browser;
use system_tests::portal::Portal;

#[tokio::test]
async fn yongshun_shows_seven_tenths_of_the_market_rent() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    browser.go(&portal.url("/yongshun/guide")).await?;
    browser.press("calculate").await?;
    browser.says("figure-rent_ceiling-most", "还算不出来").await?;

    browser.fill("calc-rent_ceiling-market_rent_month", "1000").await?;
    browser.says("figure-rent_ceiling-most", "700.00").await?;
    browser.fill("calc-rent_ceiling-rent_month", "700.01").await?;
    browser.says("figure-rent_ceiling-over", "高于").await?;
    browser.fill("calc-rent_ceiling-rent_month", "700").await?;
    browser.says("figure-rent_ceiling-over", "没有超过").await?;

    // What cannot be read says so at its field, keeps its text and leaves the other figures alone.
    browser.fill("calc-rent_ceiling-rent_month", "七百").await?;
    browser.press("calc-rent_ceiling-market_rent_month").await?;
    browser.says("calculator-rent_ceiling", "请只填数字").await?;
    let kept = browser.find("calc-rent_ceiling-rent_month").await?.prop("value").await?;
    ensure!(kept.as_deref() == Some("七百"), "the field holds {kept:?}");
    browser.says("figure-rent_ceiling-most", "700.00").await?;
    browser.says("figure-rent_ceiling-over", "还算不出来").await?;

    browser.press("clear-rent_ceiling").await?;
    browser.press("clear-rent_ceiling-confirm").await?;
    browser.says("figure-rent_ceiling-most", "还算不出来").await?;
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn an_open_choice_gives_a_range() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    browser.go(&portal.url("/yongshun/calculate")).await?;
    browser.says("figure-subsidy-quarter", "450.00 元 至 525.00 元").await?;
    browser.press("choice-calc-subsidy-tier-dibao").await?;
    browser.says("figure-subsidy-quarter", "每季度 525.00 元").await?;
    browser.conclude(&portal.url("")).await
}
