//! An employer sends a list of its staff: read from a table as tables are, wrong cells told by row and column and mended on
//! the page, everybody assessed, replayed and answered at the desk.

#![allow(missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use policies::model::{CaseKind, Form};
use protocol::desk::Role;
use rust_xlsxwriter::Workbook;
use system_tests::browser::Browser;
use system_tests::disk;
use system_tests::document_form::{TEXT, fill};
use system_tests::judge::Judge;
use system_tests::portal::Portal;
use thirtyfour::Key;

/// Division 999999 does not exist, so nobody holds these numbers.
const FIRST: &str = "999999199001010016";
const SECOND: &str = "99999919491231005X";
const THIRD: &str = "999999200002290027";
const ANSWERED: &str = "名单收到了，请通知职工本人来签字。";

/// A cell of a table: a text, or a number as a table program makes it of a long one.
enum Cell {
    Text(&'static str),
    Number(f64),
}

use Cell::{Number, Text};

fn xlsx(folder: &Path, name: &str, rows: &[Vec<Cell>]) -> Result<PathBuf> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (n, row) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(row) {
            match cell {
                Text(text) => sheet.write_string(n, column, *text)?,
                Number(number) => sheet.write_number(n, column, *number)?,
            };
        }
    }
    let file = folder.join(name);
    workbook.save(&file)?;
    Ok(file)
}

fn form_of(document: &str) -> Result<&'static Form> {
    let document = policies::rulebook().document(document).context("no such document")?.document();
    document.form(CaseKind::EmployerGroup).context("no form for groups")
}

/// From the place's page to the form, filled in but for the list.
async fn at_the_form(portal: &Portal, place: &str, document: &str, size: (u32, u32)) -> Result<Browser> {
    let employer = Browser::open(size.0, size.1).await?;
    employer.go(&portal.url(&format!("/{place}"))).await?;
    employer.press("acts").await?;
    employer.press("act-employer_group").await?;
    employer.find("list-file").await?;
    fill(&employer, form_of(document)?).await?;
    Ok(employer)
}

/// A worker of the county whom the document lets apply, but for what a test changes: cells after name and number.
fn worker() -> Vec<Cell> {
    [
        "1",
        "在本县的村里",
        "企业、商店等其他单位",
        "24",
        "20",
        "是",
        "否",
        "没有",
        "否",
        "没有",
        "都没有",
        "从来没有",
        "都没有",
    ]
    .map(Text)
    .into()
}

const HEADS: [&str; 15] = [
    "职工姓名",
    "身份证号码",
    "一起申请的人数",
    "户口在哪里",
    "单位性质",
    "合同期限",
    "连续参保月数",
    "收入稳定",
    "是否大中专毕业",
    "本县的房子",
    "卖掉送掉过房子",
    "说不清的房子",
    "车、商铺、个税、公积金",
    "享受过保障性住房",
    "放弃过或者被收回过",
];

fn person(name: &'static str, number: Cell, change: Option<(usize, &'static str)>) -> Vec<Cell> {
    let mut cells = vec![Text(name), number];
    cells.extend(worker());
    if let Some((place, text)) = change
        && let Some(cell) = cells.get_mut(place)
    {
        *cell = Text(text);
    }
    cells
}

