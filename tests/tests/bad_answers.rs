//! The self-check with answers that cannot be: each is refused at its very field in words that help, stays where it
//! was typed, costs no other answer, and once mended lets one go on.

#![allow(missing_docs)]

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use chrono::Days;
use policies::model::{Fact, FactKind};
use policies::{Household, assess};
use system_tests::browser::Browser;
use system_tests::clock::today;
use system_tests::example;
use system_tests::portal::Portal;
use thirtyfour::By;

/// What is typed, and words of the message that says how to mend it.
type Impossible = (String, &'static str);

/// Answers that a fact of this kind can never have.
fn impossible(kind: &FactKind) -> Result<Vec<Impossible>> {
    let tomorrow = today()?.checked_add_days(Days::new(1)).context("date")?.to_string();
    let typed: &[(&str, &'static str)] = match kind {
        FactKind::Money => &[
            ("-5", "不能是负数，请核对"),
            ("1e30", "请只填数字，例如 3500"),
            ("1000000000000000000000000000000", "填得太大了，请核对单位和小数点"),
            ("三千五", "请只填数字"),
            ("3500.005", "最多两位小数"),
            ("3万5", "请只填数字"),
            ("", "请填写"),
        ],
        FactKind::Area => &[
            ("-13", "不能是负数，请核对"),
            ("13.005", "最多两位小数，请按材料上的数字填写"),
            ("１３。００５", "最多两位小数"),
            ("1e30", "请只填数字，例如 65"),
            ("很大", "请只填数字"),
            ("", "请填写"),
        ],
        FactKind::Count { .. } => &[
            ("0", "最少填 1"),
            ("-1", "不能是负数"),
            ("2.5", "要填整数"),
            ("三口", "请只填数字，例如 3"),
            ("31", "填得太大了，最多 30"),
            ("1e30", "请只填数字"),
            ("", "请填写"),
        ],
        FactKind::Months => &[
            ("-1", "不能是负数"),
            ("1.5", "要填整数"),
            ("两年", "请只填数字"),
            ("1201", "填得太大了，最多 1200 个月"),
            ("", "请填写"),
        ],
        FactKind::Date { .. } => &[
            ("2023-02-29", "不是一个真实的日期，请按公历写成 8 位数字"),
            ("2023-02", "没有写全"),
            ("\u{200b}", "请填写"),
            ("去年", "不是一个真实的日期"),
            ("", "请填写"),
        ],
        FactKind::YesNo | FactKind::Choice { .. } => &[("", "请选一项；拿不准就点“不知道”")],
        FactKind::Ratio { .. } => &[],
    };
    let mut all: Vec<Impossible> = typed.iter().map(|(typed, words)| ((*typed).to_owned(), *words)).collect();
    if matches!(kind, FactKind::Date { future: false }) {
        all.push((tomorrow, "不能晚于申请日期"));
    }
    Ok(all)
}

fn is_chosen(kind: &FactKind) -> bool {
    matches!(kind, FactKind::YesNo | FactKind::Choice { .. })
}

/// Answers as a household would, but tries the impossible at every question first; every kind of answer in full, then
/// one a question. Reloads in the middle.
async fn stubbornly(place: &str, example: &str) -> Result<BTreeSet<&'static str>> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    let document = policies::rulebook().document_of_place(place, today()?).context("no such place")?;
    let household = example::one(portal.project(), &document.document().id, example)?.household;
    let mut kinds = BTreeSet::new();
    let mut asked: Vec<String> = Vec::new();
    let shown = browser
        .self_check_with(&portal, place, &household, async |fact, control| {
            let bad = impossible(&fact.kind)?;
            let tries = if kinds.insert(kind(&fact.kind)) { bad.len() } else { 1 };
            for (typed, words) in bad.into_iter().take(tries) {
                refuse(&browser, fact, control, &typed, words).await?;
            }
            if asked.len() == 3 {
                nothing_else_is_lost(&browser, control, &asked, &household).await?;
            }
            asked.push(control.to_owned());
            Ok(())
        })
        .await?;
    let native = assess(document, &household, today()?).map_err(|errors| anyhow::anyhow!("{errors:?}"))?;
    let expected = serde_json::to_value(native.outcome)?;
    ensure!(expected == shown.as_str(), "{example}: the page says {shown}, the engine {expected}");
    browser.conclude(&portal.url("")).await?;
    Ok(kinds)
}

fn kind(kind: &FactKind) -> &'static str {
    match kind {
        FactKind::YesNo => "yes or no",
        FactKind::Money => "money",
        FactKind::Area => "area",
        FactKind::Count { .. } => "count",
        FactKind::Months => "months",
        FactKind::Date { .. } => "date",
        FactKind::Choice { .. } => "choice",
        FactKind::Ratio { .. } => "ratio",
    }
}

