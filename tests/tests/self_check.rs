//! The self-check from the first question to the verdict, in a real browser, on both sides of the lines.

#![allow(missing_docs)]

use anyhow::{Context, Result, ensure};
use chrono::{Days, Months};
use policies::{Household, Outcome, Value, assess};
use system_tests::browser::Browser;
use system_tests::clock::today;
use system_tests::example;
use system_tests::portal::Portal;
use thirtyfour::By;

/// 曲靖: at each line exactly, and one fen or 0.01 m² beside it; a “don’t know”; a rule left to a person.
const QUJING: [(&str, Outcome); 10] = [
    ("income-exactly-3500", Outcome::Eligible),
    ("income-one-fen-over", Outcome::NotEligible),
    ("assets-one-fen-under", Outcome::Eligible),
    ("assets-exactly-100000", Outcome::NotEligible),
    ("assets-one-fen-over", Outcome::NotEligible),
    ("area-exactly-25", Outcome::Eligible),
    ("area-alone-25-01", Outcome::NotEligible),
    ("area-one-hundredth-over", Outcome::NotEligible),
    ("unknown-income", Outcome::Unknown),
    ("owner-and-public-tenant", Outcome::Ask),
];

/// 永顺: 13.00 m² (which the document itself leaves open) and beside it; every kind of verdict.
const YONGSHUN: [(&str, Outcome); 6] = [
    ("dibao-eligible", Outcome::Eligible),
    ("county-worker-eligible", Outcome::Eligible),
    ("area-12-99", Outcome::Eligible),
    ("area-13-00", Outcome::Ask),
    ("area-13-01", Outcome::NotEligible),
    ("unknown-area", Outcome::Unknown),
];

#[tokio::test]
async fn qujing_is_decided_to_the_fen_and_to_the_hundredth() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    for (name, outcome) in QUJING {
        let household = example::one(portal.project(), "qujing-2018", name)?.household;
        check(&portal, &browser, "qujing", name, &household, outcome).await?;
    }
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn yongshun_gives_every_kind_of_verdict() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    for (name, outcome) in YONGSHUN {
        let household = example::one(portal.project(), "yongshun-2023", name)?.household;
        check(&portal, &browser, "yongshun", name, &household, outcome).await?;
    }
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn yongshun_counts_two_years_since_a_sale_to_the_day() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    let mut household =
        example::one(portal.project(), "yongshun-2023", "sold-two-years-ago-to-the-day")?.household;
    let to_the_day = today()?.checked_sub_months(Months::new(24)).context("date")?;
    let a_day_longer = to_the_day.checked_sub_days(Days::new(1)).context("date")?;
    for (name, sold, outcome) in [
        ("sold two years ago to the day", to_the_day, Outcome::NotEligible),
        ("sold two years and a day ago", a_day_longer, Outcome::Eligible),
    ] {
        household.facts.insert("disposed_home_on".to_owned(), Value::Date(sold));
        check(&portal, &browser, "yongshun", name, &household, outcome).await?;
    }
    browser.conclude(&portal.url("")).await
}

/// Answers like the household, and compares verdict and changes with what the engine says natively.
async fn check(
    portal: &Portal,
    browser: &Browser,
    place: &str,
    name: &str,
    household: &Household,
    outcome: Outcome,
) -> Result<()> {
    let document = policies::rulebook().document_of_place(place, today()?).context("no such place")?;
    let native = assess(document, household, today()?).map_err(|errors| anyhow::anyhow!("{errors:?}"))?;
    ensure!(native.outcome == Some(outcome), "{name}: natively it is {:?}", native.outcome);
    browser.go(&portal.url("/")).await?;
    browser.driver.execute("localStorage.clear(); sessionStorage.clear();", vec![]).await?;
    let shown = browser.self_check(portal, place, household).await.with_context(|| name.to_owned())?;
    let expected = serde_json::to_value(outcome)?;
    ensure!(expected == shown.as_str(), "{name}: the page says {shown}, the engine {expected}");
    if outcome == Outcome::NotEligible {
        let why = browser.text_of("verdict-why").await?;
        ensure!(why.contains("够不上的是"), "{name}: the verdict does not say why: {why}");
        let open = browser.driver.find_all(By::Css("details.category[open]")).await?;
        ensure!(open.len() == 1, "{name}: {} categories are open", open.len());
    }
    if outcome == Outcome::NotEligible && !native.changes.is_empty() {
        ensure!(browser.has("change").await?, "{name}: the page does not say what would have to change");
    }
    Ok(())
}