#[tokio::test]
async fn an_employer_mends_its_list_on_a_phone_and_is_answered() -> Result<()> {
    let portal = Portal::start()?;
    let folder = tempfile::tempdir()?;
    let employer = at_the_form(&portal, "yongshun", "yongshun-2023", (360, 740)).await?;

    // What is no list says so, and the form stays as it is.
    let letter = folder.path().join("letter.csv");
    fs::write(&letter, "一封信\n没有表\n")?;
    employer.choose_file("list-file", &letter).await?;
    employer.says("list-failed", "没有找到表头").await?;

    let heads = || HEADS.map(Text).into_iter().collect::<Vec<_>>();
    let wrong = xlsx(
        folder.path(),
        "wrong.xlsx",
        &[
            vec![Text("测试公司职工名单")],
            heads(),
            person("测试甲", Text(FIRST), None),
            person("测试乙", Number(999_999_194_912_310_050.0), Some((4, "个体"))),
            person("测试丙", Text(FIRST), None),
        ],
    )?;
    employer.choose_file("list-file", &wrong).await?;
    employer.says("list-told", "读出 3 人").await?;
    employer.says("list-wrong", "有 3 处要改").await?;
    let told = employer.text_of("list-wrong").await?;
    for words in [
        "第 4 行 B 列 身份证号",
        "后几位已经丢了",
        "第 4 行 E 列 单位性质",
        "“个体”认不出来",
        "第 5 行 B 列 身份证号",
        "和第 3 行是同一个人",
    ] {
        ensure!(told.contains(words), "“{words}” is not told: {told}");
    }
    // It cannot be sent like that, and says where to look.
    employer.press("act-submit").await?;
    employer.faults(1).await?;
    let judge = Judge::new(portal.project())?;
    let faults = judge.faults(&employer).await?;
    ensure!(faults.is_empty(), "{faults:#?}");

    // Mended by hand: the number, the choice; who is there twice goes.
    employer.press("list-edit-2").await?;
    employer.fill("field-list-id_number", SECOND).await?;
    employer.press("choice-employment-company").await?;
    employer.press("list-done").await?;
    employer.press("list-remove-3").await?;
    employer.press("list-remove-3-confirm").await?;
    employer.says("count-all", "2").await?;
    employer.says("list-mark-1", "符合条件").await?;
    employer.says("list-mark-2", "符合条件").await?;

    // The list of another workshop comes behind, with somebody who does not qualify, one to be asked about, one unclear.
    let more = xlsx(
        folder.path(),
        "more.xlsx",
        &[
            heads(),
            person("测试丁", Text(THIRD), Some((13, "现在正住着"))),
            person("测试戊", Text("999999198803128070"), Some((12, "只有拿不准算不算的"))),
            vec![Text("测试己"), Text("999999199003078073")],
        ],
    )?;
    employer.choose_file("list-file", &more).await?;
    employer.press("list-append").await?;
    for (n, words) in [(3, "不符合条件"), (4, "需要人工认定"), (5, "还缺信息")] {
        employer.says(&format!("list-mark-{n}"), words).await?;
    }
    for (count, number) in
        [("all", "5"), ("eligible", "2"), ("not_eligible", "1"), ("ask", "1"), ("unknown", "1")]
    {
        employer.says(&format!("count-{count}"), number).await?;
    }
    let faults = judge.faults(&employer).await?;
    ensure!(faults.is_empty(), "{faults:#?}");
    // It is all there after a reload.
    employer.driver.refresh().await?;
    employer.says("count-all", "5").await?;

    employer.press("act-submit").await?;
    let code = employer.take_the_receipt().await?;
    // Nothing of it stays in this browser.
    let kept = "return JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage })";
    let kept: String = employer.driver.execute(kept, vec![]).await?.convert()?;
    for secret in ["测试甲", FIRST, THIRD] {
        ensure!(!kept.contains(secret), "“{secret}” is kept: {kept}");
        let found = disk::files_with(portal.data(), secret)?;
        ensure!(found.is_empty(), "“{secret}” stands in {found:?}");
    }

    let desk = Browser::at_the_case(&portal, portal.staff("yongshun-2023", Role::Office)?, &code).await?;
    desk.says("roster", "5 位职工").await?;
    desk.says("roster-replay", "每一位都和单位当时看到的一样").await?;
    for (n, words) in [(1, "符合条件"), (3, "不符合条件"), (4, "需要人工认定"), (5, "还缺信息")]
    {
        desk.says(&format!("roster-ours-{n}"), words).await?;
    }
    desk.unfold("[data-test=roster-more-1]").await?;
    desk.says("roster-more-1", "要交的材料：身份证和户口簿").await?;
    let faults = judge.faults(&desk).await?;
    ensure!(faults.is_empty(), "{faults:#?}");
    desk.fill("desk-reply-text", ANSWERED).await?;
    desk.press("desk-reply-send").await?;
    desk.says("messages", ANSWERED).await?;
    desk.conclude(&portal.url("")).await?;

    employer.open_the_status(&portal, &code).await?;
    employer.says("message-1", ANSWERED).await?;
    employer.unfold("[data-test=own]").await?;
    employer.press("own-open").await?;
    let copy = employer.text_of("own-copy").await?;
    for words in ["测试甲", THIRD, "职工名单：第 5 位职工", TEXT] {
        ensure!(copy.contains(words), "“{words}” is not in the copy: {copy}");
    }
    employer.conclude(&portal.url("")).await
}

#[tokio::test]
async fn a_table_of_a_chinese_program_and_people_typed_by_hand_go_in_one_letter() -> Result<()> {
    let portal = Portal::start()?;
    let folder = tempfile::tempdir()?;
    let employer = at_the_form(&portal, "qujing", "qujing-2018", (1280, 800)).await?;
    // As table programs here save a CSV: GBK, the number of a day, a comma in quotes.
    let text = format!(
        "姓名,身份证号,手机号,家庭人数,家庭年收入,家庭财产,有无住房,是否租住公房,说不清的房子,说不清算不算的财产,要临时过渡,备注\r\n\
         测试甲,{FIRST},13900000017,2,\"60,000\",5万,没有,否,无,无,否,\r\n\
         测试乙,{SECOND},,1,30000,100000,无,否,无,无,否,\"要,低楼层\"\r\n"
    );
    let file = folder.path().join("gbk.csv");
    fs::write(&file, encoding_rs::GB18030.encode(&text).0)?;
    employer.choose_file("list-file", &file).await?;
    employer.says("list-told", "读出 2 人").await?;
    employer.says("list-told", "备注").await?;
    employer.says("list-mark-1", "符合条件").await?;
    employer.says("list-mark-2", "不符合条件").await?;
    employer.press("list-add").await?;
    employer.fill("field-list-name", "测试丙").await?;
    employer.fill("field-list-id_number", THIRD).await?;
    employer.press("list-done").await?;
    employer.says("list-mark-3", "还缺信息").await?;
    // Who does not qualify may stay; this employer takes him out.
    employer.press("list-drop-unfit").await?;
    employer.press("list-drop-unfit-confirm").await?;
    employer.says("count-all", "2").await?;
    employer.press("act-submit").await?;
    let code = employer.take_the_receipt().await?;
    let desk = Browser::at_the_case(&portal, portal.staff("qujing-2018", Role::Office)?, &code).await?;
    desk.says("roster-ours-1", "符合条件").await?;
    desk.says("roster-ours-2", "还缺信息").await?;
    desk.fill("desk-reply-text", ANSWERED).await?;
    desk.press("desk-reply-send").await?;
    desk.says("messages", ANSWERED).await?;
    desk.conclude(&portal.url("")).await?;
    employer.open_the_status(&portal, &code).await?;
    employer.says("message-1", ANSWERED).await?;
    employer.conclude(&portal.url("")).await
}