async fn refuse(browser: &Browser, fact: &Fact, control: &str, typed: &str, words: &str) -> Result<()> {
    if !is_chosen(&fact.kind) {
        match typed {
            "" => browser.empty(control).await?,
            typed => browser.fill(control, typed).await?,
        }
    }
    browser.press("check-next").await?;
    browser.at_fault(control, words).await.with_context(|| format!("{}: “{typed}”", fact.id))?;
    if !is_chosen(&fact.kind) {
        let kept = browser.value_of(control).await?;
        ensure!(kept == typed, "{}: “{typed}” became “{kept}”", fact.id);
    }
    Ok(())
}

/// The answers before this question are still there after a reload, and on the browser's own way back and forward.
async fn nothing_else_is_lost(
    browser: &Browser,
    control: &str,
    asked: &[String],
    household: &Household,
) -> Result<()> {
    let before = asked.last().context("a question before")?;
    browser.driver.refresh().await?;
    browser.find(control).await.context("after a reload")?;
    for back in ["check-back", ""] {
        match back {
            "" => browser.driver.back().await?,
            button => browser.press(button).await?,
        }
        browser.find(before).await.context("one question back")?;
        given(browser, before, household).await?;
        match back {
            "" => browser.driver.forward().await?,
            _ => browser.press("check-next").await?,
        }
        browser.find(control).await.context("forward again")?;
    }
    Ok(())
}

/// A question that was answered shows its answer.
async fn given(browser: &Browser, control: &str, household: &Household) -> Result<()> {
    let held = browser.held().await?;
    let answered = match control.strip_prefix("field-") {
        Some(fact) => household.facts.contains_key(fact) == held.get(control).is_some_and(|v| !v.is_empty()),
        None => held.values().any(|value| value == "true"),
    };
    ensure!(answered, "{control} lost its answer: {held:?}");
    Ok(())
}

#[tokio::test]
async fn qujing_takes_no_impossible_answer() -> Result<()> {
    let kinds = stubbornly("qujing", "area-exactly-25").await?;
    let wanted = BTreeSet::from(["area", "money", "yes or no"]);
    ensure!(kinds == wanted, "only {kinds:?} were asked");
    Ok(())
}

#[tokio::test]
async fn yongshun_takes_no_impossible_answer() -> Result<()> {
    let kinds = stubbornly("yongshun", "worker-area-13-00").await?;
    let wanted = BTreeSet::from(["area", "choice", "months", "yes or no"]);
    ensure!(kinds == wanted, "only {kinds:?} were asked");
    Ok(())
}

#[tokio::test]
async fn yongshun_takes_no_impossible_day() -> Result<()> {
    let kinds = stubbornly("yongshun", "new-employee-spouse-long-in-post-small-home").await?;
    ensure!(kinds.contains("date"), "no question for a day: {kinds:?}");
    Ok(())
}

#[tokio::test]
async fn a_month_that_cannot_be_makes_no_year() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    let household = example::one(portal.project(), "qujing-2018", "income-exactly-3500")?.household;
    let mut seen = 0;
    browser
        .self_check_with(&portal, "qujing", &household, async |fact, control| {
            if fact.id == "income_12_months" {
                seen += 1;
                by_the_month(&browser, control).await?;
            }
            Ok(())
        })
        .await?;
    ensure!(seen == 1, "the income was asked for {seen} times");
    browser.conclude(&portal.url("")).await
}

async fn by_the_month(browser: &Browser, year: &str) -> Result<()> {
    browser.fill(year, "三万").await?;
    let help = By::XPath("//summary[contains(., '只知道每个月多少')]");
    browser.driver.find(help).await?.click().await?;
    for (typed, words) in [("-1", "不能是负数"), ("1e30", "请只填数字"), ("", "请填写")] {
        match typed {
            "" => browser.empty("monthly-income_12_months").await?,
            typed => browser.fill("monthly-income_12_months", typed).await?,
        }
        browser.press("fill-year-income_12_months").await?;
        browser.at_fault_alone("monthly-income_12_months", words).await?;
        ensure!(browser.value_of("monthly-income_12_months").await? == typed, "the month was changed");
        ensure!(browser.value_of(year).await? == "三万", "the year was changed");
    }
    browser.fill("monthly-income_12_months", "2500.50").await?;
    browser.press("fill-year-income_12_months").await?;
    let filled = async || Ok((browser.value_of(year).await? == "30006").then_some(()));
    browser.until("a year", filled).await?;
    ensure!(!browser.is_at_fault("monthly-income_12_months").await?, "the month is still called wrong");
    Ok(())
}
