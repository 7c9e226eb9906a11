//! The forms with what cannot be in every one of their fields: a message at that very field that says how to mend it,
//! everything typed kept (through reload, back and forward), and on it goes once mended, to the desk and onto paper.

#![allow(missing_docs)]

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use chrono::Days;
use policies::model::FactKind;
use protocol::receipt::{self, ReceiptCode};
use system_tests::applicant::Applicant;
use system_tests::browser::Browser;
use system_tests::clock::today;
use system_tests::officer::Officer;
use system_tests::persona::{APPLICANT, CHILD, SPOUSE, id_number, wrong};
use system_tests::portal::Portal;
use thirtyfour::By;

const OFFICE: &str = "yongshun-2023";

/// Types into fields, one after the other; a text too long for fingers comes from the clipboard.
async fn type_all(browser: &Browser, typed: &[(&str, &str)]) -> Result<()> {
    for (field, text) in typed {
        match text.chars().count() {
            0 => browser.empty(field).await?,
            1..=60 => browser.fill(field, text).await?,
            _ => browser.insert(field, text).await?,
        }
    }
    Ok(())
}

/// Presses the button, and finds exactly these faults, each at its field; everything else stays as it was typed.
async fn refused(browser: &Browser, button: &str, faults: &[(&str, &str)]) -> Result<()> {
    let before = browser.held().await?;
    browser.press(button).await?;
    browser.faults(faults.len()).await?;
    for (field, words) in faults {
        browser.at_fault(field, words).await?;
    }
    let after = browser.held().await?;
    ensure!(before == after, "it held {before:?}\nand now {after:?}");
    for name in after.keys().filter(|name| name.starts_with("field-") || name.starts_with("tip-")) {
        let expected = faults.iter().any(|(field, _)| field == name);
        ensure!(expected || !browser.is_at_fault(name).await?, "{name} is called wrong, too");
    }
    Ok(())
}

/// What is typed outlives a reload, wrong or not.
async fn survives_a_reload(browser: &Browser) -> Result<BTreeMap<String, String>> {
    let before = browser.held().await?;
    browser.driver.refresh().await?;
    browser.settled().await?;
    browser.holds(&before).await.context("after a reload")?;
    Ok(before)
}

/// Goes on to the page whose first control this is, there and back by the browser's own buttons, and stays there.
async fn goes_on(browser: &Browser, button: &str, next: &str) -> Result<()> {
    let before = browser.held().await?;
    browser.press(button).await?;
    browser.find(next).await?;
    browser.driver.back().await?;
    browser.holds(&before).await.context("on the way back")?;
    browser.driver.forward().await?;
    browser.find(next).await.map(drop).context("forward again")
}

#[tokio::test]
async fn an_application_takes_nothing_impossible_and_loses_nothing() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    browser.go(&portal.url("/yongshun/apply")).await?;
    who_applies(&browser).await?;
    who_else(&browser).await?;
    goes_on_where_it_was_left(&browser, &portal).await?;
    every_fact(&browser).await?;
    browser.find("field-address").await?;
    where_and_what(&browser).await?;
    declarations(&browser).await?;
    let names = [APPLICANT, SPOUSE, CHILD];
    review(&browser, &names).await?;

    browser.press("submit").await?;
    let code = ReceiptCode::parse(&browser.text_of("receipt-code").await?)?;
    browser.press("receipt-saved-confirm").await?;
    browser.find("saved-done").await?;
    browser.conclude(&portal.url("")).await?;
    the_desk_reads(&portal, &code, &names).await
}