/// What a browser saved under a name, once it is whole.
async fn saved(browser: &Browser, folder: &Path, ending: &str) -> Result<PathBuf> {
    browser
        .until(&format!("a saved .{ending}"), async || {
            let files = fs::read_dir(folder)?.flatten().map(|entry| entry.path());
            let whole = |file: &PathBuf| fs::metadata(file).is_ok_and(|known| known.len() > 0);
            Ok(files.filter(|file| file.extension().is_some_and(|found| found == ending)).find(whole))
        })
        .await
}

#[tokio::test]
async fn the_blank_table_is_saved_filled_in_and_read_back_with_a_keyboard_alone() -> Result<()> {
    let portal = Portal::start()?;
    let folder = tempfile::tempdir()?;
    let employer = Browser::open(1280, 800).await?;
    // The guide leads to the form, too.
    employer.go(&portal.url("/yongshun/guide")).await?;
    employer.settled().await?;
    let there = "const link = [...document.querySelectorAll('main a')].find(a => a.pathname === '/yongshun/acts/employer_group'); \
        link?.closest('details') && (link.closest('details').open = true); return link?.textContent ?? null";
    let link: Option<String> = employer.driver.execute(there, vec![]).await?.convert()?;
    ensure!(link.as_deref() == Some("在线写"), "the guide leads to it by {link:?}");
    employer.go(&portal.url("/yongshun/acts/employer_group")).await?;
    employer.saves_into(folder.path()).await?;

    // Both tables are read back as what they are: right heads, nobody in them.
    for (button, ending) in [("list-blank-xlsx", "xlsx"), ("list-blank-csv", "csv")] {
        employer.find(button).await?.send_keys(Key::Enter + "").await?;
        let blank = saved(&employer, folder.path(), ending).await?;
        employer.choose_file("list-file", &blank).await?;
        employer.says("list-failed", "表头下面一行也没有").await?;
    }
    let csv = saved(&employer, folder.path(), "csv").await?;
    let filled = [&fs::read_to_string(&csv)?, "测试甲,", FIRST, "\r\n"].concat();
    fs::write(&csv, filled)?;
    employer.choose_file("list-file", &csv).await?;
    employer.says("list-told", "读出 1 人").await?;

    // Another one by hand; the focus goes along.
    employer.find("list-add").await?.send_keys(Key::Enter + "").await?;
    employer.find("field-list-name").await?;
    let focus = async |test: &str| {
        employer
            .until(&format!("the focus on {test}"), async || {
                Ok((employer.focused().await.ok().as_deref() == Some(test)).then_some(()))
            })
            .await
    };
    focus("field-list-name").await?;
    employer.driver.active_element().await?.send_keys("测试乙").await?;
    employer.driver.active_element().await?.send_keys(Key::Tab + "").await?;
    focus("field-list-id_number").await?;
    employer.driver.active_element().await?.send_keys(SECOND).await?;
    employer.find("list-done").await?.send_keys(Key::Enter + "").await?;
    employer.says("count-all", "2").await?;
    employer.find("list-remove-1").await?.send_keys(Key::Enter + "").await?;
    employer.find("list-remove-1-confirm").await?.send_keys(Key::Enter + "").await?;
    employer.says("count-all", "1").await?;

    // The office saves the list as a table.
    fill(&employer, form_of("yongshun-2023")?).await?;
    employer.find("act-submit").await?.send_keys(Key::Enter + "").await?;
    let code = employer.take_the_receipt().await?;
    employer.conclude(&portal.url("")).await?;
    let desk = Browser::at_the_case(&portal, portal.staff("yongshun-2023", Role::Office)?, &code).await?;
    let exported = tempfile::tempdir()?;
    desk.saves_into(exported.path()).await?;
    desk.press("roster-csv").await?;
    let text = fs::read_to_string(saved(&desk, exported.path(), "csv").await?)?;
    ensure!(text.contains("测试乙") && text.contains(SECOND) && !text.contains("测试甲"), "{text}");
    desk.press("roster-xlsx").await?;
    let book = fs::read(saved(&desk, exported.path(), "xlsx").await?)?;
    ensure!(book.starts_with(b"PK"), "no Excel file of {} bytes", book.len());
    desk.conclude(&portal.url("")).await
}