async fn who_applies(browser: &Browser) -> Result<()> {
    let (name, number, phone) = ("field-name", "field-id-number", "field-phone");
    browser.find(name).await?;
    refused(browser, "apply-next", &[(name, "请填写姓名，和身份证上的一致"), (number, "请填写身份证号")])
        .await?;
    let right = id_number("19900307", "801");
    let long = "长".repeat(201);
    for (typed, faults) in [
        (
            vec![(name, "测试1"), (number, "123"), (phone, "12345")],
            vec![
                (name, "姓名里不能有数字，请核对是否填错了格子"),
                (number, "身份证号码是 18 位，现在填了 3 位"),
                (phone, "手机号是 1 开头的 11 位"),
            ],
        ),
        (
            vec![(name, &*"名".repeat(51)), (number, &*wrong(&right)), (phone, "请问")],
            vec![(name, "最多 50 个字"), (number, "请逐位核对"), (phone, "电话只填数字")],
        ),
        (
            vec![(name, APPLICANT), (number, &*id_number("20990101", "801")), (phone, "13900000017")],
            vec![(number, "出生日期还没有到，请核对第 7 到 14 位")],
        ),
        (
            vec![(number, &*id_number("19900231", "801"))],
            vec![(number, "第 7 到 14 位是出生年月日，现在不是一个真实的日期")],
        ),
        (vec![(number, "99999919900307测01")], vec![(number, "现在填了 17 位")]),
        (vec![(number, "99999919900307测测测X")], vec![(number, "前 17 位是数字，最后一位是数字或者 X")]),
        (vec![(number, "130503670401001")], vec![(number, "请填写现在身份证上的 18 位号码")]),
        (
            vec![(number, &*right), ("field-registration", &*long), ("field-work", &*long)],
            vec![
                ("field-registration", "最多写 200 个字，现在有 201 个，请删减"),
                ("field-work", "最多写 200 个字，现在有 201 个，请删减"),
            ],
        ),
    ] {
        type_all(browser, &typed).await?;
        refused(browser, "apply-next", &faults).await.with_context(|| format!("{typed:?}"))?;
    }
    survives_a_reload(browser).await?;
    type_all(browser, &[("field-registration", "测试县测试镇"), ("field-work", "没有工作")]).await?;
    browser.press("choice-marital-已婚").await?;
    let held = survives_a_reload(browser).await?;
    ensure!(held.get(name).map(String::as_str) == Some(APPLICANT), "the name became {:?}", held.get(name));
    goes_on(browser, "apply-next", "member-add").await
}

/// Home and place tell of the draft, and it opens at the page it was left at.
async fn goes_on_where_it_was_left(browser: &Browser, portal: &Portal) -> Result<()> {
    browser.find("choice-employment-company").await?;
    browser.go(&portal.url("/")).await?;
    browser.find("unfinished").await?;
    browser.go(&portal.url("/yongshun")).await?;
    browser.press("apply-go-on").await?;
    browser.find("choice-employment-company").await?;
    Ok(())
}

async fn who_else(browser: &Browser) -> Result<()> {
    browser.press("member-add").await?;
    let (name, number) = ("field-member-1-name", "field-member-1-id-number");
    let relation = "choice-member-1-relation-配偶";
    refused(
        browser,
        "apply-next",
        &[(name, "请填写姓名"), (number, "请填写身份证号"), (relation, "请选择这位家人和申请人的关系")],
    )
    .await?;
    browser.press(relation).await?;
    type_all(browser, &[(name, SPOUSE), (number, &id_number("19900307", "801"))]).await?;
    refused(browser, "apply-next", &[(number, "的相同，请核对")]).await?;
    let spouse = id_number("19920307", "808");
    type_all(browser, &[(number, &wrong(&spouse))]).await?;
    refused(browser, "apply-next", &[(number, "请逐位核对")]).await?;

    // A second one, born yesterday, and a third who was typed by mistake.
    browser.press("member-add").await?;
    browser.fill("field-member-2-name", "多写的").await?;
    browser.press("member-add").await?;
    browser.fill("field-member-3-name", CHILD).await?;
    browser.press("choice-member-3-relation-子女").await?;
    browser.press("member-3-no-number").await?;
    browser.find("field-member-3-birth").await?;
    survives_a_reload(browser).await?;
    browser.press("member-remove-2").await?;
    browser.press("member-remove-2-confirm").await?;
    browser.gone("field-member-3-name").await?;
    let birth = "field-member-2-birth";
    ensure!(browser.value_of("field-member-2-name").await? == CHILD, "another member was removed");
    let tomorrow = today()?.checked_add_days(Days::new(1)).context("date")?.to_string();
    for (typed, words) in [
        ("", "请填写出生日期，例如 20240301"),
        (tomorrow.as_str(), "不能晚于申请日期"),
        ("2023-02-29", "不是一个真实的日期，请按公历写成 8 位数字"),
        ("2024年3月", "没有写全"),
        ("去年", "不是一个真实的日期"),
    ] {
        type_all(browser, &[(birth, typed)]).await?;
        refused(browser, "apply-next", &[(number, "请逐位核对"), (birth, words)]).await?;
    }
    type_all(browser, &[(number, &spouse), (birth, "2024年3月1日")]).await?;
    survives_a_reload(browser).await?;
    browser.press("apply-next").await?;
    browser.gone("member-add").await
}

/// What is typed into a field of this kind although it cannot be, and what its message says.
fn impossible(kind: &FactKind, round: usize) -> Result<Option<(String, &'static str)>> {
    let tomorrow = today()?.checked_add_days(Days::new(1)).context("date")?.to_string();
    let pick = |all: &[(&str, &'static str)]| {
        all.get(round % all.len()).map(|(typed, words)| ((*typed).to_owned(), *words))
    };
    Ok(match kind {
        FactKind::Money => {
            pick(&[("-5", "不能是负数"), ("1e30", "请只填数字"), ("3500.005", "最多两位小数")])
        }
        FactKind::Area => pick(&[("-13", "不能是负数"), ("13.005", "最多两位小数"), ("很大", "请只填数字")]),
        FactKind::Count { .. } => pick(&[("0", "最少填"), ("2.5", "要填整数"), ("三", "请只填数字")]),
        FactKind::Months => pick(&[("-1", "不能是负数"), ("1.5", "要填整数"), ("两年", "请只填数字")]),
        FactKind::Date { .. } => {
            pick(&[(&tomorrow, "不能晚于申请日期"), ("2023-02-29", "不是一个真实的日期"), ("去年", "日期")])
        }
        FactKind::YesNo | FactKind::Choice { .. } | FactKind::Ratio { .. } => None,
    })
}

/// Every typed field of the household's page, wrong in three ways, all at once.
async fn every_fact(browser: &Browser) -> Result<()> {
    // Answers that make the document ask more: a job, and a diploma.
    let answers = [
        ("employment", "company"),
        ("county_home", "outside_seat"),
        ("vocational_graduate", "yes"),
        ("county_home_area", "30"),
    ];
    browser.tell_household(&answers, None).await?;
    browser.find("field-graduated_on").await?;
    let typed: Vec<String> =
        browser.held().await?.into_keys().filter(|name| name.starts_with("field-")).collect();
    let mut kinds = Vec::new();
    for round in 0..3 {
        let mut wrong = Vec::new();
        // In the page's order, which is the dictionary's.
        for fact in policies::rulebook().facts() {
            let name = format!("field-{}", fact.id);
            if !typed.contains(&name) {
                continue;
            }
            kinds.push(fact.kind.clone());
            let (text, words) = impossible(&fact.kind, round)?.with_context(|| name.clone())?;
            wrong.push((name, text, words));
        }
        for (name, text, _) in &wrong {
            browser.fill(name, text).await?;
        }
        let faults: Vec<(&str, &str)> =
            wrong.iter().map(|(name, _, words)| (name.as_str(), *words)).collect();
        refused(browser, "apply-next", &faults).await?;
        survives_a_reload(browser).await?;
        // Emptied is unknown, which is allowed; the field stays to be typed in again.
        let first = faults.first().map(|(name, _)| *name).context("no field to type in")?;
        browser.press("apply-next").await?;
        browser.empty(first).await?;
        ensure!(browser.value_of(first).await?.is_empty(), "{first} went away");
    }
    for wanted in ["Area", "Months", "Date"] {
        ensure!(kinds.iter().any(|kind| format!("{kind:?}").starts_with(wanted)), "no {wanted}: {kinds:?}");
    }
    for fact in policies::rulebook().facts().iter().filter(|f| typed.contains(&format!("field-{}", f.id))) {
        let name = format!("field-{}", fact.id);
        let right = match &fact.kind {
            FactKind::Date { .. } => "1988-03-12",
            FactKind::Area => "13.05",
            _ => "24",
        };
        browser.fill(&name, right).await?;
    }
    goes_on(browser, "apply-next", "field-address").await
}

async fn where_and_what(browser: &Browser) -> Result<()> {
    let (address, remarks) = ("field-address", "field-remarks");
    let wanted = "choice-wanted-flat";
    refused(browser, "apply-next", &[(address, "请填写现在住的地址"), (wanted, "请选择想要哪一种保障")])
        .await?;
    type_all(browser, &[(address, &"长".repeat(201)), (remarks, &"话".repeat(2001))]).await?;
    refused(
        browser,
        "apply-next",
        &[
            (address, "最多写 200 个字，现在有 201 个，请删减"),
            (wanted, "请选择想要哪一种保障"),
            (remarks, "最多写 2000 个字，现在有 2001 个，请删减"),
        ],
    )
    .await?;
    survives_a_reload(browser).await?;
    type_all(browser, &[(address, "测试路九号𠮷楼"), (remarks, "家里有老人，腿脚不便。")]).await?;
    browser.press("choice-wanted-subsidy").await?;
    survives_a_reload(browser).await?;
    goes_on(browser, "apply-next", "agree-truth").await
}

async fn declarations(browser: &Browser) -> Result<()> {
    let faults = [
        ("agree-truth", "请看清楚“材料真实承诺书”再勾选"),
        ("agree-consent", "请看清楚“同意核查的书面意见”再勾选"),
        ("agree-members", "请先征得一起申请的成年家人同意"),
    ];
    refused(browser, "apply-next", &faults).await?;
    // The summary to the last page leads nowhere either while something is missing.
    let here = browser.driver.current_url().await?;
    browser.go(here.as_str().replace("page=declare", "page=review").as_str()).await?;
    browser.says("review-incomplete", "请看清楚“材料真实承诺书”再勾选").await?;
    let submit = browser.find("submit").await?;
    ensure!(!submit.is_enabled().await?, "an application without consent can be sent");
    browser.press("review-mend").await?;
    for tick in faults.map(|(tick, _)| tick) {
        browser.press(tick).await?;
    }
    survives_a_reload(browser).await?;
    goes_on(browser, "apply-next", "submit").await
}

/// Everything is on the last page as it was typed, on the screen and on paper.
async fn review(browser: &Browser, names: &[&str]) -> Result<()> {
    browser.driver.refresh().await?;
    browser.find("submit").await?;
    for (place, text) in [("the screen", browser.text().await?), ("paper", browser.on_paper().await?)] {
        for wanted in names.iter().chain(&["测试路九号𠮷楼", "家里有老人", "13900000017", "2024"])
        {
            ensure!(text.contains(wanted), "no “{wanted}” on {place}:\n{text}");
        }
    }
    Ok(())
}

async fn the_desk_reads(portal: &Portal, code: &ReceiptCode, names: &[&str]) -> Result<()> {
    let lookup = receipt::derive(code)?.lookup;
    let desk = Browser::open(1280, 900).await?;
    desk.go(&portal.url("/desk/")).await?;
    desk.choose_file("key-file", &portal.office(OFFICE)?.file).await?;
    desk.press(&format!("case-open-{lookup}")).await?;
    desk.find("procedure").await?;
    for name in names {
        desk.reads(name).await?;
    }
    let paper = desk.on_paper().await?;
    for name in names {
        ensure!(paper.contains(name), "no “{name}” on the office's printout:\n{paper}");
    }
    desk.conclude(&portal.url("")).await
}

#[tokio::test]
async fn a_tip_off_takes_nothing_impossible_and_loses_nothing() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    browser.go(&portal.url("/tiedong/tip")).await?;
    let what = "choice-tip-what-flat";
    browser.find(what).await?;
    refused(
        &browser,
        "tip-submit",
        &[
            (what, "请选择是哪一种情况"),
            ("tip-place", "请写小区的名字或者地址"),
            ("tip-text", "请写一写您看到的情况"),
        ],
    )
    .await?;
    browser.press("choice-tip-what-subsidy").await?;
    // Asked to, the browser keeps it.
    browser.press("tip-keep").await?;
    let (line, text) = ("长".repeat(301), "话".repeat(5001));
    let long =
        [("tip-place", &*line), ("tip-text", &*text), ("tip-since", &*line), ("tip-how-known", &*line)];
    type_all(&browser, &long).await?;
    refused(
        &browser,
        "tip-submit",
        &[
            ("tip-place", "最多写 300 个字，现在有 301 个，请删减"),
            ("tip-text", "最多写 5000 个字，现在有 5001 个，请删减"),
            ("tip-since", "最多写 300 个字"),
            ("tip-how-known", "最多写 300 个字"),
        ],
    )
    .await?;
    survives_a_reload(&browser).await?;
    let mended =
        [("tip-place", "测试小区𠮷栋"), ("tip-text", "𬭚"), ("tip-since", "去年"), ("tip-how-known", "")];
    type_all(&browser, &mended).await?;
    survives_a_reload(&browser).await?;
    browser.press("tip-submit").await?;
    browser.find("receipt-code").await?;
    let inbox = Officer::of(&portal, "tiedong-2024")?.inbox_of(1).await?;
    ensure!(inbox.cases.len() == 1, "{} cases came in", inbox.cases.len());
    browser.press("receipt-saved-confirm").await?;
    browser.find("saved-done").await?;
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn a_receipt_and_a_reply_take_nothing_impossible_and_lose_nothing() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    let sender = Applicant::with_tip_off(&portal, OFFICE, "测试小区", "测试内容")?;
    sender.submit().await?;
    let code = sender.code.plain();
    browser.go(&portal.url("/status")).await?;
    browser.find("status-code").await?;
    let swapped: String = {
        let mut digits: Vec<char> = code.chars().collect();
        let at = digits.windows(2).position(|pair| matches!(pair, [a, b] if a != b)).context("digits")?;
        digits.swap(at, at + 1);
        digits.into_iter().collect()
    };
    for (typed, words) in [
        ("", "20 位数字，现在有 0 位"),
        ("1234", "现在有 4 位"),
        (&format!("{code}1"), "现在有 21 位"),
        ("二九一七", "只有数字"),
        (&swapped, "请对照回执再核对一遍"),
    ] {
        type_all(&browser, &[("status-code", typed)]).await?;
        refused(&browser, "status-open", &[("status-code", words)]).await?;
    }
    // A code that could be one, and is nobody's.
    let unknown = ReceiptCode::from_entropy([9; 16]).grouped();
    type_all(&browser, &[("status-code", &unknown)]).await?;
    browser.press("status-open").await?;
    browser.says("status-unknown", "没有查到这一件").await?;
    browser.says("status-unknown", "一位一位再看一遍").await?;
    ensure!(browser.value_of("status-code").await? == unknown, "the code went away");
    browser.expect_answers(&[404]).await?;

    open_status(&browser, &code).await?;
    let long = "话".repeat(5001);
    for (typed, words) in
        [("", "请写要说的话"), ("   ", "请写要说的话"), (&long, "最多写 5000 个字，现在有 5001 个")]
    {
        type_all(&browser, &[("reply-text", typed)]).await?;
        browser.press("reply-send").await?;
        browser.at_fault_alone("reply-text", words).await?;
        ensure!(browser.value_of("reply-text").await? == typed, "what was typed went away");
    }
    // A reload closes the case and keeps what was written where its receipt is kept, too.
    browser.keep_the_receipt("测试").await?;
    browser.driver.refresh().await?;
    open_status(&browser, &code).await?;
    type_all(&browser, &[("reply-text", "我是测试𬭚，材料补好了。")]).await?;
    browser.driver.refresh().await?;
    open_status(&browser, &code).await?;
    browser
        .until("the reply", async || {
            Ok((browser.value_of("reply-text").await? == "我是测试𬭚，材料补好了。").then_some(()))
        })
        .await?;
    browser.press("reply-send").await?;
    browser.find("reply-sent").await?;
    browser.says("thread", "我是测试𬭚，材料补好了。").await?;
    ensure!(sender.view().await?.events.len() == 2, "the reply did not arrive once");
    ensure!(browser.value_of("reply-text").await?.is_empty(), "the reply is still in the field");
    browser.conclude(&portal.url("")).await
}

async fn open_status(browser: &Browser, code: &str) -> Result<()> {
    browser.fill("status-code", code).await?;
    browser.press("status-open").await?;
    browser.find("thread").await.map(drop)
}

#[tokio::test]
async fn what_is_nowhere_says_what_to_do_next() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    for path in ["/atlantis", "/atlantis/check", "/atlantis/apply", "/atlantis/tip", "/atlantis/guide"] {
        browser.go(&portal.url(path)).await?;
        browser.settled().await?;
        browser.reads("还没有收录这个地方").await.context(path)?;
        browser.reads("请到当地住房保障部门或社区询问").await?;
        let known = browser.driver.find_all(By::Css("main ul a[href]")).await?;
        ensure!(known.len() == policies::rulebook().documents().len(), "{path} names {} places", known.len());
    }
    browser.go(&portal.url("/nothing/here/at/all")).await?;
    browser.reads("您可以回首页选择地方，或者用查询码查已经提交的事项").await?;
    browser.press("go-home").await?;
    browser.reads("永顺县").await?;
    browser.expect_answers(&[404]).await?;
    browser.conclude(&portal.url("")).await
}
